import { expect, test } from 'vitest'
import { latinHypercube } from './statistics/latin-hypercube.ts'
import { headlineOfStudy, quantileOf } from './study-headline.ts'

const groups = ['staff', 'habits', 'weather']
const points = latinHypercube(200, 3, 5).map((at) => ({ at, change: -4 + 6 * ((at[0] as number) - 0.5) - 2 * ((at[1] as number) - 0.5) }))
const sample = {
  measure: 'payment-queueing-minutes-per-visit',
  arm: 'after',
  against: 'before',
  unit: 'min',
  groups,
  points,
  baseByPlay: [-4.1, -3.9, -4],
  alone: [
    { group: 'weather', atLow: -4, atHigh: -4 },
    { group: 'habits', atLow: -3, atHigh: -5 },
    { group: 'staff', atLow: -7, atHigh: -1 },
    { group: 'broken', atLow: null, atHigh: -1 },
  ],
}

test('range, ranking and tornado of a planted model: the strongest first, a failed end left out', () => {
  const headline = headlineOfStudy(sample)
  expect(headline.base).toBeCloseTo(-4, 12)
  // Single moves were played on the days of the first play, and are set against it.
  expect(headline.baseOfTheFirstPlay).toBe(-4.1)
  expect(headline.dice).toMatchObject({ plays: 3 })
  expect(headline.dice.standardDeviation).toBeCloseTo(0.1, 12)
  expect(headline.p50).toBeCloseTo(-4, 0)
  expect(headline.p5).toBeGreaterThan(-8)
  expect(headline.p95).toBeLessThan(0)
  expect(headline.otherSignShare).toBe(0)
  expect(headline.ranking.map(({ group }) => group)).toEqual(['staff', 'habits', 'weather'])
  expect(headline.ranking.map(({ correlation }) => Math.sign(correlation)).slice(0, 2)).toEqual([1, -1])
  expect(headline.tornado.map(({ group }) => group)).toEqual(['staff', 'habits', 'weather'])
  expect(headline.varianceShare.explained).toBeGreaterThan(0.95)
  expect(headline.values).toHaveLength(200)
})

test('plans whose change has the other sign are counted', () => {
  const shifted = points.map(({ at, change }) => ({ at, change: change + 4 }))
  const { otherSignShare } = headlineOfStudy({ ...sample, points: shifted })
  expect(otherSignShare).toBe(shifted.filter(({ change }) => change > 0).length / 200)
  expect(otherSignShare).toBeGreaterThan(0.4)
})

test('quantiles lie straight between the values around them', () => {
  expect(quantileOf([30, 10, 20], 0.5)).toBe(20)
  expect(quantileOf([0, 10], 0.05)).toBeCloseTo(0.5, 12)
  expect(quantileOf([7], 0.95)).toBe(7)
})
