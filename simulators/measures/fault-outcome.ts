/** When service was back after a fault began: measurement over all payments by minute of intended start. */
import type { FaultPlan, ServiceLevelPlan } from '../../scenarios/plan.ts'
import type { DayFigures } from './day-figures.ts'

/** Share of the settled that must be within the level: a p95 inside it. */
const WITHIN_SHARE = 0.95

/**
 * Seconds from the fault's start to the start of the first whole minutes inside the service level that follow a minute outside it;
 * 0 if no minute that the fault touches was outside, null if service did not come back by the day's end. A minute without payments
 * is inside: where few pay, a fault may bite long after it began.
 */
export function backAfterSeconds(
  figures: Pick<DayFigures, 'minuteStarted' | 'minuteSettled' | 'minuteWithin'>,
  level: ServiceLevelPlan,
  { fromSecond, toSecond }: Pick<FaultPlan, 'fromSecond' | 'toSecond'>,
): number | null {
  const inside = (minute: number): boolean => {
    const started = figures.minuteStarted[minute] as number
    const settled = figures.minuteSettled[minute] as number
    return settled >= level.settledShare * started && (figures.minuteWithin[minute] as number) >= WITHIN_SHARE * settled
  }
  let left = Math.floor(fromSecond / 60)
  const end = Math.min(MINUTES, Math.ceil(toSecond / 60))
  while (left < end && inside(left)) left++
  if (left >= end) return 0
  let run = 0
  for (let minute = left; minute < MINUTES; minute++) {
    run = inside(minute) ? run + 1 : 0
    if (run === level.backMinutes) return (minute - run + 1) * 60 - fromSecond
  }
  return null
}

const MINUTES = 1440
