/** The terms of credit (信用就医) of a city: how much, by whose judgement, for how long, and what its patients do. */
export interface CreditPlan {
  /** What banks lend by their own judgement, and shares among signed persons; granted is that, or less where a score caps it. */
  readonly limits: readonly { readonly limitFen: number; readonly share: number }[]
  /** Shares of signed persons by band of the policy's creditBands, which caps what is granted; absent where no score is asked. */
  readonly scoreBandShare?: readonly number[]
  /** The line is free again after this many days. */
  readonly repaymentDays: number
  /** Of visits to be settled on leaving, those whose patient walks out without settling; absent means none. */
  readonly leavesUnsettledShare?: number
  /** When over the limit: chance that a raised limit or digital card is granted on the spot. */
  readonly raiseSuccessShare: number
}
