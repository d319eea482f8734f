/** What a scenario file may say; its larger parts have schemas of their own. Strict: an unknown key is a mistake. */

import { z } from 'zod'
import { creditTermSchema } from './credit-term-schema.ts'
import { goLiveSchema, serviceLevelSchema, surgeSchema } from './go-live-schema.ts'
import { ageGroups, insuredTypes, staffings, tiers } from './plan.ts'
import { faultKinds, noStrength, outageForms } from './plan-faults.ts'
import { partyKinds } from './plan-parties.ts'
import { refundsSchema } from './refund-schema.ts'
import { rollOutSchema } from './roll-out-schema.ts'
import { shortFormSchema } from './short-form-schema.ts'
import { armCity, assumptionStudySchema, reducedCitySchema } from './study-schema.ts'
import { clock, day, slug, words } from './text-forms.ts'

export const scenarioFormat = 'medpay-scenario'

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
  staffing: z.enum(staffings).default('windows-kept'),
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
  target: z.strictObject({ party: z.enum(partyKinds), name: slug.optional() }),
  from: clock,
  to: clock,
  form: z.enum(outageForms).default('refuse'),
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
