/** Bills that were paid for what was then not performed, and go back the way they were paid. */
export interface RefundsPlan {
  /** Of outpatient visits that paid for an examination or drugs, those whose last bill goes back whole. */
  readonly share: number
  /** From its payment to the asking. */
  readonly afterSeconds: number
}
