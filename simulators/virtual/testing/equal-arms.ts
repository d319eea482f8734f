/** A/A: two arms of the same tiny city, drawn apart, and whether the interval of their difference finds one where there is none. */
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { intervalOverDays } from '../../measures/statistics/interval.ts'
import { pairDays } from '../../measures/statistics/paired.ts'
import { STATION_PAYMENT } from '../kernel/inputs.ts'
import type { Kernel } from '../kernel-host.ts'
import { playTiny, type TinyCity } from './tiny-city.ts'

const DAYS = 10
const VISITS = 150
/** A window and a room, busy enough that a day's mean wait is far from normal. */
const city: TinyCity = {
  lines: [
    { servers: 2, service: { kind: 'lognormal', meanSeconds: 60, cv: 0.7 }, flags: STATION_PAYMENT, impatient: true },
    { servers: 1, service: { kind: 'exponential', meanSeconds: 28 } },
  ],
  arrivalRatePerSecond: 1 / 32,
  patience: { kind: 'exponential', meanSeconds: 900 },
}

/** Mean wait of each day of an arm, in seconds. */
export function daysOf(kernel: Kernel, seed: number): number[] {
  return Array.from({ length: DAYS }, (_, day) => {
    playTiny(kernel, city, VISITS, seed, day)
    return kernel.visits('visitPaymentWait').reduce((sum, wait) => sum + wait, 0) / VISITS / TICKS_PER_SECOND
  })
}

/** In how many of the repeats the 95 % interval of the paired difference holds zero; every arm of every repeat has its own seed. */
export function holdsZero(kernel: Kernel, repeats: number, firstSeed: number): number {
  let held = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    const [one, other] = [0, 1].map((arm) => daysOf(kernel, firstSeed + 2 * repeat + arm)) as [number[], number[]]
    const differences = pairDays(one, other).differenceByDay.filter((value) => value !== null)
    const [low, high] = intervalOverDays(differences, 0.95) ?? [Number.NaN, Number.NaN]
    if (low <= 0 && high >= 0) held++
  }
  return held
}
