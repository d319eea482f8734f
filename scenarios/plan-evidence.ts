/** What is published about a city and what follows from it for its numbers: the target table, the published totals, the calibration. */

import type { Words } from './plan.ts'
import type { Confidence } from './plan-provenance.ts'

/** Documents carry the figure; the model is held against it in one measure of one group of visits. */
export interface EvidencePlan {
  readonly name: string
  readonly title: Words
  /** `calibrated` rows find the fitted numbers, once; `held-out` rows are only compared. */
  readonly use: 'calibrated' | 'held-out'
  readonly source: SourcePlan
  readonly unit: string
  /** Equal where the document gives one number. */
  readonly low: number
  readonly high: number
  /** Either side of low … high the model still agrees, in the row's unit. */
  readonly tolerance: number
  readonly toleranceReason: Words
  /** Name of a sliced measure. */
  readonly measure: string
  /** One of evidenceSlices, or of evidenceSwitcherSlices where the row is a change. */
  readonly slice: string
  /** Absent: the row is about the day before the reform. Else about what was saved: before less the arm of this adoption, windows kept. */
  readonly savedAtAdoption?: number | undefined
  readonly remark: Words
}

export interface SourcePlan {
  readonly document: string
  readonly place: string
  readonly confidence: Confidence
}

/**
 * `dimension/name` of the slices a row may be about. `hospital` are outpatients: of the two tertiary tiers and the secondary one, of the
 * tertiary ones, and of these who register, pay an examination and pay drugs: the whole chain that the documents describe.
 */
export const evidenceSlices = [
  'all/all',
  'tier/municipal-tertiary',
  'tier/district-tertiary',
  'tier/secondary',
  'tier/community',
  'hospital/all',
  'hospital/tertiary',
  'hospital/tertiary-three-payments',
] as const
/** The same of an arm's switchers. */
export const evidenceSwitcherSlices = ['hospital/tertiary-switched', 'hospital/tertiary-switched-three-payments'] as const

/** One published total: it fixed a parameter, or it is predicted, never both; or it is listed and neither. */
export interface PublishedTotalPlan {
  readonly name: string
  readonly title: Words
  readonly unit: string
  readonly published: number
  readonly source: SourcePlan
  readonly use: 'fitted' | 'predicted' | 'unused'
  /** The parameter a fitted total fixed; absent for any other. */
  readonly parameter?: string | undefined
  /** That parameter in words, what the total is predicted from, or why it is unused. */
  readonly from: Words
}

/** What the record beside the city file says of the calibration its numbers came from. */
export interface CalibrationPlan {
  readonly command: string
  readonly converged: boolean
  readonly evaluations: number
  readonly parameters: readonly {
    readonly name: string
    readonly title: Words
    readonly start: number
    readonly fitted: number
    readonly low: number
    readonly high: number
  }[]
}
