/**
 * One platform process with its own ledger, stopped in good order and killed: what it took in is neither lost nor done twice. The parties
 * live on in this process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownFolder, type Started, startMedpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../simulators/wire/banks/bank-book.ts'
import { type Sender, signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport, type Transport } from '../simulators/wire/client/transport.ts'
import { platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { PaymentDesk, PayReply } from '../simulators/wire/desks/payment-desk.ts'
import type { NoReply, Port } from '../simulators/wire/desks/port.ts'
import type { ReconciliationOperatorDesk, ReconciliationReport } from '../simulators/wire/desks/reconciliation-desk.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { reconciliationOperatorOperations } from '../simulators/wire/dialects/reconciliation.ts'
import type { Served } from '../simulators/wire/serve.ts'
import type { Touched } from '../simulators/wire/server/failure-switch.ts'
import type { BookEntry } from '../simulators/wire/stores/kept-book.ts'
import { type ManyBills, manyBills } from '../simulators/wire/testing/many-bills.ts'
import { bank, channel, control, keys, openings, serveSmallWire, site } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'

const secret = 'the secret of a test'
const parties = ['bureau', 'his', bank, 'wechat'] as const
const bills = manyBills(8)
const { payer } = openings
let city: Served
beforeAll(async () => {
  city = await serveSmallWire(planOf('small-town'), { only: parties })
})
afterAll(() => city.stop())

interface Platform {
  readonly process: Started
  readonly origin: string
  readonly as: (caller: string) => Sender
  control(method: string, path: string, body?: object): Promise<unknown>
  close(): Promise<void>
}
async function startPlatform(books: string): Promise<Platform> {
  const at = parties.map((name) => `${name}=${city.originOf(name)}`)
  const process = startMedpay(['serve', 'small-town', '--actor', 'platform', '--port', '0', '--books', books, '--at', ...at], {
    env: { MEDPAY_WIRE_SECRET: secret },
  })
  const [, origin = ''] = /platform +(http:\S+)/.exec(await process.says(/platform +http:\S+ /)) ?? []
  const transport: Transport = httpTransport({ origin, timeoutMs: 30_000 })
  const served = { ...city, originOf: () => origin }
  return {
    process,
    origin,
    as: (caller) => signedSender({ transport, caller, key: keys.between(caller, 'platform'), nowMs: Date.now }),
    control: (method, path, body) => control(served, 'platform', method, path, body),
    close: () => transport.close(),
  }
}
const entryOf = (platform: Platform): Port<PaymentDesk> => plainPort<PaymentDesk>(aggregationOperations, platform.as(channel))
const payFor = ({ person, bill, qr }: ManyBills['persons'][number], mode: 'credit' | 'phone' | 'in-consult') =>
  ({ idempotencyKey: `K-${bill}`, channel, person, site, bill, mode, qr }) as const
const stateOf = (reply: PayReply | NoReply) => (reply.outcome === 'payment' ? reply.payment.state : reply)

/** Fresh books everywhere, at ten in the morning. */
async function provision(platform: Platform): Promise<void> {
  const wallet = { ...openings.wallet, merchants: [{ ...platformMerchant, checksBy: 'public-key' }] }
  for (const [actor, book] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
    ['wechat', wallet],
  ] as const) {
    await control(city, actor, 'POST', '/control/reset')
    await control(city, actor, 'PUT', '/control/service-plan', { times: [] })
    await control(city, actor, 'POST', '/control/opening', book)
  }
  await platform.control('POST', '/control/opening', bills.platform)
  await at(platform, '2020-10-12 10:00:00')
}
async function at(platform: Platform, now: string): Promise<void> {
  for (const actor of parties) await control(city, actor, 'PUT', '/control/clock', { now })
  await platform.control('PUT', '/control/clock', { now })
}
/** Of the payment, by its hold or its capture. */
const numberOf = (key: string) => key.replace(/-[A-Z]$/, '')
const bankBook = async () =>
  ((await control(city, bank, 'GET', '/control/books')) as { entries: BookEntry<BankEntry>[] }).entries.map(({ entry }) => entry)

