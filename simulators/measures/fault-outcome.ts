/** When service was back after a fault began: measurement over all payments by minute of intended start. */
import type { ServiceLevelPlan } from '../../scenarios/plan.ts'
import type { DayFigures } from './day-figures.ts'

/** Share of the settled that must be within the level: a p95 inside it. */
const WITHIN_SHARE = 0.95

/**
 * Seconds from the fault's start to the start of the first whole minutes inside the service level, 0 if it was never left,
 * null if it did not come back by the day's end. A minute without payments is inside.
 */
export function backAfterSeconds(figures: DayFigures, level: ServiceLevelPlan, fromSecond: number): number | null {
  const inside = (minute: number): boolean => {
    const started = figures.minuteStarted[minute] as number
    const settled = figures.minuteSettled[minute] as number
    return settled >= level.settledShare * started && (figures.minuteWithin[minute] as number) >= WITHIN_SHARE * settled
  }
  const first = Math.floor(fromSecond / 60)
  let run = 0
  for (let minute = first; minute < 1440; minute++) {
    run = inside(minute) ? run + 1 : 0
    if (run === level.backMinutes) {
      const start = minute - run + 1
      return start <= first ? 0 : start * 60 - fromSecond
    }
  }
  return null
}
