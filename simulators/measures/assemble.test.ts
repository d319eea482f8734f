import { expect, test } from 'vitest'
import { type ArmDays, differenceByDay, differencesOf, measuresOf } from './assemble.ts'
import type { MeasureSpec } from './measure-day.ts'

const specs: readonly MeasureSpec[] = [
  { name: 'minutes', unit: 'min', slice: { dimension: 'tier', name: 'secondary' }, of: () => ({ value: null, count: 0 }) },
  { name: 'minutes', unit: 'min', slice: { dimension: 'all', name: 'all' }, of: () => ({ value: null, count: 0 }) },
]
/** Values of the second measure by day; the first was never observed. */
function arm(name: string, values: readonly (number | null)[]): ArmDays {
  return {
    name,
    values: values.map((value) => Float64Array.of(Number.NaN, value ?? Number.NaN)),
    counts: values.map((value) => Float64Array.of(0, value === null ? 0 : 7)),
  }
}
const ten = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

test('a measure is the mean over the days that observed it, with what it rests on; one never observed is left out', () => {
  expect(measuresOf(specs, arm('before', [4, null, 8]))).toEqual([
    { name: 'minutes', arm: 'before', slice: { dimension: 'all', name: 'all' }, value: 6, unit: 'min', count: 14, interval: null, days: 2 },
  ])
})

test('an interval needs ten days and an observation on each', () => {
  const [whole] = measuresOf(specs, arm('before', ten))
  expect(whole).toMatchObject({ value: 9.5, days: 10, count: 70 })
  // Student: 9.5 ± 2.262 · 3.028 / √10.
  expect(whole?.interval?.[0]).toBeCloseTo(9.5 - 2.1658, 3)
  expect(whole?.interval?.[1]).toBeCloseTo(9.5 + 2.1658, 3)
  expect(measuresOf(specs, arm('before', ten.slice(1)))[0]?.interval).toBeNull()
  expect(measuresOf(specs, arm('before', [...ten, null]))[0]).toMatchObject({ interval: null, days: 10 })
})

test('differences pair by day: each day of an arm with the same day of the arm compared with', () => {
  const before = arm('before', ten)
  const after = arm(
    'after',
    ten.map((value) => value - 2),
  )
  const [difference] = differencesOf(specs, after, before)
  expect(difference).toMatchObject({ arm: 'after', against: 'before', value: -2, days: 10, count: 70, varianceRatio: 0 })
  // Every day by exactly two: no noise is left, though both arms vary from day to day.
  expect(difference?.interval).toEqual([-2, -2])
  const shuffled = arm('after', ten.map((value) => value - 2).reverse())
  const [unpaired] = differencesOf(specs, shuffled, before)
  expect(unpaired?.value).toBe(-2)
  expect(unpaired?.interval?.[0]).toBeLessThan(-5)
  // Against each other the days vary twice as much as if drawn apart.
  expect(unpaired?.varianceRatio).toBeCloseTo(2, 12)
})

test('a day that one arm did not observe takes no part in the difference, and such a difference has no interval', () => {
  const [difference] = differencesOf(specs, arm('after', [1, null, 6, ...ten]), arm('before', [2, 9, null, ...ten]))
  expect(difference).toMatchObject({ days: 11, interval: null })
  expect(difference?.value).toBeCloseTo(-1 / 11, 12)
  expect(differencesOf(specs, arm('after', [1, null]), arm('before', [null, 2]))).toEqual([])
})

test('the stopping rule gets the whole city’s difference by day, 0 where either arm has none', () => {
  expect(differenceByDay(specs, arm('after', [1, null, 6]), arm('before', [4, 9, null]), 'minutes')).toEqual([-3, 0, 0])
  expect(() => differenceByDay(specs, arm('after', []), arm('before', []), 'minuets')).toThrow(
    'the primary measure "minuets" is not in the catalogue',
  )
})
