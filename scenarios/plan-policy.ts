/** The policy of a plan: who pays what share of a bill, as it stands on the plan's day. */
import type { AgeGroup, InsuredType } from './plan.ts'

export interface PolicyPlan {
  readonly name: string
  /** mm-dd. */
  readonly insuranceYearStart: string
  /** One row per insured type × age group, in the order of insuredTypes × ageGroups. */
  readonly benefits: readonly BenefitPlan[]
  /** Stays in hospital, known to the wire alone; a type without a row has nothing. */
  readonly inpatient: readonly InpatientPlan[]
  /** 清算, known to the wire alone; absent: nothing is held back and everything is paid on the day of the application. */
  readonly clearing?: ClearingPlan
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

export interface InpatientPlan {
  readonly insuredType: InsuredType
  /** 起付线 of a stay, by tier, in the order of tiers. */
  readonly deductibleFen: readonly number[]
  readonly fundRateBasisPoints: readonly number[]
  /** Of the year, with outpatient benefits. */
  readonly annualCapFen: number
}

/** How the bureau clears a month: settlements held back (预扣), appeal (申诉), final deduction (最终扣款), payout (拨付). */
export interface ClearingPlan {
  /** Of a person at one site in a day; what comes after them is held back. */
  readonly mostSettlements: number
  readonly upheldBasisPoints: number
  readonly payoutDays: number
  readonly appealDays: number
  readonly decisionDays: number
}
