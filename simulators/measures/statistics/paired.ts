/**
 * Two arms on the same people and days: differences day by day, and how much the pairing was worth.
 */
import { momentsOf } from './interval.ts'

export interface PairedDays {
  /** Arm minus the arm it is compared with, in the order of the days; null where either had no observation. */
  readonly differenceByDay: readonly (number | null)[]
  /**
   * Variance of the paired differences ÷ their variance if the arms had been drawn apart (the sum of both variances): 0.1 says that
   * pairing did the work of ten times the days. Null where neither arm varies or fewer than two days have both values.
   */
  readonly varianceRatio: number | null
}

/** Pairs the days of two arms; both lists are in the order of the days. */
export function pairDays(arm: readonly (number | null)[], against: readonly (number | null)[]): PairedDays {
  if (arm.length !== against.length) throw new RangeError(`paired arms have the same days, not ${arm.length} and ${against.length}`)
  const differenceByDay = arm.map((value, day) => {
    const other = against[day]!
    return value === null || other === null ? null : value - other
  })
  const isPaired = (_: unknown, day: number) => differenceByDay[day] !== null
  const differences = differenceByDay.filter((value) => value !== null)
  const apart = variance(arm.filter(isPaired) as number[]) + variance(against.filter(isPaired) as number[])
  return { differenceByDay, varianceRatio: apart > 0 ? variance(differences) / apart : null }
}

function variance(values: readonly number[]): number {
  const { standardDeviation } = momentsOf(values)
  return standardDeviation * standardDeviation
}
