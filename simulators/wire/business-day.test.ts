/**
 * A business day of the whole wire city: fifty payments of every kind, the day's end, the next day, and the insurer's month. Afterwards
 * everything is reconciled and paid out, and the books balance to the fen.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import { platformMerchant } from './desks/merchant-desk.ts'
import type { PaymentDesk, PayReply } from './desks/payment-desk.ts'
import type { Port } from './desks/port.ts'
import type { ReconciliationDesk, ReconciliationOperatorDesk, ReconciliationReport } from './desks/reconciliation-desk.ts'
import { aggregationOperations } from './dialects/aggregation.ts'
import { plainPort } from './dialects/plain.ts'
import { reconciliationOperations, reconciliationOperatorOperations } from './dialects/reconciliation.ts'
import type { Served } from './serve.ts'
import { manyBills } from './testing/many-bills.ts'
import { bank, channel, control, keys, serveSmallWire, site } from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'

const wallets = ['wechat', 'alipay'] as const
const actors = ['bureau', 'his', bank, ...wallets, 'platform'] as const
const bills = manyBills(50)
const payer = 'o-payer-of-everybody'
const walletOpening = (app: string) => ({
  merchants: [{ merchant: platformMerchant.merchant, app, checksBy: 'public-key' }],
  payers: [payer],
  settings: { passwordAboveFen: 100_000_000, refundTakesMs: 0 },
})
/** 付款码 on the phone of whoever pays by wallet, every fifth patient. */
const walletOf = (n: number) => (n % 5 === 4 ? wallets[n % 2] : undefined)
async function showCode(wallet: string): Promise<string> {
  const shown = (await phone(served.originOf(wallet), keys.between('phone', wallet), '/phone/codes', { payer })) as { code: string }
  return shown.code
}
let served: Served
let transport: Transport
beforeAll(async () => {
  const plan = planOf('small-town')
  served = await serveSmallWire(plan, {
    only: actors,
    date: '2020-10-30',
    platform: { banks: plan.city.parties.banks.filter(({ name }) => name === bank), reconcileEveryMs: 3_600_000 },
  })
  for (const [actor, opening] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
    ['wechat', walletOpening(platformMerchant.app)],
    ['alipay', walletOpening(platformMerchant.merchant)],
    ['platform', bills.platform],
  ] as const) {
    await control(served, actor, 'POST', '/control/opening', opening)
  }
  transport = httpTransport({ origin: served.originOf('platform'), timeoutMs: 60_000 })
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
  const paid: Awaited<ReturnType<typeof pay>>[] = []
  // So few at a time that the platform refuses nobody, on however slow a machine.
  while (paid.length < bills.persons.length) {
    const from = paid.length
    const some = bills.persons.slice(from, from + 5).map(async ({ person, bill, qr }, place) => {
      const n = from + place
      const wallet = walletOf(n)
      const how =
        wallet === undefined
          ? ({ mode: n % 3 === 0 ? 'phone' : 'credit' } as const)
          : ({ mode: 'scan', payCode: await showCode(wallet) } as const)
      return pay({ idempotencyKey: `K${n}`, channel, person, site, bill, qr, ...how })
    })
    paid.push(...(await Promise.all(some)))
  }
  expect(paid.map((reply) => (reply.outcome === 'payment' ? reply.payment.state : reply))).toEqual(paid.map(() => 'paid'))
  const numbers = paid.map((reply) => (reply as PayReply & { outcome: 'payment' }).payment.payment)
  // Two go back the same day, one at the bank and one at a wallet.
  for (const payment of [numbers[0], numbers[4]] as string[]) {
    await expect
      .poll(async () => (await refund({ payment, channel, idempotencyKey: `R-${payment}` })) as object, { timeout: 60_000 })
      .toMatchObject({ outcome: 'payment', payment: { state: 'refunded' } })
  }
  const first = numbers[2]
  expect(await reconciliationOf({ channel, payment: first ?? '' })).toMatchObject({ state: 'open', agreed: [] })
  const before = await reconcile()
  expect(before.days).toEqual([])
  expect(sum(before.balances)).toBe(0)

  // Wallets have their bills at nine.
  await at('2020-10-31 09:30:00')
  const after = await reconcile()
  expect(after.waiting).toEqual([])
  expect(after.differences).toEqual([])
  expect(after.days.map(({ party, day, matched, inTransit }) => ({ party, day, matched, inTransit }))).toEqual([
    { party: 'bureau', day: '2020-10-30', matched: 52, inTransit: 0 },
    { party: 'his', day: '2020-10-30', matched: 52, inTransit: 0 },
    { party: bank, day: '2020-10-30', matched: 41, inTransit: 0 },
    { party: 'wechat', day: '2020-10-30', matched: 6, inTransit: 0 },
    { party: 'alipay', day: '2020-10-30', matched: 5, inTransit: 0 },
  ])
  // 60 yuan each from whoever pays the patient's part; the insurer's part waits for its month.
  const paidBy = after.payouts.map(({ payer: from, amountFen, payments }) => `${from} ${amountFen} ${payments}`)
  expect(paidBy.sort()).toEqual([`alipay ${5 * 6000} 5`, `${bank} ${39 * 6000} 41`, `wechat ${4 * 6000} 6`])
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
