/** Days as a bank counts them: the calendar's, and its own accounting day, which closes before midnight. */
import { dayNumber } from '../../engine/civil-date.ts'
import { dateOf } from '../desks/business-time.ts'

const dayMs = 86_400_000

/** Days from 1970-01-01 on the Chinese calendar. */
export const dayOf = (ms: number): number => dayNumber(dateOf(ms))

/** yyyy-MM-dd of the accounting day that carries this moment: after the cut-off it is the next one. */
export const accountingDateOf = (ms: number, cutOffSeconds: number): string => dateOf(ms + dayMs - cutOffSeconds * 1000)
