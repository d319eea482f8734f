/** What a policy file may say: insurance rules as dated data, each list's line in force until the next begins. Strict: an unknown key is a mistake. */
import { z } from 'zod'
import { ageGroups, insuredTypes, tiers } from './plan.ts'
import { day, words } from './text-forms.ts'
import { warrantShape, withWarrant } from './warranted.ts'

export const policyFormat = 'medpay-policy'

/** A datum that holds from a day on, until the next line of its list. */
const dated = { from: day, ...warrantShape }
const yuanLine = withWarrant(z.strictObject({ ...dated, unit: z.literal('yuan'), value: z.number().min(0).max(10_000_000) }), 'value')
const rateLine = withWarrant(
  z.strictObject({ ...dated, unit: z.literal('basis-points'), values: z.array(z.number().int().min(0).max(10000)).length(tiers.length) }),
  'factor',
)

const yuanByTierLine = withWarrant(
  z.strictObject({ ...dated, unit: z.literal('yuan'), values: z.array(z.number().min(0).max(10_000_000)).length(tiers.length) }),
  'factor',
)
const shareLine = withWarrant(
  z.strictObject({ ...dated, unit: z.literal('basis-points'), value: z.number().int().min(0).max(10_000) }),
  'value',
)
const settlementsLine = withWarrant(
  z.strictObject({ ...dated, unit: z.literal('settlements'), value: z.number().int().min(0).max(1000) }),
  'value',
)
const daysLine = withWarrant(z.strictObject({ ...dated, unit: z.literal('days'), value: z.number().int().min(0).max(366) }), 'value')

export const policySchema = z.strictObject({
  format: z.literal(policyFormat),
  version: z.literal(1),
  title: words,
  documents: z.record(z.string(), z.strictObject({ title: z.string().min(1), address: z.string().min(1) })),
  insuranceYearStart: z
    .array(
      z
        .strictObject({
          from: day,
          day: z
            .string()
            .regex(/^\d{2}-\d{2}$/)
            .describe('mm-dd'),
          source: z.string().optional(),
          confidence: warrantShape.confidence,
          assumption: z.string().optional(),
        })
        .superRefine((line, context) => {
          if ((line.source === undefined) === (line.assumption === undefined)) {
            context.addIssue({ code: 'custom', params: { en: 'needs either source or assumption', zh: '须有 source 或 assumption 之一' } })
          }
        }),
    )
    .min(1),
  benefits: z
    .array(
      z.strictObject({
        insuredType: z.enum(insuredTypes),
        ageGroups: z.array(z.enum(ageGroups)).min(1),
        insured: z.boolean().default(true),
        deductible: z.array(yuanLine).optional().describe('门急诊自负段 of the year'),
        fundRate: z.array(rateLine).optional().describe('By tier: municipal-tertiary, district-tertiary, secondary, community'),
        annualCap: z.array(yuanLine).optional(),
        account: z.array(yuanLine).optional().describe('当年账户 at the start of the insurance year'),
        historyAccountMean: z.array(yuanLine).optional().describe('历年账户, mean'),
      }),
    )
    .min(1),
  inpatient: z
    .array(
      z.strictObject({
        insuredType: z.enum(insuredTypes),
        deductible: z.array(yuanByTierLine).min(1).describe('住院起付线 of a stay, by tier'),
        fundRate: z.array(rateLine).min(1).describe('By tier, above the deductible'),
        annualCap: z.array(yuanLine).min(1),
      }),
    )
    .default([])
    .describe('Stays in hospital, on the wire. A type without a row has nothing.'),
  clearing: z
    .strictObject({
      mostSettlements: z
        .array(settlementsLine)
        .min(1)
        .describe('预扣: settlements of a person at one site in a day; what comes after them is held back as split or excess charging'),
      upheldShare: z.array(shareLine).min(1).describe('申诉: of the settlements appealed for, those paid after all'),
      payout: z.array(daysLine).min(1).describe('拨付: days from the application to the money'),
      appeal: z.array(daysLine).min(1).describe('Days from the application in which an appeal is taken'),
      decision: z.array(daysLine).min(1).describe('Days from an appeal to the decision and its money'),
    })
    .optional()
    .describe('How the bureau clears a month with an institution, on the wire.'),
  creditBands: z
    .array(
      z.strictObject({
        fromScore: z.number().int().min(0).max(1000),
        toScore: z.number().int().min(0).max(1000),
        limit: z.array(yuanLine).min(1),
      }),
    )
    .default([]),
})
export type PolicyFile = z.output<typeof policySchema>
