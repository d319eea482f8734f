/** Runs the worked cases, which officials can read, against the policies that ship. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { fenOf, fenOfYuan } from '../../../simulators/money/fen.ts'
import { authorize, limitOfScore } from '../../../simulators/policy/credit-line.ts'
import { benefitOf, splitBill } from '../../../simulators/policy/split-bill.ts'
import { stayBenefitOf } from '../../../simulators/policy/stay-benefit.ts'
import { ownBenefit, ownSplit } from '../../../simulators/wire/audit/own-split.ts'
import { checkPolicy } from '../../check-policy.ts'
import { checkShape } from '../../check-shape.ts'
import { ageGroups, insuredTypes, tiers } from '../../plan.ts'
import type { PolicyPlan } from '../../plan-policy.ts'
import type { Provenance } from '../../plan-provenance.ts'
import { policySchema } from '../../policy-schema.ts'
import { readYaml } from '../../read-yaml.ts'
import { policyPlan } from '../../resolve-policy.ts'
import { Warrants } from '../../warrants.ts'

const yuan = z.number().transform(fenOfYuan)
const yuanOrNothing = yuan.default(fenOf(0))
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const title = { en: z.string().min(1), zh: z.string().regex(/[\u4e00-\u9fff]/), on: day.optional() }
const year = z.strictObject({
  currentAccountLeftYuan: yuanOrNothing,
  historyAccountLeftYuan: yuanOrNothing,
  deductiblePaidYuan: yuanOrNothing,
  fundPaidYuan: yuanOrNothing,
})
const billCase = z.strictObject({
  ...title,
  /** 住院: the deductible is the stay's own. */
  stay: z.literal(true).optional(),
  patient: z.strictObject({ insuredType: z.enum(insuredTypes), ageGroup: z.enum(ageGroups), tier: z.enum(tiers) }),
  yearSoFar: year.default(year.parse({})),
  bill: z.strictObject({ totalYuan: yuan, coveredYuan: yuan }),
  pays: z.strictObject({
    fundYuan: yuanOrNothing,
    currentAccountYuan: yuanOrNothing,
    historyAccountYuan: yuanOrNothing,
    cashYuan: yuanOrNothing,
    ofWhichUncoveredYuan: yuanOrNothing,
    ofWhichDeductibleYuan: yuanOrNothing,
  }),
  yearAfter: year.optional(),
})
const creditCase = z
  .strictObject({
    ...title,
    score: z.int(),
    limitYuan: yuan,
    usedYuan: yuanOrNothing,
    asksYuan: yuan.optional(),
    answer: z.enum(['authorized', 'refused']).optional(),
  })
  .refine((given) => (given.asksYuan === undefined) === (given.answer === undefined), 'asksYuan and answer go together')
const casesFile = z.strictObject({ policy: z.string(), on: day, cases: z.array(z.union([billCase, creditCase])).min(1) })
type BillCase = z.output<typeof billCase>
type CreditCase = z.output<typeof creditCase>

function policyOn(name: string, date: string): { policy: PolicyPlan; warrants: readonly Provenance[] } {
  const yaml = readYaml(join(import.meta.dirname, '..', `${name}.yaml`))
  if (!('value' in yaml)) throw new Error(JSON.stringify(yaml.problems))
  const { data, mistakes } = checkShape(policySchema, yaml.value)
  if (data === undefined || mistakes.length > 0) throw new Error(JSON.stringify(mistakes))
  expect(checkPolicy(data)).toEqual([])
  const warrants = new Warrants()
  return { policy: policyPlan(data, name, date, warrants), warrants: warrants.records }
}

