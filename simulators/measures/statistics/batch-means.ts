/**
 * How far the mean of one run may be trusted: neighbours in time resemble each other, so the run is cut into stretches of equal length
 * and the means of those are taken for independent (batch means). Ten stretches; a run that left one of them empty has no interval.
 */
import { type Interval, intervalOverDays } from './interval.ts'

export const BATCHES = 10

export interface TimedValue {
  /** From the window's begin. */
  readonly atMs: number
  readonly value: number
}

export interface BatchedMean {
  readonly count: number
  /** Of all values, however they fall into the stretches. */
  readonly mean: number
  /** 95 %. */
  readonly interval: Interval | null
}

/** Null where there is no value. @param seconds length of the window; what lies beyond it belongs to its last stretch */
export function batchedMean(values: readonly TimedValue[], seconds: number): BatchedMean | null {
  if (values.length === 0) return null
  const sums = new Float64Array(BATCHES)
  const counts = new Float64Array(BATCHES)
  let sum = 0
  for (const { atMs, value } of values) {
    const batch = Math.min(BATCHES - 1, Math.max(0, Math.floor((atMs / (seconds * 1000)) * BATCHES)))
    sums[batch] = (sums[batch] as number) + value
    counts[batch] = (counts[batch] as number) + 1
    sum += value
  }
  const means = Array.from(sums, (batchSum, batch) => batchSum / (counts[batch] as number))
  return { count: values.length, mean: sum / values.length, interval: counts.includes(0) ? null : intervalOverDays(means, 0.95) }
}
