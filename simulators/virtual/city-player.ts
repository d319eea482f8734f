/** Plays replications of a plan: the people of a day once, then every arm on them. One lives in each worker. */
import { type ArmPlan, ageGroups, type Plan } from '../../scenarios/plan.ts'
import { streamKey0, streamKey1 } from '../engine/random.ts'
import { DecisionNames, seedWords } from '../engine/streams.ts'
import { type Site, sitesOf } from '../hospitals/sites.ts'
import { type DayFigures, SUM_PAYMENT_WAIT, VISIT_SUMS } from '../measures/day-figures.ts'
import { backAfterSeconds, closeSecondOf } from '../measures/fault-outcome.ts'
import { type MeasureSpec, measureSpecs } from '../measures/measure-day.ts'
import { type SliceLayout, sliceLayout } from '../measures/slices.ts'
import { type AdoptionThresholds, adoptionThresholds } from '../patients/choose-modes.ts'
import type { DayVisits } from '../patients/day-visits.ts'
import { type DrawnDay, type PersonPast, type PopulationSetting, populationOf } from '../patients/population.ts'
import { isBackInPart, pointTakenBack } from '../patients/refunds.ts'
import { type CompiledCity, compileCity, kindNames, partiesOf } from './compile-city.ts'
import { compileDay, modeOf, settlesOnLeaving } from './compile-day.ts'
import { type CompiledPathways, compilePathways } from './compile-pathways.ts'
import { inWords, isDayTooLong } from './day-too-long.ts'
import { figuresOfDay } from './gather-figures.ts'
import { type MorningOfArm, morningOf } from './go-live-outcome.ts'
import { RULE_KEY0, RULE_KEY1, RULE_KEY2, RULE_KEY3, RULE_PLATFORM } from './kernel/inputs.ts'
import { MINUTES } from './kernel/sums.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import type { VisitTable } from './kernel-tables.ts'
import { type ArmOfDay, type PartsOfDay, playAbreast, usualParts } from './play-abreast.ts'
import { type SitesInRun, sitesInRun } from './sites-in-run.ts'
import { BACK_IN_PART, SETTLES_ONCE, Stays, TAKES_BACK } from './stays.ts'

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
  readonly paymentWaits: DayFigures['paymentWaits']
  readonly morning: MorningOfArm
  readonly stationsJoined: number
  readonly callsJoined: number
  /** Calls that the platform got in each minute. */
  readonly platformCalls: Int32Array
  /** Ticks that hospital visits waited in lines to pay, all together. */
  readonly paymentWaitTicks: number
  readonly insured: DayFigures['insured']
  readonly signUps: { readonly granted: number; readonly lost: number }
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
  /** A day set up in one arm, for who plays it in a way of their own. */
  stage(arm: number, replication: number): StagedDay
}

export interface StagedDay {
  readonly kernel: Kernel
  readonly city: CompiledCity
  readonly thresholds: AdoptionThresholds
  readonly people: DrawnDay
  /** Writes visits as the arm has them. */
  compile(day: DayVisits, into: VisitTable): void
  pastOf(person: number): PersonPast
}

/** Domain of the kernel's stream keys, apart from those of the people (replication × 64 + copy). */
const KERNEL_DOMAIN = 1_000_000_000
/** Domain, below those keys, of what goes wrong with calls. */
const TROUBLE_DOMAIN = 1

export interface PlayerSetting {
  /** Nothing of a result depends on them. */
  readonly parts?: PartsOfDay
  /** Of players before, whose memory this one goes on using. */
  readonly kernels?: KernelRack
  /** False where tiers, ages and the whole are all that is read. */
  readonly everySlice?: boolean
}

export function cityPlayer(plan: Plan, kernelBytes: Uint8Array | null, { parts, kernels, everySlice }: PlayerSetting = {}): CityPlayer {
  return cityStage(
    plan.scenario.arms.map((arm) => adoptionThresholds(plan.city, arm)),
    houseOf(plan, kernelBytes, parts, kernels),
    {
      plan,
      run: sitesInRun(sitesOf(plan.city), plan.scenario.scale, plan.scenario.seed),
      ...(everySlice === undefined ? {} : { everySlice }),
    },
  )
}

