/** The hospitals' one book: bills, and before them what happens at terminals, with the day's totals beside. */
import { accountingDayOf, type CutOff } from '../reconciliation/accounting-day.ts'
import type { BookRules } from '../stores/kept-book.ts'
import { applyCare, type CareEntry, type CareState, isCareEntry } from './care-book.ts'
import { applyDrawer, type DrawerEntry, type DrawerState, isDrawerEntry, noDrawers } from './cash-drawers.ts'
import { type DayLineTable, keepLine } from './day-lines.ts'
import { type DayTable, tallyInvoice, tallyMoney } from './day-totals.ts'
import { type HisEntry, type HisSettings, type HisState, hisRules, ofSite } from './his-book.ts'
import type { MobileEnd, MobileEntry, SurplusEntry } from './mobile-notices.ts'

export type HospitalEntry = HisEntry | CareEntry | DrawerEntry | MobileEntry | SurplusEntry
export type HospitalState = HisState & {
  readonly care: CareState
  readonly days: DayTable
  readonly lines: DayLineTable
  readonly drawers: DrawerState
  /** Orders of the mobile chain the hospital was told of, and what it made of each. */
  readonly mobileOrders: Map<string, MobileEnd>
}

/**
 * @param cutOff of the day of money; terminals sign in for the calendar's
 * @param settings until an opening book says otherwise
 */
export function hospitalRules(cutOff: CutOff, settings: HisSettings): BookRules<HospitalState, HospitalEntry> {
  const bills = hisRules(settings)
  return {
    empty: () => ({ ...bills.empty(), care: new Map(), days: new Map(), lines: new Map(), drawers: noDrawers(), mobileOrders: new Map() }),
    apply(state, entry, atMs) {
      if (isCareEntry(entry)) {
        applyCare(state.care, entry, atMs)
        return
      }
      if (entry.does === 'surplus-end') {
        state.mobileOrders.set(entry.order, entry.end === 'given-back' ? 'surplus-given-back' : 'surplus-refused')
        return
      }
      if (entry.does === 'mobile-told') {
        state.mobileOrders.set(entry.order, entry.end)
        return
      }
      if (isDrawerEntry(entry)) {
        applyDrawer(state.drawers, entry, accountingDayOf(atMs, cutOff))
        return
      }
      bills.apply(state, entry, atMs)
      tally(state, entry, atMs, accountingDayOf(atMs, cutOff))
    },
  }
}

function tally({ bills, days, lines }: HospitalState, entry: HisEntry, atMs: number, day: string): void {
  switch (entry.does) {
    case 'paid':
      tallyMoney(days, entry, day, 1)
      keepLine(lines, entry, 'pay', atMs, day)
      return
    case 'invoice':
      tallyInvoice(days, entry.site, day, 'invoices')
      return
    case 'refund': {
      const paid = bills.get(ofSite(entry.site, entry.bill))?.paid
      if (paid !== undefined) {
        tallyMoney(days, { site: entry.site, ...paid }, day, -1)
        keepLine(lines, { ...entry, split: paid.split }, 'refund', atMs, day)
      }
      if (entry.redInvoice !== undefined) tallyInvoice(days, entry.site, day, 'redInvoices')
      return
    }
    default:
  }
}
