/** Section of a virtual result whose platform took the times the wire measured: every queue as assumed and as measured, and how much of the day was measured. */
import type { WireDivergence } from './result-wire.ts'
import type { RunResult } from './run-result.ts'

export interface Feedback {
  readonly profileHash: string
  readonly target: string
  /** Measured at one load only. */
  readonly isSpot: boolean
  /** Payments through the platform a second, lowest first, and the target's own time there. */
  readonly levels: readonly {
    readonly offeredPerSecond: number
    readonly achievedPerSecond: number
    readonly seconds: number
    readonly payments: number
    /** At the target at a time, mean over the window. */
    readonly inFlight: number
    readonly ownMsP50: number
    readonly ownMsP95: number
    readonly ownMsMean: number
    /** 95 % of the mean, by batch means; null where the level was too thin for one. */
    readonly ownMsInterval: readonly [number, number] | null
    readonly divergence: readonly WireDivergence[]
  }[]
  /** Days both answers rest on, the same ones. */
  readonly days: number
  /** Mean service the city file assumes for what the platform does before the patient has the answer, its queue not counted. */
  readonly assumedMs: number
  readonly arms: readonly FeedbackArm[]
}

export interface FeedbackArm {
  readonly arm: string
  /** Of the platform's calls, those in minutes no busier than what was measured, 0…1; the rest kept the assumed times. */
  readonly measuredShare: number
  /** Payments through the platform a second in the arm's busiest minute, and minutes busier than anything measured. */
  readonly busiestPerSecond: number
  readonly minutesOutside: number
  readonly rows: readonly FeedbackRow[]
}

export interface FeedbackRow {
  /** From catalogue.ts, with its subject. */
  readonly measure: string
  /** Of the whole city; null where the run has no such figure. */
  readonly assumed: number | null
  readonly measured: number | null
}

const compared = [
  'payment-queueing-minutes-per-visit',
  'visit-duration-minutes',
  'wait-seconds-mean/cashier-window',
  'wait-seconds-mean/registration-window',
  'settlement-seconds-mean/phone',
  'settlement-seconds-p95/phone',
  'settlement-seconds-mean/credit',
  'settlement-seconds-p95/credit',
] as const

/** The figures that a platform's speed can move, of one arm in two results. Those in neither are left out. */
export function feedbackRows(assumed: RunResult, measured: RunResult, arm: string): readonly FeedbackRow[] {
  const find = ({ measures }: RunResult, name: string): number | null =>
    measures.find((one) => one.arm === arm && one.name === name && one.slice.dimension === 'all')?.value ?? null
  return compared
    .map((measure) => ({ measure, assumed: find(assumed, measure), measured: find(measured, measure) }))
    .filter((row) => row.assumed !== null || row.measured !== null)
}
