/** What a scenario file may say of its reduced city and of the study of its assumptions. */
import { z } from 'zod'
import { tiers } from './plan.ts'
import type { AssumptionStudyPlan, ReducedCityPlan } from './plan-study.ts'
import { plansForPublication } from './plan-study.ts'

const siteShare = z.number().gt(0).max(1)
const siteShareOf = z
  .partialRecord(z.enum(tiers), siteShare)
  .exactOptional()
  .describe('Of tiers that keep another share, because the answer hangs on them more or less than on others.')

export const armCity = z
  .enum(['whole', 'reduced'])
  .default('whole')
  .describe('The city the arm is played on. Arms of the whole city are played on the reduced one too.')

export const reducedCitySchema = z.strictObject({
  siteShare: siteShare.default(0.05).describe('Share of the sites of each tier that is kept, one at least.'),
  siteShareOf,
  days: z.number().int().min(1).max(10000).default(10),
})

export const assumptionStudySchema = z.strictObject({
  plans: z.number().int().min(1).max(10000).optional().describe('200, or four a group of assumptions where that is more, unless said.'),
  siteShare: siteShare.default(0.0167).describe('Share of the sites of each tier that is kept, one at least.'),
  siteShareOf,
  days: z.number().int().min(1).max(100).default(1).describe('Days each plan is played.'),
  repeats: z.number().int().min(2).max(1000).default(10).describe('Plays of the base point on other days: how much of the range is dice.'),
  tornado: z.boolean().default(true).describe('Whether each group is also moved by itself.'),
})

interface StudyFile {
  readonly arms: readonly { readonly city: 'whole' | 'reduced' }[]
  readonly reducedCity?: z.output<typeof reducedCitySchema> | undefined
  readonly assumptionStudy?: z.output<typeof assumptionStudySchema> | undefined
}

/** Both as the plan has them, where the file asks for them. */
export function studyPlans({ arms, reducedCity, assumptionStudy }: StudyFile, groups: number) {
  const isReduced = reducedCity !== undefined || arms.some(({ city }) => city === 'reduced')
  return {
    ...(isReduced && { reducedCity: (reducedCity ?? reducedCitySchema.parse({})) satisfies ReducedCityPlan }),
    ...(assumptionStudy !== undefined && {
      assumptionStudy: { ...assumptionStudy, plans: assumptionStudy.plans ?? plansForPublication(groups) } satisfies AssumptionStudyPlan,
    }),
  }
}
