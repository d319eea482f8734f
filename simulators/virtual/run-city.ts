/** A plan in, a result out: replications until the primary difference is as narrow as asked, every arm on the same people. */
import { cpus } from 'node:os'
import type { Plan } from '../../scenarios/plan.ts'
import { planHash } from '../../scenarios/plan-hash.ts'
import { type ArmDays, differenceByDay, differencesOf, measuresOf } from '../measures/assemble.ts'
import { evidenceOf, publishedTotalsOf } from '../measures/evidence-of.ts'
import { groupQuantileRows } from '../measures/group-quantiles.ts'
import { type MeasureSpec, measureSpecs } from '../measures/measure-day.ts'
import { type RunResult, runResultFormat, runResultVersion } from '../measures/run-result.ts'
import { sliceLayout } from '../measures/slices.ts'
import { DAYS_FOR_PUBLICATION } from '../measures/statistics/interval.ts'
import { halfWidthsByBatch, nextBatchDays, stoppingDecision } from '../measures/statistics/stopping-rule.ts'
import { type WaitGroups, waitGroups } from '../measures/wait-groups.ts'
import { type ArmDay, cityPlayer } from './city-player.ts'
import { kindNames, partiesOf } from './compile-city.ts'
import { crewFor } from './crew.ts'
import { describeCity } from './describe-city.ts'
import { type FurtherAnswers, furtherAnswers } from './further-answers.ts'
import { goLiveOutcomes } from './go-live-outcome.ts'
import { isLarge } from './look-scale.ts'
import { reducedCity } from './reduced-city.ts'
import { ReducedBook } from './reduced-result.ts'
import { resultHashOf } from './result-hash.ts'
import { seriesOfArms } from './series.ts'
import { studyPoints, studyResult } from './study/study-points.ts'
import { type DayTask, reducedCityOf } from './tasks.ts'
import { auditOf, faultsOf, observedOf, verdictOf } from './verdict.ts'
import { wholeCityPlan } from './whole-city-plan.ts'

export interface KernelProvider {
  /** The compiled kernel; null runs it as plain TypeScript. */
  readonly bytes: Uint8Array | null
}

export interface RunProgress {
  /** Days, or in the phase `study` plans, done of those the phase has planned. */
  readonly daysDone: number
  readonly daysPlanned: number
  readonly phase: 'people' | 'days' | 'reduced-city' | 'study' | 'measures'
  /** Once and early, an answer marked provisional: from the reduced city where the city is large, else from the first days. */
  readonly provisional?: RunResult
}

export interface RunOptions {
  readonly workers: number
  readonly kernel: KernelProvider
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: RunProgress) => void
  /** Told of the first day, by arm of the whole city; a look at a part of it is none. */
  readonly onFirstDay?: (arms: readonly ArmDay[]) => void
  /** The wall clock, for the provenance only. */
  readonly wallClock: () => Date
  /** The command that plays this run again. */
  readonly replay: string
  /** Stop at the provisional answer: of a large city's reduced one, of a small city's few days. */
  readonly quick?: boolean
}

/** Version of the program, part of a result's provenance. */
const version = '0.1.0'

/** Whence a result comes, as of the moment it is asked; time counts from now. */
export function provenanceSince(options: RunOptions): () => RunResult['provenance'] {
  const startedAt = options.wallClock()
  const usage = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(usage)
    return {
      version,
      kernel: options.kernel.bytes === null ? 'typescript' : 'webassembly',
      node: process.versions.node,
      machine: cpus()[0]?.model ?? 'unknown',
      workers: options.workers,
      wallSeconds: (options.wallClock().getTime() - startedAt.getTime()) / 1000,
      cpuSeconds: (user + system) / 1e6,
      startedAt: startedAt.toISOString(),
      replay: options.replay,
    }
  }
}

