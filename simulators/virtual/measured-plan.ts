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
import { HISTOGRAM_BUCKETS } from '../measures/histogram.ts'
import { quantileMilliseconds } from '../measures/quantile.ts'
import { type LatencyProfile, levelFor, type ProfileLevel } from '../trace/latency-profile.ts'
import { cityPlayer } from './city-player.ts'
import { RULE_PLATFORM } from './kernel/inputs.ts'
import { MINUTES } from './kernel/sums.ts'
import { wholeCityPlan } from './whole-city-plan.ts'

const operations = ['platform/order', 'platform/post', 'platform/invoice'] as const
const SECONDS_PER_MINUTE = 60

export interface MeasuredCity {
  readonly plan: Plan
  /** By arm of the whole city: the share of the platform's calls that fall into minutes with a measured load, 0…1; 1 where it gets none. */
  readonly measuredShare: ReadonlyMap<string, number>
}

/** @param profile sound, as latencyProfileProblems finds it */
export function measuredCity(asked: Plan, profile: LatencyProfile, kernelBytes: Uint8Array | null): MeasuredCity {
  const plan = wholeCityPlan(asked)
  const player = cityPlayer(plan, kernelBytes)
  const people = player.peopleOf(0)
  const minuteLevels: Record<string, readonly number[]> = {}
  const measuredShare = new Map<string, number>()
  for (const [index, { name }] of plan.scenario.arms.entries()) {
    const { kernel, city } = player.prepareArm(index, people, 0)
    kernel.run(city.faults.length)
    const first = ((city.whole.rules as Int32Array)[RULE_PLATFORM] as number) * MINUTES
    const calls = kernel.sum('partyMinuteCalls').slice(first, first + MINUTES)
    const levels = Array.from(calls, (count) => levelFor(profile.levels, count / operations.length / SECONDS_PER_MINUTE))
    const all = calls.reduce((sum, count) => sum + count, 0)
    const inRange = calls.reduce((sum, count, minute) => sum + ((levels[minute] as number) < 0 ? 0 : count), 0)
    minuteLevels[name] = levels
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
  return { plan: { ...asked, measured }, measuredShare }
}

const noTime = Array.from({ length: measuredQuantiles }, () => 0)

/** The middle of each of the evenly spaced parts of the measured distribution. */
function quantilesOf({ legs }: ProfileLevel): readonly number[] {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  for (const [bucket, count] of legs[0]?.ownMsBuckets ?? []) counts[bucket] = count
  return Array.from({ length: measuredQuantiles }, (_, n) => quantileMilliseconds(counts, (n + 0.5) / measuredQuantiles) ?? 0)
}
