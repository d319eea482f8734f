import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latinHypercube } from './latin-hypercube.ts'

test('in every dimension each n-th of the range holds exactly one point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 45 }), fc.nat(), (points, dimensions, seed) => {
      const cube = latinHypercube(points, dimensions, seed)
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const cells = cube.map((point) => Math.floor((point[dimension] as number) * points)).sort((a, b) => a - b)
        expect(cells).toEqual(cells.map((_, index) => index))
      }
    }),
    { numRuns: 30 },
  )
})

test('the same seed gives the same cube, another seed another', () => {
  expect(latinHypercube(20, 5, 7)).toEqual(latinHypercube(20, 5, 7))
  expect(latinHypercube(20, 5, 7)).not.toEqual(latinHypercube(20, 5, 8))
})

test('a further dimension leaves the others as they were', () => {
  expect(latinHypercube(20, 6, 7).map((point) => point.slice(0, 5))).toEqual(latinHypercube(20, 5, 7))
})

test('dimensions are paired at random: over 40 of them no two go together', () => {
  const cube = latinHypercube(400, 40, 7)
  const column = (dimension: number): number[] => cube.map((point) => (point[dimension] as number) - 0.5)
  const columns = cube[0]?.map((_, dimension) => column(dimension)) ?? []
  for (const [a, left] of columns.entries()) {
    for (const right of columns.slice(a + 1)) {
      // Variance of a uniform is 1/12; the correlation of 400 pairs has a standard error of 1/20, and 780 pairs are looked at.
      const correlation = (12 * left.reduce((sum, x, index) => sum + x * (right[index] as number), 0)) / 400
      expect(Math.abs(correlation)).toBeLessThan(0.23)
    }
  }
})
