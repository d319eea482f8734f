/** The split of one bill with names and checks, for everyone outside the kernel; the rule itself is in reimbursement.ts. */
import type { AgeGroup, InsuredType, Tier } from '../../scenarios/plan.ts'
import { tiers } from '../../scenarios/plan.ts'
import type { PolicyPlan } from '../../scenarios/plan-policy.ts'
import { assertBooks, type BasisPoints, basisPointsOf, type Fen, fenOf, noMoney, sumFen } from '../money/fen.ts'
import { onlyBenefit } from './benefit-table.ts'
import {
  cashPart,
  currentAccountLeft,
  currentAccountPart,
  deductiblePaid,
  deductiblePart,
  fundPaid,
  fundPart,
  historyAccountLeft,
  historyAccountPart,
  splitBill as splitBillInto,
  splitWidth,
  uncoveredPart,
  unsplitBill as unsplitBillInto,
  yearWidth,
} from './reimbursement.ts'

export interface Bill {
  readonly totalFen: Fen
  /** 政策范围内 of it. */
  readonly coveredFen: Fen
}

/** What one group has at one tier. */
export interface Benefit {
  readonly insured: boolean
  /** 自负段 of the year. */
  readonly deductibleFen: Fen
  readonly fundRateBasisPoints: BasisPoints
  /** 封顶线 of the year. */
  readonly annualCapFen: Fen
}

/** 年度累计: where a person stands in the insurance year. */
export interface YearSoFar {
  readonly currentAccountLeftFen: Fen
  readonly historyAccountLeftFen: Fen
  readonly deductiblePaidFen: Fen
  readonly fundPaidFen: Fen
}

/** The first four add up to the bill; the last two say "of which". */
export interface BillSplit {
  /** 统筹基金与地方附加基金. */
  readonly fundFen: Fen
  /** 当年账户. */
  readonly currentAccountFen: Fen
  /** 历年账户. */
  readonly historyAccountFen: Fen
  /** 现金, with the uncovered part. */
  readonly cashFen: Fen
  /** 自费, inside cashFen. */
  readonly uncoveredFen: Fen
  /** 自负段, inside historyAccountFen and cashFen. */
  readonly deductibleFen: Fen
}

export function benefitOf(
  policy: Pick<PolicyPlan, 'benefits'>,
  patient: { readonly insuredType: InsuredType; readonly ageGroup: AgeGroup },
  tier: Tier,
): Benefit {
  const benefit = onlyBenefit(policy.benefits, patient.insuredType, patient.ageGroup)
  return {
    insured: benefit.insured,
    deductibleFen: fenOf(benefit.deductibleFen),
    fundRateBasisPoints: basisPointsOf(benefit.fundRateBasisPoints[tiers.indexOf(tier)] ?? Number.NaN),
    annualCapFen: fenOf(benefit.annualCapFen),
  }
}

/** Who pays the bill, and where the person stands afterwards. */
export function splitBill(
  bill: Bill,
  benefit: Benefit,
  yearSoFar: YearSoFar,
): { readonly split: BillSplit; readonly yearAfter: YearSoFar } {
  assertBooks(bill.coveredFen <= bill.totalFen, `no more of a bill is covered than there is: ${bill.coveredFen} of ${bill.totalFen}`)
  const year = rowOfYear(yearSoFar)
  const parts = new Float64Array(splitWidth)
  splitBillInto(
    year,
    0,
    fenOf(bill.totalFen),
    benefit.insured ? fenOf(bill.coveredFen) : noMoney,
    benefit.deductibleFen,
    benefit.fundRateBasisPoints,
    benefit.annualCapFen,
    parts,
    0,
  )
  const split: BillSplit = {
    fundFen: fenOf(parts[fundPart]!),
    currentAccountFen: fenOf(parts[currentAccountPart]!),
    historyAccountFen: fenOf(parts[historyAccountPart]!),
    cashFen: fenOf(parts[cashPart]!),
    uncoveredFen: fenOf(parts[uncoveredPart]!),
    deductibleFen: fenOf(parts[deductiblePart]!),
  }
  const paidFen = sumFen(split.fundFen, split.currentAccountFen, split.historyAccountFen, split.cashFen)
  assertBooks(paidFen === bill.totalFen, `a bill is paid once, by somebody: ${paidFen} of ${bill.totalFen}`)
  return { split, yearAfter: yearOfRow(year) }
}

/** The person's year without this bill: refund (退费) of the whole, or reversal (冲正). Later splits stay as they were made. */
export function unsplitBill(split: BillSplit, yearSoFar: YearSoFar): YearSoFar {
  const year = rowOfYear(yearSoFar)
  const parts = new Float64Array(splitWidth)
  parts[fundPart] = split.fundFen
  parts[currentAccountPart] = split.currentAccountFen
  parts[historyAccountPart] = split.historyAccountFen
  parts[deductiblePart] = split.deductibleFen
  unsplitBillInto(year, 0, parts, 0)
  return yearOfRow(year)
}

function rowOfYear(year: YearSoFar): Float64Array {
  const row = new Float64Array(yearWidth)
  row[currentAccountLeft] = fenOf(year.currentAccountLeftFen)
  row[historyAccountLeft] = fenOf(year.historyAccountLeftFen)
  row[deductiblePaid] = fenOf(year.deductiblePaidFen)
  row[fundPaid] = fenOf(year.fundPaidFen)
  return row
}

function yearOfRow(row: Float64Array): YearSoFar {
  return {
    currentAccountLeftFen: fenOf(row[currentAccountLeft]!),
    historyAccountLeftFen: fenOf(row[historyAccountLeft]!),
    deductiblePaidFen: fenOf(row[deductiblePaid]!),
    fundPaidFen: fenOf(row[fundPaid]!),
  }
}
