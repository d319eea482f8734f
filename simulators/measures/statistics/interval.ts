/**
 * A mean over simulated days and how far it may be trusted: one value per day, in the order of the days, days being independent.
 *
 * The interval is Student's, bent by the skewness of the day values. Why bent: a day's 95th percentile of waits leans to the right,
 * and the plain interval over ten such days misses the truth up to twice as often as it says, nearly always by ending too low.
 * Source: R. Willink, "A confidence interval and test for the mean of an asymmetric distribution", Communications in Statistics,
 * Theory and Methods 34 (2005) 753–766; the same correction closes the sequential procedure Skart (A. Tafazzoli, J. R. Wilson, 2011).
 * Willink's correction is of first order and its skewness is itself estimated, so t is lengthened by skewness² ÷ n besides: the factor
 * is ours, found by measuring (without it the worst case of docs/trust.md loses half a point). Without skewness it is Student's interval.
 */
import { expOf, logOf } from '../../engine/elementary.ts'
import { studentTQuantile } from './student-t.ts'

export type Interval = readonly [low: number, high: number]

export interface DayEstimate {
  /** Days that had a value. */
  readonly days: number
  /** Mean over those days; null without any. */
  readonly mean: number | null
  /** 95 %, for publication: null below {@link DAYS_FOR_PUBLICATION}, or where a day had no observation. */
  readonly interval: Interval | null
  /** 95 % from two days on, for an answer that is marked provisional. */
  readonly provisional: Interval | null
}

/** Fewer days than this carry no published interval. */
export const DAYS_FOR_PUBLICATION = 10

/** Mean and 95 % interval of one value per day; null stands for a day without an observation. */
export function estimateOverDays(valueByDay: readonly (number | null)[]): DayEstimate {
  const values = valueByDay.filter((value) => value !== null)
  const provisional = intervalOverDays(values, 0.95)
  const isPublishable = values.length >= DAYS_FOR_PUBLICATION && values.length === valueByDay.length
  return { days: values.length, mean: meanOf(values), interval: isPublishable ? provisional : null, provisional }
}

/** The interval at a confidence such as 0.95, from two days on; with fewer null. */
export function intervalOverDays(values: readonly number[], confidence: number): Interval | null {
  const days = values.length
  if (days < 2) return null
  const { mean, standardDeviation, skewness } = momentsOf(values)
  const standardError = standardDeviation / Math.sqrt(days)
  const t = studentTQuantile((1 + confidence) / 2, days - 1) * (1 + (skewness * skewness) / days)
  const bend = skewness / (6 * Math.sqrt(days))
  return [mean - bent(t, bend) * standardError, mean - bent(-t, bend) * standardError]
}

/** Half the length of the 95 % interval: what a precision is compared with. Infinite below two days. */
export function halfWidthOverDays(values: readonly number[]): number {
  const interval = intervalOverDays(values, 0.95)
  return interval === null ? Infinity : (interval[1] - interval[0]) / 2
}

/** Mean, standard deviation (n − 1) and skewness (0 where it has no meaning), summed in the order given. */
export function momentsOf(values: readonly number[]): { mean: number; standardDeviation: number; skewness: number } {
  const n = values.length
  const mean = meanOf(values) ?? NaN
  let squares = 0
  let cubes = 0
  for (const value of values) {
    const deviation = value - mean
    squares += deviation * deviation
    cubes += deviation * deviation * deviation
  }
  const variance = n < 2 ? 0 : squares / (n - 1)
  const standardDeviation = Math.sqrt(variance)
  const scale = variance * standardDeviation
  const skewness = n < 3 || !(scale > 0) ? 0 : ((n / ((n - 1) * (n - 2))) * cubes) / scale
  return { mean, standardDeviation, skewness }
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Willink's G: ((1 + 6β(t − β))^⅓ − 1) ÷ 2β, written so that nothing cancels as the bend β goes to zero, where it is t. */
function bent(t: number, bend: number): number {
  const u = t - bend
  const root = cubeRoot(1 + 6 * bend * u)
  return (3 * u) / (root * root + root + 1)
}

/** The real cube root; Math.cbrt may differ in its last bit from one engine to another. */
function cubeRoot(x: number): number {
  if (x === 0) return 0
  const size = Math.abs(x)
  const near = expOf(logOf(size) / 3)
  const root = near - (near * near * near - size) / (3 * near * near)
  return x < 0 ? -root : root
}
