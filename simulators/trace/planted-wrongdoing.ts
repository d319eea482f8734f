/** Which bills of a trace offend against the insurer's rules, and how: the truth that a review is held against. */
import type { Wrongdoing } from '../../scenarios/plan-bills.ts'
import type { Trace } from './trace.ts'

export interface PlantedWrongdoing {
  readonly site: number
  readonly bill: string
  readonly kind: Wrongdoing
}

/** What bills are merged into when the patient leaves offends as they do. */
export function plantedWrongdoing({ opening }: Pick<Trace, 'opening'>): readonly PlantedWrongdoing[] {
  const kindOf = new Map(opening.bills.flatMap(({ bill, wrongdoing }) => (wrongdoing === undefined ? [] : [[bill, wrongdoing] as const])))
  return opening.bills.flatMap(({ site, bill, mergedFrom = [bill] }) =>
    [...new Set(mergedFrom.flatMap((part) => kindOf.get(part) ?? []))].map((kind) => ({ site, bill, kind })),
  )
}
