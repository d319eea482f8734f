import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { cityPlayer } from './city-player.ts'
import { KIND_PARTY } from './compile-city.ts'
import { busyHours, dutyByHour } from './gather-hours.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const plan = planOf('small-town')
const HOUR = 36_000_000

test('servers are on duty as their shift says: whole servers, at least the minimum, and within the hour from the minute it changes', () => {
  const whole = {
    shiftTick: Int32Array.of(0, 7.5 * HOUR, 8 * HOUR, 17 * HOUR),
    shiftPattern: Int32Array.of(0, 0, 1, 0),
    shiftMinimum: Int32Array.of(0, 1, 9, 1),
  }
  const duty = dutyByHour(whole, { shiftShare: Float64Array.of(0, 0.5, 1, 0) }, 0, 5)
  expect([6, 7, 8, 16, 17, 23].map((hour) => (duty[hour] as number) / HOUR)).toEqual([0, 1.5, 3, 3, 1, 1])
})

test('over a day servers are busy as long as the kernel says, and never more of them than are on duty', () => {
  const player = cityPlayer(plan, bytes)
  const day = player.peopleOf(0)
  const { kernel, city } = player.prepareArm(0, day, 0)
  kernel.run(city.faults.length)
  const { hourBusy, hourDuty } = busyHours(kernel, city, KIND_PARTY)
  const total = kernel
    .stationSums('stationBusyArea')
    .reduce((sum, area, station) => sum + (city.whole.stationKind?.[station] === KIND_PARTY ? 0 : area), 0)
  const byHour = hourBusy.reduce((sum, ticks) => sum + ticks, 0)
  expect(byHour).toBeGreaterThan(0.95 * total)
  expect(byHour).toBeLessThanOrEqual(total)
  // A service that began in the hour before counts whole to the hour in which it ends.
  for (const [at, busy] of hourBusy.entries()) expect(busy).toBeLessThanOrEqual(1.3 * (hourDuty[at] as number) + HOUR)
})
