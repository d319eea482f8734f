/** The parts of a city file that say what is published about it, and which of its numbers are fitted to that. */
import { z } from 'zod'
import { evidenceSlices, evidenceSwitcherSlices } from './plan-evidence.ts'
import { day, slug, words } from './text-forms.ts'
import { warrantShape } from './warranted.ts'

const sourced = {
  source: z.string().min(1).describe('Document key and place, e.g. "S1 §3".'),
  confidence: warrantShape.confidence.unwrap(),
}

export const evidenceRow = z.strictObject({
  name: slug,
  title: words,
  use: z.enum(['calibrated', 'held-out']).describe('calibrated: finds fitted numbers, once. held-out: only compared.'),
  ...sourced,
  unit: z.enum(['min', '1', 'lines']),
  low: z.number(),
  high: z.number().describe('Equal to low where the document gives one number.'),
  tolerance: z.number().gt(0),
  toleranceReason: words,
  measure: slug,
  slice: z.enum([...evidenceSlices, ...evidenceSwitcherSlices]),
  savedAtAdoption: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('The row is what was saved: before less the arm of this adoption, windows kept. Absent: the day before the reform.'),
  remark: words,
})

export const publishedTotalRow = z.strictObject({
  name: slug,
  title: words,
  unit: z.enum(['transactions', 'yuan', 'payments', 'sign-ups', 'persons']),
  published: z.number().gt(0),
  ...sourced,
  use: z
    .enum(['fitted', 'predicted', 'unused'])
    .describe('fitted: fixed one parameter. predicted: compared only. unused: neither; from says why.'),
  parameter: z.string().min(1).optional().describe('The one parameter a fitted total fixed.'),
  from: words.describe('That parameter in words, what the total is predicted from, or why it is unused.'),
})

/** Numbers of the file that move together: each is its base times the parameter's factor. */
const move = z.strictObject({
  path: z.string().min(1).describe('A warranted number or list of this file, e.g. consulting.peakUtilization'),
  base: z.union([z.number().gt(0), z.array(z.number().gt(0)).min(1)]).describe('What it is at factor 1.'),
  entries: z.array(z.number().int().min(0)).min(1).optional().describe('Which entries of a list move, from 0; all, if left out.'),
})

export const calibrationSchema = z.strictObject({
  /** The day that is played for the calibrated rows, before the reform, on a sample of whole sites. */
  day: z.strictObject({
    date: day,
    policy: z.string().min(1),
    seed: z.number().int().min(0).max(4294967295),
    days: z.number().int().min(1).max(100),
    siteShare: z.number().gt(0).max(1),
    maximumEvaluations: z.number().int().min(3).max(1000),
    /** The search is done when every calibrated row is within this share of its tolerance. */
    precision: z.number().gt(0).max(1),
    assumption: z.string().min(1).describe('Why this day stands for what the documents speak of.'),
  }),
  parameters: z
    .array(
      z.strictObject({
        name: slug,
        title: words,
        low: z.number().gt(0),
        high: z.number().gt(0),
        start: z.number().gt(0),
        fitted: z.number().gt(0).describe('Written by medpay calibrate, with the numbers it moves and the record beside this file.'),
        assumption: z.string().min(1).describe('Why these bounds.'),
        moves: z.array(move).min(1),
      }),
    )
    .min(1),
})
