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
  /** Business moment before which the hospital has no such bill; absent: it has it when the book opens. */
  readonly raisedAtMs?: number
}

export interface HisSettings {
  /** So long an attempt in doubt keeps the window from collecting; then the window may, and a late success is refunded. */
  readonly inDoubtAtMostMs: number
  /** Whether terminals may place bills at the insurer's mobile payment centre, and whether the messages are sealed by SM2 and SM4. Absent: off. */
  readonly mobileChain?: 'off' | 'signed' | 'sealed'
}

export type HisEntry =
  | { readonly does: 'settings'; readonly settings: HisSettings }
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
  | { readonly does: 'merge'; readonly from: readonly string[]; readonly into: OpeningBill; readonly site: number; readonly bill: string }
  | { readonly does: 'performed'; readonly site: number; readonly bill: string; readonly lines: readonly number[] }
  | {
      readonly does: 'refund'
      readonly site: number
      readonly bill: string
      readonly attempt: string
      readonly refund: string
      readonly lines: readonly number[]
      readonly redInvoice?: string
      /** The bill of the lines that stand. */
      readonly rest?: OpeningBill
    }
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
  readonly paid?: { readonly split: BillSplit; readonly settlement?: string; readonly payer: NoticeRequest['payer'] } | undefined
  /** Business moment at which the attempt was opened. */
  readonly attemptAtMs?: number | undefined
  readonly attemptBy?: OpenRequest['by'] | undefined
  /** The bill it became part of. */
  readonly mergedInto?: string | undefined
  readonly performed?: readonly number[] | undefined
  readonly refunded?:
    | { readonly refund: string; readonly lines: readonly number[]; readonly redInvoice?: string; readonly rest?: string }
    | undefined
  readonly invoice?: { readonly batchCode: string; readonly number: string; readonly checkCode: string } | undefined
}

export interface HisState {
  settings: HisSettings
  readonly bills: Map<string, KeptBill>
  /** Site and visit → its bills' numbers, in the order they were raised. */
  readonly billsOf: Map<string, string[]>
  readonly closed: Set<string>
  invoices: number
}

export const ofSite = (site: number, word: string): string => `${site}\n${word}`

/** @param settings until an opening book says otherwise */
export const hisRules = (settings: HisSettings): BookRules<HisState, HisEntry> => ({
  empty: () => ({ settings, bills: new Map(), billsOf: new Map(), closed: new Set(), invoices: 0 }),
  apply(state, entry, atMs) {
    if (entry.does === 'settings') {
      state.settings = entry.settings
      return
    }
    const at = ofSite(entry.site, entry.bill)
    const bill = state.bills.get(at)
    if (entry.does === 'open-bill') {
      const { does: _, ...opening } = entry
      raise(state, opening)
      return
    }
    if (entry.does === 'merge') {
      raise(state, entry.into)
      for (const from of entry.from) {
        const part = state.bills.get(ofSite(entry.site, from))
        if (part !== undefined) state.bills.set(ofSite(entry.site, from), { ...part, mergedInto: entry.into.bill })
      }
      return
    }
    if (entry.does === 'close-attempt') {
      state.closed.add(entry.attempt)
      if (bill !== undefined && bill.attempt === entry.attempt)
        state.bills.set(at, { ...bill, attempt: undefined, attemptAtMs: undefined, attemptBy: undefined })
      return
    }
    if (bill === undefined) return
    switch (entry.does) {
      case 'open-attempt':
        state.bills.set(at, { ...bill, attempt: entry.attempt, attemptAtMs: atMs, attemptBy: entry.by })
        return
      case 'paid':
        state.bills.set(at, { ...bill, paid: paidAs(entry) })
        return
      case 'performed':
        state.bills.set(at, { ...bill, performed: [...(bill.performed ?? []), ...entry.lines] })
        return
      case 'refund': {
        const { attempt, refund, lines, redInvoice, rest } = entry
        state.closed.add(attempt)
        if (redInvoice !== undefined) state.invoices += 1
        state.bills.set(at, {
          ...bill,
          refunded: {
            refund,
            lines,
            ...(redInvoice === undefined ? {} : { redInvoice }),
            ...(rest === undefined ? {} : { rest: rest.bill }),
          },
        })
        // What was performed stays so under its new bill.
        if (rest !== undefined) raise(state, { ...rest, performed: bill.performed })
        return
      }
      case 'invoice':
        state.invoices += 1
        state.bills.set(at, { ...bill, invoice: { batchCode: entry.batchCode, number: entry.number, checkCode: entry.checkCode } })
        return
      default:
        entry satisfies never
    }
  },
})

const paidAs = ({ split, settlement, payer }: NoticeRequest): KeptBill['paid'] => ({
  split,
  payer,
  ...(settlement === undefined ? {} : { settlement }),
})

function raise(state: HisState, bill: KeptBill): void {
  state.bills.set(ofSite(bill.site, bill.bill), bill)
  const visit = ofSite(bill.site, bill.visit)
  state.billsOf.set(visit, [...(state.billsOf.get(visit) ?? []), bill.bill])
}