function checkBill(policy: PolicyPlan, given: BillCase): void {
  const bill = { totalFen: given.bill.totalYuan, coveredFen: given.bill.coveredYuan }
  const yearSoFar = yearInFen(given.yearSoFar)
  const { insuredType, tier } = given.patient
  const benefit = given.stay === true ? stayBenefitOf(policy, insuredType, tier) : benefitOf(policy, given.patient, tier)
  const { split, yearAfter } = splitBill(bill, benefit, yearSoFar)
  expect(split).toEqual({
    fundFen: given.pays.fundYuan,
    currentAccountFen: given.pays.currentAccountYuan,
    historyAccountFen: given.pays.historyAccountYuan,
    cashFen: given.pays.cashYuan,
    uncoveredFen: given.pays.ofWhichUncoveredYuan,
    deductibleFen: given.pays.ofWhichDeductibleYuan,
  })
  if (given.yearAfter !== undefined) expect(yearAfter).toEqual(yearInFen(given.yearAfter))
  if (given.stay !== true) checkAuditor(policy, given)
}
/** The auditor's arithmetic shares no line with the policy's and is held to the same cases. */
function checkAuditor(policy: PolicyPlan, given: BillCase): void {
  const { insuredType, ageGroup, tier } = given.patient
  const own = ownBenefit(policy.benefits, insuredType, ageGroup, tier)
  if (own === undefined) throw new Error('the auditor finds no row of the policy')
  expect(ownSplit({ totalFen: given.bill.totalYuan, coveredFen: given.bill.coveredYuan }, own, yearInFen(given.yearSoFar))).toEqual({
    fundFen: given.pays.fundYuan,
    currentAccountFen: given.pays.currentAccountYuan,
    historyAccountFen: given.pays.historyAccountYuan,
    cashFen: given.pays.cashYuan,
    towardsDeductibleFen: given.pays.ofWhichDeductibleYuan,
  })
}
const yearInFen = (given: z.output<typeof year>) => ({
  currentAccountLeftFen: given.currentAccountLeftYuan,
  historyAccountLeftFen: given.historyAccountLeftYuan,
  deductiblePaidFen: given.deductiblePaidYuan,
  fundPaidFen: given.fundPaidYuan,
})

function checkCredit(policy: PolicyPlan, given: CreditCase): void {
  const limitFen = limitOfScore(policy, given.score)
  expect(limitFen).toBe(given.limitYuan)
  if (given.asksYuan === undefined) return
  expect(authorize({ limitFen, usedFen: given.usedYuan, heldFen: fenOf(0) }, given.asksYuan).outcome).toBe(given.answer)
}

/** Whether every number of the policy that the case may rest on is verified. */
function restsOnVerified(policy: PolicyPlan, warrants: readonly Provenance[], given: BillCase | CreditCase): boolean {
  const isStay = 'patient' in given && given.stay === true
  const rows = isStay ? policy.inpatient : 'patient' in given ? policy.benefits : policy.creditBands
  const list = isStay ? 'inpatient' : 'patient' in given ? 'benefits' : 'creditBands'
  const index = rows.findIndex((row) =>
    'patient' in given
      ? 'insuredType' in row &&
        row.insuredType === given.patient.insuredType &&
        (!('ageGroup' in row) || row.ageGroup === given.patient.ageGroup)
      : 'fromScore' in row && row.fromScore <= given.score && given.score <= row.toScore,
  )
  return warrants
    .filter(({ path }) => path.startsWith(`policy.${list}[${index}].`))
    .every(({ warrant }) => warrant.kind === 'source' && warrant.confidence === 'verified')
}

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))

describe.each(files)('%s', (file) => {
  const given = casesFile.parse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
  for (const one of given.cases) {
    test(`${one.en} · ${one.zh}`, () => {
      const { policy, warrants } = policyOn(given.policy, one.on ?? given.on)
      if ('patient' in one) checkBill(policy, one)
      else checkCredit(policy, one)
      const verified = restsOnVerified(policy, warrants, one)
      expect({ en: /unverified/.test(one.en), zh: /未核实/.test(one.zh) }).toEqual({ en: !verified, zh: !verified })
    })
  }
})

test('every policy that ships has worked cases', () => {
  const policies = readdirSync(join(import.meta.dirname, '..')).filter((name) => name.endsWith('.yaml'))
  const tried = files.map((file) => (parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as { policy: string }).policy)
  expect([...new Set(tried)].sort()).toEqual(policies.map((name) => basename(name, '.yaml')).sort())
})
