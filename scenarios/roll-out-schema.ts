/** `rollOut:` of a scenario file: a window of days in place of one day. */
import { z } from 'zod'
import { slug, words } from './text-forms.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('yyyy-mm-dd')

const reasons = {
  source: z.string().min(1).optional().describe('Document and place. Either source or assumption.'),
  assumption: z.string().min(1).optional().describe('Why so, where no document says it.'),
}

/** Whoever states a date or a total says where it is from. */
const explained = <Shape extends z.ZodType<{ source?: string | undefined; assumption?: string | undefined }>>(shape: Shape) =>
  shape.superRefine(({ source, assumption }, context) => {
    if ((source === undefined) === (assumption === undefined)) {
      context.addIssue({ code: 'custom', params: { en: 'needs either source or assumption', zh: '须有 source 或 assumption 之一' } })
    }
  })

export const rollOutSchema = z.strictObject({
  from: day.describe('First simulated day, yyyy-mm-dd'),
  to: day.describe('Last simulated day, yyyy-mm-dd'),
  waves: z
    .array(
      explained(
        z.strictObject({
          on: day,
          title: words,
          districts: z.array(slug).default([]).describe('They join with all their sites but those of municipal tertiary institutions.'),
          municipalInstitutions: z.number().int().min(0).default(0).describe('Further municipal tertiary institutions, of all sizes.'),
          ...reasons,
        }),
      ),
    )
    .min(1),
  shapes: z
    .array(
      z.strictObject({
        name: slug,
        title: words,
        form: z.enum(['linear', 's-curve', 'power']),
        steepness: z.number().gt(0).max(50).default(1),
        assumption: z.string().min(1),
      }),
    )
    .min(1)
    .describe('Ways in which adoption may have grown; the first is played, all are shown.'),
})
export type RollOutFile = z.output<typeof rollOutSchema>
