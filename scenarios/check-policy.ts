import { ageGroups, insuredTypes } from './plan.ts'
import type { PolicyFile } from './policy-schema.ts'
import type { Mistake } from './problem.ts'
import { type Check, documentsAreListed, isCalendarDay, mustExist, runChecks } from './run-checks.ts'

/** What a schema cannot say of a policy: every insured type and age has one row, every row its lines, every line its day. */
export const checkPolicy = (policy: PolicyFile, shapeIsSound = true): Mistake[] => runChecks(checks, policy, shapeIsSound)

const checks: readonly Check<PolicyFile>[] = [documentsAreListed, oneRowEach, rowsAreWhole, oneStayRowEach, daysExist, bandsInOrder]

/** The dated lists of an insured row. */
export const datedKeys = ['deductible', 'fundRate', 'annualCap', 'account', 'historyAccountMean'] as const

export const inpatientKeys = ['deductible', 'fundRate', 'annualCap'] as const
export const clearingKeys = ['mostSettlements', 'upheldShare', 'payout', 'appeal', 'decision'] as const

/** As written, before the default is filled in: nothing said means insured. */
export const isInsured = ({ insured }: { readonly insured?: boolean }): boolean => insured === true || insured === undefined

function* oneRowEach({ benefits }: PolicyFile): Generator<Mistake> {
  for (const type of insuredTypes) {
    for (const age of ageGroups) {
      const rows = benefits.flatMap((row, index) => (row.insuredType === type && row.ageGroups.includes(age) ? [index] : []))
      if (rows.length === 0) {
        yield { path: ['benefits'], en: `has no row for ${type}, ${age}; add one`, zh: `缺少 ${type}、${age} 的一行；请补上` }
      }
      for (const index of rows.slice(1)) {
        yield {
          path: ['benefits', index, 'ageGroups'],
          en: `gives ${type}, ${age} a second row; keep one`,
          zh: `${type}、${age} 出现第二行；请只保留一行`,
        }
      }
    }
  }
}

function* rowsAreWhole({ benefits }: PolicyFile): Generator<Mistake> {
  for (const [index, row] of benefits.entries()) {
    if (!isInsured(row)) continue
    for (const key of datedKeys) {
      if ((row[key] ?? []).length === 0) {
        yield {
          path: ['benefits', index],
          en: `lacks ${key}; add its dated lines, or say insured: false`,
          zh: `缺少 ${key}；请补上带日期的行，或写 insured: false`,
        }
      }
    }
  }
}

function* oneStayRowEach({ inpatient }: PolicyFile): Generator<Mistake> {
  for (const [index, { insuredType }] of (inpatient ?? []).entries()) {
    if (inpatient.findIndex((row) => row.insuredType === insuredType) === index) continue
    yield {
      path: ['inpatient', index, 'insuredType'],
      en: `gives ${insuredType} a second row; keep one`,
      zh: `${insuredType} 出现第二行；请只保留一行`,
    }
  }
}

function* daysExist({ benefits, inpatient, clearing, creditBands, insuranceYearStart }: PolicyFile): Generator<Mistake> {
  for (const [index, { from, day }] of insuranceYearStart.entries()) {
    yield* mustExist(['insuranceYearStart', index, 'from'], from)
    // Every year has the day only if a common year has it.
    if (/^\d{2}-\d{2}$/.test(day) && !isCalendarDay(`2021-${day}`)) {
      yield {
        path: ['insuranceYearStart', index, 'day'],
        en: `is ${day}, a day that not every year has`,
        zh: `为 ${day}，并非每年都有这一天`,
      }
    }
  }
  for (const [index, row] of benefits.entries()) {
    for (const key of datedKeys) {
      for (const [line, { from }] of (row[key] ?? []).entries()) yield* mustExist(['benefits', index, key, line, 'from'], from)
    }
  }
  for (const [index, row] of (inpatient ?? []).entries()) {
    for (const key of inpatientKeys) {
      for (const [line, { from }] of (row[key] ?? []).entries()) yield* mustExist(['inpatient', index, key, line, 'from'], from)
    }
  }
  for (const key of clearingKeys) {
    for (const [line, { from }] of (clearing?.[key] ?? []).entries()) yield* mustExist(['clearing', key, line, 'from'], from)
  }
  for (const [index, { limit }] of (creditBands ?? []).entries()) {
    for (const [line, { from }] of limit.entries()) yield* mustExist(['creditBands', index, 'limit', line, 'from'], from)
  }
}

function* bandsInOrder({ creditBands }: PolicyFile): Generator<Mistake> {
  for (const [index, { fromScore, toScore }] of (creditBands ?? []).entries()) {
    const before = creditBands[index - 1]
    if (toScore < fromScore)
      yield {
        path: ['creditBands', index, 'toScore'],
        en: `is ${toScore}, below fromScore ${fromScore}`,
        zh: `为 ${toScore}，低于 fromScore ${fromScore}`,
      }
    if (before !== undefined && fromScore <= before.toScore) {
      yield {
        path: ['creditBands', index, 'fromScore'],
        en: `is ${fromScore}, inside the band before it`,
        zh: `为 ${fromScore}，落在前一档之内`,
      }
    }
  }
}
