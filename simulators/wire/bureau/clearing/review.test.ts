import { expect, test } from 'vitest'
import type { AgeGroup } from '../../../../scenarios/plan.ts'
import { fenOf } from '../../../money/fen.ts'
import { type BureauState, billKey, type SettledEntry } from '../bureau-book.ts'
import { reviewOf } from './review.ts'

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
