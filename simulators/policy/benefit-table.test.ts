import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageGroups, insuredTypes, tiers } from '../../scenarios/plan.ts'
import type { BenefitPlan } from '../../scenarios/plan-policy.ts'
import { fenOf } from '../money/fen.ts'
import { benefitAt, benefitWidth, splitBillByRow } from './benefit-row.ts'
import { benefitTable } from './benefit-table.ts'
import { splitWidth } from './reimbursement.ts'
import { benefitOf, splitBill, unsplitBill } from './split-bill.ts'

/** A policy in which no two numbers are equal, so that a row or column taken for another shows. */
const benefits: BenefitPlan[] = insuredTypes.flatMap((insuredType, i) =>
  ageGroups.map((ageGroup, a) => ({
    insuredType,
    ageGroup,
    insured: insuredType !== 'out-of-town',
    deductibleFen: 10_000 + 100 * i + a,
    fundRateBasisPoints: tiers.map((_, tier) => 5_000 + 100 * i + 10 * a + tier),
    annualCapFen: 400_000 + 100 * i + a,
    accountFen: 30_000 + 100 * i + a,
    historyAccountMeanFen: 60_000 + 100 * i + a,
  })),
)
const fen = (most: number) => fc.integer({ min: 0, max: most }).map(fenOf)

describe('the benefit table', () => {
  test('holds each group and tier of the policy in its own row', () => {
    const table = benefitTable({ benefits: benefits.toReversed() })
    for (const benefit of benefits) {
      for (const tier of tiers.keys()) {
        const at = benefitAt(insuredTypes.indexOf(benefit.insuredType), ageGroups.indexOf(benefit.ageGroup), tier)
        expect([...table.slice(at, at + benefitWidth)]).toEqual([
          benefit.insured ? 1 : 0,
          benefit.deductibleFen,
          benefit.fundRateBasisPoints[tier],
          benefit.annualCapFen,
          benefit.accountFen,
          benefit.historyAccountMeanFen,
        ])
      }
    }
  })

  test('counts its rows by insured type, then age group, then tier', () => {
    expect([benefitAt(0, 0, 0), benefitAt(0, 0, 1), benefitAt(0, 1, 0), benefitAt(1, 0, 0), benefitAt(3, 3, 3)]).toEqual([
      0, 6, 24, 96, 378,
    ])
  })

  test('is not made from a policy that forgets a group, names one twice or lacks a tier', () => {
    expect(() => benefitTable({ benefits: benefits.slice(1) })).toThrow('0 benefits for employee, child')
    expect(() => benefitTable({ benefits: [...benefits, benefits[5]!] })).toThrow('2 benefits for retired, young-adult')
    expect(() => benefitTable({ benefits: [{ ...benefits[0]!, fundRateBasisPoints: [1, 2, 3] }, ...benefits.slice(1)] })).toThrow('NaN')
  })

  test('splits a bill to the fen as the split with names does', () => {
    const table = benefitTable({ benefits })
    const someone = fc.record({
      insuredType: fc.constantFrom(...insuredTypes),
      ageGroup: fc.constantFrom(...ageGroups),
      tier: fc.constantFrom(...tiers),
    })
    const year = fc.record({
      currentAccountLeftFen: fen(20_000),
      historyAccountLeftFen: fen(20_000),
      deductiblePaidFen: fen(12_000),
      fundPaidFen: fen(500_000),
    })
    fc.assert(
      fc.property(someone, year, fen(90_000), fen(9_000), (patient, yearSoFar, coveredFen, uncoveredFen) => {
        const bill = { totalFen: fenOf(coveredFen + uncoveredFen), coveredFen }
        const { split, yearAfter } = splitBill(bill, benefitOf({ benefits }, patient, patient.tier), yearSoFar)
        const row = Float64Array.of(...Object.values(yearSoFar))
        const parts = new Float64Array(splitWidth)
        const at = benefitAt(insuredTypes.indexOf(patient.insuredType), ageGroups.indexOf(patient.ageGroup), tiers.indexOf(patient.tier))
        splitBillByRow(row, 0, bill.totalFen, bill.coveredFen, table, at, parts, 0)
        expect([...parts]).toEqual([
          split.fundFen,
          split.currentAccountFen,
          split.historyAccountFen,
          split.cashFen,
          split.uncoveredFen,
          split.deductibleFen,
        ])
        expect([...row]).toEqual(Object.values(yearAfter))
        expect(unsplitBill(split, yearAfter)).toEqual(yearSoFar)
      }),
    )
  })

  test('a bill that covers more than there is breaks the books', () => {
    const benefit = benefitOf({ benefits }, { insuredType: 'employee', ageGroup: 'elderly' }, 'community')
    const nothing = { currentAccountLeftFen: fenOf(0), historyAccountLeftFen: fenOf(0), deductiblePaidFen: fenOf(0), fundPaidFen: fenOf(0) }
    expect(() => splitBill({ totalFen: fenOf(1), coveredFen: fenOf(2) }, benefit, nothing)).toThrow('no more of a bill is covered')
  })
})
