/** The policy of a plan: who pays what share of a bill, as it stands on the plan's day. */
import type { AgeGroup, InsuredType } from './plan.ts'

export interface PolicyPlan {
  readonly name: string
  /** mm-dd. */
  readonly insuranceYearStart: string
  /** One row per insured type × age group, in the order of insuredTypes × ageGroups. */
  readonly benefits: readonly BenefitPlan[]
  /** Tianjin's 海河分 bands, empty elsewhere. */
  readonly creditBands: readonly { readonly fromScore: number; readonly toScore: number; readonly limitFen: number }[]
}

export interface BenefitPlan {
  readonly insuredType: InsuredType
  readonly ageGroup: AgeGroup
  readonly insured: boolean
  /** 门急诊自负段 of the year. */
  readonly deductibleFen: number
  /** By tier, in the order of tiers. */
  readonly fundRateBasisPoints: readonly number[]
  readonly annualCapFen: number
  /** Paid into the current-year account (当年账户) at the start of the insurance year. */
  readonly accountFen: number
  /** Mean of the history account (历年账户) at the start of the insurance year. */
  readonly historyAccountMeanFen: number
}
