import type { Words } from './plan.ts'

/**
 * A roll-out of many days in place of one: which sites join when, which totals adoption has to meet, how it may have grown.
 * Part of the plan; resolve.ts makes it from the scenario's `rollOut:`.
 */
export interface RollOutPlan {
  /** First and last simulated day, yyyy-mm-dd; people may sign up from the first on. */
  readonly from: string
  readonly to: string
  /** Every day of the window, or only those on which all arms are compared: a first answer. */
  readonly plays: 'every-day' | 'compared-days'
  /** Sites that join, by day. A district joins with all its sites but those of municipal institutions, which join by themselves. */
  readonly waves: readonly WavePlan[]
  readonly totals: RollOutTotals
  /** Ways in which adoption may have grown between the first and the last day; the first is played. */
  readonly shapes: readonly ShapePlan[]
}

export interface WavePlan {
  readonly on: string
  readonly title: Words
  readonly districts: readonly string[]
  /** Further municipal tertiary institutions, spread evenly over the sizes of those left. */
  readonly municipalInstitutions: number
}

/** What is published for the window, for the whole city. */
export interface RollOutTotals {
  /** 医保五期 transactions: insured settlements at sites that have joined. The waves' dates are chosen to meet it. */
  readonly transactions: number
  /** Of them with the e-credential (by phone or on credit), and on credit. They fix the two adoption curves. */
  readonly credentialTransactions: number
  readonly creditPayments: number
  /** Agreements signed; they fix the curve of sign-ups. */
  readonly signUps: number
}

/** Under which names the city's published totals have them. */
export const rollOutTotalNames = {
  transactions: 'transactions',
  credentialTransactions: 'credential-transactions',
  creditPayments: 'credit-payments',
  signUps: 'credit-sign-ups',
} as const satisfies Record<keyof RollOutTotals, string>

export interface ShapePlan {
  readonly name: string
  readonly title: Words
  /** linear: in proportion to the days gone by · s-curve: logistic, half way at the middle · power: their share to a power. */
  readonly form: 'linear' | 's-curve' | 'power'
  /** s-curve: logistic units from the first day to the last · power: the exponent · linear: without meaning. */
  readonly steepness: number
}
