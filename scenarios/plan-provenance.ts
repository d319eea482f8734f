/** Where each number of a plan comes from: a document, or an assumption with the range tried. */

export type Confidence = 'verified' | 'likely' | 'unverified'
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
        readonly varies: 'value' | 'factor' | 'sharpness' | 'power'
        readonly reason: string
        readonly group: string
      }
}
