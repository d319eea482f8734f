/** Forms of text in the three files: names, words in both languages, days and times of a day. */
import { z } from 'zod'

export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
export const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export const titles = z.record(slug, words)
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('yyyy-mm-dd')
/** Hours and minutes of the simulated day, 00:00 … 24:00. */
export const clock = z
  .string()
  .regex(/^\d{2}:\d{2}(:\d{2})?$/)
  .describe('hh:mm or hh:mm:ss')
