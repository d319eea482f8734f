/**
 * Small worlds whose truth is known, for measuring how often an interval contains it. Only tests use this file.
 */

import type { ReplicationPlan } from '../../../scenarios/plan.ts'
import { expOf, logOf } from '../../engine/elementary.ts'
import { normalQuantile } from '../../engine/normal.ts'
import { drawWord, secondWord, streamKey0, streamKey1, uniformOf } from '../../engine/random.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from './histogram.ts'
import { estimateOverDays, type Interval } from './interval.ts'
import { quantileMilliseconds } from './quantile.ts'
import { nextBatchDays, type StoppingDecision, stoppingDecision } from './stopping-rule.ts'

/** The value of one day; a day is named by its run and its number in the run, and by nothing that happened before. */
export type DayValue = (run: number, day: number) => number

export interface Coverage {
  readonly runs: number
  /** Share of runs whose published interval contains the truth. */
  readonly covered: number
  readonly standardError: number
  readonly missedBelow: number
  readonly missedAbove: number
  readonly meanDays: number
  readonly shareAtCap: number
}

/** A way to decide when to stop and what interval to publish then. */
export interface Procedure {
  decide(values: readonly number[], plan: ReplicationPlan): StoppingDecision
  publish(values: readonly number[]): Interval | null
}
/** What runs publish. */
export const shippedProcedure: Procedure = { decide: stoppingDecision, publish: (values) => estimateOverDays(values).interval }

/** Runs a procedure many times to its own stop and counts how often the interval it publishes contains the truth. */
export function coverageOf(procedure: Procedure, dayValue: DayValue, truth: number, plan: ReplicationPlan, runs: number): Coverage {
  let below = 0
  let above = 0
  let days = 0
  let atCap = 0
  for (let run = 0; run < runs; run++) {
    const values: number[] = []
    let decision: StoppingDecision = 'continue'
    while (decision === 'continue') {
      const batchEnd = values.length + nextBatchDays(values.length, plan)
      while (values.length < batchEnd) values.push(dayValue(run, values.length))
      decision = procedure.decide(values, plan)
    }
    const interval = procedure.publish(values)
    if (interval === null) throw new Error(`no interval after ${values.length} days`)
    if (interval[1] < truth) below++
    if (interval[0] > truth) above++
    if (decision === 'stop-cap') atCap++
    days += values.length
  }
  const covered = 1 - (below + above) / runs
  const standardError = Math.sqrt((covered * (1 - covered)) / runs)
  return {
    runs,
    covered,
    standardError,
    missedBelow: below / runs,
    missedAbove: above / runs,
    meanDays: days / runs,
    shareAtCap: atCap / runs,
  }
}

const AFTER_SPREAD = 0.4
const BEFORE_SPREAD = 0.5
const SHARED = 0.7

/**
 * Paired differences of two skewed arms on the same days: lognormal minutes before (median 40) and after (median 15), whose logarithms
 * share 70 % of their variance. Skewness of the difference about 2.
 */
export function pairedMinutes(seed: number): DayValue {
  const key0 = streamKey0(seed, 0, 1)
  const key1 = streamKey1(seed, 0, 1)
  return (run, day) => {
    const shared = Math.sqrt(SHARED) * normalQuantile(uniformOf(drawWord(key0, key1, run, 2 * day)))
    const ownBefore = normalQuantile(uniformOf(drawWord(key0, key1, run, 2 * day + 1)))
    const ownAfter = normalQuantile(uniformOf(secondWord()))
    const before = 40 * expOf(BEFORE_SPREAD * (shared + Math.sqrt(1 - SHARED) * ownBefore))
    return 15 * expOf(AFTER_SPREAD * (shared + Math.sqrt(1 - SHARED) * ownAfter)) - before
  }
}
/** The mean of a lognormal is its median times e^(σ²/2). */
export const pairedMinutesTruth = 15 * expOf((AFTER_SPREAD * AFTER_SPREAD) / 2) - 40 * expOf((BEFORE_SPREAD * BEFORE_SPREAD) / 2)

/** Days without any skewness: normal, mean 0, spread 20. Here care for skewed days must not cost much. */
export function normalDays(seed: number): DayValue {
  const key0 = streamKey0(seed, 0, 3)
  const key1 = streamKey1(seed, 0, 3)
  return (run, day) => 20 * normalQuantile(uniformOf(drawWord(key0, key1, run, day)))
}

const SERVICE_MILLISECONDS = 60_000
const UTILIZATION = 0.8

/**
 * The 95th percentile, in seconds, of the waits of one day at one window: M/M/1, a minute of service on average, 80 % busy, started in
 * its stationary law; waits by Lindley's recursion, counted in the shipped histogram and read from it as published figures are.
 */
export function waitSecondsP95(seed: number, visits: number): DayValue {
  const key0 = streamKey0(seed, 0, 2)
  const key1 = streamKey1(seed, 0, 2)
  const counts = new Int32Array(HISTOGRAM_BUCKETS)
  return (run, day) => {
    counts.fill(0)
    const first = day * (visits + 1)
    const isIdle = uniformOf(drawWord(key0, key1, run, first)) > UTILIZATION
    let wait = isIdle ? 0 : (-SERVICE_MILLISECONDS / (1 - UTILIZATION)) * logOf(uniformOf(secondWord()))
    for (let visit = 1; visit <= visits; visit++) {
      counts[bucketOf(Math.trunc(wait))]!++
      const service = -SERVICE_MILLISECONDS * logOf(uniformOf(drawWord(key0, key1, run, first + visit)))
      const gap = (-SERVICE_MILLISECONDS / UTILIZATION) * logOf(uniformOf(secondWord()))
      wait = Math.max(0, wait + service - gap)
    }
    return quantileMilliseconds(counts, 0.95)! / 1000
  }
}

/** The p95 world as both tests use it: a day of 200 visits. */
export const WAIT_VISITS = 200
/** Mean over 400,000 days with seed 20210101; its standard error is 0.51 s, 1/400 of a typical interval. The long test makes it again. */
export const waitSecondsP95Truth = { seconds: 667.33, standardErrorSeconds: 0.51, seed: 20210101, days: 400_000 }
