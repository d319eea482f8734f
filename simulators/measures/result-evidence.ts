/** Sections of a result that hold the model against what is published: the target table, and the published totals. */

import type { Words } from '../../scenarios/plan.ts'
import type { Confidence } from '../../scenarios/plan-provenance.ts'
import type { Slice } from './run-result.ts'

/** One row of the city's target table. `calibrated` rows were used to find parameters (once); `held-out` rows are only compared. */
export interface EvidenceRow {
  readonly name: string
  readonly title: Words
  readonly use: 'calibrated' | 'held-out'
  readonly source: { readonly document: string; readonly place: string; readonly confidence: Confidence }
  readonly unit: string
  /** What the document says: low and high are equal where it gives one number. */
  readonly target: { readonly low: number; readonly high: number }
  /** What the model says in this run; null where this run cannot say. */
  readonly model: number | null
  readonly interval: readonly [number, number] | null
  /** Where the model's figure comes from: a measure of an arm, or the difference of two. */
  readonly measure: string
  readonly slice: Slice
  readonly arm: string
  /** Where the row is what a change saved, the arm after it: the figure is `arm` less `against`. Null otherwise. */
  readonly against: string | null
  /** Whether model and document agree, as the row's tolerance says. */
  readonly verdict: 'agrees' | 'disagrees' | 'not-measured'
  /** Tolerance either side of low … high, in the row's unit, and why so much. */
  readonly tolerance: number
  readonly toleranceReason: Words
  /** Why they differ, or what the comparison leaves out. */
  readonly remark: Words
}

/** One published total: either it fixed a parameter, or it is predicted; never both. */
export interface PublishedTotal {
  readonly name: string
  readonly title: Words
  readonly unit: string
  readonly published: number
  readonly source: { readonly document: string; readonly place: string; readonly confidence: Confidence }
  readonly use: 'fitted' | 'predicted' | 'unused'
  /** The parameter it fixed, or what it is predicted from. */
  readonly from: Words
  /** The model's figure; null where this scenario does not play it. */
  readonly model: number | null
}
