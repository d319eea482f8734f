/** Each event of the log, told once with its fields; what is healthy tells nothing. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport } from './client/transport.ts'
import { paymentLog } from './sagas/payment-log.ts'
import type { Served } from './serve.ts'
import { type ActorEvent, actorLog, mistakeOf } from './server/actor-log.ts'
import { StoreFailed } from './stores/batch-worker.ts'
import type { BookRow, BookStore } from './stores/book-store.ts'
import { openSqliteLedger } from './stores/sqlite-ledger.ts'
import { directCity } from './testing/direct-city.ts'
import { request } from './testing/one-bill.ts'
import {
  bank,
  bill,
  channel,
  control,
  identity,
  keys,
  openings,
  payFromPhone,
  person,
  provision,
  serveSmallWire,
  site,
} from './testing/small-wire.ts'

interface Line {
  readonly level: string
  readonly time: string
  readonly actor: string
  readonly event: ActorEvent
}
const actors = ['bureau', 'his', bank, 'platform', channel]
const lines: Line[] = []
let isDiskFull = false
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), {
    logStream: { write: (line) => void lines.push(JSON.parse(line) as Line) },
    platform: { noticeLadderMs: [] },
    storeSeam: (book, store) => (book === bank ? fullDisk(store) : store),
  })
  await provision(served)
})
afterAll(() => served.stop())

const fullDisk = (store: BookStore): BookStore =>
  Object.assign(Object.create(store) as BookStore, {
    append: (row: BookRow) => (isDiskFull ? Promise.reject(new StoreFailed('no space left on device')) : store.append(row)),
  })

/** What was written during this, of one event or of all. */
async function during(work: () => Promise<unknown>, event?: ActorEvent): Promise<readonly Line[]> {
  const from = lines.length
  await work()
  return lines.slice(from).filter((line) => event === undefined || line.event === event)
}

async function ask(callee: string, caller: string, path: string, body: object, ring = keys): Promise<number> {
  const transport = httpTransport({ origin: served.originOf(callee), timeoutMs: 5000, connections: 1 })
  const answer = await signedSender({ transport, caller, key: ring.between(caller, callee), nowMs: Date.now })('POST', path, body)
  await transport.close()
  return answer.outcome === 'answered' ? answer.status : 0
}
const pay = { idempotencyKey: 'K7', channel, person, site, bill, mode: 'credit', qr: identity.qr }

test('an actor tells that it started and that it takes work, each once, with its port', () => {
  expect(lines.map(({ actor, event }) => `${actor} ${event}`)).toEqual(actors.flatMap((actor) => [`${actor} started`, `${actor} ready`]))
  expect(lines[0]).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    actor: 'bureau',
    version: 'test',
    signaturesOff: [],
    event: 'started',
  })
  expect(lines[1]).toMatchObject({ port: Number(new URL(served.originOf('bureau')).port) })
})

test('a healthy payment tells nothing', async () => {
  expect(await during(async () => expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'paid' } }))).toEqual([])
})

test('a stranger is refused with what it claims, a known caller with what it asked about', async () => {
  const otherKeys = { ...keys, between: () => keys.own('nobody', 'nothing') }
  expect(await during(() => ask('platform', channel, '/v1/payments', pay, otherKeys))).toMatchObject([
    { level: 'warn', actor: 'platform', event: 'request-refused', why: 'wrong-signature', caller: channel, isProven: false },
  ])
  const [foreign, ...more] = await during(() => ask('platform', 'site-8', '/v1/payments', { ...pay, channel: 'site-8' }))
  expect(foreign).toMatchObject({ actor: 'platform', why: 'forbidden', caller: 'site-8', isProven: true, about: bill })
  expect(more).toEqual([])
  expect(JSON.stringify(lines)).not.toContain(identity.qr)
})

test('a session’s refusal is told by the entry', async () => {
  expect(await during(() => payFromPhone(served, {}, 'no-session-at-all-here'))).toMatchObject([
    { actor: channel, event: 'request-refused', isProven: false },
  ])
})

test('failures that are ordered, and whom they meet', async () => {
  expect(
    await during(() => control(served, bank, 'PUT', '/control/failure', { does: 'slow', name: 'slow bank', lateMs: 1 })),
  ).toMatchObject([{ level: 'warn', actor: bank, event: 'failures-ordered', failures: ['slow bank'] }])
  const hold = { key: 'H1', agreement: identity.agreement, site, amountFen: 100 }
  expect(await during(() => ask(bank, 'platform', '/gateway/v1/authorizations', hold))).toMatchObject([
    { level: 'info', actor: bank, event: 'failure-met', operation: 'bank/authorize', about: 'H1', failures: ['slow bank'] },
  ])
  expect(await during(() => control(served, bank, 'PUT', '/control/failure', { does: 'none' }))).toMatchObject([
    { event: 'failures-ordered', failures: [] },
  ])
})

