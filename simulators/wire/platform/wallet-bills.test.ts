/** Reconciliation against a wallet's T+1 bill that was tampered with or cut short; payments and refunds alike. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { type MerchantBill, type MerchantBillLine, platformMerchant } from '../desks/merchant-desk.ts'
import { directPort, type NoReply } from '../desks/port.ts'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { readTradeBill, tradeBill } from '../dialects/wechat/bills.ts'
import { type ReconciliationEntry, type ReconciliationState, reconciliationRules } from '../reconciliation/reconciliation-book.ts'
import { differenceKinds } from '../reconciliation/records.ts'
import { SharedBook } from '../stores/shared-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity } from '../testing/direct-city.ts'
import { manyBills } from '../testing/many-bills.ts'
import { expectSecondDayClean, found, onFirstDay, plant } from '../testing/planted-differences.ts'
import { openings, site } from '../testing/small-wire.ts'
import { storyOfBill } from '../why/story-of-bill.ts'
import { matchLive, usualLiveTimes } from './live-matcher.ts'
import { reconciler } from './reconciler.ts'
import { walletStatements } from './statements.ts'

/** Of each class, among payments and among refunds. */
const k = 2
const city = await directCity(planOf('small-town'))
const ledger = await openSqliteLedger(':memory:')
const bills = manyBills(8 * k)
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const on = (moment: string) => city.clock.set(momentMs(moment) ?? Number.NaN)
beforeEach(async () => {
  await city.reset(bills)
  await ledger.clear()
  await ledger.sign(bills.persons.map(({ person }) => ({ person, mode: 'in-consult', bank: 'wechat', agreement: openings.payer })))
  on('2020-10-12 10:00:00')
  // Everybody pays by the wallet, and the second half is given everything back; a process waits for a few phones only.
  const byAProcess = async (work: (platform: ReturnType<typeof city.platform>) => Promise<unknown>) => {
    const platform = city.platform(ledger)
    await work(platform)
    await platform.drain()
  }
  for (const [n, { person, bill, qr }] of bills.persons.entries()) {
    const asked = { idempotencyKey: `K${n}`, channel: 'channel-a', person, site, bill, mode: 'in-consult', qr } as const
    await byAProcess((platform) => platform.pay(asked))
  }
  for (const { number } of (await ledger.books()).payments.slice(4 * k)) {
    await byAProcess((platform) => platform.refund({ payment: number, channel: 'channel-a', idempotencyKey: `T${number}` }))
  }
  expect((await ledger.books()).payments.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 4 * k }, () => 'paid'),
    ...Array.from({ length: 4 * k }, () => 'refunded'),
  ])
})

type Bill = MerchantBill | WalletRefused | NoReply

/** The bill as the wallet writes it, through `cut`, as the platform reads it. */
async function billOf(date: string, cut = (csv: string) => csv): Promise<Bill> {
  const said = await city.wallet.desk.movements({ merchant: platformMerchant.merchant, date })
  if (said.outcome === 'refused') return said
  const read = readTradeBill(cut(tradeBill(said.movements, 'ALL')))
  return 'mistakes' in read ? { outcome: 'no-reply', sent: 'maybe', why: read.mistakes.join() } : { outcome: 'bill', lines: read.lines }
}

function reconciling(tell: (date: string) => Promise<Bill>) {
  const book = new SharedBook<ReconciliationState, ReconciliationEntry>(ledger, 'reconciliation', reconciliationRules, city.clock.nowMs)
  const desk = { ...directPort(city.wallet.desk), tradeBill: ({ date }: { readonly date: string }) => tell(date) }
  const one = reconciler({
    ledger,
    book,
    ...parties(),
    sources: [
      walletStatements(
        'wechat',
        () => desk,
        async (order) => (await ledger.payment(order))?.site ?? 0,
      ),
    ],
    nowMs: city.clock.nowMs,
    graceMs: 900_000,
  })
  return { run: () => one.run(), book }
}

const parties = () => ({
  ports: {
    bureau: directPort(city.bureau.desk),
    his: directPort(city.his.desk),
    bankOf: () => undefined,
    walletOf: () => ({ ...platformMerchant, desk: directPort(city.wallet.desk) }),
  },
  clearing: directPort(city.bureau.desk as never),
})

