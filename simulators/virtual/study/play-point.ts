/** One point of the assumption study: the plan moved there, its reduced city, and the primary difference of every arm on it. */

import { type Plan, tiers, type Words } from '../../../scenarios/plan.ts'
import { type CityPlayer, cityPlayer, type KernelRack, kernelRack } from '../city-player.ts'
import { partiesOf } from '../compile-city.ts'
import { isDayTooLong } from '../day-too-long.ts'
import { type ReducedCity, reducedCity } from '../reduced-city.ts'
import { assumptionGroupsOf, moveAssumptions } from './move-assumptions.ts'

export interface PointTask {
  readonly does: 'point'
  /** Coordinates in the order of the plan's groups; see move-assumptions.ts. */
  readonly at: readonly number[]
  /** Days from this one on, as many as the study asks. */
  readonly firstDay: number
}

export interface PointReport {
  /** By arm after the first: change of the primary measure, mean over days; null where it was not observed. Empty for a failed plan. */
  readonly changes: readonly (number | null)[]
  readonly sites: number
  readonly siteShare: number
  /** Whether a shared party came near its limit, so that the plan was played again with it as busy as the whole city's. */
  readonly saturated: boolean
  readonly failure: Words | null
}

/** Plays points of one study. @param plan with arms of the whole city only */
export function pointPlayer(plan: Plan, bytes: Uint8Array | null): (task: PointTask) => PointReport {
  let kernels = kernelRack(bytes)
  let plays = 0
  return (task) => {
    // New memory has to be cleared page by page, so that a play goes on in that of the one before; but tables of other lengths are laid
    // anew, and compiled memory is never given back.
    if (plays++ % PLAYS_IN_ONE_MEMORY === 0) kernels = kernelRack(bytes)
    return playPoint(plan, task, bytes, kernels)
  }
}

const PLAYS_IN_ONE_MEMORY = 16

function playPoint(plan: Plan, { at, firstDay }: PointTask, bytes: Uint8Array | null, kernels: KernelRack): PointReport {
  const study = plan.scenario.assumptionStudy
  if (study === undefined) throw new Error('the plan asks for no assumption study')
  const groups = assumptionGroupsOf(plan)
  const days = Array.from({ length: study.days }, (_, n) => firstDay + n)
  try {
    const moved = moveAssumptions(plan, new Map(groups.map((group, index) => [group, at[index] as number])))
    const first = reducedCity(moved, study)
    const played = play(first, days, bytes, kernels)
    const { sites, siteShare } = first
    if (played.nearLimit.size === 0) return { changes: played.changes, sites, siteShare, saturated: false, failure: null }
    const again = play(reducedCity(moved, study, played.nearLimit), days, bytes, kernels)
    return { changes: again.changes, sites, siteShare, saturated: true, failure: null }
  } catch (error) {
    // What no plan file could say, a moved number may: a line that is not empty when the clock ends. It is told, and counted.
    const reason = error instanceof Error ? error.message : String(error)
    const failure = isDayTooLong(error) && error.told !== null ? error.told : { zh: `无法运行：${reason}`, en: reason }
    return { changes: [], sites: 0, siteShare: 0, saturated: false, failure }
  }
}

function play(reduced: ReducedCity, days: readonly number[], bytes: Uint8Array | null, kernels: KernelRack) {
  const { plan } = reduced
  // The primary measure is read of the whole and by tier.
  const player = cityPlayer(plan, bytes, { kernels, everySlice: false })
  const sums = plan.scenario.arms.slice(1).map(() => 0)
  const nearLimit = new Set<string>()
  const primary = primaryOf(player, reduced)
  for (const day of days) {
    const [before, ...others] = player.playDay(day)
    const broken = [before, ...others].find((arm) => arm !== undefined && arm.audit.findings + arm.audit.littleBreaches > 0)
    if (broken !== undefined) throw new Error(`the audit failed: ${broken.audit.firstFinding?.en ?? "Little's law"}`)
    for (const [arm, { values, series }] of others.entries()) {
      sums[arm] = (sums[arm] as number) + (primary(values) - (before === undefined ? Number.NaN : primary(before.values))) / days.length
      for (const party of nearTheirLimit(reduced, series)) nearLimit.add(party)
    }
  }
  return { changes: sums.map((change) => (Number.isNaN(change) ? null : change)), nearLimit }
}

/** The primary measure of a day: by tier, weighted as the city's visits are, where it is kept so; else as it stands. */
function primaryOf({ specs }: CityPlayer, { plan, tierWeights }: ReducedCity): (values: Float64Array) => number {
  const at = (dimension: 'all' | 'tier', slice: string): number =>
    specs.findIndex((spec) => spec.name === plan.scenario.primaryMeasure && spec.slice.dimension === dimension && spec.slice.name === slice)
  const whole = at('all', 'all')
  if (whole < 0) throw new Error(`the primary measure "${plan.scenario.primaryMeasure}" is not in the catalogue`)
  const rows = tiers
    .map((tier, index) => ({ row: at('tier', tier), weight: tierWeights[index] as number }))
    .filter(({ weight }) => weight > 0)
  if (rows.some(({ row }) => row < 0)) return (values) => values[whole] as number
  return (values) => rows.reduce((sum, { row, weight }) => sum + weight * (values[row] as number), 0)
}

const MINUTES = 1440
/** An hour this busy, on the whole city's desks, is near the limit: from here on waits grow fast. */
const NEAR_LIMIT = 0.85

/** Parties that are less busy here than in the city, and near their limit there, in some hour. */
function nearTheirLimit({ plan, slowFactors, fullServers, loadShare }: ReducedCity, series: Float64Array): readonly string[] {
  const parties = partiesOf(plan)
  return parties.flatMap(({ name, servers }, index) => {
    const less = servers / ((fullServers[index] as number) * loadShare) / (slowFactors[index] as number)
    if (less <= 1.001) return []
    for (let hour = 0; hour < 24; hour++) {
      let [busy, duty] = [0, 0]
      for (let minute = hour * 60; minute < hour * 60 + 60; minute++) {
        busy += series[index * MINUTES + minute] as number
        duty += series[(parties.length + index) * MINUTES + minute] as number
      }
      if (duty > 0 && (busy / duty) * less > NEAR_LIMIT) return [name]
    }
    return []
  })
}
