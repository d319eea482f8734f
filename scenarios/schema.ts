/** What a scenario file and a policy file may say. Strict: an unknown key is a mistake. The city's schema is city-schema.ts. */

import { z } from 'zod'
import { creditTermSchema } from './credit-term-schema.ts'
import { goLiveSchema, serviceLevelSchema, surgeSchema } from './go-live-schema.ts'
import { ageGroups, insuredTypes, tiers } from './plan.ts'
import { faultKinds, noStrength } from './plan-faults.ts'
import { refundsSchema } from './refund-schema.ts'
import { rollOutSchema } from './roll-out-schema.ts'
import { shortFormSchema } from './short-form.ts'
import { armCity, assumptionStudySchema, reducedCitySchema } from './study-schema.ts'
import { slug, warrantShape, withWarrant, words } from './warranted.ts'

export const scenarioFormat = 'medpay-scenario'
export const policyFormat = 'medpay-policy'

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('yyyy-mm-dd')
/** Hours and minutes of the simulated day, 00:00 … 24:00. */
export const clock = z
  .string()
  .regex(/^\d{2}:\d{2}(:\d{2})?$/)
  .describe('hh:mm or hh:mm:ss')
const chance = z.number().min(0).max(1)
/** Whose outcome is guarded: `everybody`, or one slice. */
export const guardedGroups = [
  'everybody',
  ...ageGroups.map((age) => `age/${age}` as const),
  ...tiers.map((tier) => `tier/${tier}` as const),
  ...insuredTypes.map((type) => `insured/${type}` as const),
] as const
/** Slash-separated words of a measure's name. */
const measure = z.string().regex(/^[a-z0-9]+([-/][a-z0-9]+)*$/)

const armSchema = z.strictObject({
  name: slug,
  title: words,
  reform: z.boolean(),
  adoption: chance.default(0).describe('Share of all eligible patients who pay by phone or credit.'),
  creditShareOfAdopters: chance.default(0),
  staffing: z.enum(['windows-kept', 'windows-cut-in-proportion']).default('windows-kept'),
  mutualBackup: z.boolean().default(true),
  faults: z.array(slug).default([]),
  volunteerFactor: z.number().min(0).max(100).default(1),
  familyCode: z.boolean().default(true).describe('Whether guardians pay for children by phone (亲属随申码).'),
  settlesOnLeaving: z
    .boolean()
    .exactOptional()
    .describe('Whether who has credit is treated first and settles the visit once, before leaving (先诊疗后付费, Tianjin).'),
  alsoAgainst: z.array(slug).default([]).describe('Arms this one is compared with beside the first.'),
  goLive: z
    .enum(['nothing', 'all-at-once', 'in-waves'])
    .default('nothing')
    .describe('Which sites switch over on the day; see goLive below.'),
  city: armCity,
})

const faultSchema = z.strictObject({
  name: slug,
  kind: z.enum(faultKinds),
  target: z.strictObject({ party: z.enum(['channel', 'platform', 'bureau', 'bank']), name: slug.optional() }),
  from: clock,
  to: clock,
  form: z.enum(['refuse', 'black-hole']).default('refuse'),
  slowFactor: z.number().min(1).max(1000).default(noStrength.slowFactor),
  capacityShare: z.number().gt(0).max(1).default(noStrength.capacityShare),
  errorShare: chance.default(noStrength.errorShare),
})

export const scenarioSchema = z.strictObject({
  format: z.literal(scenarioFormat),
  version: z.literal(1),
  title: words,
  question: words,
  city: z.string().min(1).describe('Name of a city file in cities/, or a path ending in .yaml relative to this file.'),
  policy: z.string().min(1).describe('Name of a policy file in policies/, or a path ending in .yaml relative to this file.'),
  date: day,
  seed: z.number().int().min(0).max(4294967295),
  // Replications and copies of the city share a stream number in blocks of 64.
  scale: z.number().gt(0).max(64).default(1),
  primaryMeasure: measure,
  minimumEffectThatMatters: z.number().gt(0),
  mustNotWorsen: z.array(z.strictObject({ group: z.enum(guardedGroups), measure, margin: z.number().min(0) })).default([]),
  replication: z.strictObject({
    pilotDays: z.number().int().min(1).max(10000),
    batchDays: z.number().int().min(1).max(10000),
    maximumDays: z.number().int().min(1).max(10000),
    precision: z.number().gt(0),
  }),
  arms: z.array(armSchema).min(1),
  wireArm: z.string().optional().describe('Name of the arm that is replayed over HTTP; the last one where absent.'),
  faults: z.array(faultSchema).default([]),
  onTheWire: shortFormSchema.optional().describe('The short form of its fault that medpay failover plays over HTTP.'),
  rollOut: rollOutSchema.optional().describe('A window of days in which sites, entries and patients join one after another.'),
  goLive: goLiveSchema.optional().describe('A morning on which sites switch over to the reform.'),
  surge: surgeSchema.optional().describe('More visits than usual, in every arm.'),
  refunds: refundsSchema.optional().describe('Bills that go back the way they were paid.'),
  creditTerm: creditTermSchema
    .optional()
    .describe('What becomes of advances after the visit; medpay load goes on through the interest-free days.'),
  serviceLevel: serviceLevelSchema.optional().describe("In place of the city's service level."),
  reducedCity: reducedCitySchema.optional().describe('The city of arms with city: reduced.'),
  assumptionStudy: assumptionStudySchema.optional().describe('Play plans drawn from the ranges of all assumptions at once.'),
})
export type ScenarioFile = z.output<typeof scenarioSchema>

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
