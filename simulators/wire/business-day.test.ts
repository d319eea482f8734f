/**
 * A business day of the whole wire city: fifty payments of every kind, the day's end, the next day, and the insurer's month. Afterwards
 * everything is reconciled and paid out, and the books balance to the fen.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { PaymentDesk, PayReply } from './desks/payment-desk.ts'
import type { Port } from './desks/port.ts'
import type { ReconciliationDesk, ReconciliationOperatorDesk, ReconciliationReport } from './desks/reconciliation-desk.ts'
import { aggregationOperations } from './dialects/aggregation.ts'
import { plainPort } from './dialects/plain.ts'
import { reconciliationOperations, reconciliationOperatorOperations } from './dialects/reconciliation.ts'
import type { Served } from './serve.ts'
import { manyBills } from './testing/many-bills.ts'
import { bank, channel, control, keys, serveSmallWire, site } from './testing/small-wire.ts'

const actors = ['bureau', 'his', bank, 'platform'] as const
const bills = manyBills(50)
let served: Served
let transport: Transport
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), {
    only: actors,
    date: '2020-10-30',
    platform: { banks: [bank], reconcileEveryMs: 3_600_000 },
  })
  for (const [actor, opening] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
    ['platform', bills.platform],
  ] as const) {
    await control(served, actor, 'POST', '/control/opening', opening)
  }
  transport = httpTransport({ origin: served.originOf('platform'), timeoutMs: 10_000 })
})
afterAll(async () => {
  await transport.close()
  await served.stop()
})

const as = (caller: string) => signedSender({ transport, caller, key: keys.between(caller, 'platform'), nowMs: Date.now })
const entry: () => Port<PaymentDesk & ReconciliationDesk> = () => ({
  ...plainPort<PaymentDesk>(aggregationOperations, as(channel)),
  ...plainPort<ReconciliationDesk>(reconciliationOperations, as(channel)),
})
const at = async (now: string) => {
  for (const actor of actors) await control(served, actor, 'PUT', '/control/clock', { now })
}
async function reconcile(): Promise<ReconciliationReport> {
  const heard = await plainPort<ReconciliationOperatorDesk>(reconciliationOperatorOperations, as('operator')).reconcile({})
  if (heard.outcome !== 'report') throw new Error(JSON.stringify(heard))
  return heard
}
const sum = (balances: ReconciliationReport['balances']) => Object.values(balances).reduce((total, fen) => total + fen, 0)

test('fifty payments, the day’s end, the next day, the month’s end: all reconciled and paid out, to the fen', async () => {
  const { pay, refund, reconciliationOf } = entry()
  const paid = await Promise.all(
    bills.persons.map(({ person, bill, qr }, n) =>
      pay({ idempotencyKey: `K${n}`, channel, person, site, bill, mode: n % 3 === 0 ? 'phone' : 'credit', qr }),
    ),
  )
  expect(paid.map((reply) => (reply.outcome === 'payment' ? reply.payment.state : reply))).toEqual(paid.map(() => 'paid'))
  const numbers = paid.map((reply) => (reply as PayReply & { outcome: 'payment' }).payment.payment)
  // Two go back the same day.
  for (const payment of numbers.slice(0, 2)) {
    await expect
      .poll(async () => (await refund({ payment, channel, idempotencyKey: `R-${payment}` })) as object)
      .toMatchObject({ outcome: 'payment', payment: { state: 'refunded' } })
  }
  const [first] = numbers.slice(2)
  expect(await reconciliationOf({ channel, payment: first ?? '' })).toMatchObject({ state: 'open', agreed: [] })
  const before = await reconcile()
  expect(before.days).toEqual([])
  expect(sum(before.balances)).toBe(0)

  await at('2020-10-31 01:00:00')
  const after = await reconcile()
  expect(after.waiting).toEqual([])
  expect(after.differences).toEqual([])
  expect(after.days.map(({ party, day, matched, inTransit }) => ({ party, day, matched, inTransit }))).toEqual([
    { party: 'bureau', day: '2020-10-30', matched: 52, inTransit: 0 },
    { party: 'his', day: '2020-10-30', matched: 52, inTransit: 0 },
    { party: bank, day: '2020-10-30', matched: 52, inTransit: 0 },
  ])
  // 48 of 60 yuan at the bank; the insurer's part waits for its month.
  expect(after.payouts).toMatchObject([{ payer: bank, site, amountFen: 48 * 6000, payments: 52 }])
  expect(await reconciliationOf({ channel, payment: first ?? '' })).toMatchObject({ state: 'reconciled', agreed: ['bureau', 'his', bank] })

  await at('2020-11-02 09:00:00')
  expect((await reconcile()).differences).toEqual([])
  // Held back, appealed, decided, paid: by the policy's days.
  for (const now of ['2020-11-05 09:00:00', '2020-11-25 09:00:00', '2020-12-20 09:00:00']) {
    await at(now)
    await reconcile()
  }
  const end = await reconcile()
  const deductedFen = 48 * 12_000 - end.payouts.reduce((total, { amountFen }) => total + amountFen, 0)
  expect(Object.fromEntries(Object.entries(end.balances).filter(([, fen]) => fen !== 0))).toEqual({})
  expect(deductedFen % 6000).toBe(0)
  expect(await reconciliationOf({ channel, payment: first ?? '' })).toMatchObject({ state: 'paid-out' })
  const paidOut = end.stages.find(({ stage }) => stage === 'paid-out')
  expect(paidOut).toMatchObject({ count: 96, amountFen: 48 * 12_000, standingFen: 48 * 12_000 })
  expect(end.stages.filter(({ stage, standingFen }) => stage !== 'paid-out' && standingFen > 0)).toEqual([])
})
