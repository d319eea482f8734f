import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PERMUTATION_MAX, permute, unpermute } from './permutation.ts'
import { chiSquareP } from './statistical-battery.ts'

const anyKey = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

test('every place is taken exactly once', () => {
  fc.assert(
    fc.property(anyKey, fc.integer({ min: 1, max: 3000 }), (key, n) => {
      const places = new Set(Array.from({ length: n }, (_, x) => permute(key, n, x)))
      expect(places.size).toBe(n)
      for (const place of places) expect(place >= 0 && place < n).toBe(true)
    }),
  )
})

test('who went there is found again, at any size', () => {
  fc.assert(
    fc.property(anyKey, fc.integer({ min: 1, max: PERMUTATION_MAX }), fc.nat(), (key, n, any) => {
      const x = any % n
      const place = permute(key, n, x)
      expect(place >= 0 && place < n).toBe(true)
      expect(unpermute(key, n, place)).toBe(x)
      expect(permute(key, n, unpermute(key, n, x))).toBe(x)
    }),
    { numRuns: 2000 },
  )
})

// Five p-values in all: the threshold makes the family wrong once in a hundred under a perfect shuffle. Keys were fixed before the first look.
const SUSPECT = 0.01 / 5

test('over keys, one member of ten goes to every place alike, and a pair to every pair of places', () => {
  const n = 10
  const places = new Float64Array(n)
  const pairs = new Float64Array(n * n)
  for (let key = 0; key < 90_000; key++) {
    const first = permute(key, n, 3)
    places[first]!++
    pairs[first * n + permute(key, n, 4)]!++
  }
  const expectedPairs = pairs.map((_, i) => (i % (n + 1) === 0 ? 0 : 1000))
  expect(chiSquareP(places, new Float64Array(n).fill(9000))).toBeGreaterThan(SUSPECT)
  expect(
    chiSquareP(
      pairs.filter((_, i) => expectedPairs[i]! > 0),
      expectedPairs.filter((e) => e > 0),
    ),
  ).toBeGreaterThan(SUSPECT)
})

test('neighbours of a large population are strewn evenly, and so are the distances between them', () => {
  const n = 21_000_000
  const bins = 1000
  const places = new Float64Array(bins)
  const distances = new Float64Array(bins)
  for (let x = 0; x < 200_000; x++) {
    const place = permute(7, n, x)
    places[Math.floor((place / n) * bins)]!++
    distances[Math.floor((((permute(7, n, x + 1) - place + n) % n) / n) * bins)]!++
  }
  const expected = new Float64Array(bins).fill(200_000 / bins)
  expect(chiSquareP(places, expected)).toBeGreaterThan(SUSPECT)
  expect(chiSquareP(distances, expected)).toBeGreaterThan(SUSPECT)
})

test('as many members stay where they were as chance has it: one on average', () => {
  const seen = new Float64Array(5)
  for (let key = 0; key < 4000; key++) {
    let fixed = 0
    for (let x = 0; x < 100; x++) if (permute(key, 100, x) === x) fixed++
    seen[Math.min(fixed, 4)]!++
  }
  // Poisson with mean 1.
  expect(
    chiSquareP(
      seen,
      Float64Array.of(0.36788, 0.36788, 0.18394, 0.06131, 0.01899).map((p) => p * 4000),
    ),
  ).toBeGreaterThan(SUSPECT)
})
