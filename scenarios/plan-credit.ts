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

/** Of an advance, as the plan of the pilot names them: 微信, 支付宝, 云闪付. */
export const repaymentWallets = ['wechat', 'alipay', 'unionpay'] as const
export type RepaymentWallet = (typeof repaymentWallets)[number]

/** What becomes of the banks' advances within the interest-free days; a load that is played over HTTP goes on through them. */
export interface CreditTermPlan {
  /** Of patients with an advance, those who repay nothing of it in time. */
  readonly overdueShare: number
  /** Days after the visit on which the others repay, and the share of each. */
  readonly repaidAfterDays: readonly number[]
  readonly repaidAfterShare: readonly number[]
  readonly walletShare: Readonly<Record<RepaymentWallet, number>>
  /** Points that a report adds to a score. */
  readonly scorePoints: Readonly<Record<'overdue' | 'settled-late' | 'left-unsettled', number>>
}
