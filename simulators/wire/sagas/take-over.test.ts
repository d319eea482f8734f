/**
 * 窗口托底: a payment in doubt has lasted its time and a window takes all of the bill from the patient (自费). What the insurer had settled
 * for the first is reversed and its payer has the money back; once the month is applied for it is kept, and people decide.
 */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { momentMs } from '../desks/business-time.ts'
import { actorLog } from '../server/actor-log.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity, type PlatformFate } from '../testing/direct-city.ts'
import { dieAt, type Money, notPaid, oneBill, payBy, request, type Way } from '../testing/one-bill.ts'
import { bill, openings, person, site, totalFen } from '../testing/small-wire.ts'
import { paymentLog } from './payment-log.ts'
import type { Payments } from './payments.ts'
import { waiting } from './waiting.ts'

const [ledger, platformLedger] = [await openSqliteLedger(':memory:'), await openSqliteLedger(':memory:')]
const city = await directCity(planOf('small-town'))
afterAll(async () => {
  await city.stop()
  await Promise.all([ledger.close(), platformLedger.close()])
})
const { moneyOf } = oneBill(city, ledger)
const startMs = city.clock.nowMs()
async function reset() {
  city.clock.set(startMs)
  await city.reset()
  await ledger.clear()
  await platformLedger.clear()
  await platformLedger.sign(openings.platform.agreements)
}
beforeEach(reset)
const later = (ms: number) => city.clock.set(startMs + ms)

/** The patient pays all of it at the window, in cash. */
const payAllAtWindow = (cashier: Payments) =>
  cashier.begin({
    payment: { ...request, askedSha256: 'all', idempotencyKey: 'ALL', person, site, bill, mode: 'window' },
    memory: { terminal: 'window-1', tender: 'cash', isSelfPaid: true },
    inHand: {},
  })
const paidByPatient: Money = { ...notPaid, state: 'undone,paid', payerFen: totalFen, hospitalFen: totalFen, ledgerFen: totalFen }

/** A cashier's process whose settlements are answered when the bureau is heard again. */
function cashierProcess(bureau: { isHeard: boolean }, fate: PlatformFate = {}) {
  const stop = new AbortController()
  const { wait, wake } = waiting(stop.signal)
  const desk = city.platform(ledger, {
    ...fate,
    fateOf: (_, name) => (bureau.isHeard || !['settle', 'reverse', 'takeBack'].includes(name) ? 'arrives' : 'lost-back'),
    // In doubt after three tries; from then on it sleeps until it is woken.
    // A crowded machine is slow, and nobody at a counter goes away for it.
    options: {
      ...{ wait, wake, answerWithinMs: 120_000 },
      backoffMs: (attempt) => (attempt < 4 ? 0 : 3_600_000),
      mayTakeOver: ({ mode }) => mode === 'window',
    },
  })
  return { desk, stop: () => stop.abort() }
}

/** A kiosk's payment in doubt, then all of it at the window, perhaps a death, and a fresh process that hears the bureau. */
async function lived(way: Way, fate: PlatformFate): Promise<Money> {
  await reset()
  const bureau = { isHeard: false }
  const first = cashierProcess(bureau, fate)
  const unlessDead = (error: unknown) => {
    if (!(error instanceof Crash)) throw error
  }
  await payBy(way, first.desk, city.showCode).catch(unlessDead)
  later(600_000)
  await payAllAtWindow(first.desk).catch(unlessDead)
  first.stop()
  await first.desk.drain()
  bureau.isHeard = true
  const next = cashierProcess(bureau, { isNational: fate.isNational === true })
  await next.desk.resume(Number.MAX_SAFE_INTEGER)
  // Asked again where the first was not over yet.
  for (let n = 1; n <= 2; n++) {
    await payAllAtWindow(next.desk)
    await next.desk.drain()
  }
  return moneyOf()
}

