/**
 * The bank as a merchant reconciles: each day's bill of a wallet against what was repaid and paid back through it, once the day is over and
 * the bill is made. A difference is written down and told; no money moves by itself.
 */
import { dateOf } from '../desks/business-time.ts'
import type { MerchantBill } from '../desks/merchant-desk.ts'
import { calendarDay, dayAfter, windowOf } from '../reconciliation/accounting-day.ts'
import { matchDay, nameOf } from '../reconciliation/match-day.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry } from './bank-entry.ts'
import type { BankState } from './bank-state.ts'
import { type OnlineWallet, orderOf, paybackNumber, type Repayments } from './repayments.ts'

/** ASSUMPTION: so near to midnight the bank may have noted a movement on the other day. As the platform's (15 min). */
const graceMs = 900_000
/** Ready the next day from 09:00, as every wallet's. */
const readyAfterMs = 9 * 3_600_000

export interface WalletBillsOptions {
  readonly repayments: Pick<Repayments, 'bill'>
  readonly state: () => BankState
  /** Business clock. */
  readonly nowMs: () => number
  readonly answer: <Reply>(decide: (state: BankState) => Decision<BankEntry, Reply>) => Promise<Reply>
}

/** Every day of every wallet that is over and not matched, in order; one that is not to be had is asked for again. */
export async function matchWalletBills({ repayments, state, nowMs, answer }: WalletBillsOptions): Promise<void> {
  for (const wallet of ['wechat', 'alipay'] as const) {
    for (let day = dayDue(state(), wallet, nowMs()); day !== undefined; day = dayDue(state(), wallet, nowMs())) {
      const asked = day
      const bill = await repayments.bill(wallet, asked)
      if (bill.outcome !== 'bill') break
      await answer((now) => decideMatchBill(now, wallet, asked, bill))
    }
  }
}

/** The first day that is over and not matched; undefined: none, or nothing was ever repaid by this wallet. */
function dayDue({ atWallets }: BankState, wallet: OnlineWallet, nowMs: number): string | undefined {
  const known = atWallets.get(wallet)
  const firstMs = known?.records[0]?.atMs
  const day = known?.matchedDay === undefined ? (firstMs === undefined ? undefined : dateOf(firstMs)) : dayAfter(known.matchedDay)
  return day !== undefined && day < dateOf(nowMs - readyAfterMs) ? day : undefined
}

function decideMatchBill(state: BankState, wallet: OnlineWallet, day: string, { lines }: MerchantBill): Decision<BankEntry, undefined> {
  const known = state.atWallets.get(wallet)
  const isDone = known === undefined || (known.matchedDay !== undefined && known.matchedDay >= day)
  if (isDone) return { entries: [], reply: undefined }
  const { untilMs } = windowOf(day, calendarDay)
  const isOfDay = ({ atMs }: { readonly atMs: number }) => dateOf(atMs) === day
  const theirs = lines.map(({ kind, order, refund, atMs, amountFen }) => ({
    ...(kind === 'payment' ? ({ key: order, does: 'pay' } as const) : ({ key: refund ?? order, does: 'refund' } as const)),
    site: 0,
    atMs,
    amountFen,
  }))
  const { matched, inTransit, differences } = matchDay({
    party: { kind: 'payer', name: wallet },
    day,
    untilMs,
    ours: known.records.filter(isOfDay),
    theirs,
    carried: known.inTransit,
    oursLater: new Set(known.records.filter(({ atMs }) => atMs >= untilMs).map(nameOf)),
    underWay: new Set([...[...state.asked].map(orderOf), ...[...state.payingBack].map(paybackNumber)]),
    corrected: new Set(),
    graceMs,
  })
  return {
    entries: [{ does: 'match-bill', wallet, day, rows: lines.length, matched: matched.length, inTransit, differences }],
    reply: undefined,
  }
}
