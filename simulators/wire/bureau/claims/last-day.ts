import { dateOf } from '../../desks/business-time.ts'

/** ASSUMPTION: a file waits seven days; no source gives the time. */
const fileDays = 7

/** yyyy-MM-dd of the last day on which a file made now can be had. */
export const lastDayOf = (nowMs: number): string => dateOf(nowMs + fileDays * 86_400_000)
