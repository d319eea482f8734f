import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf, HISTOGRAM_BUCKETS } from './histogram.ts'
import { countOf, isQuantilePublishable, mergeCounts, quantileMilliseconds } from './quantile.ts'

const histogramOf = (values: readonly number[]) => {
  const counts = new Int32Array(HISTOGRAM_BUCKETS)
  for (const value of values) counts[bucketOf(value)]!++
  return counts
}
const waits = fc.array(fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 20_000_000 })), {
  minLength: 1,
  maxLength: 300,
})
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('a quantile is within a millisecond or 1/32 of the order statistic it stands for', () => {
  fc.assert(
    fc.property(waits, share, (values, p) => {
      const exact = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(p * values.length) - 1)]!
      const told = quantileMilliseconds(histogramOf(values), p)!
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact < 64 ? 0 : exact / 32)
    }),
  )
})

test('on evenly spread waits a quantile is right to a tenth of a percent', () => {
  const counts = histogramOf(Array.from({ length: 100_000 }, (_, index) => index * 10))
  for (const p of [0.5, 0.9, 0.95, 0.99]) expect(Math.abs(quantileMilliseconds(counts, p)! / (p * 1_000_000) - 1)).toBeLessThan(0.001)
})

test('a larger share never has a smaller quantile', () => {
  fc.assert(
    fc.property(waits, share, share, (values, p, q) => {
      const counts = histogramOf(values)
      expect(quantileMilliseconds(counts, Math.max(p, q))! - quantileMilliseconds(counts, Math.min(p, q))!).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('merged histograms are the histogram of all, whatever the order', () => {
  fc.assert(
    fc.property(waits, waits, (left, right) => {
      const merged = new Float64Array(HISTOGRAM_BUCKETS)
      mergeCounts(merged, histogramOf(right))
      mergeCounts(merged, histogramOf(left))
      expect([...merged]).toEqual([...histogramOf([...left, ...right])])
      expect(countOf(merged)).toBe(left.length + right.length)
    }),
  )
})

test('an empty histogram has no quantile', () => {
  expect(quantileMilliseconds(new Int32Array(HISTOGRAM_BUCKETS), 0.5)).toBeNull()
})

test('a 99th percentile is published from 1,000 observations on, a 95th from 200, a median from 20', () => {
  for (const [p, least] of [
    [0.99, 1000],
    [0.95, 200],
    [0.5, 20],
  ] as const) {
    expect(isQuantilePublishable(least, p)).toBe(true)
    expect(isQuantilePublishable(least - 1, p)).toBe(false)
  }
})
