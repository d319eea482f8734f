import { describe, expect, test } from 'vitest'
import { listScenarios } from '../../../scenarios/load-plan.ts'
import type { Plan } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import type { RunResult } from '../../measures/run-result.ts'
import { runCity } from '../run-city.ts'
import { wholeCityPlan } from '../whole-city-plan.ts'
import { assumptionGroupTitle } from './assumption-groups.ts'
import { assumptionGroupsOf } from './move-assumptions.ts'
import { pointPlayer } from './play-point.ts'
import { studyPoints, studyResult } from './study-points.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const town = planOf('small-town', { replications: 1 })
const study = { plans: 5, siteShare: 0.2, days: 1, repeats: 2, tornado: false }
const withStudy: Plan = { ...town, scenario: { ...town.scenario, assumptionStudy: study } }
const run = (plan: Plan, workers: number): Promise<RunResult> =>
  runCity(plan, { workers, kernel: { bytes }, wallClock: () => new Date(0), replay: 'the command' })

describe('a study of the small town', () => {
  test('is one on one thread, two and three, and part of the result’s hash', async () => {
    const [one, two, three] = [await run(withStudy, 1), await run(withStudy, 2), await run(withStudy, 3)]
    expect(two.assumptionStudy).toEqual(one.assumptionStudy)
    expect([two.resultHash, three.resultHash]).toEqual([one.resultHash, one.resultHash])
    const { assumptionStudy: _, ...scenario } = town.scenario
    const without = await run({ ...town, scenario }, 1)
    expect(without.assumptionStudy).toBeNull()
    expect(without.differences).toEqual(one.differences)
    expect(without.resultHash).not.toBe(one.resultHash)
  })

  test('says how many plans it is short of a published range, and ranks nothing from five', async () => {
    const { assumptionStudy } = await run(withStudy, 1)
    expect(assumptionStudy).toMatchObject({ plans: 5, plansForPublication: 200, days: 1, failedPlans: 0, failure: null })
    const [headline] = assumptionStudy?.headlines ?? []
    expect(headline).toMatchObject({ arm: 'what-if-40', against: 'before', ranking: [], tornado: [] })
    expect(headline?.values).toHaveLength(5)
    expect(headline?.dice).toMatchObject({ plays: 2 })
    expect(new Set(headline?.values).size).toBe(5)
  })
})

describe('points of a study', () => {
  const whole = wholeCityPlan(withStudy)
  const groups = assumptionGroupsOf(whole)

  test('are the base on several days, the plans on the first of them, and each group alone at both ends', () => {
    const { base, plans, alone } = studyPoints(whole, { ...study, tornado: true, days: 3 })
    expect(base.map(({ firstDay }) => firstDay)).toEqual([0, 3])
    expect(base.every(({ at }) => at.length === groups.length && at.every((u) => u === 0.5))).toBe(true)
    expect(plans).toHaveLength(5)
    expect(plans.every(({ firstDay }) => firstDay === 0)).toBe(true)
    expect(alone).toHaveLength(2 * groups.length)
    expect(alone.map(({ at }) => at.filter((u) => u !== 0.5))).toEqual(groups.flatMap(() => [[0], [1]]))
  })

  test('the same point gives the same change, the base point that of the plan as written', () => {
    const {
      base: [base],
      plans,
    } = studyPoints(whole, study)
    const play = pointPlayer(whole, bytes)
    const first = play(base as NonNullable<typeof base>)
    // In the memory of the first, and of a play of other numbers.
    play(plans[0] as NonNullable<(typeof plans)[0]>)
    expect(play(base as NonNullable<typeof base>)).toEqual(first)
    expect(pointPlayer(whole, bytes)(base as NonNullable<typeof base>)).toEqual(first)
    expect(first.failure).toBeNull()
    expect(first.changes[0]).toBeLessThan(0)
  })

  test('a plan that cannot be played is counted with its reason, and leaves the others', () => {
    const points = studyPoints(whole, study)
    const good = { changes: [-1], sites: 4, siteShare: 0.5, saturated: false, failure: null }
    const bad = { ...good, changes: [], failure: { zh: '线排不完', en: 'a line is never empty' } }
    const result = studyResult(whole, study, points, [good, good, good, bad, good, good, good])
    expect(result).toMatchObject({ failedPlans: 1, failure: { en: 'a line is never empty' } })
    expect(result.headlines[0]?.values).toHaveLength(4)
    expect(studyResult(whole, study, points, [good, good, bad, bad, bad, bad, bad])).toMatchObject({ failedPlans: 5, headlines: [] })
  })

  test('a number no city could have ends as a reason, not as a crash', () => {
    const impossible: Plan = { ...whole, city: { ...whole.city, laws: {} } }
    const report = pointPlayer(impossible, bytes)({ does: 'point', at: groups.map(() => 0.5), firstDay: 0 })
    expect(report.failure?.en).toMatch(/law/)
    expect(report.changes).toEqual([])
  })
})

test.each(listScenarios().map(({ name }) => name))('every group of %s has a name in both languages', (name) => {
  const nameless = assumptionGroupsOf(planOf(name)).filter((group) => assumptionGroupTitle(group).zh === group)
  expect(nameless).toEqual([])
})
