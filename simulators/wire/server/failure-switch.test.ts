import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { businessClock } from './business-clock.ts'
import { type FailureOrder, failureWords, mistakesOf } from './failure-order.ts'
import { FailureSwitch } from './failure-switch.ts'

const noon = Date.parse('2020-10-12T04:00:00Z')
function place() {
  const realMs = 1_800_000_000_000
  const clock = businessClock(noon, () => realMs)
  const waits: number[] = []
  const failures = new FailureSwitch({
    realNowMs: () => realMs,
    businessMs: clock.nowMs,
    wait: async (ms) => void waits.push(ms),
  })
  const ask = (businessKey: string, operation = 'bank/capture') =>
    failures.meet({ operation, alias: ['/gateway/v1/captures'], businessKey }).map(({ does }) => does)
  return { failures, clock, waits, ask }
}
const keys = Array.from({ length: 2000 }, (_, n) => `P${n}`)

test('a share of the requests is met, the same ones whenever the same seed plays them, and others by another seed', () => {
  const met = (order: Partial<FailureOrder>) => {
    const { failures, ask } = place()
    failures.set({ does: 'error-burst', share: 0.25, ...order })
    return keys.filter((key) => ask(key).length > 0)
  }
  const first = met({ seed: 1 })
  expect(Math.abs(first.length - 500)).toBeLessThan(100)
  expect(met({ seed: 1 })).toEqual(first)
  expect(met({ seed: 2 })).not.toEqual(first)
  // Another failure of the same seed has dice of its own.
  expect(met({ seed: 1, name: 'another' })).not.toEqual(first)
})

test('a key that comes again is drawn anew, a wrong amount is not, and mostPerKey bounds how often one key is met', () => {
  const times = (order: FailureOrder) => {
    const { failures, ask } = place()
    failures.set(order)
    return keys.slice(0, 200).map((key) => [1, 2, 3].filter(() => ask(key).length > 0).length)
  }
  const burst = times({ does: 'error-burst', share: 0.5 })
  expect(new Set(burst)).toEqual(new Set([0, 1, 2, 3]))
  expect(new Set(times({ does: 'wrong-amount', share: 0.5, at: 'book', field: 'amountFen', by: 1 }))).toEqual(new Set([0, 3]))
  expect(new Set(times({ does: 'lost-reply', mostPerKey: 1 }))).toEqual(new Set([1]))
})

test('a failure meets the operations, paths and keys it names, from its moment until it is over', () => {
  const { failures, ask, clock } = place()
  failures.set({ does: 'refuse', only: ['bank/*'], keys: ['P1'], from: '2020-10-12 12:00:10', until: '2020-10-12 12:00:20' })
  expect(ask('P1')).toEqual([])
  clock.set(noon + 10_000)
  expect(ask('P1')).toEqual(['refuse'])
  expect(ask('P2')).toEqual([])
  expect(ask('P1', 'his/notice')).toEqual([])
  clock.set(noon + 20_000)
  expect(ask('P1')).toEqual([])
  failures.set({ does: 'refuse', only: ['/gateway/*'] })
  expect(ask('P1')).toEqual(['refuse'])
  expect(failures.told()).toMatchObject({
    failures: [{ does: 'refuse', touched: 1 }],
    touched: [
      { failure: 'refuse', does: 'refuse', operation: 'bank/capture', businessKey: 'P1' },
      { failure: 'refuse', does: 'refuse', operation: 'bank/capture', businessKey: 'P1' },
    ],
  })
})

test('the protocol clock goes wrong for as long as it is ordered; whoever comes meanwhile is written down with the right time', () => {
  const { failures, clock } = place()
  failures.set({ does: 'clock-skew', skewMs: -600_000, until: '2020-10-12 12:01:00' })
  expect(failures.protocolMs()).toBe(1_800_000_000_000 - 600_000)
  failures.meetWhole('clock-skew', { operation: 'bank/capture', alias: [], businessKey: 'P1' })
  clock.set(noon + 60_000)
  expect(failures.protocolMs()).toBe(1_800_000_000_000)
  failures.meetWhole('clock-skew', { operation: 'bank/capture', alias: [], businessKey: 'P2' })
  expect(failures.told().touched).toMatchObject([{ businessKey: 'P1', atMs: 1_800_000_000_000 }])
})

