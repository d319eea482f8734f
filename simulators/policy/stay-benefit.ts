import type { InsuredType, Tier } from '../../scenarios/plan.ts'
import { tiers } from '../../scenarios/plan.ts'
import type { PolicyPlan } from '../../scenarios/plan-policy.ts'
import { basisPointsOf, fenOf } from '../money/fen.ts'
import type { Benefit } from './split-bill.ts'

/**
 * What a stay in hospital has. Its deductible is the stay's own. ASSUMPTION: no source says how it falls over the stays of a year.
 * A type without a row in the policy has nothing.
 */
export function stayBenefitOf({ inpatient }: Pick<PolicyPlan, 'inpatient'>, insuredType: InsuredType, tier: Tier): Benefit {
  const row = inpatient.find((one) => one.insuredType === insuredType)
  const at = tiers.indexOf(tier)
  return {
    insured: row !== undefined,
    deductibleFen: fenOf(row === undefined ? 0 : (row.deductibleFen[at] ?? Number.NaN)),
    fundRateBasisPoints: basisPointsOf(row === undefined ? 0 : (row.fundRateBasisPoints[at] ?? Number.NaN)),
    annualCapFen: fenOf(row?.annualCapFen ?? 0),
  }
}
