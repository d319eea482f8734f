import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateOverDays, halfWidthOverDays, intervalOverDays, momentsOf } from './interval.ts'
import { studentTQuantile } from './student-t.ts'

const dayValues = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 3, maxLength: 40 })

test('day values without skewness get Student’s interval', () => {
  // 1 … 9: mean 5, standard deviation √7.5, t of 8 degrees of freedom 2.306004135 (printed tables: 2.306).
  const interval = intervalOverDays([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.95)!
  const halfWidth = (2.306004135204167 * Math.sqrt(7.5)) / 3
  expect(interval[0]).toBeCloseTo(5 - halfWidth, 10)
  expect(interval[1]).toBeCloseTo(5 + halfWidth, 10)
})

test('skewed day values get Willink’s interval with t lengthened by skewness² ÷ n, worked by hand', () => {
  // Nine zeros and a ten: mean 1, variance 10, skewness √10, so β = 1/6 and the standard error is 1.
  const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 10]
  const moments = momentsOf(values)
  expect(moments.standardDeviation).toBeCloseTo(Math.sqrt(10), 12)
  expect(moments.skewness).toBeCloseTo(Math.sqrt(10), 12)
  const t = 2.262157162798205 * 2
  const g = (u: number) => 3 * (Math.cbrt(1 + u - 1 / 6) - 1)
  const [low, high] = intervalOverDays(values, 0.95)!
  expect(low).toBeCloseTo(1 - g(t), 10)
  expect(high).toBeCloseTo(1 - g(-t), 10)
  // The long arm is on the side of the long tail.
  expect(high - 1).toBeGreaterThan(2 * (1 - low))
})

test('below ten days nothing is published, and from two days on a provisional interval stands apart', () => {
  const values = [3, 5, 4, 6, 5, 4, 3, 5, 4]
  expect(estimateOverDays(values)).toMatchObject({ days: 9, interval: null })
  expect(estimateOverDays(values).provisional).not.toBeNull()
  expect(estimateOverDays([...values, 5]).interval).toEqual(estimateOverDays([...values, 5]).provisional)
  expect(estimateOverDays([...values, 5]).interval).not.toBeNull()
  expect(estimateOverDays([7])).toEqual({ days: 1, mean: 7, interval: null, provisional: null })
  expect(estimateOverDays([])).toEqual({ days: 0, mean: null, interval: null, provisional: null })
})

test('where a day had no observation no interval is published, however many days had one', () => {
  const values = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]
  expect(estimateOverDays(values).interval).not.toBeNull()
  expect(estimateOverDays([...values, null])).toMatchObject({ days: 11, interval: null })
})

test('days that agree to the tick have an interval of no width at exactly their value', () => {
  expect(estimateOverDays(new Array(12).fill(0)).interval).toEqual([0, 0])
  expect(estimateOverDays(new Array(12).fill(3.25)).interval).toEqual([3.25, 3.25])
})

test('the interval contains the mean, turns round with the sign, follows a shift and a change of unit, and widens with confidence', () => {
  fc.assert(
    fc.property(dayValues, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, unit) => {
      const size = 1 + Math.max(...values.map(Math.abs))
      const { mean } = momentsOf(values)
      const [low, high] = intervalOverDays(values, 0.95)!
      expect(low).toBeLessThanOrEqual(mean + 1e-9 * size)
      expect(high).toBeGreaterThanOrEqual(mean - 1e-9 * size)
      const mirrored = intervalOverDays(
        values.map((value) => -value),
        0.95,
      )!
      expect(mirrored[0]).toBeCloseTo(-high, 6)
      expect(mirrored[1]).toBeCloseTo(-low, 6)
      const scaled = intervalOverDays(
        values.map((value) => value * unit),
        0.95,
      )!
      expect(Math.abs(scaled[1] - high * unit)).toBeLessThan(1e-7 * size * unit)
      const wider = intervalOverDays(values, 0.99)!
      expect(wider[1] - wider[0]).toBeGreaterThanOrEqual(high - low)
    }),
  )
})

test('the half-width is half of the interval, and endless before there is one', () => {
  expect(halfWidthOverDays([1, 2, 3])).toBeCloseTo(studentTQuantile(0.975, 2) / Math.sqrt(3), 12)
  expect(halfWidthOverDays([5])).toBe(Infinity)
})
