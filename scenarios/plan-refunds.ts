/** Bills that were paid for what was then not performed, and go back the way they were paid. */
export interface RefundsPlan {
  /** Of outpatient visits that paid for an examination or drugs, those whose last bill goes back. */
  readonly share: number
  /** Of these, the ones of which a part goes back: what stands is charged anew and paid the same way. */
  readonly partShare: number
  /** What stands of a bill of which a part goes back. */
  readonly keptShare: number
  /** From its payment to the asking, and from there to the payment of what stands. */
  readonly afterSeconds: number
}
