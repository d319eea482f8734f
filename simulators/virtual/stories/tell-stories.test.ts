import { expect, test } from 'vitest'
import { ageGroups } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import type { DayVisits } from '../../patients/day-visits.ts'
import { OUTCOME_DONE, OUTCOME_RENEGED } from '../kernel/sums.ts'
import { wholeCityPlan } from '../whole-city-plan.ts'
import { choosePatients } from './choose-patients.ts'
import { spansOf, tellStories } from './tell-stories.ts'
import { tellVisit, type VisitEvent } from './visit-story.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const town = wholeCityPlan(planOf('small-town'))
const stories = tellStories(town, bytes)

/** A day whose visits leave after so many ticks before and after the reform; all are outpatients. */
function chosen(
  visits: readonly { before: number; after: number; modes: readonly [number, number]; elderly?: boolean; reneges?: boolean }[],
) {
  const day = {
    count: visits.length,
    kind: new Uint8Array(visits.length),
    age: Uint8Array.from(visits, ({ elderly }) => (elderly === true ? ageGroups.indexOf('elderly') : 1)),
  } as DayVisits
  const arm = (side: 'before' | 'after', index: 0 | 1) => ({
    mode: Uint8Array.from(visits, ({ modes }) => modes[index]),
    outcome: Int32Array.from(visits, ({ reneges }) => (reneges === true ? OUTCOME_RENEGED : OUTCOME_DONE)),
    end: Int32Array.from(visits, (visit) => visit[side]),
  })
  return choosePatients(day, arm('before', 0), arm('after', 1)).map(({ role, visit }) => [role, visit])
}
const [atWindow, byPhone] = [0, 2]

test('the median of those who switched, the median of the elderly at the window and the middle of the worst tenth are chosen', () => {
  const switchers = [50, 10, 30].map((saved) => ({ before: 1000, after: 1000 - saved, modes: [atWindow, byPhone] as const }))
  const elders = [5, -5, 0].map((saved) => ({ before: 1000, after: 1000 - saved, modes: [atWindow, atWindow] as const, elderly: true }))
  const others = Array.from({ length: 24 }, (_, n) => ({ before: 1000, after: 1100 + n, modes: [1, 1] as const }))
  // The worst tenth of thirty are the three last of the others.
  expect(chosen([...switchers, ...elders, ...others])).toEqual([
    ['median-saving', 2],
    ['elderly-at-the-window', 5],
    ['worst-off-decile', 28],
  ])
})

test('who gave up a line is nobody’s example, and a role that nobody can play is left out', () => {
  const gaveUp = { before: 1000, after: 900, modes: [atWindow, byPhone] as const, reneges: true }
  expect(chosen([gaveUp])).toEqual([])
  expect(chosen([gaveUp, { before: 1000, after: 900, modes: [1, 1] }])).toEqual([['worst-off-decile', 1]])
})

test('the small town has all three, and the same three whoever plays the kernel', () => {
  expect(stories.map(({ role }) => role)).toEqual(['median-saving', 'elderly-at-the-window', 'worst-off-decile'])
  expect(tellStories(town, null)).toEqual(stories)
})

test('who is told of is who was chosen: by age, by how they pay before and after, by what they saved', () => {
  const [median, elderly, worst] = stories
  const modes = (story: typeof median): readonly string[] => story?.arms.map(({ mode }) => mode) ?? []
  const savedMinutes = (story: typeof median): number => {
    const [before, after] = story?.arms.map(({ arrivedAtSecond, leftAtSecond }) => (leftAtSecond - arrivedAtSecond) / 60) ?? []
    return (before as number) - (after as number)
  }
  expect(['window', 'kiosk']).toContain(modes(median)[0])
  expect(['phone', 'credit']).toContain(modes(median)[1])
  expect([elderly?.ageGroup, ...modes(elderly)]).toEqual(['elderly', 'window', 'window'])
  expect(savedMinutes(worst)).toBeLessThan(0)
  expect(savedMinutes(median)).toBeGreaterThan(savedMinutes(worst))
})

test('one arm alone tells no story', () => {
  const [first] = town.scenario.arms
  expect(tellStories({ ...town, scenario: { ...town.scenario, arms: [first!] } }, bytes)).toEqual([])
})

test('the spans of a day tile it: in order, without gap or overlap, from arrival to leaving', () => {
  for (const { arms } of stories) {
    for (const { spans, arrivedAtSecond, leftAtSecond } of arms) {
      expect(spans[0]?.fromSecond).toBe(arrivedAtSecond)
      expect(spans.at(-1)?.toSecond).toBe(leftAtSecond)
      for (const [index, span] of spans.entries()) {
        expect(span.toSecond).toBeGreaterThan(span.fromSecond)
        if (index > 0) expect(span.fromSecond).toBe(spans[index - 1]!.toSecond)
      }
    }
  }
})

test('the waits on the line are the waits that the kernel counts', () => {
  for (const { arms } of stories) {
    for (const { spans, paymentWaitMinutes, clinicalWaitMinutes } of arms) {
      const minutes = (what: string): number =>
        spans.filter((span) => span.what === what).reduce((sum, span) => sum + (span.toSecond - span.fromSecond) / 60, 0)
      expect(minutes('payment-wait')).toBeCloseTo(paymentWaitMinutes, 6)
      expect(minutes('clinical-wait')).toBeCloseTo(clinicalWaitMinutes, 6)
    }
  }
})

test('medpay visit shows the same patient', () => {
  for (const { day, visit, scale, ageGroup, arms } of stories) {
    const told = tellVisit(planOf('small-town', { scale }), { day, visit }, bytes)
    expect(told.person.ageGroup).toBe(ageGroup)
    for (const arm of arms) {
      const same = told.arms.find((one) => one.arm === arm.arm)!
      expect([same.mode, same.events[0]?.atSecond, same.events.at(-1)?.atSecond]).toEqual([arm.mode, arm.arrivedAtSecond, arm.leftAtSecond])
    }
  }
})

test('a window that is held until its errand is answered still serves; an errand on the way is the patient’s own phone', () => {
  const event = (atSecond: number, what: VisitEvent['what'], where = ''): VisitEvent => ({ atSecond, what, where })
  const spans = spansOf([
    event(0, 'arrive', 'outpatient-visit'),
    event(60, 'join', 'cashier-window'),
    event(90, 'start', 'cashier-window'),
    event(120, 'end', 'cashier-window'),
    event(120, 'errand', 'pay-at-window'),
    event(150, 'settled'),
    event(200, 'errand', 'pay-by-phone'),
    event(210, 'settled'),
    event(300, 'leave', 'done'),
  ])
  expect(spans.map(({ what, where, fromSecond, toSecond }) => [what, where, fromSecond, toSecond])).toEqual([
    ['elsewhere', 'elsewhere', 0, 60],
    ['payment-wait', 'cashier-window', 60, 90],
    ['payment-service', 'cashier-window', 90, 150],
    ['elsewhere', 'phone', 150, 210],
    ['elsewhere', 'elsewhere', 210, 300],
  ])
})
