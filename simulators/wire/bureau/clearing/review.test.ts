import { expect, test } from 'vitest'
import type { AgeGroup } from '../../../../scenarios/plan.ts'
import { fenOf } from '../../../money/fen.ts'
import { type BureauState, billKey, type SettledEntry } from '../bureau-book.ts'
import { isUpheld, reviewOf } from './review.ts'

const amounts = { totalFen: fenOf(100), coveredFen: fenOf(100) }
const rulesFor = (ageGroup: AgeGroup, bill: object) => {
  const state = {
    persons: new Map([[1, { ageGroup }]]),
    bills: new Map([[billKey(7, 'B'), { bill: 'B', ...amounts, ...bill }]]),
  } as unknown as BureauState
  const settlement = { settlement: 'S', site: 7, person: 1, bills: [{ bill: 'B', ...amounts }] } as unknown as SettledEntry
  return reviewOf(state, [settlement], 5).get('S')
}

test('an item for children alone is right on a child’s bill and questioned on everybody else’s, beside what else the bill offends against', () => {
  expect(rulesFor('child', { forChildren: true })).toBeUndefined()
  for (const age of ['young-adult', 'middle-aged', 'elderly'] as const)
    expect(rulesFor(age, { forChildren: true })).toEqual(['outside-age'])
  expect(rulesFor('elderly', {})).toBeUndefined()
  expect(rulesFor('elderly', { forChildren: true, rules: ['repeated-item'] })).toEqual(['repeated-item', 'outside-age'])
})

test('an appeal goes by what was settled and the seed, whatever number the settlement got, and the policy’s share of them succeeds', () => {
  const won = (seed: number, settlement: string, what: object) =>
    isUpheld(seed, { settlement, site: 7, person: 1, bills: [], ...what } as unknown as SettledEntry, 3000)
  const decided = (seed: number, number: (place: number) => string) =>
    Array.from({ length: 400 }, (_, place) => won(seed, number(place), { bills: [{ bill: `MX${place}`, ...amounts }] }))
  const first = decided(5, (place) => `JS${place}`)
  expect(decided(5, (place) => `JS${900 - place}`)).toEqual(first)
  expect(decided(6, (place) => `JS${place}`)).not.toEqual(first)
  // 120 of 400, with five standard deviations beside it.
  expect(Math.abs(first.filter(Boolean).length - 120)).toBeLessThan(46)
  const batches = (number: string) => Array.from({ length: 40 }, (_, place) => won(5, number, { claim: { batch: `B${place}` } }))
  expect(batches('JS2')).toEqual(batches('JS1'))
  expect(new Set(batches('JS1')).size).toBe(2)
})
