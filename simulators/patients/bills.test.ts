import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { POINTS, pricesOf } from './bills.ts'
import { VISIT_EMERGENCY, VISIT_OUTPATIENT, VISIT_PHARMACY } from './day-visits.ts'
import { NEEDS_DRUGS, NEEDS_IMAGING, NEEDS_LABORATORY } from './places.ts'

const { city } = planOf('small-town')
const price = pricesOf(city)
const bill = new Float64Array(POINTS)
const billOf = (kind: number, needs: number, word: number): readonly number[] => {
  price(kind, 0, needs, word, bill)
  return [...bill]
}
const words = Array.from({ length: 200_000 }, (_, n) => Math.floor(((n + 0.5) / 200_000) * 4_294_967_296) | 0)

test('over all words bills have the mean and the spread of the plan, and a larger word never a smaller bill', () => {
  const drugs = words.map((word) => billOf(VISIT_OUTPATIENT, NEEDS_DRUGS, word)[2] as number)
  const mean = drugs.reduce((a, b) => a + b, 0) / drugs.length
  const cv = Math.sqrt(drugs.reduce((sum, fen) => sum + (fen - mean) ** 2, 0) / drugs.length) / mean
  expect(Math.abs(mean / (city.bills.drugMeanFen[0] as number) - 1)).toBeLessThan(0.001)
  expect(Math.abs(cv / city.bills.cv - 1)).toBeLessThan(0.01)
  for (let n = 1; n < drugs.length; n++) expect(drugs[n] as number).toBeGreaterThanOrEqual(drugs[n - 1] as number)
  // Read straight between the steps of a table, not in steps.
  expect(new Set(drugs).size).toBeGreaterThan(10_000)
})

test('what is not needed costs nothing; an emergency and a purchase are paid at once', () => {
  const fee = city.bills.registrationFen[0] as number
  expect(billOf(VISIT_OUTPATIENT, 0, 1)).toEqual([fee, 0, 0])
  expect(billOf(VISIT_OUTPATIENT, NEEDS_LABORATORY, 1)[1]).toBeGreaterThan(0)
  expect(billOf(VISIT_OUTPATIENT, NEEDS_IMAGING | NEEDS_DRUGS, 1)[2]).toBeGreaterThan(0)
  expect(billOf(VISIT_EMERGENCY, NEEDS_DRUGS, 1).slice(0, 2)).toEqual([0, 0])
  expect(billOf(VISIT_EMERGENCY, NEEDS_DRUGS, 1)[2]).toBeGreaterThan(fee)
  expect(billOf(VISIT_PHARMACY, NEEDS_DRUGS, 1).slice(0, 2)).toEqual([0, 0])
})
