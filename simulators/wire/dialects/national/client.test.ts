import { expect, test } from 'vitest'
import type { Sender } from '../../client/signed-sender.ts'
import { momentMs } from '../../desks/business-time.ts'
import { nationalClient } from './client.ts'
import { insuredNumber, people } from './example-messages.ts'
import { findTotals } from './person.ts'

type Heard = Awaited<ReturnType<Sender>>
const answered = (output: object | undefined, change: object = {}): Heard => ({
  outcome: 'answered',
  status: 200,
  retryAfterSeconds: undefined,
  body: {
    ...{ infcode: 0, inf_refmsgid: '310000202010120900000000000001', refmsg_time: '20201012090000000', respond_time: '20201012090000000' },
    err_msg: '',
    ...(output === undefined ? {} : { output }),
    ...change,
  },
})
const signedIn = (number: string) => answered({ signinoutb: { sign_time: '2020-10-12 09:00:00', sign_no: number } })

/** A client whose bureau gives these answers in order. */
function client(...answers: readonly Heard[]) {
  const left = [...answers]
  const sent: { readonly path: string; readonly msgid: string; readonly sign_no: string; readonly insuplc_admdvs?: string }[] = []
  let nowMs = momentMs('2020-10-12 09:00:00') ?? 0
  const send: Sender = async (_, path, body) => {
    sent.push({ path, ...(body as { readonly msgid: string; readonly sign_no: string }) })
    return left.shift() ?? { outcome: 'no-reply', sent: 'maybe', why: 'nothing left' }
  }
  const speaker = nationalClient(send, {
    ...{ site: 7, siteName: '示例医院', operator: 'C001', operatorName: '示例经办人', place: '310000' },
    nowMs: () => nowMs,
  })
  const ask = (sequence: number) => speaker.ask(findTotals, { data: { psn_no: insuredNumber(people.visitor) } }, { sequence, atMs: nowMs })
  const tomorrow = () => {
    nowMs += 86_400_000
  }
  return { ask, sent, tomorrow, speaker, nowMs: () => nowMs }
}
const totals = answered({ cuminfo: [] })

test('an operator signs in once a day, and every message quotes the day’s number and the person’s place', async () => {
  const { ask, sent, tomorrow, speaker, nowMs } = client(signedIn('QD1'), totals, totals, signedIn('QD2'), totals)
  expect(await ask(1)).toEqual({ outcome: 'done', output: { cuminfo: [] } })
  const number = speaker.messageNumber({ sequence: 1, atMs: nowMs() })
  await ask(2)
  tomorrow()
  await ask(1)
  expect(sent.map(({ path, sign_no }) => [path, sign_no])).toEqual([
    ['/national/9001', ''],
    ['/national/5206', 'QD1'],
    ['/national/5206', 'QD1'],
    ['/national/9001', 'QD1'],
    ['/national/5206', 'QD2'],
  ])
  expect(sent[1]).toMatchObject({ msgid: number, insuplc_admdvs: insuredNumber(people.visitor).slice(0, 6) })
  expect(number).toBe('H31000000007202010120900000001')
})

test('a sign-in that is not heard means that the message was never sent; a message that is not heard may have been', async () => {
  expect(await client().ask(1)).toMatchObject({ outcome: 'no-reply', sent: 'no' })
  expect(await client(signedIn('QD1')).ask(1)).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
})

test('a refusal is told in the bureau’s words, and an answer out of form is silence, never a refusal', async () => {
  const refusing = client(signedIn('QD1'), answered(undefined, { infcode: -1, err_msg: '查无此人' }))
  expect(await refusing.ask(1)).toEqual({ outcome: 'refused', words: '查无此人' })
  for (const body of [answered({ cuminfo: 'none' }), answered(undefined), answered(undefined, { infcode: 7 })]) {
    expect(await client(signedIn('QD1'), body).ask(1)).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
  }
  const busy = { ...totals, status: 429, retryAfterSeconds: 3 } as Heard
  expect(await client(signedIn('QD1'), busy).ask(1)).toMatchObject({ outcome: 'no-reply', sent: 'no', retryAfterSeconds: 3 })
  expect(await client(answered(undefined, { infcode: -1, err_msg: '未登记' })).ask(1)).toEqual({ outcome: 'refused', words: '未登记' })
})
