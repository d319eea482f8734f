/** Plays replications of a plan: the people of a day once, then every arm on them. One lives in each worker. */
import type { Plan } from '../../scenarios/plan.ts'
import { streamKey0, streamKey1 } from '../engine/random.ts'
import { DecisionNames, seedWords } from '../engine/streams.ts'
import { type Site, sitesOf } from '../hospitals/sites.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import { backAfterSeconds, closeSecondOf } from '../measures/fault-outcome.ts'
import { type MeasureSpec, measureSpecs } from '../measures/measure-day.ts'
import { sliceLayout } from '../measures/slices.ts'
import { type AdoptionThresholds, adoptionThresholds } from '../patients/choose-modes.ts'
import type { DayVisits } from '../patients/day-visits.ts'
import { populationOf } from '../patients/population.ts'
import { type CompiledCity, compileCity, kindNames, partiesOf } from './compile-city.ts'
import { compileDay, MODE_PHONE, modeOf } from './compile-day.ts'
import { type CompiledPathways, compilePathways } from './compile-pathways.ts'
import { gatherFigures } from './gather-figures.ts'
import { type MorningOfArm, morningOf } from './go-live-outcome.ts'
import { RULE_KEY0, RULE_KEY1, RULE_KEY2, RULE_KEY3 } from './kernel/inputs.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import { sitesInRun } from './sites-in-run.ts'

/** One arm's day as it crosses from a worker. */
export interface ArmDay {
  readonly values: Float64Array
  readonly counts: Float64Array
  /** Series of the day, one after another; see series.ts. */
  readonly series: Float64Array
  readonly faults: readonly {
    readonly touched: number
    readonly detected: number
    readonly firstFailure: number
    readonly firstRouted: number
    readonly backAfterSeconds: number | null
  }[]
  readonly audit: DayFigures['audit'] & { readonly reversals: number; readonly reversalsFailed: number }
  readonly siteWaits: DayFigures['siteWaits']
  readonly morning: MorningOfArm
  readonly stationsJoined: number
  readonly callsJoined: number
}

export interface CityPlayer {
  readonly specs: readonly MeasureSpec[]
  readonly sites: readonly Site[]
  readonly pathways: CompiledPathways
  playDay(replication: number): readonly ArmDay[]
  /** The day's people, and an arm ready to run on them: for stories of single visits. */
  peopleOf(replication: number): DayVisits
  prepareArm(
    arm: number,
    day: DayVisits,
    replication: number,
  ): { readonly kernel: Kernel; readonly city: CompiledCity; readonly thresholds: AdoptionThresholds }
}

/** Domain of the kernel's stream keys, apart from those of the people (replication × 64 + copy). */
const KERNEL_DOMAIN = 1_000_000_000
/** Domain, below those keys, of what goes wrong with calls. */
const TROUBLE_DOMAIN = 1

export function cityPlayer(plan: Plan, kernelBytes: Uint8Array | null): CityPlayer {
  const { arms } = plan.scenario
  const run = sitesInRun(sitesOf(plan.city), plan.scenario.scale, plan.scenario.seed)
  const population = populationOf(plan, run.all, run.numbers)
  const names = new DecisionNames()
  const pathways = compilePathways(plan, names)
  const layout = sliceLayout(plan.city, arms)
  const specs = measureSpecs(
    plan,
    layout,
    kindNames,
    partiesOf(plan).map((party) => party.name),
  )
  const thresholds = arms.map((arm) => adoptionThresholds(plan.city, arm))
  const cities = arms.map((arm, index) => compileCity(plan, arm, thresholds[index] as AdoptionThresholds, run.sites, pathways, names))
  const kernel = openKernel(kernelBytes)
  const seed = seedWords(plan.scenario.seed)
  const wantsSiteWaits = plan.city.observedWaits !== undefined

  function prepareArm(index: number, day: DayVisits, replication: number) {
    const arm = arms[index] as (typeof arms)[number]
    const city = cities[index] as CompiledCity
    const rules = city.whole.rules as Int32Array
    rules[RULE_KEY0] = streamKey0(seed.low, seed.high, KERNEL_DOMAIN + replication)
    rules[RULE_KEY1] = streamKey1(seed.low, seed.high, KERNEL_DOMAIN + replication)
    // A stream below the kernel's own.
    rules[RULE_KEY2] = streamKey0(rules[RULE_KEY0], rules[RULE_KEY1], TROUBLE_DOMAIN)
    rules[RULE_KEY3] = streamKey1(rules[RULE_KEY0], rules[RULE_KEY1], TROUBLE_DOMAIN)
    kernel.load(city)
    kernel.loadVisits(day.count, compileDay(arm, thresholds[index] as AdoptionThresholds, day, city, pathways))
    return { kernel, city, thresholds: thresholds[index] as AdoptionThresholds }
  }

  function playDay(replication: number): readonly ArmDay[] {
    const day = population.visitsOf(replication)
    const modes = thresholds.map((threshold) => {
      const mode = new Uint8Array(day.count)
      for (let v = 0; v < day.count; v++) mode[v] = modeOf(day, threshold, v)
      return mode
    })
    const switchers = modes
      .slice(1)
      .map((mode) => mode.map((value, v) => (value >= MODE_PHONE && ((modes[0] as Uint8Array)[v] as number) < MODE_PHONE ? 1 : 0)))
    return arms.map((_, index) => {
      const { city } = prepareArm(index, day, replication)
      kernel.run(city.faults.length)
      const figures = gatherFigures({
        kernel,
        day,
        layout,
        city,
        sites: run.sites.length,
        banks: plan.city.parties.banks.length,
        reform: arms[index]?.reform === true,
        modes: modes[index] as Uint8Array,
        switchers,
        wantsSiteWaits,
      })
      return armDay(plan, specs, city, figures)
    })
  }

  return { specs, sites: run.sites, pathways, playDay, peopleOf: (replication) => population.visitsOf(replication), prepareArm }
}

function armDay(plan: Plan, specs: readonly MeasureSpec[], city: CompiledCity, figures: DayFigures): ArmDay {
  const values = new Float64Array(specs.length)
  const counts = new Float64Array(specs.length)
  for (const [at, spec] of specs.entries()) {
    const { value, count } = spec.of(figures)
    values[at] = value ?? Number.NaN
    counts[at] = count
  }
  return {
    values,
    counts,
    series: seriesOf(figures),
    faults: city.faults.map((fault, number) => ({
      touched: figures.faultTouched[number] as number,
      detected: figures.faultDetected[number] as number,
      firstFailure: figures.faultFirstFailure[number] as number,
      firstRouted: figures.faultFirstRouted[number] as number,
      backAfterSeconds: backAfterSeconds(figures, plan.city.service, fault, closeSecondOf(plan.city)),
    })),
    audit: { ...figures.audit, reversals: figures.reversals, reversalsFailed: figures.reversalsFailed },
    siteWaits: figures.siteWaits,
    morning: morningOf(plan, figures),
    stationsJoined: figures.stationsJoined,
    callsJoined: figures.callsJoined,
  }
}

/** Minutes of parties (busy, duty), minutes of payments (started, settled, within), hours of waits by kind (sum, count): concatenated. */
function seriesOf(figures: DayFigures): Float64Array {
  const parts = [
    figures.minuteBusy,
    figures.minuteDuty,
    figures.minuteStarted,
    figures.minuteSettled,
    figures.minuteWithin,
    figures.hourWaitSum,
    figures.hourWaitCount,
  ]
  const series = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    series.set(part, at)
    at += part.length
  }
  return series
}
