/** What a bank and its city have agreed on. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'

export interface BankTerms {
  /** 无息还款期, of the city file. */
  readonly repaymentDays: number
  /** 海河分 bands; none: the bank asks for no score. */
  readonly creditBands: PolicyPlan['creditBands']
  /** Second of the day at which the accounting day closes. */
  readonly cutOffSeconds: number
  /** A hold nobody captures lapses after so many days. */
  readonly holdDays: number
  /** An offer may be signed for so many days after its own. */
  readonly offerDays: number
}

/**
 * ASSUMPTIONS, no document of ours has them: accounts close at 23:00 as the interbank clearing day does, a hold lapses after 30 days as
 * those of bank cards do (both recalled and unverified), an offer stands for 7 days. Tried: 0:00–23:59:59, 1–60 days, 0–30 days.
 */
export const usualTerms = { cutOffSeconds: 23 * 3600, holdDays: 30, offerDays: 7 } as const
