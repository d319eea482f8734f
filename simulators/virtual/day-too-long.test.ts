import { expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { dayTooLong, isDayTooLong } from './day-too-long.ts'
import { runCity } from './run-city.ts'
import { tellVisit } from './stories/visit-story.ts'
import { pointPlayer } from './study/play-point.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const run = (plan: Plan, workers: number): Promise<unknown> =>
  runCity(plan, { workers, kernel: { bytes }, wallClock: () => new Date(0), replay: 'the command' }).then(
    () => 'a result',
    (error: unknown) => error,
  )

/** The small town where handing out drugs takes half an hour and nobody leaves the line for it. */
function hopeless(): Plan {
  const plan = planOf('small-town', { replications: 2 })
  const { city } = plan
  const pharmacy = { ...city.stations['pharmacy-window'], reneging: false, balking: false }
  const laws = { ...city.laws, [pharmacy.serviceLaw]: { kind: 'constant', meanSeconds: 7200 } as const }
  return { ...plan, city: { ...city, laws, stations: { ...city.stations, 'pharmacy-window': pharmacy } } }
}

test.each([1, 2])(
  'a day that never empties its lines is refused with the day, the arm and the longest lines, with %i workers',
  async (workers) => {
    const error = await run(hopeless(), workers)
    expect(isDayTooLong(error)).toBe(true)
    if (!isDayTooLong(error)) return
    const { en, zh } = error.told!
    expect(en).toMatch(/^day 1 of 2020-12-14, arm “Before the reform”, runs past the end of the clock, 59 h 39 min after midnight/)
    const [, all, lines] = / ([\d,]+) still wait in (one|\d+) lines?: /.exec(en)!
    const told = [...en.matchAll(/\S+, Pharmacy window (\d+)/g)].map(([, count]) => Number(count))
    expect(told.length).toBe(lines === 'one' ? 1 : Math.min(5, Number(lines)))
    expect(told).toEqual([...told].sort((one, other) => other - one))
    expect(told.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(Number(all!.replaceAll(',', '')))
    expect(told[0]).toBeGreaterThan(10)
    expect(zh).toContain('第1天，方案“改革之前”')
    expect(zh).toContain(`取药窗口 ${told[0]}人`)
  },
)

test('one visit of such a day is refused in the same words, not told as an error of our own', () => {
  const refused = (): unknown => {
    try {
      return tellVisit(hopeless(), { day: 0, visit: 10 }, bytes)
    } catch (error) {
      return error
    }
  }
  const error = refused()
  expect(isDayTooLong(error) ? error.told?.en : error).toMatch(/^day 1 of .*still wait in .*Pharmacy window/)
})

test('in an assumption study such a plan is told in the same words, and counted', () => {
  const plan = hopeless()
  const study = { plans: 1, siteShare: 1, days: 1, repeats: 2, tornado: false }
  const arms = plan.scenario.arms.filter(({ city }) => city !== 'reduced')
  const { failure, changes } = pointPlayer(
    { ...plan, scenario: { ...plan.scenario, arms, assumptionStudy: study } },
    bytes,
  )({ does: 'point', at: [], firstDay: 0 })
  expect(changes).toEqual([])
  expect(failure?.en).toContain('Pharmacy window')
  expect(failure?.en).not.toBe(dayTooLong)
})
