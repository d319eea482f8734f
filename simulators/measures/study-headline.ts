/** One headline of an assumption study: its change in every plan, summed up. */

import type { StudyHeadline } from './result-study.ts'
import { momentsOf } from './statistics/interval.ts'
import { rankStudy } from './statistics/rank-correlation.ts'

export interface HeadlineSample {
  readonly measure: string
  readonly arm: string
  readonly against: string
  readonly unit: string
  readonly groups: readonly string[]
  /** By plan: coordinates by group, and the change; plans that failed are not among them. */
  readonly points: readonly { readonly at: readonly number[]; readonly change: number }[]
  /** The change at the base point, by play; plans and single moves share the days of the first. */
  readonly baseByPlay: readonly number[]
  /** By group: the change with it alone at its low and its high end; null where that plan failed. */
  readonly alone: readonly { readonly group: string; readonly atLow: number | null; readonly atHigh: number | null }[]
}

export function headlineOfStudy(sample: HeadlineSample): StudyHeadline {
  const { measure, arm, against, unit, groups, points, baseByPlay, alone } = sample
  const values = points.map(({ change }) => change)
  const { mean: base, standardDeviation } = momentsOf(baseByPlay)
  const baseOfTheFirstPlay = baseByPlay[0] ?? base
  const { correlations, explained } = rankStudy(
    points.map(({ at }) => at),
    values,
  )
  const reach = ({ atLow, atHigh }: { atLow: number; atHigh: number }): number =>
    Math.max(atLow, atHigh, baseOfTheFirstPlay) - Math.min(atLow, atHigh, baseOfTheFirstPlay)
  return {
    measure,
    arm,
    against,
    unit,
    base,
    baseOfTheFirstPlay,
    dice: { plays: baseByPlay.length, standardDeviation },
    p5: quantileOf(values, 0.05),
    p50: quantileOf(values, 0.5),
    p95: quantileOf(values, 0.95),
    otherSignShare: values.length === 0 ? 0 : values.filter((value) => value * base < 0).length / values.length,
    ranking: correlations
      .map((row, index) => ({ group: groups[index] as string, ...row }))
      .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)),
    tornado: alone
      .flatMap(({ group, atLow, atHigh }) => (atLow === null || atHigh === null ? [] : [{ group, atLow, atHigh }]))
      .sort((a, b) => reach(b) - reach(a)),
    // Only assumed numbers move, and an assumed number is by that unverified: all that is explained rests on such.
    varianceShare: { unverified: explained, explained },
    values,
  }
}

/** Between the two order statistics around share · (n − 1), straight; NaN of nothing. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? low
  return low + (high - low) * (at - Math.floor(at))
}
