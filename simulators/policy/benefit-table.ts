import { ageGroups, insuredTypes, tiers } from '../../scenarios/plan.ts'
import type { BenefitPlan, PolicyPlan } from '../../scenarios/plan-policy.ts'
import { assertBooks, basisPointsOf, fenOf } from '../money/fen.ts'
import {
  benefitAccount,
  benefitAnnualCap,
  benefitAt,
  benefitDeductible,
  benefitFundRate,
  benefitHistoryAccountMean,
  benefitInsured,
  benefitWidth,
} from './benefit-row.ts'

/**
 * The policy's benefits as one flat table for whatever splits bills by the million (layout in benefit-row.ts).
 * The policy is complete and its numbers are whole: the scenario's door has seen to that, here it is asserted.
 */
export function benefitTable(policy: Pick<PolicyPlan, 'benefits'>): Float64Array {
  const table = new Float64Array(insuredTypes.length * ageGroups.length * tiers.length * benefitWidth)
  for (const [insuredIndex, insuredType] of insuredTypes.entries()) {
    for (const [ageIndex, ageGroup] of ageGroups.entries()) {
      const benefit = onlyBenefit(policy.benefits, insuredType, ageGroup)
      for (const tierIndex of tiers.keys()) {
        const at = benefitAt(insuredIndex, ageIndex, tierIndex)
        table[at + benefitInsured] = benefit.insured ? 1 : 0
        table[at + benefitDeductible] = fenOf(benefit.deductibleFen)
        table[at + benefitFundRate] = basisPointsOf(benefit.fundRateBasisPoints[tierIndex] ?? Number.NaN)
        table[at + benefitAnnualCap] = fenOf(benefit.annualCapFen)
        table[at + benefitAccount] = fenOf(benefit.accountFen)
        table[at + benefitHistoryAccountMean] = fenOf(benefit.historyAccountMeanFen)
      }
    }
  }
  return table
}

/** The one benefit of a group. */
export function onlyBenefit(
  benefits: readonly BenefitPlan[],
  insuredType: BenefitPlan['insuredType'],
  ageGroup: BenefitPlan['ageGroup'],
): BenefitPlan {
  const found = benefits.filter((benefit) => benefit.insuredType === insuredType && benefit.ageGroup === ageGroup)
  assertBooks(found.length === 1, `the policy has ${found.length} benefits for ${insuredType}, ${ageGroup}; a group has one`)
  return found[0]!
}
