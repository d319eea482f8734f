/**
 * RUN RESULT: the second hinge. All that a run says, as plain versioned data; right of it nobody simulates.
 *
 * `resultHash` covers everything except `provenance` (machine, time, workers), so the same plan gives the same hash anywhere.
 */

import type { ScenarioPlan, Words } from '../../scenarios/plan.ts'
import type { CalibrationPlan } from '../../scenarios/plan-evidence.ts'
import type { FaultPlan } from '../../scenarios/plan-faults.ts'
import type { PartyKind } from '../../scenarios/plan-parties.ts'
import type { Provenance } from '../../scenarios/plan-provenance.ts'
import type { EvidenceRow, PublishedTotal } from './result-evidence.ts'
import type { Feedback } from './result-feedback.ts'
import type { GoLiveOutcome } from './result-go-live.ts'
import type { RollOutOutcome } from './result-roll-out.ts'
import type { SpotCheck } from './result-spot-check.ts'
import type { PatientStory } from './result-story.ts'
import type { AssumptionStudy, ReducedCity } from './result-study.ts'
import type { WireOutcome } from './result-wire.ts'

export const runResultFormat = 'medpay-run-result'
export const runResultVersion = 2

export interface RunResult {
  readonly format: typeof runResultFormat
  readonly version: typeof runResultVersion
  readonly world: 'virtual' | 'wire'
  readonly resultHash: string
  readonly planHash: string
  /** void: a rule of validity was broken (a toothless fault, a failed audit, no data); never shown as an answer. */
  readonly verdict: { readonly valid: boolean; readonly reasons: readonly Words[] }
  readonly scenario: ScenarioPlan
  readonly city: {
    readonly name: string
    readonly title: Words
    readonly institutions: number
    readonly sites: number
    /** Names and words of the slices that occur, in display order. */
    readonly slices: Readonly<Record<SliceDimension, readonly { readonly name: string; readonly title: Words }[]>>
    readonly parties: readonly { readonly name: string; readonly kind: PartyKind; readonly title: Words; readonly servers: number }[]
    readonly stations: readonly { readonly name: string; readonly title: Words; readonly payment: boolean }[]
  }
  readonly replication: {
    readonly days: number
    readonly pilotDays: number
    readonly batchDays: number
    readonly maximumDays: number
    readonly precision: number
    /** Half-width of the 95 % interval of the primary measure's difference after each batch, in seed order. */
    readonly halfWidths: readonly number[]
    readonly precisionReached: boolean
    /** True when fewer days ran than a published interval needs (10). */
    readonly provisional: boolean
  }
  readonly arms: readonly {
    readonly name: string
    readonly title: Words
    readonly adoption: number
    readonly reform: boolean
    readonly staffing: string
  }[]
  /** One per (name, arm, slice). */
  readonly measures: readonly Measure[]
  /** Paired: arm minus the first arm, same people, same day. */
  readonly differences: readonly Difference[]
  /** Arms compared beside the first, as the scenario asks: what one world is worth against another. By whole city, tier, age, insured type. */
  readonly furtherDifferences: readonly Difference[]
  readonly series: readonly Series[]
  readonly faults: readonly FaultOutcome[]
  readonly audit: readonly AuditFinding[]
  /** Model beside a user's observed waits (city import). */
  readonly observed: readonly ObservedRow[]
  /** Model beside published evidence; empty where the city names no targets. */
  readonly evidence: readonly EvidenceRow[]
  readonly publishedTotals: readonly PublishedTotal[]
  readonly calibration: CalibrationPlan | null
  /** Further arms, on a reduced city; null where the scenario asks for none or the run stopped at its provisional answer. */
  readonly reducedCity: ReducedCity | null
  readonly assumptionStudy: AssumptionStudy | null
  readonly stories: readonly PatientStory[]
  /** One an arm; empty where nothing goes live. */
  readonly goLive: readonly GoLiveOutcome[]
  readonly rollOut: RollOutOutcome | null
  /** Of world `wire` alone. */
  readonly wire?: WireOutcome
  /** Where the platform took times measured on the wire. */
  readonly feedback?: Feedback
  /** Of a run that was asked to go on to the wire; like the provenance it is outside the hash. */
  readonly spotCheck?: SpotCheck
  /** The plan's numbers with their warrants, carried so that a report can be made from this file alone. */
  readonly warrants: readonly Provenance[]
  /** Outside the hash. */
  readonly provenance: {
    readonly version: string
    readonly kernel: 'webassembly' | 'typescript'
    readonly node: string
    readonly machine: string
    readonly workers: number
    readonly wallSeconds: number
    readonly cpuSeconds: number
    readonly startedAt: string
    readonly replay: string
  }
}

export const sliceDimensions = [
  'all',
  'tier',
  'district',
  'age',
  'insured',
  'hour',
  'mode',
  'switch',
  'hospital',
  'tier-age',
  'tier-hour',
] as const
export type SliceDimension = (typeof sliceDimensions)[number]

export interface Slice {
  readonly dimension: SliceDimension
  /** `all` for the whole; `tier/age` and `tier/hour` names are joined by a slash. */
  readonly name: string
}

export interface Measure {
  /** From catalogue.ts, e.g. `payment-queueing-minutes-per-visit`, or with a subject: `wait-seconds-p95/cashier-window`. */
  readonly name: string
  readonly arm: string
  readonly slice: Slice
  readonly value: number
  readonly unit: string
  /** Observations it rests on (visits, waits, calls), over all days. */
  readonly count: number
  /** 95 % over days; absent below 10 days or where a day had no observation. */
  readonly interval: readonly [number, number] | null
  readonly days: number
}

export interface Difference extends Measure {
  readonly against: string
  /** Variance of the paired difference ÷ variance if the arms were independent; small is good. */
  readonly varianceRatio: number | null
}

/** A value per time step of the day, mean over days: utilisation of a party by minute, waits by hour, settled share by minute. */
export interface Series {
  readonly name: string
  readonly arm: string
  readonly subject: string
  readonly unit: string
  readonly fromSecond: number
  readonly stepSeconds: number
  readonly values: readonly (number | null)[]
}

export interface FaultOutcome {
  readonly fault: FaultPlan
  readonly arm: string
  /** Calls that met the fault, over all days; 0 makes the run void. */
  readonly callsTouched: number
  /** Seconds after the fault's start, one per day; null: not detected, or not back by close. */
  readonly detectedAfterSeconds: readonly (number | null)[]
  readonly firstPatientFailureAfterSeconds: readonly (number | null)[]
  readonly firstRoutedAwayAfterSeconds: readonly (number | null)[]
  readonly backAfterSeconds: readonly (number | null)[]
  readonly tookEffect: boolean
}

export interface AuditFinding {
  readonly name: string
  readonly title: Words
  readonly passed: boolean
  readonly expected: number
  readonly found: number
  /** What was looked at, or what is wrong; empty where there is nothing to add. */
  readonly detail: Words
}

export interface ObservedRow {
  readonly site: string
  readonly station: string
  readonly hour: number
  readonly observedMeanWaitSeconds: number
  readonly modelMeanWaitSeconds: number | null
  readonly observedCount: number
  readonly modelCount: number
}
