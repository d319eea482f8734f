import { ageGroups, insuredTypes, tiers } from './plan.ts'
import type { BenefitPlan, ClearingPlan, InpatientPlan, PolicyPlan } from './plan-policy.ts'
import type { PolicyFile } from './policy-schema.ts'
import type { Node } from './warranted.ts'
import type { Warrants } from './warrants.ts'

/** The policy as it stands on one day. */
export function policyPlan(file: PolicyFile, name: string, date: string, warrants: Warrants): PolicyPlan {
  const rows = insuredTypes.flatMap((insuredType) => ageGroups.map((ageGroup) => ({ insuredType, ageGroup })))
  return {
    name,
    insuranceYearStart: lineOn(file.insuranceYearStart, date)!.day,
    benefits: rows.map(({ insuredType, ageGroup }, index): BenefitPlan => {
      const row = file.benefits.find((benefit) => benefit.insuredType === insuredType && benefit.ageGroups.includes(ageGroup))!
      if (!row.insured) return { insuredType, ageGroup, insured: false, ...nothingInsured }
      const at = `policy.benefits[${index}]`
      const fen = (lines: readonly DatedLine[] | undefined, key: string): number =>
        yuanLineFen(lineOn(lines!, date)!, `${at}.${key}`, warrants)
      const rates = lineOn(row.fundRate!, date)!
      warrants.record(rates, `${at}.fundRateBasisPoints`, rates.values)
      return {
        insuredType,
        ageGroup,
        insured: true,
        deductibleFen: fen(row.deductible, 'deductibleFen'),
        fundRateBasisPoints: rates.values,
        annualCapFen: fen(row.annualCap, 'annualCapFen'),
        accountFen: fen(row.account, 'accountFen'),
        historyAccountMeanFen: fen(row.historyAccountMean, 'historyAccountMeanFen'),
      }
    }),
    inpatient: file.inpatient.map((row, index): InpatientPlan => {
      const at = `policy.inpatient[${index}]`
      const deductible = lineOn(row.deductible, date)!
      const rates = lineOn(row.fundRate, date)!
      const deductibleFen = deductible.values.map((yuan) => Math.round(yuan * 100))
      warrants.record(deductible, `${at}.deductibleFen`, deductibleFen)
      warrants.record(rates, `${at}.fundRateBasisPoints`, rates.values)
      const annualCapFen = yuanLineFen(lineOn(row.annualCap, date)!, `${at}.annualCapFen`, warrants)
      return { insuredType: row.insuredType, deductibleFen, fundRateBasisPoints: rates.values, annualCapFen }
    }),
    ...(file.clearing === undefined ? {} : { clearing: clearingPlan(file.clearing, date, warrants) }),
    creditBands: file.creditBands.map(({ fromScore, toScore, limit }, index) => ({
      fromScore,
      toScore,
      limitFen: yuanLineFen(lineOn(limit, date)!, `policy.creditBands[${index}].limitFen`, warrants),
    })),
  }
}

function clearingPlan(clearing: NonNullable<PolicyFile['clearing']>, date: string, warrants: Warrants): ClearingPlan {
  const number = (lines: readonly DatedLine[], key: keyof ClearingPlan): number => {
    const line = lineOn(lines, date)!
    warrants.record(line, `policy.clearing.${key}`, line.value)
    return line.value
  }
  return {
    mostSettlements: number(clearing.mostSettlements, 'mostSettlements'),
    upheldBasisPoints: number(clearing.upheldShare, 'upheldBasisPoints'),
    payoutDays: number(clearing.payout, 'payoutDays'),
    appealDays: number(clearing.appeal, 'appealDays'),
    decisionDays: number(clearing.decision, 'decisionDays'),
  }
}

type DatedLine = Node & { readonly from: string; readonly value: number }

function yuanLineFen(line: DatedLine, path: string, warrants: Warrants): number {
  const fen = Math.round(line.value * 100)
  warrants.record(line, path, fen, 100)
  return fen
}

/** The line in force on a day: the last that begins on it or before. ISO dates order as text. */
export function lineOn<Line extends { readonly from: string }>(lines: readonly Line[], date: string): Line | undefined {
  return lines
    .filter((line) => line.from <= date)
    .reduce<Line | undefined>((best, line) => (best && best.from > line.from ? best : line), undefined)
}

const nothingInsured = {
  deductibleFen: 0,
  fundRateBasisPoints: tiers.map(() => 0),
  annualCapFen: 0,
  accountFen: 0,
  historyAccountMeanFen: 0,
} as const