test('a kiosk’s payment in doubt is given up for the window’s sake, wherever the process dies: settled no more, the card refunded', async () => {
  for (const isNational of [false, true]) {
    const places: string[] = []
    const whole = await lived('kiosk', { isNational, boundary: (where) => void places.push(where) })
    expect(whole).toEqual({ ...paidByPatient, state: isNational ? 'refused,paid' : 'undone,paid' })
    expect(places).toContain('written given up')
    for (const [place, where] of places.entries()) {
      const money = await lived('kiosk', { isNational, boundary: dieAt(place) })
      // Before the bill was given up the first may end as paid after all, and the window hears so.
      const isFirst = money.state === 'paid'
      const patients = { ...paidByPatient, state: money.state, insurerFen: isFirst ? 6000 : 0, payerFen: isFirst ? 6000 : totalFen }
      expect(money, `died at ${place}: ${where}`).toEqual(patients)
      expect(['paid', 'refused,paid', 'undone,paid'], where).toContain(money.state)
    }
  }
})

test('before the doubt has lasted its time nobody gives up anything', async () => {
  const first = cashierProcess({ isHeard: false })
  await payBy('kiosk', first.desk, city.showCode)
  const hasty = city.platform(ledger)
  expect(await payAllAtWindow(hasty)).toEqual({ outcome: 'refused', reason: 'bill-in-doubt' })
  first.stop()
  await first.desk.drain()
})

test('what the platform’s lost settlement turns out to have settled is reversed once the patient paid all of it at the window', async () => {
  const silent = city.platform(platformLedger, { fateOf: (_, name) => (name === 'settle' ? 'lost-back' : 'arrives') })
  expect(await silent.pay({ ...request, mode: 'credit' })).toMatchObject({ payment: { state: 'in-doubt' } })
  await silent.drain()
  const cashier = city.platform(ledger)
  later(599_999)
  expect(await payAllAtWindow(cashier)).toMatchObject({ payment: { state: 'refused', reason: 'in-doubt' } })
  later(600_000)
  const key = { idempotencyKey: 'ALL-2', askedSha256: 'all' }
  const memory = { terminal: 'window-1', tender: 'cash', isSelfPaid: true } as const
  const asked = { payment: { ...request, ...key, person, site, bill, mode: 'window' as const }, memory, inHand: {} }
  expect(await cashier.begin(asked)).toMatchObject({ payment: { state: 'paid', split: { fundFen: 0, cashFen: totalFen } } })
  const platform = city.platform(platformLedger)
  await platform.resume(Number.MAX_SAFE_INTEGER)
  await platform.drain()
  expect((await platformLedger.books()).payments.map(({ state }) => state)).toEqual(['undone'])
  await cashier.drain()
  expect(await moneyOf()).toEqual({ ...paidByPatient, state: 'refused,paid' })
})

test('a settlement whose month is applied for is kept: what it paid stands in suspense, and people are told', async () => {
  const silent = city.platform(platformLedger, { fateOf: (_, name) => (name === 'settle' ? 'lost-back' : 'arrives') })
  await silent.pay({ ...request, mode: 'credit' })
  await silent.drain()
  later(600_000)
  const cashier = city.platform(ledger)
  await payAllAtWindow(cashier)
  city.clock.set(momentMs('2020-11-02 09:00:00') ?? 0)
  const month = await city.bureau.desk.clearingMonth({ site, month: '202010' })
  const [type] = month.outcome === 'month' ? month.types : []
  if (type === undefined) throw new Error('nothing to apply for')
  await city.bureau.desk.applyForMonth({ key: 'A1', site, month: '202010', ...type })
  const told: object[] = []
  const log = actorLog('platform', () => 0, { write: (line) => void told.push(JSON.parse(line) as object) })
  const platform = city.platform(platformLedger, { options: paymentLog(log) })
  await platform.resume(Number.MAX_SAFE_INTEGER)
  await platform.drain()
  const one = { actor: 'platform', payment: (await platformLedger.books()).payments[0]?.number, bill, site }
  expect(told).toMatchObject([
    { ...one, event: 'payment-taken-over' },
    { ...one, level: 'error', event: 'payment-at-dead-end', step: 'bureau/settle', hangingFen: 6000 },
  ])
  expect(await platform.deadEnds({})).toMatchObject({
    deadEnds: [{ payment: { state: 'in-doubt' }, step: 'bureau/settle', reason: 'already-cleared', hangingFen: 6000 }],
  })
  await cashier.drain()
  expect(await moneyOf()).toMatchObject({ state: 'paid', insurerFen: 6000, payerFen: totalFen, ledgerFen: totalFen })
})
