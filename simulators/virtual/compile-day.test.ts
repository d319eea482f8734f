import { expect, test } from 'vitest'
import { ageGroups } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { DecisionNames } from '../engine/streams.ts'
import { adoptionThresholds } from '../patients/choose-modes.ts'
import { VISIT_EMERGENCY } from '../patients/day-visits.ts'
import { ADOPTER_SHIFT, CHILD_SHIFT, MODE_SHIFT, OVER_LIMIT_SHIFT, REGISTRATION_SHIFT } from '../patients/traits.ts'
import { cityPlayer } from './city-player.ts'
import { compileCity } from './compile-city.ts'
import { compileDay } from './compile-day.ts'

const base = planOf('small-town')
const plan = { ...base, scenario: { ...base.scenario, arms: base.scenario.arms.map((arm) => ({ ...arm, faults: [] })), faults: [] } }
const player = cityPlayer(plan, null)
const day = player.peopleOf(4)
const [before, reformed] = [columnsOf(0), columnsOf(1)]

function columnsOf(index: number): ReturnType<typeof compileDay> {
  const arm = plan.scenario.arms[index] as (typeof plan.scenario.arms)[number]
  const thresholds = adoptionThresholds(plan.city, arm)
  const city = compileCity(plan, arm, thresholds, player.sites, player.pathways, new DecisionNames())
  return compileDay(arm, thresholds, day, city, player.pathways)
}

const field = (word: number | undefined, shift: number, width: number): number => ((word as number) >> shift) & ((1 << width) - 1)

test('a child carries the mark that sends the guardian through the family code, nobody else does', () => {
  const child = ageGroups.indexOf('child')
  let children = 0
  for (let v = 0; v < day.count; v++) {
    const isChild = day.age[v] === child
    if (isChild) children++
    expect(field(reformed.visitTraits[v], CHILD_SHIFT, 1)).toBe(isChild ? 1 : 0)
  }
  expect(children).toBeGreaterThan(20)
})

test('a point is marked over the limit exactly when its cash is above what earlier points leave of the free credit', () => {
  const seen = new Set<number>()
  for (let v = 0; v < day.count; v++) {
    const bits = field(reformed.visitPayer[v], OVER_LIMIT_SHIFT, 3)
    const granted = [0, 1, 2].filter((point) => (bits & (1 << point)) === 0)
    const cashOf = (point: number): number => day.cashFen[v * 3 + point] as number
    expect(granted.reduce((sum, point) => sum + cashOf(point), 0)).toBeLessThanOrEqual(day.freeCreditFen[v] as number)
    for (const point of [0, 1, 2]) {
      if (granted.includes(point)) continue
      const earlier = granted.filter((other) => other < point).reduce((sum, other) => sum + cashOf(other), 0)
      expect(earlier + cashOf(point)).toBeGreaterThan(day.freeCreditFen[v] as number)
    }
    seen.add(bits)
  }
  expect(seen.size).toBeGreaterThan(1)
})

test('only modes and the ways that hang on them differ between arms; before the reform nobody pays by phone or credit', () => {
  const moved = (1 << MODE_SHIFT) | (2 << MODE_SHIFT) | (3 << REGISTRATION_SHIFT) | (1 << ADOPTER_SHIFT)
  let switched = 0
  for (let v = 0; v < day.count; v++) {
    const [was, is] = [before.visitTraits[v] as number, reformed.visitTraits[v] as number]
    expect(was & ~moved).toBe(is & ~moved)
    expect(field(was, MODE_SHIFT, 2)).toBeLessThan(2)
    expect(field(was, ADOPTER_SHIFT, 1)).toBe(0)
    if (was !== is) switched++
  }
  for (const name of ['visitArrival', 'visitDrawId', 'visitSite', 'visitRoomSlot', 'visitPayer', 'visitEntries'] as const) {
    expect(reformed[name]).toEqual(before[name])
  }
  expect(switched).toBeGreaterThan(100)
})

test('the parts of every bill make the bill, and its mean is of the order of an outpatient visit', () => {
  let total = 0
  let visits = 0
  for (let v = 0; v < day.count; v++) {
    for (let at = v * 3; at < v * 3 + 3; at++) {
      const parts = [day.fundFen[at], day.currentAccountFen[at], day.historyAccountFen[at], day.cashFen[at]] as number[]
      expect(parts.reduce((a, b) => a + b, 0)).toBe(day.billFen[at])
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0)
      if ((day.kind[v] as number) <= VISIT_EMERGENCY) total += day.billFen[at] as number
    }
    if ((day.kind[v] as number) <= VISIT_EMERGENCY) visits++
  }
  // Published: 252.8 yuan a visit in 2020. The model is not fitted to it; tens or thousands would be a slip.
  expect(total / visits).toBeGreaterThan(10_000)
  expect(total / visits).toBeLessThan(60_000)
})
