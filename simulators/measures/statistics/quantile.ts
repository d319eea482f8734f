/**
 * Quantiles from a histogram of whole milliseconds. A value is right to within its bucket: to the millisecond below 64 ms,
 * to 1/32 (3.125 %) above, and on smooth data far nearer, because within a bucket the counted values are spread evenly.
 */
import { bucketLow, bucketWidth } from './histogram.ts'

/** Adds one histogram's counts to another's. Sums are whole numbers, so the order of merging never shows. */
export function mergeCounts(into: Float64Array | Int32Array, from: ArrayLike<number>): void {
  for (let bucket = 0; bucket < from.length; bucket++) into[bucket]! += from[bucket]!
}

export function countOf(counts: ArrayLike<number>): number {
  let total = 0
  for (let bucket = 0; bucket < counts.length; bucket++) total += counts[bucket]!
  return total
}

/**
 * The value, in milliseconds, that this share (0…1) of the observations does not exceed: the ⌈share · n⌉-th smallest. Null when empty.
 */
export function quantileMilliseconds(counts: ArrayLike<number>, share: number): number | null {
  const total = countOf(counts)
  if (total === 0) return null
  const rank = Math.min(total, Math.max(1, Math.ceil(share * total)))
  let below = 0
  let bucket = 0
  while (below + counts[bucket]! < rank) {
    below += counts[bucket]!
    bucket++
  }
  return bucketLow(bucket) + ((bucketWidth(bucket) - 1) * (rank - below - 0.5)) / counts[bucket]!
}

/** Whether a quantile may be published: ten observations or more lie beyond it, so that a 99th percentile rests on 1,000. */
export function isQuantilePublishable(count: number, share: number): boolean {
  // In whole hundredths of a percent: 1 − 0.99 is not 0.01 in doubles.
  return count * (10_000 - Math.round(share * 10_000)) >= 100_000
}