/** Runs a plan. Rejects with the signal's reason when aborted. */
export async function runCity(plan: Plan, options: RunOptions): Promise<RunResult> {
  const provenance = provenanceSince(options)
  const whole = wholeCityPlan(plan)
  const book = new RunBook(whole, plan)
  const { replication } = plan.scenario
  const looks = isLarge(whole)
  if (options.quick === true && looks) {
    options.onProgress?.({ daysDone: 0, daysPlanned: LOOK_DAYS, phase: 'people' })
    return firstLook(plan, options.kernel.bytes, provenance())
  }
  const asksReduced = plan.scenario.reducedCity !== undefined && options.quick !== true
  const reduced = asksReduced ? new ReducedBook(reducedCityOf(plan)) : null
  const study = options.quick === true ? undefined : plan.scenario.assumptionStudy
  const points = study === undefined ? { base: [], plans: [], alone: [] } : studyPoints(whole, study)
  const playFurther = (): Promise<FurtherAnswers> =>
    furtherAnswers(crew, {
      reducedDays: days('reduced', 0, reduced === null ? 0 : (plan.scenario.reducedCity?.days ?? 0)),
      points,
      onReducedDay: (arms) => reduced?.add(arms),
      onProgress: (progress) => {
        if (daysAreIn) options.onProgress?.(progress)
        else withheld = progress
      },
    })
  let further: FurtherAnswers | null = null
  /** What is played besides is told of once the days are in. */
  let daysAreIn = false
  let withheld: RunProgress | null = null
  const crew = crewFor(plan, options.kernel.bytes, options.workers, options.signal)
  try {
    options.onProgress?.({ daysDone: 0, daysPlanned: nextBatchDays(0, replication), phase: 'people' })
    let decision = 'continue'
    while (decision === 'continue') {
      const batch = nextBatchDays(book.days, replication)
      if (batch === 0) break
      const planned = book.days + batch
      const playing = crew.does(days('whole', book.days, batch), (_, arms) => {
        book.add(arms)
        if (book.days === 1) options.onFirstDay?.(arms)
        const isFirstAnswer = !looks && book.days === Math.min(options.workers, planned)
        options.onProgress?.({
          daysDone: book.days,
          daysPlanned: planned,
          phase: 'days',
          ...(isFirstAnswer && planned > book.days ? { provisional: book.result(provenance(), 'on-the-way') } : {}),
        })
        if (book.days < planned || withheld === null) return
        daysAreIn = true
        options.onProgress?.(withheld)
      })
      // Where no batch can follow, no thread waits for the last day to be over.
      const besides = nextBatchDays(planned, replication) === 0 ? playFurther() : null
      if (looks && book.days === 0) {
        // While the threads are at their first days, this one has a look at a part of the city.
        options.onProgress?.({
          daysDone: 0,
          daysPlanned: planned,
          phase: 'days',
          provisional: firstLook(plan, options.kernel.bytes, provenance()),
        })
      }
      const [, played] = await Promise.all([playing, besides])
      further = played
      decision = book.decision()
    }
    daysAreIn = true
    further ??= await playFurther()
  } finally {
    await crew.close()
  }
  options.onProgress?.({ daysDone: book.days, daysPlanned: book.days, phase: 'measures' })
  const ranges = {
    reduced,
    study: study === undefined ? null : studyResult(whole, study, points, further.reports),
    stories: further.stories,
  }
  return book.result(provenance(), 'done', ranges)
}

const days = (city: DayTask['city'], from: number, count: number): DayTask[] =>
  Array.from({ length: count }, (_, n) => ({ does: 'day', city, replication: from + n }))

const LOOK_SITES_SHARE = 0.05
const LOOK_DAYS = 2

/** A provisional answer from the reduced city: some sites, whole, with all their visits, in front of shared parties as busy as the city's. */
function firstLook(plan: Plan, bytes: Uint8Array | null, provenance: RunResult['provenance']): RunResult {
  const part = reducedCity(wholeCityPlan(plan), { siteShare: LOOK_SITES_SHARE }).plan
  const book = new RunBook(part, plan)
  const player = cityPlayer(part, bytes)
  for (let day = 0; day < LOOK_DAYS; day++) book.add(player.playDay(day))
  return book.result(provenance, 'on-the-way')
}

const pairedSlices: readonly string[] = ['all', 'tier', 'age', 'insured']

/** One arm's days, and the sum of their series. */
interface ArmPages {
  readonly days: ArmDay[]
  readonly series: { sum: Float64Array | null }
}

/** What stands beside the whole city's days. */
interface Ranges {
  readonly reduced?: ReducedBook | null
  readonly study?: RunResult['assumptionStudy']
  readonly stories?: RunResult['stories']
}

/** The days of a run as they come in, in replication order. */
export class RunBook {
  readonly #plan: Plan
  readonly #asked: Plan
  readonly #specs: readonly MeasureSpec[]
  readonly #groups: WaitGroups
  readonly #arms: readonly ArmPages[]
  #days = 0

