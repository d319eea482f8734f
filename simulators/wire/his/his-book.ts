/** What a hospital's system keeps: visits with their bills, the one attempt of each, payments, invoices. */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BillLine } from '../desks/bureau-desk.ts'
import type { NoticeRequest, OpenRequest } from '../desks/his-desk.ts'
import type { BookRules } from '../stores/kept-book.ts'

export interface OpeningBill {
  readonly site: number
  readonly bill: string
  readonly visit: string
  readonly person: number
  readonly totalFen: Fen
  readonly coveredFen: Fen
  readonly lines: readonly BillLine[]
}

export type HisEntry =
  | ({ readonly does: 'open-bill' } & OpeningBill)
  | {
      readonly does: 'open-attempt'
      readonly site: number
      readonly bill: string
      readonly attempt: string
      readonly by: OpenRequest['by']
    }
  /** Also for an attempt that has not come: should it come later, it is refused. */
  | { readonly does: 'close-attempt'; readonly site: number; readonly bill: string; readonly attempt: string }
  | ({ readonly does: 'paid' } & NoticeRequest)
  | {
      readonly does: 'invoice'
      readonly site: number
      readonly bill: string
      readonly attempt: string
      readonly batchCode: string
      readonly number: string
      readonly checkCode: string
    }

export interface KeptBill extends OpeningBill {
  /** The attempt that is open, or that paid. */
  readonly attempt?: string | undefined
  readonly paid?: { readonly split: BillSplit; readonly settlement: string; readonly payer: NoticeRequest['payer'] } | undefined
  readonly invoice?: { readonly batchCode: string; readonly number: string; readonly checkCode: string } | undefined
}

export interface HisState {
  readonly bills: Map<string, KeptBill>
  /** Site and visit → its bills' numbers, in the order they were raised. */
  readonly billsOf: Map<string, string[]>
  readonly closed: Set<string>
  invoices: number
}

export const ofSite = (site: number, word: string): string => `${site}\n${word}`

export const hisRules: BookRules<HisState, HisEntry> = {
  empty: () => ({ bills: new Map(), billsOf: new Map(), closed: new Set(), invoices: 0 }),
  apply(state, entry) {
    const at = ofSite(entry.site, entry.bill)
    const bill = state.bills.get(at)
    if (entry.does === 'open-bill') {
      const { does: _, ...opening } = entry
      state.bills.set(at, opening)
      const visit = ofSite(entry.site, entry.visit)
      state.billsOf.set(visit, [...(state.billsOf.get(visit) ?? []), entry.bill])
      return
    }
    if (entry.does === 'close-attempt') {
      state.closed.add(entry.attempt)
      if (bill !== undefined && bill.attempt === entry.attempt) state.bills.set(at, { ...bill, attempt: undefined })
      return
    }
    if (bill === undefined) return
    switch (entry.does) {
      case 'open-attempt':
        state.bills.set(at, { ...bill, attempt: entry.attempt })
        return
      case 'paid':
        state.bills.set(at, { ...bill, paid: { split: entry.split, settlement: entry.settlement, payer: entry.payer } })
        return
      case 'invoice':
        state.invoices += 1
        state.bills.set(at, { ...bill, invoice: { batchCode: entry.batchCode, number: entry.number, checkCode: entry.checkCode } })
        return
      default:
        entry satisfies never
    }
  },
}