test('callbacks go out late, twice, not at all, or after the next one', async () => {
  const { failures, waits } = place()
  const sent: string[] = []
  const carry = (key: string) =>
    failures.carry('payment', key, async () => {
      sent.push(key)
      return true
    })
  failures.set({ does: 'callback-late', lateMs: 9000, keys: ['A'] })
  failures.add({ does: 'callback-duplicate', keys: ['B'], copies: 3 })
  failures.add({ does: 'callback-lost', keys: ['C'] })
  expect(await Promise.all(['A', 'B', 'C'].map(carry))).toEqual([true, true, false])
  expect({ sent: sent.toSorted(), waits }).toEqual({ sent: ['A', 'B', 'B', 'B'], waits: [9000] })
})

test('a callback held back for the next goes out behind it, or when its wait is over', async () => {
  const clock = businessClock(noon, () => 0)
  const over: (() => void)[] = []
  const failures = new FailureSwitch({
    realNowMs: () => 0,
    businessMs: clock.nowMs,
    wait: () => new Promise((resolve) => over.push(resolve)),
  })
  const sent: string[] = []
  const carry = (key: string) => failures.carry('payment', key, async () => sent.push(key) > 0)
  failures.set({ does: 'callback-reordered', lateMs: 5000 })
  const both = [carry('first'), carry('second')]
  await Promise.all(both)
  expect(sent).toEqual(['second', 'first'])
  const alone = carry('alone')
  over.at(-1)?.()
  await alone
  expect(sent).toEqual(['second', 'first', 'alone'])
})

test('one failure is healed by its name and the others go on: its waits end and its connections break, theirs do not', async () => {
  const clock = businessClock(noon, () => 0)
  const failures = new FailureSwitch({ realNowMs: () => 0, businessMs: clock.nowMs })
  failures.add({ does: 'silent', name: 'hole', only: ['bank/capture'] })
  failures.add({ does: 'refuse', name: 'closed', only: ['bank/refund'] })
  const broken: string[] = []
  const socket = (name: string) => ({ once: () => undefined, destroy: () => broken.push(name) })
  void failures.keepWaiting(socket('hole'), 'hole')
  void failures.keepWaiting(socket('other'), 'other')
  const waiting = failures.wait(600_000, 'hole')
  failures.add({ does: 'none', name: 'hole' })
  await waiting
  const ask = (operation: string) => failures.meet({ operation, alias: [], businessKey: 'P1' }).map(({ does }) => does)
  expect({ broken, capture: ask('bank/capture'), refund: ask('bank/refund') }).toEqual({
    broken: ['hole'],
    capture: [],
    refund: ['refuse'],
  })
  failures.add({ does: 'none' })
  expect({ broken, refund: ask('bank/refund') }).toEqual({ broken: ['hole', 'other'], refund: [] })
  expect(mistakesOf({ does: 'none', name: 'hole' })).toBeUndefined()
})

test('an order says all its mistakes at once, in both languages', () => {
  const said = mistakesOf({ does: 'slow', skewMs: 1, from: '2020-13-12 12:00:00', until: '2020-10-12 12:00:00' })
  for (const part of ['skewMs does not go with slow', 'slow needs lateMs or factor', 'from is no moment', 'until is not after from'])
    expect(said?.en).toContain(part)
  expect(said?.zh.match(/；/g)).toHaveLength(3)
  expect(mistakesOf({ does: 'brown-out', servers: 0.5, share: 0.5 })?.en).toBe('share does not go with brown-out')
  expect(mistakesOf({ does: 'wrong-amount', at: 'book', field: 'amountFen', by: 0 })?.en).toContain('by is 0')
  expect(mistakesOf({ does: 'lost-reply', share: 0.1, only: ['bank/*'], mostPerKey: 1, name: 'lost' })).toBeUndefined()
})

test('every failure that can be ordered stands on the page of the wire city', () => {
  const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const isTold = (word: string) => page.includes(`\`${word}\``) || page.includes(`\`${word.replace('callback', '')}\``)
  expect(failureWords.filter((word) => word !== 'none' && !isTold(word))).toEqual([])
})
