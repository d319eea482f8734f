/** Which city is large, and how much of it is played for the stories of single patients. */
import type { Plan } from '../../scenarios/plan.ts'

/** A day of more visits than this takes longer than a newcomer should wait for a first answer. */
const LARGE_DAY_VISITS = 100_000
const LOOK_SITES_SHARE = 0.1

export function isLarge({ scenario, city }: Plan): boolean {
  return scenario.arms.length > 1 && city.demand.visitsPerDay * scenario.scale > LARGE_DAY_VISITS
}

/** The `--scale` of the stories of a large city: a tenth of its sites, whole. Of a small city it is the scale of the run. */
export function lookScale(plan: Plan): number {
  const { scale } = plan.scenario
  // Six digits, so that the scale a reader is told is the scale that was played.
  return isLarge(plan) ? Number((Math.min(1, scale) * LOOK_SITES_SHARE).toPrecision(6)) : scale
}