/** Finds what was planted among the payments or the refunds of the first day. @returns its book after the second */
async function foundAmong(kind: MerchantBillLine['kind']) {
  let wanted: readonly string[] = []
  const { run, book } = reconciling(async (date) => {
    const heard = await billOf(date)
    if (heard.outcome !== 'bill' || !onFirstDay(date)) return heard
    const paidOnly = new Set((await ledger.books()).payments.slice(0, 4 * k).map(({ number }) => number))
    const isMeant = (line: MerchantBillLine) => line.kind === kind && (kind === 'refund' || paidOnly.has(line.order))
    const { kinds, told } = plant<MerchantBillLine>(
      heard.lines.filter(isMeant),
      k,
      (line) => ({ ...line, amountFen: fenOf(line.amountFen + 100) }),
      (line, n) => ({ ...line, order: `P9999${n}`, ...(kind === 'refund' ? { refund: `P9999${n}-R` } : {}) }),
    )
    const does = kind === 'payment' ? 'pay' : 'refund'
    const keyOf = ({ order, refund }: MerchantBillLine) => (kind === 'refund' ? refund : order)
    wanted = differenceKinds.flatMap((of) => kinds[of].map((line) => `wechat ${of} ${does} ${keyOf(line)}`))
    return { ...heard, lines: [...heard.lines.filter((line) => !isMeant(line)), ...told] }
  })
  on('2020-10-13 09:30:00')
  expect((await run()).waiting).toEqual([])
  expect(wanted).toHaveLength(4 * k)
  expect(found(await book.read())).toEqual(wanted.toSorted())
  on('2020-10-14 09:30:00')
  await run()
  return book
}

test('k differences of each class among the payments of a T+1 bill are found, no more and no less, and the second day is clean', async () => {
  await expectSecondDayClean(ledger, await foundAmong('payment'))
})

test('k differences of each class among its refunds are found, no more and no less, and the second day is clean', async () => {
  const book = await foundAmong('refund')
  await expectSecondDayClean(ledger, book)
  // The wallet is asked before money moves, so nobody is given money a second time and nothing is written off.
  const ends = [...(await book.read()).differences.values()].map(({ difference: { kind }, heard, ending }) =>
    [kind, ...heard.map(({ move, heard: said }) => `${move}: ${said}`), ending].join(' '),
  )
  const expected = {
    'missing-there': 'ask: ours corrected-there',
    'amount-differs': 'ask: ours corrected-there',
    'twice-there': 'corrected-there',
    'missing-here': 'ask: nothing corrected-there',
  } as const
  const of = (await ledger.books()).payments[4 * k]
  const shown = [{ actor: 'platform', entries: [], ledger: await ledger.books(), reconciliation: await ledger.rowsOf('reconciliation', 0) }]
  expect(storyOfBill(of?.bill ?? '', shown)?.rows.flatMap(({ does }) => (does.endsWith('refund wechat') ? [does] : []))).toEqual([
    'differs: missing-there refund wechat',
    'ask: ours refund wechat',
    'closed: corrected-there refund wechat',
  ])
  expect(ends.toSorted()).toEqual(differenceKinds.flatMap((kind) => Array(k).fill(`${kind} ${expected[kind]}`)).toSorted())
})

test('a minute later the wallet is asked about its payments and its refunds, and has each as the platform has it', async () => {
  const { book } = reconciling(billOf)
  on('2020-10-12 10:01:01')
  const looked = matchLive({ ledger, book, ...parties(), nowMs: city.clock.nowMs, times: usualLiveTimes, underWay: () => 0 })
  expect(await looked).toBe(12 * k)
  expect((await book.read()).live.differing).toEqual(new Map())
})

