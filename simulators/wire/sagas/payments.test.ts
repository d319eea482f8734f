import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { WireFailure } from '../server/failures.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity } from '../testing/direct-city.ts'
import { notPaid, oneBill, paid } from '../testing/one-bill.ts'
import { bill, identity, openings, person, site } from '../testing/small-wire.ts'

const ledger = await openSqliteLedger(':memory:')
const city = await directCity(planOf('small-town'))
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const { moneyOf } = oneBill(city, ledger)
beforeEach(async () => {
  await city.reset()
  await ledger.clear()
  await ledger.sign(openings.platform.agreements)
})

const request = { idempotencyKey: 'K1', channel: 'channel-a', person, site, bill, mode: 'credit', qr: identity.qr } as const

test('one key sent many times at once is one payment, answered alike each time', async () => {
  const desk = city.platform(ledger)
  const replies = await Promise.all(Array.from({ length: 5 }, () => desk.pay(request)))
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(replies[0]).toMatchObject({ outcome: 'payment', payment: { state: 'paid' } })
  expect((await ledger.books()).payments).toHaveLength(1)
})

test('many keys for one bill at once make one payment; the others hear that it is in doubt or paid', async () => {
  const desk = city.platform(ledger)
  const replies = await Promise.all(Array.from({ length: 5 }, (_, n) => desk.pay({ ...request, idempotencyKey: `K${n}` })))
  const words = replies.map((reply) => (reply.outcome === 'refused' ? reply.reason : reply.payment.state)).sort()
  expect(words).toEqual(['bill-in-doubt', 'bill-in-doubt', 'bill-in-doubt', 'bill-in-doubt', 'paid'])
})

test('a bill that another place is collecting for is refused, and so is a bill of somebody else', async () => {
  const desk = city.platform(ledger)
  await city.his.desk.open({ site, bill, attempt: 'window-1', person, by: 'window' })
  expect(await desk.pay(request)).toMatchObject({ payment: { state: 'refused', reason: 'in-doubt' } })
  await city.his.desk.close({ site, bill, attempt: 'window-1' })
  expect(await desk.pay({ ...request, idempotencyKey: 'K2', person: 43 })).toMatchObject({
    payment: { state: 'refused', reason: 'bill-of-another-person' },
  })
  expect(await desk.pay({ ...request, idempotencyKey: 'K3' })).toMatchObject({ payment: { state: 'paid' } })
})

test('above the limit of payments under way the caller hears when to come back, and nothing is written', async () => {
  const held = Promise.withResolvers<void>()
  const { open } = city.his.desk
  city.his.desk.open = async (asked) => {
    await held.promise
    return open(asked)
  }
  const desk = city.platform(ledger, { options: { mostUnderWay: 1 } })
  const first = desk.pay(request)
  await expect.poll(() => desk.underWay).toBe(1)
  const second = await desk.pay({ ...request, idempotencyKey: 'K2', bill: 'MX9' }).catch((error: unknown) => error)
  expect(second).toBeInstanceOf(WireFailure)
  expect(second).toMatchObject({ status: 429, retryAfterSeconds: 1 })
  held.resolve()
  expect(await first).toMatchObject({ payment: { state: 'paid' } })
  expect((await ledger.books()).payments).toHaveLength(1)
  city.his.desk.open = open
})

test('a limit of credit that is too low is refused by the bank, and the bill is free for another way', async () => {
  const desk = city.platform(ledger)
  await city.bank.desk.authorize({ key: 'another', agreement: identity.agreement, site, amountFen: 99_000 as never })
  expect(await desk.pay(request)).toMatchObject({ payment: { state: 'refused', reason: 'over-credit-limit' } })
  expect(await desk.pay({ ...request, idempotencyKey: 'K2', mode: 'phone' })).toMatchObject({ payment: { state: 'paid', mode: 'phone' } })
})

test('a payment of another entry is unheard of', async () => {
  const desk = city.platform(ledger)
  const reply = await desk.pay(request)
  const payment = reply.outcome === 'payment' ? reply.payment.payment : ''
  expect(await desk.query({ payment, channel: 'channel-b' })).toEqual({ outcome: 'unheard-of' })
  expect(await desk.query({ payment, channel: 'channel-a' })).toMatchObject({ payment: { state: 'paid' } })
})

