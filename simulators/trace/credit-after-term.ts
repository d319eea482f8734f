/** What the virtual city says of everybody's credit once the term is over: owed from before, advanced in the window, repaid or not. */
import type { PlannedRepayment, Trace } from './trace.ts'

export interface CreditAfterTerm extends PlannedRepayment {
  readonly openingFen: number
  readonly advancedFen: number
  readonly repaidFen: number
  /** After the last day without interest, and so overdue. */
  readonly owedFen: number
}

/** By person, of everybody in {@link Trace.term}; empty where there is none. */
export function creditAfterTerm({ rows, opening, term }: Pick<Trace, 'rows' | 'opening' | 'term'>): ReadonlyMap<number, CreditAfterTerm> {
  const advanced = new Map<number, number>()
  const ofBill = new Map<string, number>()
  const add = (person: number, fen: number) => advanced.set(person, (advanced.get(person) ?? 0) + fen)
  for (const { person, bill, expected, refunds, virtual } of rows) {
    if (virtual.outcome !== 'settled') continue
    if (refunds !== undefined) add(person, -(ofBill.get(refunds) ?? 0))
    if (bill === null || expected === null) continue
    add(person, expected.creditFen)
    ofBill.set(bill, expected.creditFen)
  }
  const used = new Map(opening.agreements.flatMap(({ person, kind, usedFen }) => (kind === 'credit' ? [[person, usedFen] as const] : [])))
  return new Map(
    (term?.repayments ?? []).map((planned) => {
      const openingFen = used.get(planned.person) ?? 0
      const advancedFen = advanced.get(planned.person) ?? 0
      const wholeFen = openingFen + advancedFen
      const isRepaid = planned.afterDays !== null
      const ends = { repaidFen: isRepaid ? wholeFen : 0, owedFen: isRepaid ? 0 : wholeFen }
      return [planned.person, { ...planned, openingFen, advancedFen, ...ends }]
    }),
  )
}
