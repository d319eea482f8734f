/** The same plan again with the platform as the wire measured it, in a folder beside the first, and both answers side by side. */
import type { Plan } from '../scenarios/plan.ts'
import { type Feedback, feedbackRows } from '../simulators/measures/result-feedback.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { HISTOGRAM_BUCKETS } from '../simulators/measures/statistics/histogram.ts'
import { quantileMilliseconds } from '../simulators/measures/statistics/quantile.ts'
import { type LatencyProfile, type ProfileLevel, settledOwnBuckets } from '../simulators/trace/latency-profile.ts'
import {
  type MeasuredCity,
  measuredCity,
  type PlatformCalls,
  platformCalls,
  platformCallsOfDay,
} from '../simulators/virtual/measured-plan.ts'
import { resultHashOf } from '../simulators/virtual/result-hash.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { feedbackLines } from './feedback-lines.ts'
import { kernelOrNotice } from './kernel.ts'
import { folderOfPlan } from './run-folder.ts'
import { type Done, type Running, runOnePlan, type Shared } from './run-plan.ts'

/** @param profileWords of the command, which the run is made again with */
export async function runMeasured(
  running: Running,
  assumed: Done,
  profile: LatencyProfile,
  profileWords: readonly string[],
  shared: Shared,
): Promise<Done> {
  const { bytes } = await kernelOrNotice(shared.terminal)
  const measured = measuredCity(running.plan, profile, platformCallsIn(assumed, running.plan, bytes))
  const folder = folderOfPlan(`${running.folder}-measured`, measured.plan, shared.terminal)
  const done = await runOnePlan({ ...running, plan: measured.plan, folder, furtherWords: profileWords }, shared, (result) =>
    withFeedback(result, feedbackOf(assumed.result, result, profile, measured)),
  )
  for (const language of shared.languages) for (const line of feedbackLines(done.result, language)) shared.terminal.line(line)
  return done
}

/** By the run just made; where that knows no day of the whole city, one is played for it. */
function platformCallsIn({ firstDay }: Done, plan: Plan, kernelBytes: Uint8Array | null): PlatformCalls {
  if (firstDay === null) return platformCalls(plan, kernelBytes)
  return platformCallsOfDay(plan, firstDay)
}

/** Both answers side by side, with what the second took from the profile. */
export const feedbackOf = (
  assumed: RunResult,
  result: RunResult,
  profile: LatencyProfile,
  { plan, measuredShare, range }: MeasuredCity,
): Feedback => ({
  profileHash: plan.measured?.profileHash ?? '',
  target: profile.target.name,
  isSpot: profile.levels.length === 1,
  levels: profile.levels.map(levelFigures),
  assumedMs: assumedMs(plan),
  days: result.replication.days,
  arms: [...measuredShare].map(([arm, share]) => ({
    arm,
    measuredShare: share,
    ...(range.get(arm) as { busiestPerSecond: number; minutesOutside: number }),
    rows: feedbackRows(assumed, result, arm),
  })),
})

/** Asked before the first day runs. */
export function assertOneDay(plan: Plan): void {
  if (plan.scenario.rollOut !== undefined) {
    throw new CommandFailure(
      exitCodes.badInput,
      '--profile is of one day: a scenario with a roll-out plays many; take another scenario',
      '--profile 针对单日：含推广过程的情景要模拟多日；请换一个情景',
    )
  }
}

function withFeedback(result: RunResult, feedback: Feedback): RunResult {
  const { resultHash: _, provenance, ...rest } = result
  const said = { ...rest, feedback }
  return { ...said, resultHash: resultHashOf(said), provenance }
}

function levelFigures(level: ProfileLevel): Feedback['levels'][number] {
  const { offeredPerSecond, achievedPerSecond, seconds, inFlight, settled, divergence } = level
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  let payments = 0
  for (const [bucket, count] of settledOwnBuckets(level)) {
    counts[bucket] = count
    payments += count
  }
  const quantile = (share: number): number => quantileMilliseconds(counts, share) ?? 0
  return {
    offeredPerSecond,
    achievedPerSecond,
    seconds,
    payments,
    inFlight: inFlight.mean,
    ownMsP50: quantile(0.5),
    ownMsP95: quantile(0.95),
    ownMsMean: settled.ownMsMean ?? 0,
    ownMsInterval: settled.ownMsInterval,
    divergence,
  }
}

/** Of the two messages of the platform that a patient waits for. */
function assumedMs({ city }: Plan): number {
  const meanMs = (operation: string): number => {
    const law = city.laws[city.parties.operations[operation] ?? '']
    if (law === undefined) return 0
    return (law.kind === 'uniform' ? (law.lowSeconds + law.highSeconds) / 2 : law.meanSeconds) * 1000
  }
  return meanMs('platform/order') + meanMs('platform/post')
}
