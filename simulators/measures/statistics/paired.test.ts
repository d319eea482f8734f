import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateOverDays } from './interval.ts'
import { pairDays } from './paired.ts'

test('differences are taken day by day, arm minus the arm it is compared with', () => {
  expect(pairDays([5, 7, 6], [2, 3, 9]).differenceByDay).toEqual([3, 4, -3])
})

test('an arm paired with itself differs by exactly nothing, and its interval is exactly zero', () => {
  const day = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(fc.array(day, { minLength: 10, maxLength: 30 }), (arm) => {
      const { differenceByDay, varianceRatio } = pairDays(arm, arm)
      expect(estimateOverDays(differenceByDay).interval).toEqual([0, 0])
      expect(varianceRatio === null || varianceRatio === 0).toBe(true)
    }),
  )
})

test('the variance ratio is 0 for arms that move together, 1 for arms that do not heed each other, 2 for arms that oppose', () => {
  expect(pairDays([11, 12, 13, 14], [1, 2, 3, 4]).varianceRatio).toBeCloseTo(0, 12)
  expect(pairDays([1, 1, -1, -1], [1, -1, 1, -1]).varianceRatio).toBeCloseTo(1, 12)
  expect(pairDays([1, 2, 3, 4], [4, 3, 2, 1]).varianceRatio).toBeCloseTo(2, 12)
})

test('a day that one arm lacks is a day without difference, and takes no part in the ratio', () => {
  expect(pairDays([11, null, 13, 14, 99], [1, 2, 3, 4, null])).toEqual({
    differenceByDay: [10, null, 10, 10, null],
    varianceRatio: 0,
  })
  const { varianceRatio } = pairDays([1, 1, -1, -1, 99, null], [1, -1, 1, -1, null, 99])
  expect(varianceRatio).toBeCloseTo(1, 12)
})

test('without variance, or with one common day, there is no ratio', () => {
  expect(pairDays([2, 2, 2], [1, 1, 1]).varianceRatio).toBeNull()
  expect(pairDays([2], [1]).varianceRatio).toBeNull()
})

test('arms of different lengths are refused', () => {
  expect(() => pairDays([1, 2], [1])).toThrow(RangeError)
})
