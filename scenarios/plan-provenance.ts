/** Where each number of a plan comes from: a document, or an assumption with the range tried. */

export const confidences = ['verified', 'likely', 'unverified'] as const
export type Confidence = (typeof confidences)[number]
/** How an assumption is moved within its bounds: see warranted.ts. */
export const waysToVary = ['value', 'factor', 'sharpness', 'power'] as const
export type Varies = (typeof waysToVary)[number]

export interface Provenance {
  /** Path of the number in the plan; `[*]` runs over the items of a list, row by row: `city.tiers[*].sites`. */
  readonly path: string
  readonly value: number | readonly number[]
  readonly unit: string
  readonly warrant:
    | { readonly kind: 'source'; readonly document: string; readonly place: string; readonly confidence: Confidence }
    | {
        readonly kind: 'assumption'
        /** Bounds of the number itself, or of the factor or power on a list; see `varies`. */
        readonly low: number
        readonly high: number
        /** value: between low and high · factor: the list times it · sharpness: entries to that power, same sum · power: chances to that power. */
        readonly varies: Varies
        readonly reason: string
        readonly group: string
      }
}
