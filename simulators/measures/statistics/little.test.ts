import fc from 'fast-check'
import { expect, test } from 'vitest'
import { littleBreaches } from './little.ts'

/** A line kept twice: its length summed over ticks by whoever moves it, and waits summed by whoever leaves it. */
function keepTwoBooks(visits: readonly { joins: number; waits: number }[]) {
  const moves = visits.flatMap(({ joins, waits }) => [[joins, 1] as const, [joins + waits, -1] as const]).sort((a, b) => a[0] - b[0])
  let lengthTicks = 0
  let length = 0
  let now = 0
  for (const [tick, change] of moves) {
    lengthTicks += length * (tick - now)
    length += change
    now = tick
  }
  return { line: 'cashier', lengthTicks, waitTicks: visits.reduce((sum, { waits }) => sum + waits, 0) }
}
const anyVisits = fc.array(
  fc.record({ joins: fc.integer({ min: 0, max: 864_000_000 }), waits: fc.integer({ min: 0, max: 100_000_000 }) }),
  { minLength: 1, maxLength: 50 },
)

test('any day of joining and leaving keeps both books equal to the tick', () => {
  fc.assert(
    fc.property(anyVisits, (visits) => {
      expect(littleBreaches([keepTwoBooks(visits)])).toEqual([])
    }),
  )
})

test('a book that is one tick off is found and named', () => {
  fc.assert(
    fc.property(anyVisits, (visits) => {
      const book = keepTwoBooks(visits)
      const wrong = { ...book, waitTicks: book.waitTicks + 1 }
      expect(littleBreaches([book, wrong])).toEqual([{ ...wrong, problem: 'unequal' }])
    }),
  )
})

test('parts of ticks, missing numbers and sums beyond exact range are breaches even where both books agree', () => {
  const problemOf = (ticks: number) => littleBreaches([{ line: 'pharmacy', lengthTicks: ticks, waitTicks: ticks }])[0]?.problem
  expect(problemOf(0.5)).toBe('not-whole')
  expect(problemOf(NaN)).toBe('not-whole')
  expect(problemOf(2 ** 53)).toBe('beyond-exact-range')
  expect(problemOf(2 ** 53 - 1)).toBeUndefined()
})
