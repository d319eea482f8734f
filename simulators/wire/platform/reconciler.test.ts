/**
 * Reconciliation against real desks whose statements, or books, were tampered with: what was planted is found, no more and no less, and
 * after the second day nothing stands in suspense.
 */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { type Fen, fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import type { ClearingDesk, DayLine } from '../desks/clearing-desk.ts'
import type { HisDayLine } from '../desks/his-desk.ts'
import { directPort, type Port } from '../desks/port.ts'
import { readStatement, type StatementLine, writeStatement } from '../dialects/bank-statement.ts'
import { calendarDay } from '../reconciliation/accounting-day.ts'
import { type ReconciliationEntry, type ReconciliationState, reconciliationRules } from '../reconciliation/reconciliation-book.ts'
import { type DifferenceKind, differenceKinds } from '../reconciliation/records.ts'
import type { Ports } from '../sagas/saga-words.ts'
import { SharedBook } from '../stores/shared-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity, type PlatformFate } from '../testing/direct-city.ts'
import { manyBills } from '../testing/many-bills.ts'
import { balances, expectSecondDayClean, found, onFirstDay, plant } from '../testing/planted-differences.ts'
import { bank, site } from '../testing/small-wire.ts'
import type { Tampering } from '../testing/tampering.ts'
import { reconciler } from './reconciler.ts'
import { bankStatements, bureauStatements, hospitalStatements } from './statements.ts'

const plan = planOf('small-town')
const policy = { ...plan.policy, clearing: { ...plan.policy.clearing, upheldBasisPoints: 5000 } }
const city = await directCity({ ...plan, policy } as typeof plan)
const ledger = await openSqliteLedger(':memory:')
// Every second bill has an item of 丙类 in the scope of insurance, which the bureau holds back.
const bills = manyBills(30, (index) => (index % 2 === 0 ? 'T101000001' : 'T101000009'))
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const on = (moment: string) => city.clock.set(momentMs(moment) ?? Number.NaN)
beforeEach(async () => {
  await city.reset(bills)
  await ledger.clear()
  await ledger.sign((bills.platform as { agreements: Parameters<typeof ledger.sign>[0] }).agreements)
  on('2020-10-12 10:00:00')
})

const bankPort = directPort(city.bank.desk)
const bureauPort = directPort(city.bureau.desk)
const clearingPort = directPort(city.bureau.desk as unknown as ClearingDesk)
const hisPort = directPort(city.his.desk)

function reconciling(tampered: Tampering = {}, banks = [bank]) {
  const book = new SharedBook<ReconciliationState, ReconciliationEntry>(ledger, 'reconciliation', reconciliationRules, city.clock.nowMs)
  const atBank = over(bankPort, tampered.bank)
  const ports: Ports = {
    bureau: over(bureauPort, tampered.bureau),
    his: over(hisPort, tampered.his),
    bankOf: (name) => (banks.includes(name) ? atBank : undefined),
    walletOf: () => undefined,
  }
  const clearing = over(clearingPort, tampered.clearing)
  const sites = () => ledger.sites()
  const one = reconciler({
    ledger,
    book,
    ports,
    clearing,
    sources: [
      bureauStatements({
        bureau: ports.bureau,
        clearing,
        sites,
        ofSerial: (serial) => ledger.paymentOfSerial(serial),
        nowMs: city.clock.nowMs,
      }),
      hospitalStatements(ports.his, sites, calendarDay),
      bankStatements(bank, () => atBank, { minuteOfDay: 23 * 60 }),
    ],
    nowMs: city.clock.nowMs,
    graceMs: 900_000,
  })
  return { run: () => one.run(), book }
}
const over = <Desk>(port: Port<Desk>, changed: Partial<Port<Desk>> = {}): Port<Desk> =>
  new Proxy(port as object, { get: (target, name) => Reflect.get(changed, name) ?? Reflect.get(target, name) }) as Port<Desk>

/** Everybody pays, or so many; @returns the payments' numbers, in the order of the bills. */
async function payAll(fate: PlatformFate = {}, most = bills.persons.length): Promise<string[]> {
  const platform = city.platform(ledger, fate)
  for (const [n, { person, bill, qr }] of bills.persons.slice(0, most).entries()) {
    await platform.pay({ idempotencyKey: `K${n}`, channel: 'channel-a', person, site, bill, mode: n % 2 === 0 ? 'credit' : 'phone', qr })
  }
  await platform.drain()
  return (await ledger.books()).payments.map(({ number }) => number)
}

describe('k differences of each class in a statement', () => {
  const k = 3

  test('of the bank are found, asked about and corrected there; none costs anybody', async () => {
    await payAll()
    let kinds: Readonly<Record<DifferenceKind, readonly StatementLine[]>> | undefined
    const tampered: Tampering = {
      bank: {
        async statement(request) {
          const heard = await bankPort.statement(request)
          if (heard.outcome !== 'statement' || !onFirstDay(request.date)) return heard
          const read = readStatement(heard.csv)
          if ('mistakes' in read) throw new Error(read.mistakes.join())
          const planted = plant<StatementLine>(
            read.lines,
            k,
            (line) => ({ ...line, amountFen: fenOf(line.amountFen + 100) }),
            (line, n) => ({ ...line, key: `P9999${n}-C`, payment: `P9999${n}-C` }),
          )
          kinds = planted.kinds
          return { ...heard, ...writeStatement({ ...read, lines: planted.told }) }
        },
      },
    }
    const { run, book } = reconciling(tampered)
    on('2020-10-13 01:00:00')
    expect((await run()).waiting).toEqual([])
    const wanted = differenceKinds.flatMap((kind) => (kinds?.[kind] ?? []).map(({ key }) => `bank-a ${kind} pay ${key}`))
    expect(wanted).toHaveLength(4 * k)
    expect(found(await book.read())).toEqual(wanted.sort())
    on('2020-10-14 01:00:00')
    await run()
    await expectSecondDayClean(ledger, book)
    expect((await balances(ledger, book)).get('losses') ?? 0).toBe(0)
  })

  test('of the bureau are found, asked about and corrected there', async () => {
    await payAll()
    const serialOf = (n: number) => ledger.paymentOfSerial(n)
    let kinds: Readonly<Record<DifferenceKind, readonly DayLine[]>> | undefined
    const { payments } = await ledger.books()
    expect(await serialOf(payments[0]?.serial ?? 0)).toMatchObject({ number: payments[0]?.number })
    const tampered: Tampering = {
      // Totals as wrong as the lines, else the file would not be taken.
      bureau: { compareDay: async ({ day }) => ({ outcome: 'compared', day, isEqual: true }) },
      clearing: {
        async dayLines(request) {
          const heard = await clearingPort.dayLines(request)
          if (heard.outcome !== 'day' || !onFirstDay(request.day)) return heard
          const planted = plant<DayLine>(
            heard.lines,
            k,
            (line) => ({ ...line, fundFen: (line.fundFen - 1) as Fen, cashFen: (line.cashFen + 1) as Fen }),
            // Under the message of a payment of the platform's, else it would be another collector's.
            (line, n) => ({ ...line, settlement: `LSH9999${n}` }),
          )
          kinds = planted.kinds
          return { ...heard, lines: planted.told }
        },
      },
    }
    const { run, book } = reconciling(tampered)
    on('2020-10-13 01:00:00')
    await run()
    const wanted = differenceKinds.flatMap((kind) => (kinds?.[kind] ?? []).map(({ settlement }) => `bureau ${kind} pay ${settlement}`))
    expect(wanted).toHaveLength(4 * k)
    expect(found(await book.read())).toEqual(wanted.sort())
    on('2020-10-14 01:00:00')
    await run()
    await expectSecondDayClean(ledger, book)
    expect((await balances(ledger, book)).get('losses') ?? 0).toBe(0)
  })

  test('of the hospital are found, told again or corrected there', async () => {
    await payAll()
    let kinds: Readonly<Record<DifferenceKind, readonly HisDayLine[]>> | undefined
    const tampered: Tampering = {
      his: {
        async dayLines(request) {
          const heard = await hisPort.dayLines(request)
          if (heard.outcome !== 'day' || !onFirstDay(request.date)) return heard
          const planted = plant<HisDayLine>(
            heard.lines,
            k,
            (line) => ({ ...line, totalFen: fenOf(line.totalFen + 100), cashFen: fenOf(line.cashFen + 100) }),
            (line, n) => ({ ...line, attempt: `P9999${n}` }),
          )
          kinds = planted.kinds
          const totalFen = planted.told.reduce((sum, line) => sum + line.totalFen, 0)
          return { ...heard, lines: planted.told, paidCount: planted.told.length, totalFen }
        },
      },
    }
    const { run, book } = reconciling(tampered)
    on('2020-10-13 01:00:00')
    await run()
    const wanted = differenceKinds.flatMap((kind) => (kinds?.[kind] ?? []).map(({ attempt }) => `his ${kind} pay ${attempt}`))
    expect(wanted).toHaveLength(4 * k)
    expect(found(await book.read())).toEqual(wanted.sort())
    on('2020-10-14 01:00:00')
    await run()
    await expectSecondDayClean(ledger, book)
  })
})

test('money the bank really took for nobody goes back by the original route, and the next statement tells of it', async () => {
  await payAll()
  const [{ agreement }] = (bills.bank as { agreements: [{ agreement: string }] }).agreements
  await city.bank.desk.authorize({ key: 'P0alien-A', agreement, site, amountFen: fenOf(500) })
  await city.bank.desk.capture({ key: 'P0alien-C', hold: 'P0alien-A', amountFen: fenOf(500) })
  const { run, book } = reconciling()
  on('2020-10-13 01:00:00')
  await run()
  expect(found(await book.read())).toEqual(['bank-a missing-here pay P0alien-C'])
  expect([...(await book.read()).differences.values()].map(({ ending }) => ending)).toEqual(['given-back'])
  on('2020-10-14 01:00:00')
  await run()
  await expectSecondDayClean(ledger, book)
  expect(await city.bank.desk.query({ key: 'P0alien-C-D' })).toMatchObject({ outcome: 'refunded', refundedFen: 500 })
})

test('a settlement that stands at the bureau for a payment that ended is reversed there', async () => {
  // The bank refuses, so nothing is settled; then somebody settles under that payment's number.
  const [first] = bills.persons
  if (first === undefined) throw new Error('nobody')
  const platform = city.platform(ledger)
  const { authorize } = city.bank.desk
  city.bank.desk.authorize = async () => ({ outcome: 'refused', reason: 'over-credit-limit' })
  await platform.pay({
    idempotencyKey: 'K',
    channel: 'channel-a',
    person: first.person,
    site,
    bill: first.bill,
    mode: 'credit',
    qr: first.qr,
  })
  city.bank.desk.authorize = authorize
  const [payment] = (await ledger.books()).payments
  const {
    trial = '',
    totalFen = 0,
    coveredFen = 0,
  } = JSON.parse(payment?.memory ?? '{}') as { trial?: string; totalFen?: number; coveredFen?: number }
  const message = { sequence: (payment?.serial ?? 0) * 10 + 5, atMs: city.clock.nowMs() }
  const claimed = { bill: first.bill, totalFen: fenOf(totalFen), coveredFen: fenOf(coveredFen) }
  expect(await city.bureau.desk.settle({ site, message, trial, bills: [claimed] })).toMatchObject({ outcome: 'settled' })
  const { run, book } = reconciling()
  on('2020-10-13 01:00:00')
  await run()
  expect([...(await book.read()).differences.values()].map(({ difference: { kind }, ending }) => ({ kind, ending }))).toEqual([
    { kind: 'missing-here', ending: 'given-back' },
  ])
  on('2020-10-14 01:00:00')
  await run()
  await expectSecondDayClean(ledger, book)
})

describe('a settlement that was taken back before its payment was ever posted', () => {
  const { capture } = city.bank.desk
  afterEach(() => {
    city.bank.desk.capture = capture
  })
  const refused = async () => ({ outcome: 'refused', reason: 'hold-released' }) as const

  test('stands on both sides, paid and given back, and is no difference', async () => {
    city.bank.desk.capture = refused
    await payAll({}, 2)
    expect((await ledger.books()).payments.map(({ state }) => state)).toEqual(['undone', 'undone'])
    const { run, book } = reconciling()
    on('2020-10-13 01:00:00')
    expect((await run()).waiting).toEqual([])
    expect(found(await book.read())).toEqual([])
    expect((await book.read()).days.get('bureau 2020-10-12')).toMatchObject({ rows: 4, matched: 4, inTransit: 0 })
    expect((await book.read()).payouts).toEqual([])
    on('2020-10-14 01:00:00')
    await run()
    await expectSecondDayClean(ledger, book)
  })

  test('across midnight is paid on one day and given back on the next', async () => {
    city.bank.desk.capture = refused
    on('2020-10-12 20:00:00')
    const midnight = { boundary: (where: string) => where === 'written bureau/settle' && on('2020-10-13 00:00:10') }
    await payAll({ boundary: (where) => void midnight.boundary(where) }, 2)
    const { run, book } = reconciling()
    on('2020-10-13 01:00:00')
    await run()
    on('2020-10-14 01:00:00')
    await run()
    expect(found(await book.read())).toEqual([])
    expect((await book.read()).days.get('bureau 2020-10-13')).toMatchObject({ inTransit: 0, differences: 0 })
    await expectSecondDayClean(ledger, book)
  })

  test('while it was still under way when the first day was matched is in transit for a day', async () => {
    const { query } = city.bank.desk
    const silent = async () => ({ outcome: 'no-reply', sent: 'maybe', why: 'silence' }) as never
    Object.assign(city.bank.desk, { capture: silent, query: silent })
    const [first] = bills.persons
    if (first === undefined) throw new Error('nobody')
    const platform = city.platform(ledger)
    const asked = { idempotencyKey: 'K', channel: 'channel-a', person: first.person, site, bill: first.bill, qr: first.qr }
    await platform.pay({ ...asked, mode: 'credit' })
    const { run, book } = reconciling()
    on('2020-10-13 01:00:00')
    await run()
    expect((await book.read()).days.get('bureau 2020-10-12')).toMatchObject({ rows: 1, inTransit: 1, differences: 0 })
    Object.assign(city.bank.desk, { capture: refused, query })
    await platform.drain()
    const next = city.platform(ledger)
    await next.resume(Number.MAX_SAFE_INTEGER)
    await next.drain()
    on('2020-10-14 01:00:00')
    await run()
    expect((await book.read()).days.get('bureau 2020-10-13')).toMatchObject({ rows: 1, matched: 2, inTransit: 0, differences: 0 })
  })
})

test('a payment the hospital lost is told again, and its next day has it', async () => {
  const { notice } = city.his.desk
  let lost = 0
  city.his.desk.notice = async (request) => {
    lost += 1
    return lost === 1 ? { outcome: 'noted' } : notice(request)
  }
  await payAll()
  const { run, book } = reconciling()
  on('2020-10-13 01:00:00')
  await run()
  expect(
    [...(await book.read()).differences.values()].map(({ difference: { party, kind }, ending }) => [party.name, kind, ending]),
  ).toEqual([['his', 'missing-there', 'told']])
  on('2020-10-14 01:00:00')
  await run()
  await expectSecondDayClean(ledger, book)
  city.his.desk.notice = notice
})

test('a file that is cut short says nothing; when it is whole the day is matched', async () => {
  await payAll()
  let isCut = true
  const cut = <Reply extends { readonly outcome: string }>(reply: Reply, by: (reply: Reply) => Reply) => (isCut ? by(reply) : reply)
  const { run, book } = reconciling({
    bank: {
      statement: async (request) =>
        cut(await bankPort.statement(request), (heard) =>
          heard.outcome === 'statement' ? { ...heard, csv: heard.csv.slice(0, -40) } : heard,
        ),
    },
    clearing: {
      dayLines: async (request) =>
        cut(await clearingPort.dayLines(request), (heard) => (heard.outcome === 'day' ? { ...heard, lines: heard.lines.slice(1) } : heard)),
    },
    his: {
      dayLines: async (request) =>
        cut(await hisPort.dayLines(request), (heard) => (heard.outcome === 'day' ? { ...heard, lines: heard.lines.slice(1) } : heard)),
    },
  })
  on('2020-10-13 01:00:00')
  expect((await run()).waiting.map(({ of }) => of)).toEqual(['bureau', 'his', bank])
  expect((await book.read()).days.size).toBe(0)
  isCut = false
  expect((await run()).waiting).toEqual([])
  expect([...(await book.read()).days.values()].map(({ matched, differences }) => [matched, differences])).toEqual([
    [30, 0],
    [30, 0],
    [30, 0],
  ])
})

test('a payment across the bank’s cut-off is in transit for a day and no difference', async () => {
  on('2020-10-12 22:59:00')
  await payAll({
    boundary: (where) => {
      // The bank books before 23:00, the platform after it.
      if (where === 'heard bank/capture') on('2020-10-12 23:00:30')
      if (where === 'heard his/invoice') on('2020-10-12 22:59:00')
    },
  })
  const { run, book } = reconciling()
  on('2020-10-13 01:00:00')
  await run()
  expect((await book.read()).days.get(`${bank} 2020-10-12`)).toMatchObject({ rows: 30, matched: 0, inTransit: 30, differences: 0 })
  on('2020-10-14 01:00:00')
  await run()
  expect((await book.read()).days.get(`${bank} 2020-10-13`)).toMatchObject({ rows: 0, matched: 30, inTransit: 0, differences: 0 })
  await expectSecondDayClean(ledger, book)
})

test('two processes that reconcile at once match each day once, and a restart goes on where the last one stopped', async () => {
  await payAll()
  on('2020-10-13 01:00:00')
  const [one, two] = [reconciling(), reconciling()]
  await Promise.all([one.run(), two.run()])
  const state = await reconciling().book.read()
  expect([...state.days.keys()].sort()).toEqual([`${bank} 2020-10-12`, 'bureau 2020-10-12', 'his 2020-10-12'])
  expect(state.payouts.map(({ payer, amountFen }) => [payer, amountFen])).toEqual([[bank, 30 * 6000]])
})

test('the insurer holds some back, pays the rest, pays what an appeal wins; the site bears what is deducted, and nothing is left over', async () => {
  await payAll()
  const { run, book } = reconciling()
  const days = ['2020-10-13', '2020-11-02', '2020-11-03', '2020-11-23', '2020-12-20']
  const withheld: number[] = []
  for (const day of days) {
    on(`${day} 09:00:00`)
    await run()
    withheld.push((await balances(ledger, book)).get('withheld') ?? 0)
  }
  const state = await book.read()
  const insured = state.payouts.filter(({ payer }) => payer === 'bureau')
  const deducted = [...state.movements.values()].filter(({ isDeducted }) => isDeducted === true)
  expect(insured).toHaveLength(2)
  expect(deducted.length).toBeGreaterThan(2)
  expect(insured.reduce((sum, { amountFen }) => sum + amountFen, 0) + deducted.length * 6000).toBe(30 * 6000)
  expect(withheld[1]).toBeGreaterThan(0)
  expect(withheld[1]).toBe((insured[1]?.amountFen ?? 0) + deducted.length * 6000)
  expect([...(await balances(ledger, book)).values()].filter((fen) => fen !== 0)).toEqual([])
})