test('a lost reply at entry A keeps entry B and the window from collecting, until it is known that A has paid', async () => {
  const silent = city.platform(ledger, { fateOf: (_, operation) => (operation === 'settle' ? 'lost-back' : 'arrives') })
  expect(await silent.pay(request)).toMatchObject({ payment: { state: 'in-doubt' } })
  await silent.drain()
  const atB = { ...request, channel: 'channel-b', idempotencyKey: 'B1' }
  const desk = city.platform(ledger)
  const atWindow = { site, bill, attempt: 'window-1', person, by: 'window' } as const
  expect(await desk.pay(atB)).toEqual({ outcome: 'refused', reason: 'bill-in-doubt' })
  expect(await city.his.desk.open(atWindow)).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  await desk.resume(Number.MAX_SAFE_INTEGER)
  await desk.drain()
  expect(await desk.pay(request)).toMatchObject({ payment: { state: 'paid' } })
  expect(await desk.pay(atB)).toEqual({ outcome: 'refused', reason: 'bill-paid' })
  expect(await city.his.desk.open(atWindow)).toEqual({ outcome: 'refused', reason: 'already-paid' })
})

test('once the doubt has lasted its time the window may collect, and what A paid after all is undone by the original route', async () => {
  const startMs = city.clock.nowMs()
  onTestFinished(() => city.clock.set(startMs))
  for (const operation of ['settle', 'capture', 'notice']) {
    await city.reset()
    await ledger.clear()
    await ledger.sign(openings.platform.agreements)
    city.clock.set(startMs)
    const silent = city.platform(ledger, { fateOf: (_, name) => (name === operation || name === 'query' ? 'lost-back' : 'arrives') })
    await silent.pay(request)
    await silent.drain()
    const atWindow = { site, bill, attempt: 'window-1', person, by: 'window' } as const
    city.clock.set(startMs + 599_999)
    expect(await city.his.desk.open(atWindow)).toMatchObject({ outcome: 'refused' })
    city.clock.set(startMs + 600_000)
    expect(await city.his.desk.open({ ...atWindow, by: 'kiosk' })).toMatchObject({ outcome: 'refused' })
    const opened = await city.his.desk.open(atWindow)
    const desk = city.platform(ledger)
    await desk.resume(Number.MAX_SAFE_INTEGER)
    await desk.drain()
    // A notice that had arrived is a paid bill, whatever its sender heard; everything else is undone for the window's sake.
    if (operation === 'notice') {
      expect(opened).toEqual({ outcome: 'refused', reason: 'already-paid' })
      expect(await moneyOf()).toEqual(paid)
    } else {
      expect(opened).toMatchObject({ outcome: 'open' })
      expect(await moneyOf()).toEqual({ ...notPaid, state: 'undone', isLocked: true })
      expect(await desk.pay({ ...request, idempotencyKey: 'K2' })).toMatchObject({ payment: { state: 'refused', reason: 'in-doubt' } })
    }
  }
})

test('treated first: holds pile up within the limit without a payment, and the bank pays once for the visit on leaving', async () => {
  const desk = city.platform(ledger)
  const visit = { channel: 'channel-a', person, site, visit: 'JZ0000000001' }
  const hold = (of: string, yuan: number) => desk.hold({ ...visit, bill: of, amountFen: fenOf(yuan * 100) })
  expect(await hold('MX1', 30)).toEqual({ outcome: 'held', heldFen: 3000 })
  expect(await hold('MX1', 30)).toEqual({ outcome: 'held', heldFen: 3000 })
  expect(await hold('MX2', 50)).toEqual({ outcome: 'held', heldFen: 5000 })
  expect(await hold('MX3', 921)).toEqual({ outcome: 'refused', reason: 'over-credit-limit' })
  expect(await desk.visit(visit)).toEqual({ outcome: 'visit', state: 'open', heldFen: 8000 })
  expect((await ledger.books()).payments).toEqual([])
  expect(await desk.pay({ ...request, mode: 'leaving' })).toMatchObject({ payment: { state: 'paid', split: { cashFen: 6000 } } })
  // The patient's part is 60 yuan: the 20 held too much are free again.
  expect(await desk.visit(visit)).toEqual({ outcome: 'visit', state: 'settled', heldFen: 0 })
  expect(await hold('MX3', 940)).toEqual({ outcome: 'held', heldFen: 94_000 })
  expect(await desk.hold({ ...visit, person: 43, bill: 'MX4', amountFen: fenOf(1) })).toEqual({
    outcome: 'refused',
    reason: 'no-agreement',
  })
})

test('a bank that is silent about a hold is silent, not a refusal; the same hold again is made once', async () => {
  const visit = { channel: 'channel-a', person, site, visit: 'JZ0000000001' }
  const asked = { ...visit, bill: 'MX1', amountFen: fenOf(3000) }
  const silent = city.platform(ledger, { fateOf: () => 'lost-back' })
  expect(await silent.hold(asked)).toEqual({ outcome: 'unknown' })
  expect(await silent.visit(visit)).toEqual({ outcome: 'unknown' })
  const desk = city.platform(ledger)
  await desk.hold(asked)
  expect(await desk.visit(visit)).toMatchObject({ heldFen: 3000 })
})