/** What one day after another is played in: tables that no day changes, and kernels. */
export interface House {
  readonly kernels: KernelRack
  readonly stays: Stays
  readonly parts: PartsOfDay
  readonly names: DecisionNames
  readonly pathways: CompiledPathways
  readonly layout: SliceLayout
  readonly specs: readonly MeasureSpec[]
}

/** Kernels by place, opened when first asked for. A thread has one alone as plain TypeScript, and compiled any number of them. */
export interface KernelRack {
  readonly places: number
  at(place: number): Kernel
}

/** @param most compiled kernels at a time, where memory counts for more than time */
export function kernelRack(bytes: Uint8Array | null, most = Number.POSITIVE_INFINITY): KernelRack {
  const opened: Kernel[] = []
  return { places: bytes === null ? 1 : most, at: (place) => (opened[place] ??= openKernel(bytes)) }
}

export function houseOf(
  plan: Plan,
  kernelBytes: Uint8Array | null,
  parts: PartsOfDay = usualParts,
  kernels = kernelRack(kernelBytes),
): House {
  const names = new DecisionNames()
  const layout = sliceLayout(plan.city, plan.scenario.arms)
  const parties = partiesOf(plan).map((party) => party.name)
  return {
    kernels,
    stays: new Stays(),
    parts,
    names,
    pathways: compilePathways(plan, names),
    layout,
    specs: measureSpecs(plan, layout, kindNames, parties),
  }
}

/** The city of one day: the plan with its date and arms, the sites that take part, what is known of the people besides. */
export interface StageOfDay {
  readonly plan: Plan
  readonly run: SitesInRun
  readonly people?: PopulationSetting
  /** Names the fates of the day, where days are told apart by more than the people's replication. */
  readonly kernelStream?: number
  /** False where nobody reads the measures by slice. */
  readonly everySlice?: boolean
}

/** Of a busy day's visits, the share that is in the city at its fullest. */
const IN_CITY_AT_A_TIME = 1 / 7

