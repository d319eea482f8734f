/** What each site's money of an accounting day came to, kept as it happens: a hospital's side of 日对账. */
import type { BillSplit } from '../../policy/split-bill.ts'
import type { NoticeRequest } from '../desks/his-desk.ts'
import type { DayTotals } from '../desks/terminal-desk.ts'

export type DayTable = Map<string, DayTotals>
const dayKey = (site: number, date: string) => `${site} ${date}`

export const noTotals: DayTotals = {
  outcome: 'totals',
  paidCount: 0,
  refundedCount: 0,
  totalFen: 0,
  fundFen: 0,
  currentAccountFen: 0,
  historyAccountFen: 0,
  cashFenBy: { credit: 0, wallet: 0, bank: 0, cash: 0 },
  invoices: 0,
  redInvoices: 0,
}

export const totalsOf = (days: DayTable, site: number, date: string): DayTotals => days.get(dayKey(site, date)) ?? noTotals

function change(days: DayTable, site: number, day: string, by: (totals: DayTotals) => Partial<DayTotals>): void {
  const before = totalsOf(days, site, day)
  days.set(dayKey(site, day), { ...before, ...by(before) })
}

/** A payment, or (sign −1) its going back: on the day it happens, whatever day it was paid. */
export function tallyMoney(
  days: DayTable,
  { site, split, payer }: { readonly site: number; readonly split: BillSplit; readonly payer: NoticeRequest['payer'] },
  day: string,
  sign: 1 | -1,
): void {
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = split
  change(days, site, day, (before) => ({
    ...(sign === 1 ? { paidCount: before.paidCount + 1 } : { refundedCount: before.refundedCount + 1 }),
    totalFen: before.totalFen + sign * (fundFen + currentAccountFen + historyAccountFen + cashFen),
    fundFen: before.fundFen + sign * fundFen,
    currentAccountFen: before.currentAccountFen + sign * currentAccountFen,
    historyAccountFen: before.historyAccountFen + sign * historyAccountFen,
    cashFenBy: { ...before.cashFenBy, [payer]: before.cashFenBy[payer] + sign * cashFen },
  }))
}

export function tallyInvoice(days: DayTable, site: number, day: string, kind: 'invoices' | 'redInvoices'): void {
  change(days, site, day, (before) => ({ [kind]: before[kind] + 1 }))
}
