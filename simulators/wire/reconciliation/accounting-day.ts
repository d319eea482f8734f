/** Accounting days: each party closes its day at its own minute, so one payment may stand in two parties' books on two days. Pure. */
import { dateOf, momentMs } from '../desks/business-time.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export interface CutOff {
  /** Minutes after midnight at which the accounting day ends: 1440 at midnight, 1380 at 23:00. */
  readonly minuteOfDay: number
}

/**
 * Parties that close at midnight: the insurer's SL01 names a date and no moment, a wallet's bill is of 00:00–23:59:59 (WeChat Pay v3).
 * The cut-offs of banks and hospitals stand in the city file.
 */
export const calendarDay: CutOff = { minuteOfDay: 1440 }

/** yyyy-MM-dd of the accounting day a moment belongs to. */
export const accountingDayOf = (atMs: number, { minuteOfDay }: CutOff): string => dateOf(atMs + dayMs - minuteOfDay * minuteMs)

/** From the first moment of an accounting day until the first of the next. */
export function windowOf(day: string, { minuteOfDay }: CutOff): { readonly fromMs: number; readonly untilMs: number } {
  const midnightMs = momentMs(day)
  if (midnightMs === undefined) throw new Error(`no such day: ${day}`)
  const untilMs = midnightMs + minuteOfDay * minuteMs
  return { fromMs: untilMs - dayMs, untilMs }
}

export const dayAfter = (day: string): string => dateOf((momentMs(day) as number) + dayMs)
