/** What a hospital gives back: lines charged and not performed. Pure. */
import { sumFen } from '../../money/fen.ts'
import type { HisRefunded, OfBill, RefundNotice } from '../desks/his-desk.ts'
import { type HisEntry, type HisState, type OpeningBill, ofSite } from './his-book.ts'
import { type HisDecision, refuse, shown } from './his-decisions.ts'

export function decidePerform(
  state: HisState,
  { site, bill: number, lines }: OfBill & { readonly lines: readonly number[] },
): HisDecision<{ readonly outcome: 'performed' }> {
  const bill = state.bills.get(ofSite(site, number))
  if (bill === undefined) return refuse('unknown-bill')
  if (bill.refunded !== undefined) return refuse('already-refunded')
  if (lines.some((line) => bill.lines.every((one) => one.number !== line))) return refuse('unknown-line')
  const fresh = lines.filter((line) => bill.performed?.includes(line) !== true)
  return {
    entries: fresh.length === 0 ? [] : [{ does: 'performed', site, bill: number, lines: [...new Set(fresh)] }],
    reply: { outcome: 'performed' },
  }
}

export function decideRefund(state: HisState, { site, bill: number, attempt, refund, lines }: RefundNotice): HisDecision<HisRefunded> {
  const bill = state.bills.get(ofSite(site, number))
  if (bill === undefined) return refuse('unknown-bill')
  if (bill.attempt !== attempt || bill.paid === undefined) return refuse('unknown-attempt')
  if (bill.refunded !== undefined) {
    const { redInvoice, rest: restBill } = bill.refunded
    const kept = restBill === undefined ? undefined : state.bills.get(ofSite(site, restBill))
    return bill.refunded.refund === refund ? { entries: [], reply: replyOf(redInvoice, kept) } : refuse('already-refunded')
  }
  const back = lines ?? bill.lines.map((line) => line.number)
  if (back.some((line) => bill.lines.every((one) => one.number !== line))) return refuse('unknown-line')
  if (back.some((line) => bill.performed?.includes(line) === true)) return refuse('already-performed')
  const standing = bill.lines.filter((line) => !back.includes(line.number))
  const { visit, person } = bill
  const rest: OpeningBill | undefined =
    standing.length === 0
      ? undefined
      : {
          site,
          bill: `${number}-T`,
          visit,
          person,
          totalFen: sumFen(...standing.map(({ totalFen }) => totalFen)),
          coveredFen: sumFen(...standing.map(({ coveredFen }) => coveredFen)),
          lines: standing,
        }
  const redInvoice = bill.invoice === undefined ? undefined : String(state.invoices + 1).padStart(10, '0')
  const entry: HisEntry = {
    does: 'refund',
    site,
    bill: number,
    attempt,
    refund,
    lines: back,
    ...(redInvoice === undefined ? {} : { redInvoice }),
    ...(rest === undefined ? {} : { rest }),
  }
  return { entries: [entry], reply: replyOf(redInvoice, rest) }
}

const replyOf = (redInvoice: string | undefined, rest: OpeningBill | undefined): HisRefunded => ({
  outcome: 'refunded',
  ...(redInvoice === undefined ? {} : { redInvoice }),
  ...(rest === undefined ? {} : { rest: shown(rest) }),
})
