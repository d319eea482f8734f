/**
 * A plan with the platform's times as the wire measured them, minute by minute at the load the virtual city offers then.
 *
 * DELAY  What was measured of a payment is the platform's own time as a whole, up to the patient's answer. It stands in its first message
 *        (platform/order); the later ones (post, invoice) take none besides, and no desk of the platform is held.
 * RATE   Of a minute: the calls the platform gets ÷ three, which is what a payment sends it, on the first day played.
 */
import { createHash } from 'node:crypto'
import type { Plan } from '../../scenarios/plan.ts'
import { canonicalJson } from '../../scenarios/plan-hash.ts'
import { type MeasuredPlan, measuredQuantiles } from '../../scenarios/plan-measured.ts'
import { HISTOGRAM_BUCKETS } from '../measures/statistics/histogram.ts'
import { quantileMilliseconds } from '../measures/statistics/quantile.ts'
import { type LatencyProfile, levelFor, type ProfileLevel, settledOwnBuckets } from '../trace/latency-profile.ts'
import { type ArmDay, cityPlayer, platformCallsOf } from './city-player.ts'
import { wholeCityPlan } from './whole-city-plan.ts'

const operations = ['platform/order', 'platform/post', 'platform/invoice'] as const
const SECONDS_PER_MINUTE = 60

export interface MeasuredCity {
  readonly plan: Plan
  /** By arm of the whole city: the share of the platform's calls that fall into minutes with a measured load, 0…1; 1 where it gets none. */
  readonly measuredShare: ReadonlyMap<string, number>
  /** By arm of the whole city: its busiest minute's payments a second, and how many minutes are busier than anything measured. */
  readonly range: ReadonlyMap<string, { readonly busiestPerSecond: number; readonly minutesOutside: number }>
}

/** By arm of the whole city, the calls that the platform gets in each minute of the first day. */
export type PlatformCalls = ReadonlyMap<string, Int32Array>

/** Played for nothing else; a run that was just made can tell them as well. */
export function platformCalls(asked: Plan, kernelBytes: Uint8Array | null): PlatformCalls {
  const plan = wholeCityPlan(asked)
  const player = cityPlayer(plan, kernelBytes)
  const people = player.peopleOf(0)
  return new Map(
    plan.scenario.arms.map(({ name }, index) => {
      const { kernel, city } = player.prepareArm(index, people, 0)
      kernel.run(city.faults.length)
      return [name, platformCallsOf(kernel, city)]
    }),
  )
}

/** @param arms of the whole city, as a run of the plan played them on its first day */
export const platformCallsOfDay = (asked: Plan, arms: readonly ArmDay[]): PlatformCalls =>
  new Map(wholeCityPlan(asked).scenario.arms.map(({ name }, index) => [name, (arms[index] as ArmDay).platformCalls]))

/** @param profile sound, as latencyProfileProblems finds it */
export function measuredCity(asked: Plan, profile: LatencyProfile, callsByArm: PlatformCalls): MeasuredCity {
  const minuteLevels: Record<string, readonly number[]> = {}
  const measuredShare = new Map<string, number>()
  const range = new Map<string, { busiestPerSecond: number; minutesOutside: number }>()
  for (const { name } of wholeCityPlan(asked).scenario.arms) {
    const calls = callsByArm.get(name)
    if (calls === undefined) throw new Error(`nothing is known of the platform's calls in the arm ${name}`)
    const rates = Array.from(calls, (count) => count / operations.length / SECONDS_PER_MINUTE)
    const levels = rates.map((rate) => levelFor(profile.levels, rate))
    const all = calls.reduce((sum, count) => sum + count, 0)
    const inRange = calls.reduce((sum, count, minute) => sum + ((levels[minute] as number) < 0 ? 0 : count), 0)
    minuteLevels[name] = levels
    range.set(name, { busiestPerSecond: Math.max(...rates), minutesOutside: levels.filter((level) => level < 0).length })
    measuredShare.set(name, all === 0 ? 1 : inRange / all)
  }
  const measured: MeasuredPlan = {
    profileHash: createHash('sha256').update(canonicalJson(profile)).digest('hex'),
    operations,
    quantilesMs: profile.levels.map((level) =>
      operations.map((operation) => (operation === 'platform/order' ? quantilesOf(level) : noTime)),
    ),
    minuteLevels,
  }
  return { plan: { ...asked, measured }, measuredShare, range }
}

const noTime = Array.from({ length: measuredQuantiles }, () => 0)

/** The middle of each of the evenly spaced parts of the measured distribution. */
function quantilesOf(level: ProfileLevel): readonly number[] {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  for (const [bucket, count] of settledOwnBuckets(level)) counts[bucket] = count
  return Array.from({ length: measuredQuantiles }, (_, n) => quantileMilliseconds(counts, (n + 0.5) / measuredQuantiles) ?? 0)
}
