/** What a scenario may ask beside its whole-city arms: further arms on a reduced city, and the range of its assumptions. */
import type { Tier } from './plan.ts'

/** Share of the sites of each tier that is kept, one at least. */
export interface SitesKept {
  readonly siteShare: number
  /** Of tiers that keep another share, because the answer hangs on them more or less than on others. */
  readonly siteShareOf?: Readonly<Partial<Record<Tier, number>>>
}

/** Whole sites sampled, with their people and visits, in front of shared parties as busy as the city's. */
export interface ReducedCityPlan extends SitesKept {
  readonly days: number
}

/** How far the answer moves when every assumption does: plans drawn from all assumption ranges at once. */
export interface AssumptionStudyPlan extends SitesKept {
  readonly plans: number
  /** Days each plan is played. */
  readonly days: number
  /** Plays of the base point on other days: how much of the range is dice. */
  readonly repeats: number
  /** Whether each group is also moved by itself. */
  readonly tornado: boolean
}

/** Fewer plans than this are no published range; with many groups it is four a group. */
export const plansForPublication = (groups: number): number => Math.max(200, 4 * groups)
