import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketLow, bucketOf, bucketWidth, HISTOGRAM_BUCKETS } from './histogram.ts'

const LONGEST = 2 ** 31 - 1

test('buckets follow one another without gap or overlap from 0 to 2^31 − 1 ms', () => {
  let next = 0
  for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    expect(bucketLow(bucket)).toBe(next)
    expect(bucketOf(next)).toBe(bucket)
    next += bucketWidth(bucket)
    expect(bucketOf(next - 1)).toBe(bucket)
  }
  expect(next - 1).toBe(LONGEST)
})

test('every duration lies inside its bucket, and a bucket is a millisecond or at most 1/32 of what it holds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LONGEST }), (milliseconds) => {
      const bucket = bucketOf(milliseconds)
      expect(bucketLow(bucket)).toBeLessThanOrEqual(milliseconds)
      expect(bucketLow(bucket) + bucketWidth(bucket) - 1).toBeGreaterThanOrEqual(milliseconds)
      expect(bucketWidth(bucket)).toBeLessThanOrEqual(Math.max(1, milliseconds / 32))
    }),
  )
})

test('a longer duration never falls into an earlier bucket', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LONGEST }), fc.integer({ min: 0, max: LONGEST }), (a, b) => {
      expect(Math.sign(bucketOf(a) - bucketOf(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('known durations: a minute is bucket 378, an hour is bucket 566', () => {
  // 60 000 = 58.59… × 2^10, and 3 600 000 = 54.93… × 2^16.
  expect(bucketOf(60_000)).toBe(10 * 32 + 58)
  expect(bucketOf(3_600_000)).toBe(16 * 32 + 54)
})
