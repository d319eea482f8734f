import { expect, test } from 'vitest'
import { normalQuantile } from '../../engine/normal.ts'
import { drawWord, uniformOf } from '../../engine/random.ts'
import { estimateOverDays, intervalOverDays } from './interval.ts'
import { studentTQuantile } from './student-t.ts'
import { type GroupChange, judgeWorseOff } from './worse-off.ts'

/** Days swinging evenly about a mean: standard deviation swing × √(n / (n − 1)), no skewness. */
const around = (mean: number, swing: number, days: number) =>
  Array.from({ length: days }, (_, day) => mean + (day % 2 === 0 ? swing : -swing))
const changeOver = (worseningByDay: readonly number[], margin: number): GroupChange => {
  const { days, mean, interval } = estimateOverDays(worseningByDay)
  return { days, worsening: mean ?? 0, interval, margin }
}
const verdict = (worseningByDay: readonly number[], margin: number) => judgeWorseOff([changeOver(worseningByDay, margin)])[0]!

test('surely beyond the margin is harm, surely within it is no harm found, and what the days cannot decide is too few to tell', () => {
  expect(verdict(around(3, 0.5, 20), 1).verdict).toBe('harm')
  expect(verdict(around(0.2, 0.5, 20), 1).verdict).toBe('no-harm-found')
  expect(verdict(around(-4, 0.5, 20), 1).verdict).toBe('no-harm-found')
  expect(verdict(around(0.2, 8, 20), 1).verdict).toBe('too-few-to-tell')
  expect(verdict(around(1.1, 0.5, 20), 1).verdict).toBe('too-few-to-tell')
})

test('below ten days every group is too few to tell and has neither interval nor detectable change', () => {
  expect(verdict(around(50, 0.1, 9), 1)).toMatchObject({
    interval: null,
    verdict: 'too-few-to-tell',
    smallestDetectableChange: null,
  })
  expect(verdict([], 1)).toMatchObject({ verdict: 'too-few-to-tell' })
})

test('the intervals of a family of ten are those of 99.5 % each', () => {
  const values = around(0, 1, 20)
  const family = judgeWorseOff(Array.from({ length: 10 }, () => changeOver(values, 1)))
  expect(family).toHaveLength(10)
  const expected = intervalOverDays(values, 0.995)!
  expect(family[3]!.interval![0]).toBeCloseTo(expected[0], 12)
  expect(family[3]!.interval![1]).toBeCloseTo(expected[1], 12)
})

test('of twenty unharmed groups, one or more is called harmed in at most about 5 % of runs; without the family in far more', () => {
  let together = 0
  let alone = 0
  const runs = 400
  for (let run = 0; run < runs; run++) {
    const family = Array.from({ length: 20 }, (_, group) =>
      changeOver(
        Array.from({ length: 12 }, (_, day) => normalQuantile(uniformOf(drawWord(41, 42, run, group * 12 + day)))),
        0,
      ),
    )
    if (judgeWorseOff(family).some(({ verdict }) => verdict === 'harm')) together++
    if (family.some((change) => judgeWorseOff([change])[0]!.verdict === 'harm')) alone++
  }
  // One side of a two-sided family: 2.5 % expected; alone 1 − 0.975^20 = 40 %.
  expect(together / runs).toBeLessThan(0.05)
  expect(alone / runs).toBeGreaterThan(0.3)
})

test('a worsening of the smallest detectable size is called harm about four times in five', () => {
  const runs = 1000
  let found = 0
  const true95 = (size: number, run: number) =>
    Array.from({ length: 20 }, (_, day) => size + normalQuantile(uniformOf(drawWord(43, 44, run, day))))
  // With unit spread known: (t of 0.975 + t of 0.8) ÷ √20.
  const size = (studentTQuantile(0.975, 19) + studentTQuantile(0.8, 19)) / Math.sqrt(20)
  let detectable = 0
  for (let run = 0; run < runs; run++) {
    const told = verdict(true95(size, run), 0)
    detectable += told.smallestDetectableChange!
    if (told.verdict === 'harm') found++
  }
  expect(detectable / runs).toBeCloseTo(size, 1)
  expect(found / runs).toBeGreaterThan(0.75)
  expect(found / runs).toBeLessThan(0.85)
})
