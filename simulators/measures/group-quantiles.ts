/**
 * Percentiles of a group's waits to pay over all visits of all days, as days that the house can pair: which of two groups waits how long
 * at its 90th percentile depends on no coupling of single patients, as the share of patients worse off does.
 *
 * A percentile of all days together has no value by day. Each day is given the one by which it pulls at it: the percentile itself plus
 * (n − 1) × (mean of the percentiles without one day − the percentile without this day). Their mean is the percentile, and their scatter
 * is what leaving out days, the independent units, shows of its error (the grouped jackknife). Source: J. Shao, C. F. J. Wu, "A general
 * theory for jackknife variance estimation", Annals of Statistics 17 (1989) 1176–1197: for percentiles it holds as long as what is left
 * out grows with the sample, as a tenth of it does, and not where one observation is.
 */
import { type ArmDays, differencesOf, type MeasurePlace, measuresOf } from './assemble.ts'
import { groupQuantiles } from './catalogue.ts'
import type { RunResult } from './run-result.ts'
import { HISTOGRAM_BUCKETS } from './statistics/histogram.ts'
import { countOf, isQuantilePublishable, mergeCounts, quantileMilliseconds } from './statistics/quantile.ts'
import type { WaitCells, WaitGroup, WaitGroups } from './wait-groups.ts'

const MILLISECONDS_PER_MINUTE = 60_000

/** One arm's days, as they came. */
export interface WaitDays {
  readonly name: string
  readonly days: readonly WaitCells[]
}

/** Levels of every arm, and paired changes of every later arm against the first; groups with too few visits are left out. */
export function groupQuantileRows(arms: readonly WaitDays[], groups: WaitGroups): Pick<RunResult, 'measures' | 'differences'> {
  const places = groups.groups.flatMap(({ slice }) => groupQuantiles.map(({ name, unit }) => ({ name, unit, slice })))
  const [first, ...others] = arms.map((arm) => pullsOfArm(arm, groups))
  if (first === undefined) return { measures: [], differences: [] }
  // The mean of the pulls is the percentile but for the last bit; what is told is the percentile.
  const minutes = new Map([first, ...others].flatMap(({ arm, whole }) => places.map((place, at) => [keyOf(arm.name, place), whole[at]])))
  const at = (arm: string, row: MeasurePlace): number => minutes.get(keyOf(arm, row)) as number
  return {
    measures: [first, ...others]
      .flatMap(({ arm }) => measuresOf(places, arm))
      .map(({ interval, ...row }) => ({
        ...row,
        value: at(row.arm, row),
        // Nobody waits for less than no time.
        interval: interval === null ? null : [Math.max(0, interval[0]), Math.max(0, interval[1])],
      })),
    differences: others
      .flatMap(({ arm }) => differencesOf(places, arm, first.arm))
      .map((row) => ({ ...row, value: at(row.arm, row) - at(row.against, row) })),
  }
}

const keyOf = (arm: string, { name, slice }: MeasurePlace): string => `${arm}|${name}|${slice.dimension}|${slice.name}`

/** The percentiles of an arm, and its days as they pull at them. NaN where too few visits lie beyond. */
function pullsOfArm({ name, days }: WaitDays, { groups }: WaitGroups): { readonly arm: ArmDays; readonly whole: Float64Array } {
  const places = groups.length * groupQuantiles.length
  const values = days.map(() => new Float64Array(places))
  const counts = days.map(() => new Float64Array(places))
  const whole = new Float64Array(places)
  for (const [number, group] of groups.entries()) {
    const byDay = days.map((day) => waitsOf(group, day))
    const visits = byDay.map(countOf)
    for (const [which, { share }] of groupQuantiles.entries()) {
      const place = number * groupQuantiles.length + which
      const found = pullsOfDays(byDay, share)
      whole[place] = found?.whole ?? Number.NaN
      for (const day of days.keys()) {
        ;(values[day] as Float64Array)[place] = found?.pulls[day] ?? Number.NaN
        ;(counts[day] as Float64Array)[place] = visits[day] as number
      }
    }
  }
  return { arm: { name, values, counts }, whole }
}

/** By day, in minutes; null where fewer than ten visits lie beyond, with all days or without one. */
function pullsOfDays(byDay: readonly Float64Array[], share: number): { readonly whole: number; readonly pulls: readonly number[] } | null {
  const all = new Float64Array(HISTOGRAM_BUCKETS)
  for (const day of byDay) mergeCounts(all, day)
  const whole = minutesAt(all, share)
  if (whole === null) return null
  if (byDay.length < 2) return { whole, pulls: [whole] }
  const without: number[] = []
  for (const day of byDay) {
    const minutes = minutesAt(
      all.map((count, bucket) => count - (day[bucket] as number)),
      share,
    )
    if (minutes === null) return null
    without.push(minutes)
  }
  const mean = without.reduce((sum, minutes) => sum + minutes, 0) / without.length
  return { whole, pulls: without.map((minutes) => whole + (byDay.length - 1) * (mean - minutes)) }
}

function minutesAt(counts: Float64Array, share: number): number | null {
  if (!isQuantilePublishable(countOf(counts), share)) return null
  return (quantileMilliseconds(counts, share) as number) / MILLISECONDS_PER_MINUTE
}

function waitsOf({ cells, without }: WaitGroup, { buckets, counts }: WaitCells): Float64Array {
  const waits = new Float64Array(HISTOGRAM_BUCKETS)
  for (const cell of cells) mergeCounts(waits, counts.subarray(cell * buckets, (cell + 1) * buckets))
  for (const cell of without) for (let bucket = 0; bucket < buckets; bucket++) waits[bucket]! -= counts[cell * buckets + bucket]!
  return waits
}
