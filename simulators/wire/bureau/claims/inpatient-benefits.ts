/**
 * What a stay in hospital has, Shanghai: each number with where it comes from (reference/domain.md §5.4). The city's policy files hold
 * outpatient benefits alone, so these stand here until they hold both. The deductible is counted per stay. ASSUMPTION: no source says how
 * it falls over the stays of a year.
 */
import type { InsuredType, Tier } from '../../../../scenarios/plan.ts'
import { basisPointsOf, fenOf } from '../../../money/fen.ts'
import type { Benefit } from '../../../policy/split-bill.ts'

interface Row {
  readonly deductibleYuan: Readonly<Record<Tier, number>>
  readonly fundRateBasisPoints: Readonly<Record<Tier, number>>
  readonly annualCapYuan: number
  readonly source: string
}

const everywhere = (value: number): Readonly<Record<Tier, number>> => ({
  'municipal-tertiary': value,
  'district-tertiary': value,
  secondary: value,
  community: value,
})
const resident: Row = {
  deductibleYuan: { 'municipal-tertiary': 300, 'district-tertiary': 300, secondary: 100, community: 50 },
  fundRateBasisPoints: { 'municipal-tertiary': 7000, 'district-tertiary': 7000, secondary: 8000, community: 9000 },
  annualCapYuan: 630_000,
  source: 'DATA 19–59 years; the cap of employees is ASSUMED for residents',
}
const rows: Readonly<Record<InsuredType, Row | undefined>> = {
  employee: {
    deductibleYuan: everywhere(1500),
    fundRateBasisPoints: everywhere(8500),
    annualCapYuan: 630_000,
    source: 'DATA; cap of 2024',
  },
  retired: { deductibleYuan: everywhere(1500), fundRateBasisPoints: everywhere(9200), annualCapYuan: 630_000, source: 'DATA; cap of 2024' },
  resident,
  'out-of-town': undefined,
}

export function inpatientBenefitOf(insuredType: InsuredType, tier: Tier): Benefit {
  const row = rows[insuredType]
  if (row === undefined) return { insured: false, deductibleFen: fenOf(0), fundRateBasisPoints: basisPointsOf(0), annualCapFen: fenOf(0) }
  return {
    insured: true,
    deductibleFen: fenOf(row.deductibleYuan[tier] * 100),
    fundRateBasisPoints: basisPointsOf(row.fundRateBasisPoints[tier]),
    annualCapFen: fenOf(row.annualCapYuan * 100),
  }
}
