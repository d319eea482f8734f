/**
 * Who pays a bill, worked out a second time: written from the policy's words and held to its worked cases, sharing no line with the
 * bureau's or the virtual city's arithmetic.
 *
 * In the order of payment: the year's account; what is left of the deductible; above it the fund's share, fractions of a fen dropped, up to
 * the year's ceiling; what remains from earlier years' savings, then the patient.
 */
import type { AgeGroup, InsuredType, Tier } from '../../../scenarios/plan.ts'
import type { BenefitPlan } from '../../../scenarios/plan-policy.ts'
import type { SplitParts } from './audit-input.ts'
import type { YearAmounts } from './insurer-facts.ts'

/** In the order of the policy's rates. */
const tierOrder: readonly Tier[] = ['municipal-tertiary', 'district-tertiary', 'secondary', 'community']

export interface OwnBenefit {
  readonly insured: boolean
  readonly deductibleFen: bigint
  readonly rateBasisPoints: bigint
  readonly ceilingFen: bigint
}

/** Undefined where the policy has no row, or more than one. */
export function ownBenefit(
  benefits: readonly BenefitPlan[],
  insuredType: InsuredType,
  ageGroup: AgeGroup,
  tier: Tier,
): OwnBenefit | undefined {
  const rows = benefits.filter((row) => row.insuredType === insuredType && row.ageGroup === ageGroup)
  const [row] = rows
  const rate = row?.fundRateBasisPoints[tierOrder.indexOf(tier)]
  if (row === undefined || rows.length > 1 || rate === undefined) return undefined
  return {
    insured: row.insured,
    deductibleFen: BigInt(row.deductibleFen),
    rateBasisPoints: BigInt(rate),
    ceilingFen: BigInt(row.annualCapFen),
  }
}

export interface OwnSplit extends SplitParts {
  readonly towardsDeductibleFen: number
}

export function ownSplit(
  bill: { readonly totalFen: number; readonly coveredFen: number },
  benefit: OwnBenefit,
  year: YearAmounts,
): OwnSplit {
  const whole = BigInt(bill.totalFen)
  let open = benefit.insured ? BigInt(bill.coveredFen) : 0n
  const take = (most: bigint): bigint => {
    const taken = most <= 0n ? 0n : most < open ? most : open
    open -= taken
    return taken
  }
  const fromAccount = take(BigInt(year.currentAccountLeftFen))
  const deductible = take(benefit.deductibleFen - BigInt(year.deductiblePaidFen))
  const shared = open
  const fund = least((shared * benefit.rateBasisPoints) / 10_000n, most0(benefit.ceilingFen - BigInt(year.fundPaidFen)))
  const savings = least(deductible + shared - fund, BigInt(year.historyAccountLeftFen))
  return {
    fundFen: Number(fund),
    currentAccountFen: Number(fromAccount),
    historyAccountFen: Number(savings),
    cashFen: Number(whole - fund - fromAccount - savings),
    towardsDeductibleFen: Number(deductible),
  }
}

/** The year with the bill counted (1) or taken out of it again (-1). */
export const yearWith = (year: YearAmounts, split: OwnSplit, sign: 1 | -1): YearAmounts => ({
  currentAccountLeftFen: year.currentAccountLeftFen - sign * split.currentAccountFen,
  historyAccountLeftFen: year.historyAccountLeftFen - sign * split.historyAccountFen,
  deductiblePaidFen: year.deductiblePaidFen + sign * split.towardsDeductibleFen,
  fundPaidFen: year.fundPaidFen + sign * split.fundFen,
})

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)
const most0 = (amount: bigint): bigint => (amount > 0n ? amount : 0n)
