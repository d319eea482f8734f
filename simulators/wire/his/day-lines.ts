/** Each payment of a site's business day, and each that went back: what a hospital holds against the platform's records line by line. */
import { sumFen } from '../../money/fen.ts'
import type { HisDay, HisDayLine, HisRefused, NoticeRequest } from '../desks/his-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type DayTable, totalsOf } from './day-totals.ts'

export type DayLineTable = Map<string, HisDayLine[]>
const dayKey = (site: number, date: string) => `${site} ${date}`

export function keepLine(
  lines: DayLineTable,
  { site, bill, attempt, split }: Pick<NoticeRequest, 'site' | 'bill' | 'attempt' | 'split'>,
  does: HisDayLine['does'],
  atMs: number,
  day: string,
): void {
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = split
  const totalFen = sumFen(fundFen, currentAccountFen, historyAccountFen, cashFen)
  const key = dayKey(site, day)
  const line: HisDayLine = { attempt, bill, does, atMs, totalFen, fundFen, currentAccountFen, historyAccountFen, cashFen }
  const known = lines.get(key)
  if (known === undefined) lines.set(key, [line])
  else known.push(line)
}

/**
 * @param state its lines and, kept apart from them, its totals
 * @param today the accounting day that is not over
 */
export function decideDayLines(
  { lines, days }: { readonly lines: DayLineTable; readonly days: DayTable },
  { site, date }: { readonly site: number; readonly date: string },
  today: string,
): Decision<never, HisDay | HisRefused> {
  if (date >= today) return { entries: [], reply: { outcome: 'refused', reason: 'day-not-over' } }
  const { paidCount, refundedCount, totalFen } = totalsOf(days, site, date)
  const told = lines.get(dayKey(site, date)) ?? []
  return { entries: [], reply: { outcome: 'day', lines: told, paidCount, refundedCount, totalFen } }
}
