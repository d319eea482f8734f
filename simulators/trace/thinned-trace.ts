/**
 * A trace at a lower rate: whole visits left out by a draw of their own, so that a lower rate plays a part of what a higher one plays.
 * Arrivals thinned so stay independent of each other; every site keeps its share.
 */
import { drawWord, uniformOf } from '../engine/random.ts'
import type { Trace, TraceRow } from './trace.ts'

/**
 * @param shareAt share of the visits that begin at this moment and stay, 0 to 1
 * @param seconds length of the window that is kept
 */
export function thinnedTrace(trace: Trace, shareAt: (startMs: number) => number, seconds: number = trace.window.seconds): Trace {
  const stays = new Map<number, boolean>()
  const kept = trace.rows.filter(({ visit, startMs }) => {
    // Rows come in order of their starts, so the first of a visit says when it begins.
    const known = stays.get(visit) ?? uniformOf(drawWord(THIN, THIN, visit, 0)) < shareAt(startMs)
    stays.set(visit, known)
    return known && startMs < seconds * 1000
  })
  const places = new Map(kept.map(({ row }, place) => [row, place]))
  const placed = (row: number | null) => (row === null ? null : (places.get(row) ?? null))
  const rows = kept.map((row, place): TraceRow => ({ ...row, row: place, after: placed(row.after), insteadOf: placed(row.insteadOf) }))
  const { opening, scale, term } = trace
  const persons = new Set(rows.map(({ person }) => person))
  for (const { person, guardian } of opening.persons) if (guardian !== null && persons.has(person)) persons.add(guardian)
  const bills = new Set(rows.flatMap(({ bill, holds }) => [bill, holds?.bill]))
  for (const { bill, mergedFrom = [] } of opening.bills) if (bills.has(bill)) for (const part of mergedFrom) bills.add(part)
  const sites = new Set(rows.map(({ site }) => site))
  const visits = new Set(rows.map(({ visit }) => visit))
  const isIn = ({ person }: { readonly person: number }) => persons.has(person)
  return {
    ...trace,
    window: { ...trace.window, seconds },
    scale: { ...scale, asked: scale.asked * shareOf(trace, rows, seconds), isSubSampled: true },
    visits: trace.visits.filter(({ visit }) => visits.has(visit)),
    rows,
    opening: {
      ...opening,
      sites: opening.sites.filter(({ site }) => sites.has(site)),
      persons: opening.persons.filter(isIn),
      agreements: opening.agreements.filter(isIn),
      bills: opening.bills.filter(({ bill }) => bills.has(bill)),
      signIns: opening.signIns.filter(({ site }) => sites.has(site)),
      applicants: opening.applicants.filter(isIn),
    },
    ...(term === undefined ? {} : { term: { ...term, repayments: term.repayments.filter(isIn) } }),
  }
}

const THIN = 0x7468_696e

/** Of the rows of the same stretch. */
function shareOf({ rows }: Trace, kept: readonly TraceRow[], seconds: number): number {
  const all = rows.filter(({ startMs }) => startMs < seconds * 1000).length
  return all === 0 ? 0 : kept.length / all
}
