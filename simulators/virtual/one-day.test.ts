import { beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { sampleLevel, sampleProfile } from '../trace/testing/sample-profile.ts'
import type { ArmDay } from './city-player.ts'
import { measuredCity, platformCalls } from './measured-plan.ts'
import { armAlone, firstDayOf, playFirstDay } from './one-day.ts'
import { runCity } from './run-city.ts'

const arm = 'what-if-40'
const plan = planOf('small-town')
let options: Parameters<typeof playFirstDay>[1]
beforeAll(async () => {
  const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
  options = { workers: 1, kernel: { bytes }, wallClock: () => new Date(0), replay: '' }
})

const whole = (result: Awaited<ReturnType<typeof playFirstDay>>, name: string) =>
  result.measures.find((one) => one.arm === arm && one.name === name && one.slice.dimension === 'all')?.value

test('an arm alone is played in the whole city, against nobody, whatever the scenario does with it', () => {
  const reduced = plan.scenario.arms.map((one) => ({ ...one, city: 'reduced' as const, alsoAgainst: ['before'] }))
  const alone = armAlone({ ...plan, scenario: { ...plan.scenario, arms: reduced } }, arm)
  expect(alone.scenario.arms.map(({ name, city, alsoAgainst }) => [name, city, alsoAgainst])).toEqual([[arm, undefined, undefined]])
})

test('its first day is the first day of the run with all arms', async () => {
  const scenario = { ...plan.scenario, replication: { ...plan.scenario.replication, pilotDays: 1, batchDays: 1, maximumDays: 1 } }
  let arms: readonly ArmDay[] = []
  const onFirstDay = (told: readonly ArmDay[]) => {
    arms = told
  }
  const run = await runCity({ ...plan, scenario }, { ...options, onFirstDay })
  const first = firstDayOf(plan, arms, options)
  const alone = await playFirstDay(armAlone(plan, arm), options)
  expect(alone.replication).toMatchObject({ days: 1, provisional: true })
  for (const name of ['payment-queueing-minutes-per-visit', 'settlement-seconds-mean/phone']) {
    expect(whole(alone, name)).toBeGreaterThan(0)
    expect(whole(alone, name)).toBe(whole(run, name))
    expect(whole(alone, name)).toBe(whole(first.result, name))
  }
  expect(first.platformCalls).toEqual(platformCalls(plan, options.kernel.bytes))
  expect(first.platformCalls.get(arm)?.some((calls) => calls > 0)).toBe(true)
})

test('as measured it is the same day but for the platform’s time: a platform of ten seconds settles that much later', async () => {
  const alone = armAlone(plan, arm)
  // Bucket of ten seconds in every minute.
  const level = sampleLevel(1e9, [[297, 10]])
  const slow = sampleProfile([{ ...level, legs: level.legs.slice(1, 2) }])
  const measured = measuredCity(alone, slow, platformCalls(alone, options.kernel.bytes))
  const [assumed, again] = [await playFirstDay(alone, options), await playFirstDay(measured.plan, options)]
  expect(measured.range.get(arm)).toMatchObject({ minutesOutside: 0 })
  const name = 'settlement-seconds-mean/phone'
  expect((whole(again, name) as number) - (whole(assumed, name) as number)).toBeGreaterThan(8)
})
