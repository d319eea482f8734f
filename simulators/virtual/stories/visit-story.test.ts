import { expect, test } from 'vitest'
import { ageGroups, insuredTypes } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import { cityPlayer } from '../city-player.ts'
import { isPaymentKind } from '../compile-city.ts'
import { tellVisitOf } from './visit-story.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const plan = planOf('small-town')
const player = cityPlayer(plan, bytes)
const day = player.peopleOf(0)
const told = [0, 1, 7, 40, 311, 512, day.count - 2, day.count - 1].map((visit) => tellVisitOf(plan, player, day, { day: 0, visit }))

test.each(told)(
  'the story of visit $visit is of that visit: its person, its arrival, its bills and its waits',
  ({ visit, person, arms }) => {
    expect([person.ageGroup, person.insuredType]).toEqual([ageGroups[day.age[visit] as number], insuredTypes[day.insured[visit] as number]])
    for (const { events, waitMinutes, paid } of arms) {
      expect(events[0]).toMatchObject({ what: 'arrive', atSecond: (day.arrival[visit] as number) / 10_000 })
      expect(events.at(-1)?.what).toBe('leave')
      // Told event by event, and kept by the kernel in the visit's own record.
      const waited = (payment: boolean): number =>
        events.reduce((sum, { waitSeconds = 0, where }) => sum + (isPaymentKind(where) === payment ? waitSeconds : 0), 0) / 60
      expect(waited(true)).toBeCloseTo(waitMinutes.payment, 6)
      expect(waited(false)).toBeCloseTo(waitMinutes.clinical, 6)
      const bills = [0, 1, 2].map((point) => day.billFen[visit * 3 + point] as number)
      const settled = paid.fundFen + paid.accountFen + paid.creditFen + paid.cashFen + paid.owingFen
      expect(sumsOf(bills)).toContain(settled)
    }
  },
)

test('visits told apart are different visits', () => {
  expect(new Set(told.map(({ arms }) => arms[0]?.events[0]?.atSecond)).size).toBe(told.length)
})

/** What some of these bills come to: who turned away half-way left the rest. */
const sumsOf = (bills: readonly number[]): readonly number[] =>
  Array.from({ length: 2 ** bills.length }, (_, some) => bills.reduce((sum, bill, n) => sum + ((some >> n) & 1) * bill, 0))
