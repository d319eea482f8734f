import { expect, test } from 'vitest'
import { tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { cityPlayer } from './city-player.ts'
import { KIND_PARTY } from './compile-city.ts'
import { busyHours } from './gather-hours.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const plan = planOf('small-town')
const HOUR = 36_000_000

function playedDay(kernelBytes: Uint8Array | null) {
  const player = cityPlayer(plan, kernelBytes)
  const day = player.peopleOf(0)
  const { kernel, city } = player.prepareArm(0, day, 0)
  kernel.run(city.faults.length)
  return { kernel, city, ...busyHours(kernel, city, KIND_PARTY) }
}
const day = playedDay(bytes)
const sum = (ticks: Iterable<number>): number => [...ticks].reduce((all, one) => all + one, 0)

test('servers are on duty as their shift says: whole servers, at least the minimum, and within the hour from the minute it changes', () => {
  const { kernel, city } = day
  const { stationKind, stationServers, stationShift, shiftTick, shiftPattern, shiftMinimum } = city.whole as Record<string, Int32Array>
  const byHour = kernel.byHour('onDuty')
  const stations = (stationKind as Int32Array).length
  let changing = 0
  for (let station = 0; station < stations; station++) {
    if (stationKind?.[station] === KIND_PARTY) continue
    const servers = stationServers?.[station] as number
    let [since, onDuty, expected] = [0, servers, 0]
    for (let hour = 0; hour < 24; hour++) {
      for (const [change, tick] of (shiftTick as Int32Array).entries()) {
        if (shiftPattern?.[change] !== stationShift?.[station] || servers === 0 || tick < since || tick >= (hour + 1) * HOUR) continue
        expected += (tick - since) * onDuty
        if (tick % HOUR > 0) changing += 1
        since = tick
        onDuty = Math.max(Math.ceil(servers * (city.double.shiftShare?.[change] as number)), shiftMinimum?.[change] as number)
      }
      expected += ((hour + 1) * HOUR - since) * onDuty
      since = (hour + 1) * HOUR
      // A reading may be of the last event of the calendar's bucket that holds the hour, 0.3 s at most.
      expect(Math.abs((byHour[hour * stations + station] as number) - expected)).toBeLessThanOrEqual(3000 * Math.max(onDuty, 1))
    }
  }
  expect(changing).toBeGreaterThan(0)
})

test('over a day servers are busy as long as the kernel says', () => {
  const { kernel, city, hourBusy } = day
  const areas = [...kernel.stationSums('stationBusyArea')].filter((_, station) => city.whole.stationKind?.[station] !== KIND_PARTY)
  expect(sum(hourBusy)).toBeGreaterThan(0.95 * sum(areas))
  expect(sum(hourBusy)).toBeLessThanOrEqual(sum(areas))
})

test('in no hour are more servers busy than are there: those on duty, and those who finish after their shift what they began in it', () => {
  const { hourBusy, hourDuty, hourOvertime } = day
  for (const [at, busy] of hourBusy.entries()) {
    expect(busy).toBeLessThanOrEqual((hourDuty[at] as number) + (hourOvertime[at] as number))
    expect(hourOvertime[at]).toBeLessThanOrEqual(busy)
  }
  // Nobody begins anything after the shift: what is left is a service or two a server.
  expect(sum(hourOvertime)).toBeGreaterThan(0)
  expect(sum(hourOvertime)).toBeLessThan(0.05 * sum(hourBusy))
  expect(hourBusy.length).toBe(KIND_PARTY * tiers.length * 24)
})

test('the plain kernel reads the same hours', () => {
  const plain = playedDay(null)
  for (const name of ['hourBusy', 'hourDuty', 'hourOvertime'] as const) expect(plain[name]).toEqual(day[name])
})
