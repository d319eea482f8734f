/** When service was back after a fault began: measurement over all payments by minute of intended start. */
import type { CityPlan } from '../../scenarios/plan.ts'
import type { FaultPlan } from '../../scenarios/plan-faults.ts'
import type { ServiceLevelPlan } from '../../scenarios/plan-parties.ts'
import type { DayFigures } from './day-figures.ts'

/** Share of the settled that must be within the level: a p95 inside it. */
const WITHIN_SHARE = 0.95

type Minutes = Pick<DayFigures, 'minuteStarted' | 'minuteSettled' | 'minuteWithin'>

/**
 * Seconds from the fault's start to the start of the first whole minutes inside the service level that follow a minute outside it;
 * 0 if no minute that the fault touches was outside, null if service did not come back before the windows closed. A minute without
 * payments is inside: where few pay, a fault may bite long after it began. After the windows' close nobody is left to serve, so that
 * empty minutes would look like service that came back.
 */
export function backAfterSeconds(
  figures: Minutes,
  level: ServiceLevelPlan,
  { fromSecond, toSecond }: Pick<FaultPlan, 'fromSecond' | 'toSecond'>,
  closeSecond: number,
): number | null {
  let left = Math.floor(fromSecond / 60)
  const end = Math.min(MINUTES, Math.ceil(toSecond / 60))
  while (left < end && isInside(figures, level, left)) left++
  if (left >= end) return 0
  // What begins after the close has the whole day to come back.
  const close = Math.floor(closeSecond / 60)
  const last = left < close ? close : MINUTES
  let run = 0
  for (let minute = left; minute < last; minute++) {
    run = isInside(figures, level, minute) ? run + 1 : 0
    if (run === level.backMinutes) return (minute - run + 1) * 60 - fromSecond
  }
  return null
}

/** Minutes of the day of whose payments too few were settled, or too slowly. */
export function minutesOutside(figures: Minutes, level: ServiceLevelPlan): number {
  let outside = 0
  for (let minute = 0; minute < MINUTES; minute++) if (!isInside(figures, level, minute)) outside++
  return outside
}

function isInside(figures: Minutes, level: ServiceLevelPlan, minute: number): boolean {
  const started = figures.minuteStarted[minute] as number
  const settled = figures.minuteSettled[minute] as number
  return settled >= level.settledShare * started && (figures.minuteWithin[minute] as number) >= WITHIN_SHARE * settled
}

/** When the cashiers close for the day: the shift's last change to nobody on duty, midnight where there is none. */
export function closeSecondOf({ shifts, stations }: Pick<CityPlan, 'shifts' | 'stations'>): number {
  const last = shifts[stations['cashier-window'].shift]?.at(-1)
  return last !== undefined && last.share === 0 && last.minimumServers === 0 ? last.fromSecond : MINUTES * 60
}

const MINUTES = 1440
