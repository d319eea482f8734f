/**
 * The policy's benefits as rows of numbers, and the split of a bill by such a row. Portable; the table is made in benefit-table.ts.
 *
 * LAYOUT   row = (insuredType × 4 + ageGroup) × 4 + tier, each in the order of its list in scenarios/plan.ts;
 *          a row is {@link benefitWidth} numbers.
 */
import { type F64s, type f64, type i32, imul } from '../engine/portable.ts'
import { splitBill } from './reimbursement.ts'

export const benefitWidth: i32 = 6
/** 1 where the patient settles with the insurance here (本地医保), 0 where all is paid here and claimed at home, if at all. */
export const benefitInsured: i32 = 0
/** 自负段 of the year, fen. */
export const benefitDeductible: i32 = 1
/** Fund rate above it at the row's tier, basis points. */
export const benefitFundRate: i32 = 2
/** 封顶线 of the year, fen. */
export const benefitAnnualCap: i32 = 3
/** Paid into the current-year account at the start of the insurance year, fen. */
export const benefitAccount: i32 = 4
/** Mean of the history account at the start of the insurance year, fen. */
export const benefitHistoryAccountMean: i32 = 5

/** Where a row of the table begins; the three places count from 0 in the lists of scenarios/plan.ts. */
export function benefitAt(insuredType: i32, ageGroup: i32, tier: i32): i32 {
  return imul(imul(imul(insuredType, 4) + ageGroup, 4) + tier, benefitWidth)
}

/** {@link splitBill} with the benefit that begins at `benefitStart` of the table; without insurance here nothing is covered. */
export function splitBillByRow(
  state: F64s,
  at: i32,
  totalFen: f64,
  coveredFen: f64,
  table: F64s,
  benefitStart: i32,
  out: F64s,
  outAt: i32,
): void {
  splitBill(
    state,
    at,
    totalFen,
    coveredFen * table[benefitStart + benefitInsured]!,
    table[benefitStart + benefitDeductible]!,
    table[benefitStart + benefitFundRate]!,
    table[benefitStart + benefitAnnualCap]!,
    out,
    outAt,
  )
}
