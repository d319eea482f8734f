import { afterAll, beforeEach, expect, test } from 'vitest'
import type { PaymentNotice } from '../desks/payment-desk.ts'
import { storedView } from '../sagas/payments.ts'
import type { Ledger } from '../stores/ledger.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { isNoticeUrlAllowed } from './notice-sender.ts'
import { type Teller, teller } from './teller.ts'

const ledger = await openSqliteLedger(':memory:')
afterAll(() => ledger.close())
beforeEach(() => ledger.clear())

let now = 0
const ladderMs = [10_000, 20_000]

async function payment(number: string, noticeUrl: string | null = 'http://here/told'): Promise<void> {
  const memory = JSON.stringify({ at: 0, direction: 'forward', sent: false, sentAtMs: 0 })
  const told = noticeUrl === null ? {} : { noticeUrl }
  const asked = {
    number,
    channel: 'channel-a',
    idempotencyKey: number,
    askedSha256: 'a',
    person: 1,
    site: 7,
    bill: number,
    mode: 'credit',
  } as const
  await ledger.open({ ...asked, ...told }, memory, { owner: 'o', untilMs: 1 }, 0)
  await becomes(number, 'paid', 2)
}
const becomes = (number: string, state: 'in-doubt' | 'paid', eventNumber: number) =>
  ledger.advance({
    number,
    fence: 1,
    leaseUntilMs: 1,
    atMs: 0,
    state,
    isOpen: true,
    memory: JSON.stringify({ at: 0, direction: 'forward', sent: false, sentAtMs: 0 }),
    event: state,
    eventNumber,
    postings: [],
  })

function telling(send: (notice: PaymentNotice) => Promise<boolean>, on: Ledger = ledger): Teller {
  return teller({ ledger: on, realNowMs: () => now, ladderMs, viewOf: storedView, send: (_, __, notice) => send(notice) })
}

test('a caller that does not answer is told again on the ladder, by whichever process lives, and no more after its end', async () => {
  await payment('P1')
  const tries: number[] = []
  const waiting: number[] = []
  const deaf = async () => {
    tries.push(now)
    return false
  }
  for (now = 0; now <= 200_000; now += 5000) {
    // A fresh teller each time: what is untold and when its turn is stands in the ledger.
    const one = telling(deaf)
    await one.look()
    // Whoever waits for quiet waits for it, as long as it will be told again.
    waiting.push(one.waiting)
    await one.stop()
  }
  expect(waiting.filter((many) => many === 1)).toHaveLength(2)
  expect(waiting.at(-1)).toBe(0)
  expect(tries).toEqual([0, 10_000, 30_000])
})

test('a payment whose row another write held is looked for once more, and nobody takes the teller for quiet before', async () => {
  now = 0
  await payment('P1')
  let looks = 0
  const held: Ledger = Object.assign(Object.create(ledger) as Ledger, {
    untold: async (...asked: Parameters<Ledger['untold']>) => (looks++ === 0 ? [] : ledger.untold(...asked)),
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  const one = teller({
    ...{ ledger: held, realNowMs: () => now, ladderMs, viewOf: storedView, passedOverMs: 1 },
    send: async (_, __, { notice }) => {
      resolve(notice)
      return true
    },
  })
  await one.look()
  expect(one.isTelling).toBe(true)
  expect(await promise).toBe('P1.paid')
  await one.stop()
})

test('what a process was telling when it was killed, the next one tells as it begins, however much, and who is deaf is told once', async () => {
  now = 0
  for (let n = 0; n < 40; n += 1) await payment(`P${n}`)
  // It took its turns, and died before anybody heard.
  await ledger.untold(now, now + 30_000, 20)
  await ledger.untold(now, now + 30_000, 20)
  now = 2000
  const told: string[] = []
  const one = telling(async ({ notice }) => {
    told.push(notice)
    return notice !== 'P3.paid'
  })
  const taking = one.takeOver()
  expect(one.isTelling).toBe(true)
  await taking
  expect(told.sort()).toEqual(Array.from({ length: 40 }, (_, n) => `P${n}.paid`).sort())
  expect(one.waiting).toBe(1)
  await one.stop()
})

test('told and heard is told once, and the next state anew', async () => {
  now = 0
  await payment('P1')
  const heard: string[] = []
  const one = telling(async ({ notice, payment: view }) => {
    heard.push(`${notice} ${view.state}`)
    return true
  })
  await one.look()
  await one.look()
  await becomes('P1', 'in-doubt', 3)
  await one.look()
  await one.stop()
  expect(heard).toEqual(['P1.paid paid', 'P1.in-doubt in-doubt'])
})

test('two processes that look at once tell each payment once', async () => {
  now = 0
  for (let n = 0; n < 50; n += 1) await payment(`P${n}`)
  await payment('quiet', null)
  const heard: string[] = []
  const send = async ({ notice }: PaymentNotice) => {
    heard.push(notice)
    return true
  }
  const [one, two] = [telling(send), telling(send)]
  await Promise.all([one.look(), two.look()])
  await Promise.all([one.stop(), two.stop()])
  expect(heard.sort()).toEqual(Array.from({ length: 50 }, (_, n) => `P${n}.paid`).sort())
})

test('a caller is told at its own address and nowhere else', () => {
  const originOf = (name: string) =>
    name === 'channel-a' ? 'http://127.0.0.1:7100' : name === 'his' ? 'http://127.0.0.1:7101' : `http://x:undefined`
  const may = (caller: string, url: string) => isNoticeUrlAllowed({ originOf }, caller, url)
  expect(may('channel-a', 'http://127.0.0.1:7100/told?by=a')).toBe(true)
  expect(may('site-7', 'http://127.0.0.1:7101/told')).toBe(true)
  for (const url of [
    'http://127.0.0.1:7101/told',
    'http://127.0.0.1:7100.elsewhere.example/told',
    'http://someone@127.0.0.1:7100/told',
    'https://127.0.0.1:7100/told',
    'file:///etc/passwd',
    'told',
  ]) {
    expect(may('channel-a', url), url).toBe(false)
  }
  expect(may('channel-unknown', 'http://x/told')).toBe(false)
})