test('SIGTERM with payments in flight: those taken in are finished or resumed, new ones hear 503, the process ends with 0', async () => {
  const books = ownFolder()
  const first = await startPlatform(books)
  await provision(first)
  const [waiting, late, ...quick] = bills.persons as [ManyBills['persons'][number], ManyBills['persons'][number]]
  await first.control('POST', '/control/opening', {
    agreements: [{ person: waiting.person, mode: 'in-consult', bank: 'wechat', agreement: payer }],
  })
  const { pay } = entryOf(first)
  // One waits for its payer in the wallet; the insurer takes its time over the others until the process was told to stop.
  const inWallet = await pay(payFor(waiting, 'in-consult'))
  expect(stateOf(inWallet)).toBe('under-way')
  await control(city, 'bureau', 'PUT', '/control/failure', { does: 'slow', lateMs: 60_000, only: ['bureau/settle'] })
  const inFlight = quick.map((of) => pay(payFor(of, 'credit')))
  const settling = async () => ((await control(city, 'bureau', 'GET', '/control/failure')) as { touched: Touched[] }).touched.length
  await expect.poll(settling, { timeout: 10_000 }).toBe(quick.length)
  first.process.child.kill('SIGTERM')
  // It listens on, and says that it is stopping.
  await expect.poll(async () => (await fetch(`${first.origin}/readyz`)).status, { timeout: 10_000 }).toBe(503)
  expect(await pay(payFor(late, 'credit'))).toMatchObject({ outcome: 'no-reply', why: 'status 503: not-ready' })
  await control(city, 'bureau', 'PUT', '/control/failure', { does: 'none' })
  expect((await Promise.all(inFlight)).map(stateOf)).toEqual(quick.map(() => 'paid'))
  expect(await first.process.ended).toMatchObject({ code: 0, signal: null })
  await first.close()

  const second = await startPlatform(books)
  const { entries } = (await control(city, 'wechat', 'GET', '/control/books')) as {
    entries: BookEntry<{ does: string; prepay?: string }>[]
  }
  const prepay = entries.find(({ entry }) => entry.does === 'order')?.entry.prepay
  await phone(city.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/payments', { payer, prepay, does: 'pay' })
  const again = entryOf(second)
  await expect.poll(async () => stateOf(await again.pay(payFor(waiting, 'in-consult'))), { timeout: 10_000 }).toBe('paid')
  // The one that was turned away left nothing behind and is paid now.
  expect(stateOf(await again.pay(payFor(late, 'credit')))).toBe('paid')
  const captured = (await bankBook()).flatMap((entry) => (entry.does === 'capture' ? [entry.key] : []))
  expect(new Set(captured).size).toBe(quick.length + 1)
  expect(captured).toHaveLength(quick.length + 1)
  second.process.child.kill('SIGTERM')
  expect(await second.process.ended).toMatchObject({ code: 0 })
  await second.close()
}, 120_000)

test('killed twice in the middle of reconciliation: the differences found are those planted, each is righted once and every site is paid out once', async () => {
  const books = ownFolder()
  let platform = await startPlatform(books)
  await provision(platform)
  const reborn = async () => {
    platform.process.child.kill('SIGKILL')
    await platform.process.ended
    await platform.close()
    platform = await startPlatform(books)
    await at(platform, '2020-10-13 09:00:00')
  }
  const fails = (order: object, method = 'PUT') => control(city, bank, method, '/control/failure', order)
  const reconcile = async () => {
    const heard = await plainPort<ReconciliationOperatorDesk>(reconciliationOperatorOperations, platform.as('operator')).reconcile({})
    return heard.outcome === 'report' ? heard : undefined
  }
  const payAll = async (persons: ManyBills['persons']) => {
    const { pay } = entryOf(platform)
    expect((await Promise.all(persons.map((of) => pay(payFor(of, 'phone'))))).map(stateOf)).toEqual(persons.map(() => 'paid'))
  }
  // Three are collected one fen too much, and the bank does not say so before its statement.
  await fails({ does: 'wrong-amount', at: 'book', field: 'amountFen', by: 1, only: ['bank/authorize', 'bank/capture'] })
  await payAll(bills.persons.slice(0, 3))
  const { touched } = (await control(city, bank, 'GET', '/control/failure')) as { touched: Touched[] }
  const planted = touched.flatMap(({ operation, businessKey }) => (operation === 'bank/capture' ? [numberOf(businessKey)] : []))
  await fails({ does: 'none' })
  await payAll(bills.persons.slice(3))
  await at(platform, '2020-10-13 09:00:00')

  // Dies while the bank's statement is on its way: the insurer's and the hospital's day is matched already.
  await fails({ does: 'silent', only: ['bank/statement'] })
  const cutShort = reconcile()
  const asked = async () =>
    ((await control(city, bank, 'GET', '/control/failure')) as { touched: Touched[] }).touched.length > touched.length
  await expect.poll(asked, { timeout: 10_000 }).toBe(true)
  await reborn()
  expect(await cutShort).toBeUndefined()

  // Dies when the bank has given the money back and the platform has not heard so.
  await fails({ does: 'lost-reply', only: ['bank/refund'] })
  expect((await reconcile())?.waiting).toContainEqual({ of: bank, why: 'no reply' })
  await reborn()
  await fails({ does: 'none' })

  const report = (await reconcile()) as ReconciliationReport
  expect(planted).toHaveLength(3)
  expect(report.differences.map(({ oursFen, theirsFen, ending }) => ({ oursFen, theirsFen, ending }))).toEqual(
    planted.map(() => ({ oursFen: 6000, theirsFen: 6001, ending: 'given-back' })),
  )
  expect(report.days.map(({ party, matched, differences }) => ({ party, matched, differences }))).toEqual([
    { party: 'bureau', matched: 8, differences: 0 },
    { party: 'his', matched: 8, differences: 0 },
    { party: bank, matched: 5, differences: 3 },
    // Wallets' bills are ready, too, and empty.
    { party: 'wechat', matched: 0, differences: 0 },
  ])
  const given = (await bankBook()).flatMap((entry) =>
    entry.does === 'refund' ? [{ payment: numberOf(entry.capture), amountFen: entry.amountFen }] : [],
  )
  expect(given.toSorted((a, b) => (a.payment < b.payment ? -1 : 1))).toEqual(
    planted.toSorted().map((payment) => ({ payment, amountFen: 1 })),
  )
  expect(report.payouts.filter(({ payer: from }) => from === bank).reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(8 * 6000)
  const { payouts, balances } = (await reconcile()) as ReconciliationReport
  expect(payouts).toEqual(report.payouts)
  expect(balances['suspense'] ?? 0).toBe(0)
  platform.process.child.kill('SIGTERM')
  expect(await platform.process.ended).toMatchObject({ code: 0 })
  await platform.close()
}, 120_000)
