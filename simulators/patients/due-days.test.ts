import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueDay, dueDaysOf, personAt } from './due-days.ts'

const stratumOf = (persons: number, cycleDays: number) => ({ age: 0, first: 0, persons, cycleDays, attendance: 1 })

test('in every cycle each person is due on one day, and each day has its equal part of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer(),
      fc.integer(),
      (persons, cycleDays, key0, key1) => {
        const from = 18_000
        const due = dueDaysOf(stratumOf(persons, cycleDays), 3, from, from + 3 * cycleDays, key0, key1)
        for (let n = 0; n < due.multiplier.length; n++) {
          const dayOf = new Map<number, number>()
          for (let day = 0; day < cycleDays; day++) {
            const first = due.firstPlace[day] as number
            const end = due.firstPlace[day + 1] as number
            expect(Math.abs(end - first - persons / cycleDays)).toBeLessThan(1)
            for (let place = first; place < end; place++) dayOf.set(personAt(due, n, place), (due.firstCycle + n) * cycleDays + day)
          }
          expect(dayOf.size).toBe(persons)
          for (const [person, day] of dayOf) expect(dueDay(due, n, person)).toBe(day)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a deal of millions is undone as exactly as a small one', () => {
  const persons = 6_552_017
  const due = dueDaysOf(stratumOf(persons, 207), 1, 18_000, 18_600, 5, 6)
  for (let place = 0; place < persons; place += 65_537) {
    for (let n = 0; n < due.multiplier.length; n++) {
      const person = personAt(due, n, place)
      const day = dueDay(due, n, person) - (due.firstCycle + n) * 207
      expect(place).toBeGreaterThanOrEqual(due.firstPlace[day] as number)
      expect(place).toBeLessThan(due.firstPlace[day + 1] as number)
    }
  }
})

test('the days of two neighbours, and of one person in two cycles, have nothing to do with each other', () => {
  const cycleDays = 4
  const cycles = 4000
  const due = dueDaysOf(stratumOf(1009, cycleDays), 0, 0, cycles * cycleDays - 1, 11, 12)
  const neighbours = new Float64Array(16)
  const successive = new Float64Array(16)
  for (let n = 1; n < cycles; n++) {
    const day = (person: number, cycle: number): number => dueDay(due, cycle, person) % cycleDays
    neighbours[day(500, n) * 4 + day(501, n)]!++
    successive[day(500, n - 1) * 4 + day(500, n)]!++
  }
  const expected = (cycles - 1) / 16
  const chiSquare = (counts: Float64Array): number => counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 99.9 % of chi-square with 15 degrees of freedom.
  expect(chiSquare(neighbours)).toBeLessThan(37.7)
  expect(chiSquare(successive)).toBeLessThan(37.7)
})