export function cityStage(
  thresholds: readonly AdoptionThresholds[],
  { kernels, stays, parts, names, pathways, layout, specs }: House,
  { plan, run, people, kernelStream, everySlice = true }: StageOfDay,
): CityPlayer {
  const { arms } = plan.scenario
  const population = populationOf(plan, run.all, run.numbers, { ...reachOf(thresholds), ...people })
  const cities = arms.map((arm, index) => compileCity(plan, arm, thresholds[index] as AdoptionThresholds, run.sites, pathways, names))
  const seed = seedWords(plan.scenario.seed)
  const wantsSiteWaits = plan.city.observedWaits !== undefined

  /** The arm's city with the keys of the day, in the kernel of this place. */
  function setUp(index: number, place: number, replication: number) {
    const city = cities[index] as CompiledCity
    const rules = city.whole.rules as Int32Array
    const stream = kernelStream ?? replication
    rules[RULE_KEY0] = streamKey0(seed.low, seed.high, KERNEL_DOMAIN + stream)
    rules[RULE_KEY1] = streamKey1(seed.low, seed.high, KERNEL_DOMAIN + stream)
    // A stream below the kernel's own.
    rules[RULE_KEY2] = streamKey0(rules[RULE_KEY0], rules[RULE_KEY1], TROUBLE_DOMAIN)
    rules[RULE_KEY3] = streamKey1(rules[RULE_KEY0], rules[RULE_KEY1], TROUBLE_DOMAIN)
    const kernel = kernels.at(place)
    kernel.load(city)
    const ofArm = thresholds[index] as AdoptionThresholds
    const compile = (day: DayVisits, into: VisitTable): void => {
      compileDay(arms[index] as ArmPlan, ofArm, day, city, pathways, into)
    }
    return { kernel, city, thresholds: ofArm, compile }
  }

  function prepareArm(index: number, day: DayVisits, replication: number) {
    const { kernel, city, thresholds, compile } = setUp(index, 0, replication)
    compile(day, kernel.visitTable(day.count))
    return { kernel, city, thresholds }
  }

  function armOfDay(index: number, place: number, replication: number): ArmOfDay {
    const { kernel, city, compile } = setUp(index, place, replication)
    const figures = figuresOfDay({
      kernel,
      stays,
      arm: index,
      layout,
      city,
      sites: run.sites.length,
      banks: plan.city.parties.banks.length,
      reform: arms[index]?.reform === true,
      wantsSiteWaits,
      slices: { weights: plan.city.visitWeights, everySlice },
    })
    const close = (): void => {
      try {
        kernel.close()
      } catch (error) {
        if (!isDayTooLong(error)) throw error
        const { title: arm } = arms[index] as ArmPlan
        throw inWords(error, { city: plan.city, compiled: city, sites: run.sites, date: plan.scenario.date, replication, arm })
      }
    }
    return { kernel, faults: city.faults.length, figures, compile, close }
  }

  const modeInArm = (day: DayVisits, v: number, arm: number): number => {
    const mode = modeOf(day, thresholds[arm] as AdoptionThresholds, v)
    if (settlesOnLeaving(arms[arm] as ArmPlan, day, mode, v)) return mode | SETTLES_ONCE
    if (pointTakenBack(day, v) < 0) return mode
    return mode | TAKES_BACK | (isBackInPart(day, v) ? BACK_IN_PART : 0)
  }

  /** All arms abreast where there are kernels enough, else in turns, each with the people drawn anew. */
  function playDay(replication: number): readonly ArmDay[] {
    const days: ArmDay[] = []
    while (days.length < arms.length) {
      const first = days.length
      stays.open(arms.length, Math.ceil(parts.mostVisits * IN_CITY_AT_A_TIME))
      const abreast = Array.from({ length: Math.min(kernels.places, arms.length - first) }, (_, place) =>
        armOfDay(first + place, place, replication),
      )
      const played = playAbreast(population.draw(replication), stays, abreast, modeInArm, parts)
      for (const [place, figures] of played.entries()) {
        const city = cities[first + place] as CompiledCity
        days.push({ ...armDay(plan, layout, specs, city, figures), platformCalls: platformCallsOf(kernels.at(place), city) })
      }
    }
    return days
  }

  const stage = (arm: number, replication: number): StagedDay => ({
    ...setUp(arm, 0, replication),
    people: population.draw(replication),
    pastOf: (person) => population.pastOf(replication, person),
  })

  return { specs, sites: run.sites, pathways, playDay, peopleOf: (replication) => population.visitsOf(replication), prepareArm, stage }
}

/** The highest thresholds of any arm: whoever is above them pays at a window or a kiosk in every one. */
function reachOf(thresholds: readonly AdoptionThresholds[]): Pick<Required<PopulationSetting>, 'adopts' | 'credit'> {
  const highest = (of: (threshold: AdoptionThresholds) => readonly number[]): readonly number[] =>
    ageGroups.map((_, age) => thresholds.reduce((most, threshold) => Math.max(most, of(threshold)[age] ?? 0), 0))
  return { adopts: highest(({ adopts }) => adopts), credit: highest(({ credit }) => credit) }
}

/** Of the day that the kernel played. */
export function platformCallsOf(kernel: Kernel, { whole }: CompiledCity): Int32Array {
  const first = ((whole.rules as Int32Array)[RULE_PLATFORM] as number) * MINUTES
  return kernel.sum('partyMinuteCalls').slice(first, first + MINUTES)
}

function armDay(
  plan: Plan,
  layout: SliceLayout,
  specs: readonly MeasureSpec[],
  city: CompiledCity,
  figures: DayFigures,
): Omit<ArmDay, 'platformCalls'> {
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
    paymentWaits: figures.paymentWaits,
    morning: morningOf(plan, figures),
    stationsJoined: figures.stationsJoined,
    callsJoined: figures.callsJoined,
    paymentWaitTicks: figures.visitSums[layout.all * VISIT_SUMS + SUM_PAYMENT_WAIT] as number,
    insured: figures.insured,
    signUps: {
      granted: figures.signUpsGranted + figures.signUpsWithDigitalCard + figures.signUpsWithRaisedLimit,
      lost: figures.signUpsLost,
    },
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
