import { ageGroups, insuredTypes } from '../../../scenarios/plan.ts'
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'

/** 1,500 yuan of deductible, then 60 % everywhere; people from out of town have nothing. */
export const onlyBenefits: PolicyPlan['benefits'] = insuredTypes.flatMap((insuredType) =>
  ageGroups.map((ageGroup) => ({
    insuredType,
    ageGroup,
    insured: insuredType !== 'out-of-town',
    deductibleFen: 150_000,
    fundRateBasisPoints: [6000, 6000, 6000, 6000],
    annualCapFen: 100_000_000,
    accountFen: 0,
    historyAccountMeanFen: 0,
  })),
) as unknown as PolicyPlan['benefits']
