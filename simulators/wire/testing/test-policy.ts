import { ageGroups, insuredTypes } from '../../../scenarios/plan.ts'
import type { Policy } from '../bureau/bureau-decisions.ts'

const everywhere = (value: number) => [value, value, value, value]

/**
 * A policy for tests. Outpatients: 1,500 yuan of deductible, then 60 %; stays: 1,500 yuan, then 85 %; people from out of town have nothing.
 * The insurance year begins on 1 July with 900 yuan on the account. Every settlement of a month is held back, half of the appeals succeed.
 */
export const testPolicy: Policy = {
  insuranceYearStart: '07-01',
  benefits: insuredTypes.flatMap((insuredType) =>
    ageGroups.map((ageGroup) => ({
      insuredType,
      ageGroup,
      insured: insuredType !== 'out-of-town',
      deductibleFen: 150_000,
      fundRateBasisPoints: everywhere(6000),
      annualCapFen: 100_000_000,
      accountFen: insuredType === 'out-of-town' ? 0 : 90_000,
      historyAccountMeanFen: 0,
    })),
  ),
  inpatient: (['employee', 'retired', 'resident'] as const).map((insuredType) => ({
    insuredType,
    deductibleFen: everywhere(150_000),
    fundRateBasisPoints: everywhere(8500),
    annualCapFen: 63_000_000,
  })),
  clearing: { mostSettlements: 0, upheldBasisPoints: 5000, payoutDays: 20, appealDays: 10, decisionDays: 15 },
}
