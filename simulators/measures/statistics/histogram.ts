/**
 * A log-linear histogram of whole milliseconds (portable): below 64 every millisecond has its own bucket, above that each octave
 * is cut into 32 equal ones, so a bucket is never wider than 1/32 (3.125 %) of the values in it. Counts add up bucket by bucket:
 * histograms of sites, days and workers merge into the very histogram of the whole. Quantiles are read by quantile.ts.
 */
import { clz, type i32 } from '../../engine/portable.ts'

/** Buckets needed for 0 … 2^31 − 1 milliseconds (24.8 days). */
export const HISTOGRAM_BUCKETS: i32 = 864

/** The bucket that counts this many milliseconds (0 … 2^31 − 1; a wait below zero is a defect of whoever measured it). */
export function bucketOf(milliseconds: i32): i32 {
  if (milliseconds < 64) return milliseconds
  // The leading six bits tell the bucket: 1xxxxx is one of 32 within the octave, and the shift tells the octave.
  const shift: i32 = 26 - clz(milliseconds)
  return (shift << 5) + (milliseconds >> shift)
}

/** The smallest number of milliseconds in a bucket. */
export function bucketLow(bucket: i32): i32 {
  if (bucket < 64) return bucket
  return ((bucket & 31) + 32) << ((bucket >> 5) - 1)
}

/** How many different numbers of milliseconds a bucket holds; its largest is `bucketLow + bucketWidth − 1`. */
export function bucketWidth(bucket: i32): i32 {
  if (bucket < 64) return 1
  return 1 << ((bucket >> 5) - 1)
}
