import { expect, test } from 'vitest'
import type { NoReply } from '../desks/port.ts'
import type { JsonAnswer, Sender } from './signed-sender.ts'
import { spreadSender } from './spread-sender.ts'

const answer: JsonAnswer = { outcome: 'answered', status: 200, body: {}, retryAfterSeconds: undefined }
const silence = (sent: NoReply['sent']): NoReply => ({ outcome: 'no-reply', sent, why: 'a test' })
const visitOf = (body: object) => JSON.stringify([(body as Asked).site, (body as Asked).person])

interface Asked {
  readonly site: number
  readonly person: number
}

/** A process that says always the same, and keeps what it heard. */
function party(says: JsonAnswer | NoReply) {
  const heard: string[] = []
  const send: Sender = async (_method, path, body = {}) => {
    heard.push(`${path} ${visitOf(body)}`)
    return says
  }
  return { send, heard }
}
const spread = (parties: readonly { readonly send: Sender }[]) =>
  spreadSender(
    parties.map(({ send }) => send),
    visitOf,
  )

test('a visit’s bills and its payment go to one process, and a second sender chooses the same', async () => {
  const parties = [party(answer), party(answer), party(answer)]
  const senders = [spread(parties), spread(parties)]
  for (let person = 1; person <= 300; person++)
    for (const path of ['/bills', '/payments']) for (const send of senders) await send('POST', path, { site: 7, person })
  for (const { heard } of parties) {
    // Both paths of a visit from both senders, or nothing of it.
    const visits = Map.groupBy(heard, (line) => line.slice(line.indexOf(' ')))
    for (const lines of visits.values()) expect(lines).toHaveLength(4)
  }
})

test('payments are shared evenly among two to eight processes, although a question for the bills precedes each', async () => {
  for (let processes = 2; processes <= 8; processes++) {
    const parties = Array.from({ length: processes }, () => party(answer))
    const send = spread(parties)
    const visits = 2000
    for (let visit = 0; visit < visits; visit++) {
      const about = { site: visit % 97, person: 310_000 + 13 * visit }
      await send('POST', '/bills', about)
      await send('POST', '/payments', about)
    }
    for (const { heard } of parties) {
      const payments = heard.filter((line) => line.startsWith('/payments'))
      // Three standard deviations of a fair draw.
      const expected = visits / processes
      expect(Math.abs(payments.length - expected)).toBeLessThan(3 * Math.sqrt(expected * (1 - 1 / processes)))
      expect(heard).toHaveLength(2 * payments.length)
    }
  }
})

test('a process that is gone is passed over; one that may have heard is not, and with none left there is silence', async () => {
  for (const person of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const ask = (...parties: readonly ReturnType<typeof party>[]) => spread(parties)('POST', '/payments', { site: 7, person })
    const gone = party(silence('no'))
    const mute = party(silence('maybe'))
    const well = party(answer)
    expect(await ask(well, gone)).toBe(answer)
    expect(await ask(gone, well)).toBe(answer)
    // One of the two places is the visit's own.
    expect(gone.heard).toHaveLength(1)
    expect([await ask(well, mute), await ask(mute, well)]).toEqual(expect.arrayContaining([silence('maybe'), answer]))
    expect(mute.heard).toHaveLength(1)
    expect(await ask(gone, gone)).toEqual(silence('no'))
  }
})
