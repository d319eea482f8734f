/** The days of the reduced city as the section of a result that tells of them, beside the whole city for arms played on both. */
import { type ArmDays, differencesOf, measuresOf } from '../measures/assemble.ts'
import { measureKind } from '../measures/catalogue.ts'
import { type MeasureSpec, measureSpecs } from '../measures/measure-day.ts'
import type { ReducedCity as ReducedCityResult } from '../measures/result-study.ts'
import type { Difference, Measure, RunResult, Series, Slice } from '../measures/run-result.ts'
import { sliceLayout } from '../measures/slices.ts'
import type { ArmDay } from './city-player.ts'
import { kindNames, partiesOf } from './compile-city.ts'
import type { ReducedCity } from './reduced-city.ts'
import { seriesOfArms } from './series.ts'

/** The reduced city's days as they come in, in replication order. */
export class ReducedBook {
  readonly #city: ReducedCity
  readonly #specs: readonly MeasureSpec[]
  /** By arm. */
  readonly #days: ArmDay[][]
  readonly #series: (Float64Array | null)[]

  constructor(city: ReducedCity) {
    const { plan } = city
    const parties = partiesOf(plan).map(({ name }) => name)
    this.#city = city
    this.#specs = measureSpecs(plan, sliceLayout(plan.city, plan.scenario.arms), kindNames, parties)
    this.#days = plan.scenario.arms.map(() => [])
    this.#series = plan.scenario.arms.map(() => null)
  }

  add(arms: readonly ArmDay[]): void {
    for (const [arm, day] of arms.entries()) {
      const sum = this.#series[arm] ?? new Float64Array(day.series.length)
      this.#series[arm] = sum
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (day.series[at] as number)
      this.#days[arm]?.push({ ...day, series: new Float64Array(0) })
    }
  }

  /** The arms' days, for the audit. */
  get days(): readonly (readonly ArmDay[])[] {
    return this.#days
  }

  result(whole: Pick<RunResult, 'measures' | 'differences' | 'series'>): ReducedCityResult {
    const { plan, sites, siteShare } = this.#city
    const { arms } = plan.scenario
    const pages = arms.map(({ name }, arm): ArmDays => {
      const days = this.#days[arm] ?? []
      return { name, values: days.map((day) => day.values), counts: days.map((day) => day.counts) }
    })
    const [first] = pages as [ArmDays]
    // What is kept by slice is weighted back to the city's tiers (reduced-city.ts); the rest would be the sample's own.
    const told = (row: Measure): boolean => measureKind(row.name)?.sliced === true && isTold(row.slice, row.arm, first.name)
    const measures = pages.flatMap((page) => measuresOf(this.#specs, page)).filter(told)
    const differences = pages
      .slice(1)
      .flatMap((page) => differencesOf(this.#specs, page, first))
      .filter(told)
    const days = this.#days[0]?.length ?? 0
    return {
      sites,
      siteShare,
      days,
      arms: arms.map(({ name, title, adoption, staffing }) => ({ name, title, adoption, staffing })),
      measures,
      differences,
      parties: this.#parties(whole.series, seriesOfArms(plan, this.#series, days)),
      departure: [...this.#departures(whole.measures, measures, null), ...this.#departures(whole.differences, differences, first.name)],
    }
  }

  #parties(whole: readonly Series[], reduced: readonly Series[]): ReducedCityResult['parties'] {
    const { plan, slowFactors } = this.#city
    const load = (series: readonly Series[], arm: string, party: string): number | null => {
      const found = series.find((one) => one.name === 'utilization-by-minute' && one.arm === arm && one.subject === party)
      return found === undefined ? null : busiestHour(found.values)
    }
    return plan.scenario.arms.flatMap(({ name: arm }) =>
      partiesOf(plan).flatMap(({ name: party, servers }, index) => {
        const [inWhole, inReduced] = [load(whole, arm, party), load(reduced, arm, party)]
        return inWhole === null || inReduced === null
          ? []
          : [{ party, arm, servers, slowFactor: slowFactors[index] as number, whole: inWhole, reduced: inReduced }]
      }),
    )
  }

  #departures(whole: readonly (Measure | Difference)[], reduced: readonly (Measure | Difference)[], against: string | null) {
    const { primaryMeasure, mustNotWorsen } = this.#city.plan.scenario
    const names = new Set([primaryMeasure, ...mustNotWorsen.map(({ measure }) => measure), ...alwaysCompared])
    return whole.flatMap((row) => {
      if (row.slice.dimension !== 'all' || !names.has(row.name)) return []
      const other = reduced.find((one) => one.name === row.name && one.arm === row.arm && one.slice.dimension === 'all')
      if (other === undefined) return []
      return [
        {
          measure: row.name,
          unit: row.unit,
          arm: row.arm,
          against,
          whole: row.value,
          reduced: other.value,
          wholeInterval: row.interval,
          reducedInterval: other.interval,
        },
      ]
    })
  }
}

/** What a reader of any run looks for. */
const alwaysCompared = [
  'payment-queueing-minutes-per-visit',
  'clinical-queueing-minutes-per-visit',
  'visit-duration-minutes',
  'payment-lines-waited-over-1-minute',
]

/** A reduced city tells of everybody, of tiers and ages, and of an arm's own switchers and stayers; its few sites say nothing of districts. */
function isTold({ dimension, name }: Slice, arm: string, first: string): boolean {
  if (dimension === 'switch') return arm === first || name.startsWith(`${arm}/`)
  return dimension === 'all' || dimension === 'tier' || dimension === 'age'
}

/** The largest mean of the sixty minutes of an hour. */
function busiestHour(minutes: Series['values']): number {
  let most = 0
  for (let hour = 0; hour * 60 < minutes.length; hour++) {
    const sum = minutes.slice(hour * 60, (hour + 1) * 60).reduce<number>((total, value) => total + (value ?? 0), 0)
    most = Math.max(most, sum / 60)
  }
  return most
}
