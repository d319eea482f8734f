/**
 * 6302: the payment centre tells a hospital that an order of the mobile chain is paid. The order's number is the attempt; the hospital's own
 * order number is the bill's (ASSUMPTION). A terminal may hold the bill under that attempt; a bill that is free is taken as it comes. What
 * was paid for a bill that somebody else has or had is surplus: noted, and given back whole by 6203 with the right that the notice brought.
 * That right is not kept: while the centre is silent the notice counts as unheard, and the centre brings the right again.
 */
import { fenOf, noMoney } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { ToldPayment } from '../dialects/mobile/notice.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type KeptBill, ofSite } from './his-book.ts'
import { decideNotice, decideOpen } from './his-decisions.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'

export interface MobileEntry extends ToldPayment {
  readonly does: 'mobile-told'
  /** `surplus`: the bill is or was somebody else's. `unknown-bill`: the hospital has none of that number and amount. */
  readonly end: 'noted' | 'surplus' | 'unknown-bill'
}
/** What became of a surplus. `refused`: the centre does not give it back, so people must. */
export interface SurplusEntry {
  readonly does: 'surplus-end'
  readonly order: string
  readonly end: 'given-back' | 'refused'
  readonly why?: string
}
export type MobileEnd = MobileEntry['end'] | 'surplus-given-back' | 'surplus-refused'

export function decideMobileNotice(state: HospitalState, told: ToldPayment, nowMs: number): Decision<HospitalEntry, MobileEnd> {
  const known = state.mobileOrders.get(told.order)
  if (known !== undefined) return { entries: [], reply: known }
  const { site, siteOrder, order: attempt, settlement, totalFen } = told
  const ended = (end: MobileEntry['end'], entries: readonly HospitalEntry[] = []) => ({
    entries: [...entries, { does: 'mobile-told', ...told, end } as const],
    reply: end,
  })
  const bill = state.bills.get(ofSite(site, siteOrder))
  if (bill === undefined || bill.totalFen !== totalFen) return ended('unknown-bill')
  const opened = decideOpen(state, { site, bill: siteOrder, attempt, person: bill.person, by: 'platform' }, nowMs)
  if (opened.reply.outcome === 'refused') return ended('surplus')
  const noted = decideNotice(withAttempt(state, bill, attempt), {
    ...{ site, bill: siteOrder, attempt, totalFen, payer: 'wallet', split: splitOf(told, bill) },
    ...(settlement === '' ? {} : { settlement }),
  })
  return noted.reply.outcome === 'refused' ? ended('unknown-bill') : ended('noted', [...opened.entries, ...noted.entries])
}

/** The notice has one 个人账户 and says nothing of 自费; that is the bill's own part outside the scope. */
const splitOf = ({ fundFen, accountFen, cashFen }: ToldPayment, bill: KeptBill): BillSplit => ({
  fundFen,
  currentAccountFen: accountFen,
  historyAccountFen: noMoney,
  cashFen,
  uncoveredFen: fenOf(Math.min(cashFen, bill.totalFen - bill.coveredFen)),
  deductibleFen: noMoney,
})

/** The state as it is once the attempt is open: both are decided together and written together. */
const withAttempt = (state: HospitalState, bill: KeptBill, attempt: string): HospitalState => ({
  ...state,
  bills: new Map([[ofSite(bill.site, bill.bill), { ...bill, attempt }]]),
})
