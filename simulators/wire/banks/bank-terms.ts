/** What a bank and its city have agreed on. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import type { CutOff } from '../reconciliation/accounting-day.ts'

export interface BankTerms {
  /** 无息还款期, of the city file. */
  readonly repaymentDays: number
  /** 海河分 bands; none: the bank asks for no score. */
  readonly creditBands: PolicyPlan['creditBands']
  /** Of the accounting day, of the city file. */
  readonly cutOff: CutOff
  /** A hold nobody captures lapses after so many days. */
  readonly holdDays: number
  /** An offer may be signed for so many days after its own. */
  readonly offerDays: number
}

/**
 * ASSUMPTIONS, no document of ours has them: a hold lapses after 30 days as those of bank cards do (recalled, unverified), an offer stands
 * for 7 days. Plausible: 7–60 days, 1–30 days.
 */
export const usualTerms = { holdDays: 30, offerDays: 7 } as const
