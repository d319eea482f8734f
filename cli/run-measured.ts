/** The same plan again with the platform as the wire measured it, in a folder beside the first, and both answers side by side. */
import { createHash } from 'node:crypto'
import type { Plan } from '../scenarios/plan.ts'
import { bucketLow, bucketWidth, HISTOGRAM_BUCKETS } from '../simulators/measures/histogram.ts'
import { quantileMilliseconds } from '../simulators/measures/quantile.ts'
import { type Feedback, feedbackRows } from '../simulators/measures/result-feedback.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import type { LatencyProfile, ProfileLevel } from '../simulators/trace/latency-profile.ts'
import { measuredCity } from '../simulators/virtual/measured-plan.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { feedbackLines } from './feedback-lines.ts'
import { kernelOrNotice } from './kernel.ts'
import { type Done, type Running, runOnePlan, type Shared } from './run-plan.ts'

export async function runMeasured(running: Running, assumed: RunResult, profile: LatencyProfile, shared: Shared): Promise<Done> {
  const { bytes } = await kernelOrNotice(shared.terminal)
  const { plan, measuredShare } = measuredCity(running.plan, profile, bytes)
  const done = await runOnePlan({ ...running, plan, folder: `${running.folder}-measured` }, shared, (result) =>
    withFeedback(result, {
      profileHash: plan.measured?.profileHash ?? '',
      target: profile.target.name,
      isSpot: profile.levels.length === 1,
      levels: profile.levels.map(levelFigures),
      assumedMs: assumedMs(plan),
      arms: [...measuredShare].map(([arm, share]) => ({ arm, measuredShare: share, rows: feedbackRows(assumed, result, arm) })),
    }),
  )
  for (const language of shared.languages) for (const line of feedbackLines(done.result, language)) shared.terminal.line(line)
  return done
}

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
  return { ...said, resultHash: createHash('sha256').update(JSON.stringify(said)).digest('hex'), provenance }
}

function levelFigures({ offeredPerSecond, seconds, legs }: ProfileLevel): Feedback['levels'][number] {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  let sum = 0
  let payments = 0
  for (const [bucket, count] of legs[0]?.ownMsBuckets ?? []) {
    counts[bucket] = count
    sum += count * (bucketLow(bucket) + (bucketWidth(bucket) - 1) / 2)
    payments += count
  }
  const quantile = (share: number): number => quantileMilliseconds(counts, share) ?? 0
  return { offeredPerSecond, seconds, payments, ownMsP50: quantile(0.5), ownMsP95: quantile(0.95), ownMsMean: sum / payments }
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
