/** Sections of a result about the second range: what the assumptions could change, on a reduced city. */
import type { Words } from '../../scenarios/plan.ts'
import type { Difference, Measure } from './run-result.ts'

/** Arms played on a reduced city: whole sites sampled, shared parties brought to the same utilisation. Marked so wherever shown. */
export interface ReducedCity {
  readonly sites: number
  /** Sites kept ÷ sites of the city. */
  readonly siteShare: number
  readonly days: number
  /** The first is the arm the others are compared with, played on the reduced city too. */
  readonly arms: readonly { readonly name: string; readonly title: Words; readonly adoption: number; readonly staffing: string }[]
  readonly measures: readonly Measure[]
  readonly differences: readonly Difference[]
  /** How busy the shared parties are in their busiest hour, in the arms played on both cities. */
  readonly parties: readonly {
    readonly party: string
    readonly arm: string
    readonly servers: number
    /** Service times are longer by this factor where whole servers would leave the party less busy than the city's; 1 where not. */
    readonly slowFactor: number
    readonly whole: number
    readonly reduced: number
  }[]
  /** The reduced city beside the whole one, for arms that were played on both: how far it departs at the base point. */
  readonly departure: readonly {
    readonly measure: string
    readonly unit: string
    readonly arm: string
    /** Null: the arm's own level; a name: its change against that arm. */
    readonly against: string | null
    readonly whole: number
    readonly reduced: number
    readonly wholeInterval: readonly [number, number] | null
    readonly reducedInterval: readonly [number, number] | null
  }[]
}

/** Plans drawn from all assumption ranges at once (Latin hypercube), one group of assumptions a dimension. */
export interface AssumptionStudy {
  readonly plans: number
  /** Fewer plans than this are no published range. */
  readonly plansForPublication: number
  readonly sites: number
  readonly siteShare: number
  readonly days: number
  readonly seed: number
  /** Plans that could not be resolved or played, with the reason of the first. */
  readonly failedPlans: number
  readonly failure: Words | null
  /** Plans in which a shared party came near its limit, so that the whole city's would too, and was played as busy as there. */
  readonly saturatedPlans: number
  readonly headlines: readonly StudyHeadline[]
  readonly groups: readonly {
    readonly group: string
    readonly title: Words
    /** Numbers of the plan in it. */
    readonly inputs: number
    readonly unverified: number
  }[]
  /** How many inputs of the plan are verified, likely, unverified, assumed. */
  readonly inputs: { readonly verified: number; readonly likely: number; readonly unverified: number; readonly assumed: number }
}

/** One headline (a primary difference of one arm) over the plans. */
export interface StudyHeadline {
  readonly measure: string
  readonly arm: string
  readonly against: string
  readonly unit: string
  /** At the base point, on the same reduced city, mean over all plays of it. */
  readonly base: number
  /** The same on the days of its first play alone, on which the plans and the single moves of the tornado were played too. */
  readonly baseOfTheFirstPlay: number
  /** How much of the range is dice: standard deviation of one plan's change over plays of the base point on other days. */
  readonly dice: { readonly plays: number; readonly standardDeviation: number }
  readonly p5: number
  readonly p50: number
  readonly p95: number
  /** Share of plans whose change has the other sign than the base point. */
  readonly otherSignShare: number
  /** Partial rank correlation with the change, strongest first; interval 95 %. */
  readonly ranking: readonly { readonly group: string; readonly correlation: number; readonly interval: readonly [number, number] }[]
  /** One at a time, interactions not shown: the change at the group's low and high, the others at base; widest first. */
  readonly tornado: readonly { readonly group: string; readonly atLow: number; readonly atHigh: number }[]
  /** Share of the variance of the change explained by groups that rest on unverified or assumed numbers (rank regression), and by all. */
  readonly varianceShare: { readonly unverified: number; readonly explained: number }
  /** The change in each plan, in plan order: for the picture of the range. */
  readonly values: readonly number[]
}