  /** @param asked what the run was asked for, of which `plan` is what is played here */
  constructor(plan: Plan, asked: Plan) {
    this.#plan = plan
    this.#asked = asked
    const layout = sliceLayout(plan.city, plan.scenario.arms)
    this.#groups = waitGroups(layout)
    this.#specs = measureSpecs(
      plan,
      layout,
      kindNames,
      partiesOf(plan).map((party) => party.name),
    )
    this.#arms = plan.scenario.arms.map(() => ({ days: [], series: { sum: null } }))
  }

  get days(): number {
    return this.#days
  }

  add(arms: readonly ArmDay[]): void {
    for (const [index, day] of arms.entries()) {
      const { days, series } = this.#arms[index] as ArmPages
      series.sum ??= new Float64Array(day.series.length)
      for (let at = 0; at < day.series.length; at++) series.sum[at] = (series.sum[at] as number) + (day.series[at] as number)
      // The series is summed; keeping each day's would hold a megabyte a day.
      days.push({ ...day, series: new Float64Array(0) })
    }
    this.#days++
  }

  /** By arm, its days without their series. */
  armDays(): readonly (readonly ArmDay[])[] {
    return this.#arms.map(({ days }) => days)
  }

  /** The primary measure's paired differences by day, one list per arm after the first. */
  primaries(): readonly (readonly number[])[] {
    const [first, ...others] = this.#armDays()
    return others.map((arm) => differenceByDay(this.#specs, arm, first as ArmDays, this.#plan.scenario.primaryMeasure))
  }

  /** Goes on while any arm's difference is wider than asked; one arm alone runs to its cap. */
  decision(): 'continue' | 'stop-precise' | 'stop-cap' {
    const { replication } = this.#plan.scenario
    const decisions = this.primaries().map((values) => stoppingDecision(values, replication))
    if (decisions.length === 0) return nextBatchDays(this.#days, replication) === 0 ? 'stop-cap' : 'continue'
    if (decisions.includes('continue')) return 'continue'
    return decisions.includes('stop-cap') ? 'stop-cap' : 'stop-precise'
  }

  #armDays(): readonly ArmDays[] {
    return this.#plan.scenario.arms.map((arm, index) => {
      const { days } = this.#arms[index] as ArmPages
      return { name: arm.name, values: days.map((day) => day.values), counts: days.map((day) => day.counts) }
    })
  }

  #goLive(): RunResult['goLive'] {
    const at = this.#specs.findIndex(({ name }) => name === 'morning-visit-minutes')
    const arms = this.#arms.map(({ days }) => ({
      days: days.map(({ morning }) => morning),
      morningVisitMinutes: days.map(({ values }) => values[at] as number),
    }))
    return goLiveOutcomes(
      this.#plan,
      arms,
      partiesOf(this.#plan).map(({ name }) => name),
    )
  }

  /** Percentiles by group over all days together; none in a reduced city, which keeps no waits by group. */
  #groupQuantiles(): Pick<RunResult, 'measures' | 'differences'> {
    const arms = this.#plan.scenario.arms.map(({ name }, index) => ({
      name,
      days: (this.#arms[index] as ArmPages).days.flatMap(({ paymentWaits }) => paymentWaits ?? []),
    }))
    return groupQuantileRows(arms, this.#groups)
  }

  /** Pairs of arms that the scenario asks for beside each with the first. */
  #furtherDifferences(arms: readonly ArmDays[]): RunResult['differences'] {
    return this.#plan.scenario.arms.flatMap(({ alsoAgainst }, index) =>
      (alsoAgainst ?? []).flatMap((name) => {
        const other = arms.find((arm) => arm.name === name) as ArmDays
        return differencesOf(this.#specs, arms[index] as ArmDays, other).filter(({ slice }) => pairedSlices.includes(slice.dimension))
      }),
    )
  }

  result(
    provenance: RunResult['provenance'],
    run: 'on-the-way' | 'done',
    { reduced = null, study = null, stories = [] }: Ranges = {},
  ): RunResult {
    const plan = this.#plan
    const { scenario } = plan
    const arms = this.#armDays()
    const [first] = arms
    // The widest arm's half-width after each batch: the one that decides.
    const byArm = this.primaries().map((values) => halfWidthsByBatch(values, scenario.replication))
    const halfWidths = (byArm[0] ?? []).map((_, batch) => byArm.reduce((widest, widths) => Math.max(widest, widths[batch] as number), 0))
    const days = this.#arms.map((arm) => arm.days)
    const audit = auditOf(plan, [...days, ...(reduced?.days ?? [])])
    // What only makes a reduced city's parties as busy as the city's is none of the scenario's faults.
    const faults = faultsOf(wholeCityPlan(this.#asked), days)
    const quantiles = this.#groupQuantiles()
    const measures = [...arms.flatMap((arm) => measuresOf(this.#specs, arm)), ...quantiles.measures]
    const differences = [...arms.slice(1).flatMap((arm) => differencesOf(this.#specs, arm, first as ArmDays)), ...quantiles.differences]
    const series = seriesOfArms(
      plan,
      this.#arms.map((arm) => arm.series.sum),
      this.#days,
    )
    const hashed: Omit<RunResult, 'resultHash' | 'provenance'> = {
      format: runResultFormat,
      version: runResultVersion,
      world: 'virtual',
      planHash: planHash(this.#asked),
      verdict: verdictOf(audit, faults, this.#days),
      scenario: this.#asked.scenario,
      city: describeCity(plan),
      replication: {
        days: this.#days,
        ...scenario.replication,
        halfWidths,
        precisionReached: this.decision() === 'stop-precise',
        // With many workers the answer on the way may rest on ten days and more; the rule that stops the run has not spoken all the same.
        provisional: run === 'on-the-way' || this.#days < DAYS_FOR_PUBLICATION,
      },
      arms: scenario.arms.map(({ name, title, adoption, reform, staffing }) => ({ name, title, adoption, reform, staffing })),
      measures,
      differences,
      furtherDifferences: this.#furtherDifferences(arms),
      series,
      faults,
      audit,
      observed: observedOf(plan, days[0] ?? []),
      evidence: evidenceOf(plan, { measures, differences }),
      publishedTotals: publishedTotalsOf(plan),
      calibration: plan.city.calibration ?? null,
      reducedCity: reduced === null ? null : reduced.result({ measures, differences, series }),
      assumptionStudy: study,
      stories,
      goLive: this.#goLive(),
      rollOut: null,
      warrants: plan.provenance,
    }
    const resultHash = resultHashOf(hashed)
    return { ...hashed, resultHash, provenance }
  }
}
