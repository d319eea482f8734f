/**
 * The short form of a scenario's fault, in plain words: the same fault for some seconds in a window of HTTP, in several forms, each on days
 * of its own. It is no part of the plan, whose virtual answer it does not touch.
 */

/** Accepts and never answers · answers at once with an error · answers a share with an error of its own. */
export const shortForms = ['black-hole', 'refuse', 'errors'] as const
export type ShortFormName = (typeof shortForms)[number]

export interface ShortFormPlan {
  /** Name of the fault in the plan. */
  readonly fault: string
  readonly windowSeconds: number
  /** Share of the city's sites that the wire plays at most, with their people: one generator holds so many open requests and no more. */
  readonly siteShare: number
  /** Of the window. */
  readonly faultFromSecond: number
  readonly faultSeconds: number
  /** Days played of each form, on following seeds. */
  readonly seeds: Readonly<Record<ShortFormName, number>>
  /** Form errors: share of requests answered with an error. */
  readonly errorShare: number
  /** Black hole once more, with every other entry so many times slower. */
  readonly limitedBackups?: { readonly slowFactor: number; readonly seeds: number } | undefined
}
