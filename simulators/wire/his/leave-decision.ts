/** 离院: what a visit still owes becomes one bill. Pure. */
import { sumFen } from '../../money/fen.ts'
import type { HisBill } from '../desks/his-desk.ts'
import { type HisState, type KeptBill, type OpeningBill, ofSite } from './his-book.ts'
import { type HisDecision, isRaised, refuse, shown } from './his-decisions.ts'

export function decideLeave(
  state: HisState,
  { site, visit }: { readonly site: number; readonly visit: string },
  nowMs: number,
): HisDecision<{ readonly outcome: 'leaving'; readonly bill: HisBill }> {
  const bills = (state.billsOf.get(ofSite(site, visit)) ?? [])
    .map((number) => state.bills.get(ofSite(site, number)) as KeptBill)
    .filter((bill) => isRaised(bill, nowMs))
  const unpaid = bills.filter(({ paid, refunded, mergedInto }) => paid === undefined && refunded === undefined && mergedInto === undefined)
  const [first] = unpaid
  if (first === undefined) return refuse('nothing-to-pay')
  // Asked again: the one bill it has become, or the one there ever was.
  if (unpaid.length === 1) return { entries: [], reply: { outcome: 'leaving', bill: shown(first) } }
  if (unpaid.some(({ attempt }) => attempt !== undefined)) return refuse('in-doubt')
  const into: OpeningBill = {
    site,
    bill: `${visit}-L${bills.filter(({ bill }) => bill.startsWith(`${visit}-L`)).length + 1}`,
    visit,
    person: first.person,
    totalFen: sumFen(...unpaid.map(({ totalFen }) => totalFen)),
    coveredFen: sumFen(...unpaid.map(({ coveredFen }) => coveredFen)),
    lines: unpaid.flatMap(({ lines }) => lines).map((line, index) => ({ ...line, number: index + 1 })),
  }
  const from = unpaid.map(({ bill }) => bill)
  return { entries: [{ does: 'merge', site, bill: into.bill, from, into }], reply: { outcome: 'leaving', bill: shown(into) } }
}
