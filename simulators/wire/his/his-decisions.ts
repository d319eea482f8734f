/** What a hospital decides about its bills and their lock. Pure. */
import { sumFen } from '../../money/fen.ts'
import { dateOf } from '../desks/business-time.ts'
import type { HisBill, HisRefusal, HisRefused, Invoice, NoticeRequest, OfAttempt, OpenRequest } from '../desks/his-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type HisEntry, type HisState, type KeptBill, ofSite } from './his-book.ts'

export type HisDecision<Reply> = Decision<HisEntry, Reply | HisRefused>

export const refuse = (reason: HisRefusal): Decision<never, HisRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

export function decideBills(
  state: HisState,
  { site, visit }: { readonly site: number; readonly visit: string },
  nowMs: number,
): HisDecision<{ readonly outcome: 'bills'; readonly bills: readonly HisBill[] }> {
  const numbers = state.billsOf.get(ofSite(site, visit)) ?? []
  const bills = numbers
    .map((number) => state.bills.get(ofSite(site, number)) as KeptBill)
    .filter((bill) => isRaised(bill, nowMs))
    .map(shown)
  return { entries: [], reply: { outcome: 'bills', bills } }
}

export function decideOpen(
  state: HisState,
  { site, bill: number, attempt, person, by }: OpenRequest,
  nowMs: number,
): HisDecision<{ readonly outcome: 'open'; readonly bill: HisBill }> {
  const bill = state.bills.get(ofSite(site, number))
  if (bill === undefined || !isRaised(bill, nowMs)) return refuse('unknown-bill')
  if (state.closed.has(attempt)) return refuse('attempt-closed')
  if (bill.person !== person) return refuse('bill-of-another-person')
  if (bill.paid !== undefined && bill.refunded === undefined && bill.attempt !== attempt) return refuse('already-paid')
  if (bill.refunded !== undefined) return refuse('already-refunded')
  if (bill.mergedInto !== undefined) return refuse('part-of-another-bill')
  const taken: HisEntry[] = []
  if (bill.attempt !== undefined && bill.attempt !== attempt) {
    // 窗口托底: the last resort may collect at last. The other attempt is buried, so its late success finds no bill and is refunded.
    if (by !== 'window' || !hasLastedItsTime(state, bill, nowMs)) return refuse('in-doubt')
    taken.push({ does: 'close-attempt', site, bill: number, attempt: bill.attempt })
  }
  const reply = { outcome: 'open', bill: shown(bill) } as const
  return { entries: bill.attempt === attempt ? [] : [...taken, { does: 'open-attempt', site, bill: number, attempt, by }], reply }
}

/** Before its moment the hospital has no such bill. */
export const isRaised = ({ raisedAtMs = Number.NEGATIVE_INFINITY }: KeptBill, nowMs: number): boolean => nowMs >= raisedAtMs

/** A doubt keeps the window from collecting no longer than this, wherever it began. */
export const hasLastedItsTime = ({ settings }: HisState, { attemptAtMs }: KeptBill, nowMs: number): boolean =>
  nowMs - (attemptAtMs ?? nowMs) >= settings.inDoubtAtMostMs

export function decideClose(state: HisState, { site, bill: number, attempt }: OfAttempt): HisDecision<{ readonly outcome: 'closed' }> {
  const bill = state.bills.get(ofSite(site, number))
  if (bill === undefined) return refuse('unknown-bill')
  if (bill.attempt === attempt && bill.paid !== undefined && bill.refunded === undefined) return refuse('already-paid')
  return {
    entries: state.closed.has(attempt) ? [] : [{ does: 'close-attempt', site, bill: number, attempt }],
    reply: { outcome: 'closed' },
  }
}

export function decideNotice(state: HisState, notice: NoticeRequest): HisDecision<{ readonly outcome: 'noted' }> {
  const bill = state.bills.get(ofSite(notice.site, notice.bill))
  if (bill === undefined) return refuse('unknown-bill')
  if (bill.refunded !== undefined) return refuse('already-refunded')
  if (bill.attempt !== notice.attempt) return refuse(bill.paid === undefined ? 'unknown-attempt' : 'already-paid')
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = notice.split
  const paidFen = sumFen(fundFen, currentAccountFen, historyAccountFen, cashFen)
  const insurerFen = paidFen - cashFen
  if (notice.settlement === undefined && insurerFen !== 0) return refuse('amounts-do-not-add-up')
  if (paidFen !== notice.totalFen || notice.totalFen !== bill.totalFen) return refuse('amounts-do-not-add-up')
  return { entries: bill.paid === undefined ? [{ does: 'paid', ...notice }] : [], reply: { outcome: 'noted' } }
}

export function decideInvoice(state: HisState, { site, bill: number, attempt }: OfAttempt, nowMs: number): HisDecision<Invoice> {
  const bill = state.bills.get(ofSite(site, number))
  if (bill === undefined) return refuse('unknown-bill')
  if (bill.refunded !== undefined) return refuse('already-refunded')
  if (bill.paid === undefined || bill.attempt !== attempt) return refuse('unknown-attempt')
  if (bill.invoice !== undefined) return { entries: [], reply: { outcome: 'invoiced', ...bill.invoice } }
  const serial = state.invoices + 1
  // 票据代码 8 digits by region and year, 票据号码 10, 校验码 6: the shape is the vendor's, the numbers are synthetic.
  const invoice = {
    batchCode: `3106${dateOf(nowMs).slice(0, 4)}`,
    number: String(serial).padStart(10, '0'),
    checkCode: String((serial * 7919 + site) % 1_000_000).padStart(6, '0'),
  }
  return { entries: [{ does: 'invoice', site, bill: number, attempt, ...invoice }], reply: { outcome: 'invoiced', ...invoice } }
}

export const shown = ({ bill, visit, person, totalFen, coveredFen, lines, attempt, paid, refunded, mergedInto }: KeptBill): HisBill => ({
  bill,
  visit,
  person,
  totalFen,
  coveredFen,
  lines,
  state:
    mergedInto !== undefined
      ? 'merged'
      : refunded !== undefined
        ? 'refunded'
        : paid !== undefined
          ? 'paid'
          : attempt !== undefined
            ? 'in-doubt'
            : 'unpaid',
})
