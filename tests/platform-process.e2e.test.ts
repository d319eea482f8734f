/**
 * One platform process with its own embedded ledger, stopped in good order, killed, and on a disk that fills up: what it took in is
 * neither lost nor done twice. The parties live on in this process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from '../cli/exit-codes.ts'
import { ownFolder, type Started, startMedpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../simulators/wire/banks/bank-entry.ts'
import type { BureauEntry } from '../simulators/wire/bureau/bureau-book.ts'
import { type Sender, signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport, type Transport } from '../simulators/wire/client/transport.ts'
import { platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { PaymentDesk, PayReply } from '../simulators/wire/desks/payment-desk.ts'
import type { NoReply, Port } from '../simulators/wire/desks/port.ts'
import type { ReconciliationOperatorDesk, ReconciliationReport } from '../simulators/wire/desks/reconciliation-desk.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { reconciliationOperatorOperations } from '../simulators/wire/dialects/reconciliation.ts'
import type { HisEntry } from '../simulators/wire/his/his-book.ts'
import type { Served } from '../simulators/wire/serve.ts'
import type { Touched } from '../simulators/wire/server/failure-switch.ts'
import type { BookEntry } from '../simulators/wire/stores/kept-book.ts'
import type { LedgerBooks } from '../simulators/wire/stores/ledger.ts'
import { type ManyBills, manyBills } from '../simulators/wire/testing/many-bills.ts'
import { bank, channel, control, keys, openings, serveSmallWire, site } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'
import { wireTestsPage, withBlock } from '../tools/page-block.ts'

const secret = 'the secret of a test'
const parties = ['bureau', 'his', bank, 'wechat'] as const
const bills = manyBills(8)
/** No file of the platform may grow beyond it, as on a disk that has no more room: its ledger is begun and takes the payments. */
const fullAtKib = 400
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
/** @param shell starts it under a limit */
async function startPlatform(books: string, shell?: string): Promise<Platform> {
  const at = parties.map((name) => `${name}=${city.originOf(name)}`)
  const process = startMedpay(['serve', 'small-town', '--actor', 'platform', '--port', '0', '--books', books, '--at', ...at], {
    env: { MEDPAY_WIRE_SECRET: secret },
    ...(shell === undefined ? {} : { shell }),
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
const entriesOf = async <Entry>(actor: string) =>
  ((await control(city, actor, 'GET', '/control/books')) as { entries: BookEntry<Entry>[] }).entries.map(({ entry }) => entry)
const bankBook = () => entriesOf<BankEntry>(bank)
const failsAtSettling = (does: 'slow' | 'none') =>
  control(city, 'bureau', 'PUT', '/control/failure', does === 'none' ? { does } : { does, lateMs: 60_000, only: ['bureau/settle'] })
/** So many payments have reached the insurer, who takes his time. */
const settling = async () => ((await control(city, 'bureau', 'GET', '/control/failure')) as { touched: Touched[] }).touched.length
const ledgerOf = async (platform: Platform) =>
  ((await platform.control('GET', '/control/books')) as { readonly ledger: LedgerBooks }).ledger

/** Every payment is over, and its bill paid once by insurer and bank, at the hospital and in the ledger. */
async function expectEachPaidOnce(platform: Platform, persons: ManyBills['persons']): Promise<void> {
  const open = async () => (await ledgerOf(platform)).payments.filter(({ isOpen }) => isOpen).length
  await expect.poll(open, { timeout: 30_000 }).toBe(0)
  const wanted = persons.map(({ bill }) => bill).sort()
  const { payments, postings } = await ledgerOf(platform)
  expect(payments.map(({ bill, state }) => `${bill} ${state}`).sort()).toEqual(wanted.map((bill) => `${bill} paid`))
  const numbers = payments.map(({ number }) => number).sort()
  const dueFen = new Map<string, number>()
  for (const { payment, account, amountFen } of postings)
    if (account === 'due-to-site') dueFen.set(payment, (dueFen.get(payment) ?? 0) + amountFen)
  expect(Object.fromEntries(dueFen)).toEqual(Object.fromEntries(numbers.map((number) => [number, -12_000])))
  const insurer = await entriesOf<BureauEntry>('bureau')
  expect(insurer.flatMap((entry) => (entry.does === 'settle' ? entry.bills.map(({ bill }) => bill) : [])).sort()).toEqual(wanted)
  expect(insurer.filter(({ does }) => does === 'reverse')).toEqual([])
  const payer = await bankBook()
  const keysOf = (does: 'authorize' | 'capture') => payer.flatMap((entry) => (entry.does === does ? [numberOf(entry.key)] : [])).sort()
  expect({ holds: keysOf('authorize'), captures: keysOf('capture') }).toEqual({ holds: numbers, captures: numbers })
  expect((await entriesOf<HisEntry>('his')).flatMap((entry) => (entry.does === 'paid' ? [entry.bill] : [])).sort()).toEqual(wanted)
}

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
  await failsAtSettling('slow')
  const inFlight = quick.map((of) => pay(payFor(of, 'credit')))
  await expect.poll(settling, { timeout: 10_000 }).toBe(quick.length)
  first.process.child.kill('SIGTERM')
  // It listens on, and says that it is stopping.
  await expect.poll(async () => (await fetch(`${first.origin}/readyz`)).status, { timeout: 10_000 }).toBe(503)
  expect(await pay(payFor(late, 'credit'))).toMatchObject({ outcome: 'no-reply', why: 'status 503: not-ready' })
  await failsAtSettling('none')
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

/** @returns when every payment of them stands at the insurer */
async function payAllAsFarAsSettling(platform: Platform, { persons }: ManyBills): Promise<Promise<PayReply | NoReply>[]> {
  const { pay } = entryOf(platform)
  await failsAtSettling('slow')
  const replies = persons.map((of) => pay(payFor(of, 'credit')))
  await expect.poll(settling, { timeout: 10_000 }).toBe(persons.length)
  return replies
}

test('killed with payments at the insurer: its successor on the same file finds out what became of them, and each is paid once', async () => {
  const books = ownFolder()
  const first = await startPlatform(books)
  await provision(first)
  const inFlight = await payAllAsFarAsSettling(first, bills)
  first.process.child.kill('SIGKILL')
  expect(await first.process.ended).toMatchObject({ code: null, signal: 'SIGKILL' })
  expect((await Promise.all(inFlight)).map(({ outcome }) => outcome)).toEqual(bills.persons.map(() => 'no-reply'))
  await first.close()
  // The insurer goes on with what the dead process asked for.
  await failsAtSettling('none')

  const second = await startPlatform(books)
  await expectEachPaidOnce(second, bills.persons)
  const { pay } = entryOf(second)
  expect((await Promise.all(bills.persons.map((of) => pay(payFor(of, 'credit'))))).map(stateOf)).toEqual(bills.persons.map(() => 'paid'))
  await expectEachPaidOnce(second, bills.persons)
  second.process.child.kill('SIGTERM')
  expect(await second.process.ended).toMatchObject({ code: 0 })
  await second.close()
}, 120_000)

test('its disk fills up with payments at the insurer: whoever waits or comes hears 503, it is not ready and ends with 5; with room again each is paid once', async () => {
  const books = ownFolder()
  const first = await startPlatform(books, `trap '' XFSZ; ulimit -f ${fullAtKib}; exec $medpay`)
  await provision(first)
  const inFlight = await payAllAsFarAsSettling(first, bills)
  // Something else takes the room that is left, so that the disk is full before the insurer answers.
  const more = (batch: number) =>
    Array.from({ length: 500 }, (_, index) => ({ person: 100_000 + batch * 500 + index, mode: 'credit', bank, agreement: `QY${index}` }))
  const takeRoom = async () => {
    for (let batch = 0; batch < 50; batch += 1) await first.control('POST', '/control/opening', { agreements: more(batch) })
  }
  await expect(takeRoom()).rejects.toThrow(/503.*book-failed/)
  await first.process.says(/book of platform can no longer be written[\s\S]*无法继续写入/)
  await failsAtSettling('none')
  const turnedAway = { outcome: 'no-reply', why: 'status 503: book-failed' }
  expect(await Promise.all(inFlight)).toMatchObject(bills.persons.map(() => turnedAway))
  expect(await entryOf(first).pay(payFor(bills.persons[0] as ManyBills['persons'][number], 'credit'))).toMatchObject(turnedAway)
  expect((await fetch(`${first.origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${first.origin}/healthz`)).status).toBe(200)
  first.process.child.kill('SIGINT')
  expect(await first.process.ended).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringContaining('could not be written to the end: platform'),
  })
  await first.close()

  const second = await startPlatform(books)
  await expectEachPaidOnce(second, bills.persons)
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

test('docs/wire-tests.md says what is done to it; renew it with npx vitest run platform-process -t docs -u', async () => {
  const { length } = bills.persons
  const rows = [
    `| SIGTERM | ${length - 2} at the insurer, 1 at its payer in the wallet | \`/readyz\` and a new payment 503; those at the insurer are finished, it ends with ${exitCodes.ok}; the successor finishes the one in the wallet |`,
    `| kill -9 | ${length} at the insurer, who goes on | the successor asks what became of them: each paid once at insurer, bank, hospital and ledger; nothing reversed or open |`,
    `| disk full (\`ulimit -f ${fullAtKib}\`) | ${length} at the insurer | they and new ones hear 503 \`book-failed\`, \`/readyz\` 503, it ends with ${exitCodes.outputProblem}; with room again each paid once |`,
    '| kill -9, twice | in reconciliation: a statement on its way; a refund done and not heard of | the differences are those planted, each righted once; every site paid out once |',
  ]
  const table = ['| what is done | payments under way | what holds |', '| --- | --- | --- |', ...rows]
  await expect(withBlock('platform-process', table.join('\n'))).toMatchFileSnapshot(wireTestsPage)
})
