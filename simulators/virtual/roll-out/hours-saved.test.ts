import { expect, test } from 'vitest'
import { drawWord, uniformOf } from '../../engine/random.ts'
import { hoursSaved } from './hours-saved.ts'

/** Two hundred days of which busy ones save far more a payment. */
const all = Array.from({ length: 200 }, (_, n) => {
  const expectedVisits = 1000 + 9000 * uniformOf(drawWord(1, 2, n, 0))
  const credentialTransactions = Math.round(expectedVisits * 0.01 * (0.5 + uniformOf(drawWord(1, 2, n, 1))))
  const hours = credentialTransactions * (expectedVisits / 5000) ** 3 * (0.8 + 0.4 * uniformOf(drawWord(1, 2, n, 2)))
  return { n, expectedVisits, credentialTransactions, hours }
})
const truth = all.reduce((sum, { hours }) => sum + hours, 0)

test('all days compared give the hours of all days, whatever the classes', () => {
  expect(hoursSaved(all, all).value).toBeCloseTo(truth, 6)
})

test('a tenth of the days comes near the truth, and its interval holds it as often as it says', () => {
  let inside = 0
  for (let first = 0; first < 10; first++) {
    const compared = all.filter(({ n }) => n % 10 === first)
    const { value, interval } = hoursSaved(compared, all)
    expect(Math.abs(value / truth - 1)).toBeLessThan(0.35)
    if (interval !== null && interval[0] <= truth && truth <= interval[1]) inside++
  }
  expect(inside).toBeGreaterThanOrEqual(8)
})

test('classes by business narrow the interval against one ratio for all', () => {
  const compared = all.filter(({ n }) => n % 10 === 3)
  const width = (days: readonly (typeof all)[number][]): number => {
    const { interval } = hoursSaved(days, all)
    return interval === null ? Number.NaN : interval[1] - interval[0]
  }
  // Where all days are alike to expect, one class holds them all.
  const alike = hoursSaved(
    compared.map((day) => ({ ...day, expectedVisits: 1 })),
    all.map((day) => ({ ...day, expectedVisits: 1 })),
  ).interval as readonly [number, number]
  expect(width(compared)).toBeLessThan(alike[1] - alike[0])
})

test('below ten days there is a value and no interval', () => {
  expect(hoursSaved(all.slice(0, 9), all).interval).toBeNull()
})
