import { expect, test } from 'vitest'
import { compareDays } from './agreement.ts'

const reference = [10.1, 9.8, 10.3, 9.9, 10.0, 10.2, 9.7, 10.1, 9.9, 10.0].map((value) => [value, 2 * value])
const measures = ['wait', 'twice the wait']

test('days of the same model agree', () => {
  expect(compareDays(measures, reference, [[10.2, 20.1]]).map(({ agrees }) => agrees)).toEqual([true, true])
})

test('a day a tenth too long in one measure is told, and in that one only', () => {
  expect(compareDays(measures, reference, [[11, 20.1]]).map(({ agrees }) => agrees)).toEqual([false, true])
})

test('more days leave less room', () => {
  const [one] = compareDays(measures, reference, [[10.2, 20.1]])
  const [two] = compareDays(measures, reference, [
    [10.2, 20.1],
    [10.2, 20.1],
  ])
  expect(two!.allowed).toBeLessThan(one!.allowed)
})
