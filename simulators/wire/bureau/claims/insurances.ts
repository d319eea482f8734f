/** 险种 a person of each insured type may claim under, the first being their main one. 310 职工, 390 城乡居民, 391 城镇居民, 510 生育. */
import type { InsuredType } from '../../../../scenarios/plan.ts'

const byType: Readonly<Record<InsuredType, readonly string[]>> = {
  employee: ['310', '330', '510'],
  retired: ['310', '330'],
  resident: ['390', '391'],
  'out-of-town': ['310', '390'],
}

export const insurancesOf = (type: InsuredType): readonly string[] => byType[type]
