import { expect, test } from 'vitest'
import { latinHypercube } from './latin-hypercube.ts'
import { inverseOf, rankStudy, ranksOf } from './rank-correlation.ts'

test('equal values share the mean of their ranks', () => {
  expect(ranksOf([30, 10, 20, 20])).toEqual([4, 1, 2.5, 2.5])
  expect(ranksOf([5, 5, 5])).toEqual([2, 2, 2])
})

test('a matrix times its inverse is one, and a matrix without an inverse has none', () => {
  const matrix = [
    [0, 2, 1],
    [1, -1, 3],
    [4, 0, 5],
  ]
  const inverse = inverseOf(matrix) as readonly (readonly number[])[]
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      const cell = [0, 1, 2].reduce((sum, k) => sum + (matrix[i]?.[k] as number) * (inverse[k]?.[j] as number), 0)
      expect(cell).toBeCloseTo(i === j ? 1 : 0, 12)
    }
  }
  expect(
    inverseOf([
      [1, 2],
      [2, 4],
    ]),
  ).toBeNull()
})

const cube = latinHypercube(200, 12, 7)
const noise = latinHypercube(200, 1, 99)

test('a planted model is found: order, signs, and inputs that do nothing', () => {
  const result = cube.map(
    (x, index) => 8 * (x[3] as number) - 4 * (x[0] as number) + 2 * (x[7] as number) + 0.8 * (noise[index]?.[0] as number),
  )
  const { correlations, explained } = rankStudy(cube, result)
  const order = correlations
    .map((_, input) => input)
    .sort((a, b) => Math.abs(correlations[b]?.correlation ?? 0) - Math.abs(correlations[a]?.correlation ?? 0))
  expect(order.slice(0, 3)).toEqual([3, 0, 7])
  expect([3, 0, 7].map((input) => Math.sign(correlations[input]?.correlation ?? 0))).toEqual([1, -1, 1])
  for (const input of [3, 0, 7]) {
    const { interval, correlation } = correlations[input] as (typeof correlations)[number]
    expect(interval[0] < correlation && correlation < interval[1] && interval[0] * interval[1] > 0).toBe(true)
  }
  // Of nine inputs that do nothing one interval or two may miss zero.
  const idle = correlations.filter((_, input) => ![3, 0, 7].includes(input))
  expect(idle.filter(({ interval }) => interval[0] > 0 || interval[1] < 0).length).toBeLessThanOrEqual(2)
  expect(explained).toBeGreaterThan(0.95)
})

test('a bent but steady influence counts in full, and two inputs hide nothing from each other', () => {
  const bent = cube.map((x, index) => (x[1] as number) ** 5 + 1e-3 * (noise[index]?.[0] as number))
  expect(rankStudy(cube, bent).correlations[1]?.correlation).toBeGreaterThan(0.98)
  // The plain correlation with the first input is small; holding the second, it is whole.
  const both = cube.map((x) => 0.3 * (x[0] as number) + 3 * (x[1] as number))
  expect(rankStudy(cube, both).correlations[0]?.correlation).toBeGreaterThan(0.8)
})

test('what no input explains is not explained, though there are many inputs', () => {
  expect(
    rankStudy(
      cube,
      noise.map(([u]) => u as number),
    ).explained,
  ).toBeLessThan(0.1)
})

test('too few plans for so many inputs, or a result that never moves, rank nothing', () => {
  expect(
    rankStudy(
      cube.slice(0, 14),
      cube.slice(0, 14).map((x) => x[0] as number),
    ),
  ).toEqual({ correlations: [], explained: 0 })
  expect(
    rankStudy(
      cube,
      cube.map(() => 1),
    ),
  ).toEqual({ correlations: [], explained: 0 })
})

test('a known case: with one further input the partial correlation is the textbook formula', () => {
  const inputs = [
    [1, 2],
    [2, 1],
    [3, 4],
    [4, 3],
    [5, 6],
    [6, 5],
    [7, 7],
  ]
  const result = [2, 1, 3, 5, 4, 7, 6]
  const r = (a: readonly number[], b: readonly number[]): number => {
    const d2 = a.reduce((sum, x, index) => sum + (x - (b[index] as number)) ** 2, 0)
    return 1 - (6 * d2) / (7 * 48)
  }
  const [a, b] = [inputs.map((x) => x[0] as number), inputs.map((x) => x[1] as number)]
  const [ay, by, ab] = [r(a, result), r(b, result), r(a, b)]
  expect(rankStudy(inputs, result).correlations[0]?.correlation).toBeCloseTo((ay - ab * by) / Math.sqrt((1 - ab * ab) * (1 - by * by)), 12)
})