test('a caller that never hears of its payment: the callback is given up', async () => {
  const noticeUrl = `${served.originOf(channel)}/nothing-here`
  const lost = await during(async () => {
    await ask('platform', channel, '/v1/payments', { ...pay, bill: 'MX-unknown', idempotencyKey: 'K8', noticeUrl })
    await expect.poll(() => lines.some(({ event }) => event === 'callback-given-up')).toBe(true)
  }, 'callback-given-up')
  expect(lost).toMatchObject([{ level: 'warn', actor: 'platform', about: expect.stringMatching(/^P/), why: 'given-up', tries: 1 }])
})

test('the end of a day: the clock goes past it, and each party’s day is matched once', async () => {
  const reconcile = () => ask('platform', 'operator', '/v1/operator/reconciliation', {})
  const told = await during(async () => {
    for (const actor of actors) await control(served, actor, 'PUT', '/control/clock', { now: '2020-10-13 09:00:00' })
    await reconcile()
    await reconcile()
  })
  expect(told.filter(({ event }) => event === 'day-ended').map((line) => [line.actor, (line as unknown as { day: string }).day])).toEqual(
    actors.map((actor) => [actor, '2020-10-12']),
  )
  const matched = told.filter(({ event }) => event === 'day-matched') as unknown as { party: string; day: string }[]
  expect(matched.filter(({ party }) => party === bank)).toMatchObject([
    { actor: 'platform', day: '2020-10-12', rows: expect.any(Number), differences: expect.any(Number) },
  ])
})

test('a payment that another process takes over is told of by that one, and by the one that lost it', async () => {
  const city = await directCity(planOf('small-town'))
  const ledger = await openSqliteLedger(':memory:')
  onTestFinished(async () => {
    await city.stop()
    await ledger.close()
  })
  await ledger.sign(openings.platform.agreements)
  const told: object[] = []
  const logged = (process: string) =>
    paymentLog(actorLog(process, () => 0, { write: (line) => void told.push(JSON.parse(line) as object) }))
  const asleep = Promise.withResolvers<void>()
  const awake = Promise.withResolvers<void>()
  const first = city.platform(ledger, {
    fateOf: (_, name) => (name === 'settle' ? 'lost-back' : 'arrives'),
    options: {
      ...logged('first'),
      wait() {
        asleep.resolve()
        return awake.promise
      },
      answerWithinMs: 1,
    },
  })
  await first.pay({ ...request, mode: 'credit' })
  await asleep.promise
  const second = city.platform(ledger, { options: logged('second') })
  await second.resume(Number.MAX_SAFE_INTEGER)
  await second.drain()
  awake.resolve()
  await first.drain()
  const [payment] = (await ledger.books()).payments
  expect(told).toMatchObject([
    { level: 'warn', actor: 'second', event: 'payment-taken-over', payment: payment?.number, bill, site, fence: payment?.fence },
    { level: 'warn', actor: 'first', event: 'payment-fenced-off', payment: payment?.number },
  ])
})

test('a mistake of our own is told by its kind and place, without its words', () => {
  const told: string[] = []
  const log = actorLog('bureau', () => 0, { write: (line) => void told.push(line) })
  log.tell('own-mistake', { ...mistakeOf(new TypeError('person 310101199001011234 is undefined')), operation: 'bureau/SI12' })
  expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      level: 'error',
      time: '1970-01-01T00:00:00.000Z',
      actor: 'bureau',
      what: 'TypeError',
      // The runner of the tests marks this file's name with a question.
      at: [expect.stringMatching(/(?:^|[/(])actor-log\.test\.ts(?:\?vitest=\d+)?:\d+:\d+\)?$/), expect.any(String), expect.any(String)],
      operation: 'bureau/SI12',
      event: 'own-mistake',
    },
  ])
  expect(told.join()).not.toContain('310101')
  expect(told.join()).not.toContain(import.meta.dirname)
})

test('of a flood a hundred lines a second are written, and the next one says how many are missing', () => {
  let nowMs = 0
  const told: { leftOut?: number }[] = []
  const log = actorLog('bureau', () => nowMs, { write: (line) => void told.push(JSON.parse(line) as { leftOut?: number }) })
  const one = () => log.tell('request-refused', { why: 'unsigned', operation: 'bureau/SI12', isProven: false })
  for (let times = 0; times < 250; times++) one()
  expect(told).toHaveLength(100)
  nowMs = 1000
  one()
  one()
  expect(told.slice(100).map(({ leftOut }) => leftOut)).toEqual([150, undefined])
})

test('a book that can no longer be written is told once, whoever asks', async () => {
  isDiskFull = true
  const hold = (key: string) =>
    ask(bank, 'platform', '/gateway/v1/authorizations', { key, agreement: identity.agreement, site, amountFen: 100 })
  const told = await during(async () => expect([await hold('H8'), await hold('H9')]).toEqual([503, 503]))
  expect(told).toMatchObject([{ level: 'error', actor: bank, event: 'book-failed', book: bank }])
})

test('an actor tells that it stops, and that it has stopped', async () => {
  const told = await during(() => served.stop())
  for (const actor of actors) {
    expect(told.filter((line) => line.actor === actor).map(({ event }) => event)).toEqual(['stopping', 'stopped'])
  }
})