test('a refund that the wallet closed is found and given up to people, one that the payer’s account did not take is told and not sent again', async () => {
  const refunded = (await ledger.books()).payments.slice(4 * k)
  const [closed, abnormal] = refunded.map(({ number }) => number) as [string, string]
  const stateOf = (order: string) => (order === closed ? 'closed' : order === abnormal ? 'abnormal' : undefined)
  const { queryRefund, refund } = city.wallet.desk
  let sentAgain: string[] = []
  city.wallet.desk.queryRefund = async (asked) => {
    const said = await queryRefund(asked)
    const state = said.outcome === 'refund' ? stateOf(said.refund.order) : undefined
    return said.outcome === 'refund' && state !== undefined ? { ...said, refund: { ...said.refund, state: state as 'done' } } : said
  }
  city.wallet.desk.refund = async (asked) => {
    sentAgain = [...sentAgain, asked.order]
    const said = await refund(asked)
    return said.outcome === 'refund' ? { ...said, refund: { ...said.refund, state: (stateOf(asked.order) ?? 'done') as 'done' } } : said
  }
  try {
    // What is not with the payer stands in no bill.
    const { run, book } = reconciling(async (date) => {
      const heard = await billOf(date)
      if (heard.outcome !== 'bill') return heard
      return { ...heard, lines: heard.lines.filter(({ kind, order }) => kind === 'payment' || stateOf(order) === undefined) }
    })
    on('2020-10-12 10:01:01')
    await matchLive({ ledger, book, ...parties(), nowMs: city.clock.nowMs, times: usualLiveTimes, underWay: () => 0 })
    expect([...(await book.read()).live.differing.keys()].toSorted()).toEqual([`${closed} refund`, `${abnormal} refund`].toSorted())
    on('2020-10-13 09:30:00')
    await run()
    const ends = [...(await book.read()).differences.values()].map(({ difference: { key }, heard, ending }) =>
      [key, ...heard.map(({ move, heard: said }) => `${move}: ${said}`), ending].join(' '),
    )
    expect(ends.toSorted()).toEqual(
      [`${closed}-R ask: nothing refund-again: refused written-off`, `${abnormal}-R ask: ours corrected-there`].toSorted(),
    )
    expect(sentAgain).toEqual([closed])
  } finally {
    city.wallet.desk.queryRefund = queryRefund
    city.wallet.desk.refund = refund
  }
})

test('a T+1 bill that is cut short anywhere says nothing; when it is whole the day is matched', async () => {
  const whole = await billLength()
  let cutAt = 0
  const { run, book } = reconciling((date) => billOf(date, (csv) => csv.slice(0, cutAt)))
  on('2020-10-13 09:30:00')
  for (cutAt of [0, Math.floor(whole / 3), whole - 200, whole - 100]) {
    expect((await run()).waiting.map(({ of }) => of)).toEqual(['wechat'])
    expect((await book.read()).days.size).toBe(0)
  }
  cutAt = whole
  expect((await run()).waiting).toEqual([])
  expect([...(await book.read()).days.values()].map(({ matched, differences }) => [matched, differences])).toEqual([[12 * k, 0]])
})

test('an order the wallet collected and gave back, since the insurer did not settle, is no difference', async () => {
  const [first] = bills.persons
  if (first === undefined) throw new Error('nobody')
  await city.reset(bills)
  await ledger.clear()
  await ledger.sign([{ person: first.person, mode: 'in-consult', bank: 'wechat', agreement: openings.payer }])
  const { settle } = city.bureau.desk
  city.bureau.desk.settle = async () => ({ outcome: 'refused', reason: 'unknown-trial' })
  const platform = city.platform(ledger)
  const { person, bill, qr } = first
  await platform.pay({ idempotencyKey: 'K', channel: 'channel-a', person, site, bill, mode: 'in-consult', qr })
  await platform.drain()
  city.bureau.desk.settle = settle
  expect((await ledger.books()).payments.map(({ state }) => state)).toEqual(['refused'])
  const { run, book } = reconciling((date) => billOf(date))
  on('2020-10-13 09:30:00')
  await run()
  expect(found(await book.read())).toEqual([])
  expect((await book.read()).days.get('wechat 2020-10-12')).toMatchObject({ rows: 2, matched: 2, inTransit: 0 })
})

async function billLength(): Promise<number> {
  let length = 0
  on('2020-10-13 09:30:00')
  await billOf('2020-10-12', (csv) => {
    length = csv.length
    return csv
  })
  return length
}
