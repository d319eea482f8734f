/** Days measured one by one, in replication order, as the measures and paired differences of a result. */

import type { MeasureSpec } from './measure-day.ts'
import type { Difference, Measure } from './run-result.ts'
import { estimateOverDays } from './statistics/interval.ts'
import { pairDays } from './statistics/paired.ts'

/** What stands at one place of a day's values. */
export type MeasurePlace = Omit<MeasureSpec, 'of'>

/** One arm's values by day: `values[day][spec]`, NaN where there was nothing to measure. */
export interface ArmDays {
  readonly name: string
  readonly values: readonly Float64Array[]
  readonly counts: readonly Float64Array[]
}

/** Measures that were observed on at least one day. */
export function measuresOf(specs: readonly MeasurePlace[], arm: ArmDays): readonly Measure[] {
  return specs.flatMap((spec, at) => {
    const { mean, interval, days } = estimateOverDays(arm.values.map((values) => valueAt(values, at)))
    if (mean === null) return []
    return [{ name: spec.name, arm: arm.name, slice: spec.slice, value: mean, unit: spec.unit, count: countAt(arm, at), interval, days }]
  })
}

/** Paired by day: arm minus the arm compared with, over the days on which both were observed. */
export function differencesOf(specs: readonly MeasurePlace[], arm: ArmDays, against: ArmDays): readonly Difference[] {
  return specs.flatMap((spec, at) => {
    // Who pays in a mode differs between arms, so those are not the same people; `switch` is the slice that pairs them.
    if (spec.slice.dimension === 'mode') return []
    const left: number[] = []
    const right: number[] = []
    for (const [day, values] of arm.values.entries()) {
      const a = valueAt(values, at)
      const b = valueAt(against.values[day] as Float64Array, at)
      if (a === null || b === null) continue
      left.push(a)
      right.push(b)
    }
    if (left.length === 0) return []
    const { differenceByDay, varianceRatio } = pairDays(left, right)
    const { mean, interval } = estimateOverDays(left.length === arm.values.length ? differenceByDay : [...differenceByDay, null])
    return [
      {
        name: spec.name,
        arm: arm.name,
        against: against.name,
        slice: spec.slice,
        value: mean as number,
        unit: spec.unit,
        count: countAt(arm, at),
        interval,
        days: left.length,
        varianceRatio,
      },
    ]
  })
}

/** The primary measure's paired difference by day, for the stopping rule; 0 on a day without an observation. */
export function differenceByDay(specs: readonly MeasurePlace[], arm: ArmDays, against: ArmDays, name: string): readonly number[] {
  const at = specs.findIndex((spec) => spec.name === name && spec.slice.dimension === 'all')
  if (at < 0) throw new Error(`the primary measure "${name}" is not in the catalogue`)
  return arm.values.map((values, day) => {
    const value = valueAt(values, at)
    const other = valueAt(against.values[day] as Float64Array, at)
    return value === null || other === null ? 0 : value - other
  })
}

function valueAt(values: Float64Array, at: number): number | null {
  const value = values[at] as number
  return Number.isNaN(value) ? null : value
}

function countAt(arm: ArmDays, at: number): number {
  return arm.counts.reduce((sum, counts) => sum + (counts[at] as number), 0)
}
