/** Dresses a trace for the generator: persons as they show themselves, addresses, and how many virtual users play it. */
import type { PersonToPlay, PlaySettings, RowToPlay, VisitToPlay } from '../../trace/play.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { mostOpenAtOnce } from './opening-books.ts'
import { openingRows } from './site-counters.ts'

/** Requests under way together that one generator is trusted with (1.5 × the most open at once, at most 2,000). */
const mostOpen = 2000
const headRoom = 1.5
/** ASSUMPTION: measured at 400 rows/s, 64 users sharing two cores start rows within 4 ms at p99, 16 within 20 ms. */
const mostUsers = 64

/** More rows would be open at once than one generator can hold. */
export class TooManyOpen extends Error {
  override readonly name = 'TooManyOpen'
  readonly openAtOnce: number
  readonly longestLeg: string

  constructor(openAtOnce: number, longestLeg: string) {
    super(`${openAtOnce} rows would be open at once; shorten the timeout of ${longestLeg}`)
    this.openAtOnce = openAtOnce
    this.longestLeg = longestLeg
  }
}

export function playOf(trace: Trace, persons: ReadonlyMap<number, PersonToPlay>): readonly VisitToPlay[] {
  const opens = new Set(openingRows(trace).values())
  const visits = new Map<number, { visit: number; person: PersonToPlay; rows: RowToPlay[] }>()
  for (const traced of trace.rows) {
    const { services: _services, virtual: _virtual, person, ...kept } = traced
    const { visit } = kept
    const row: RowToPlay = opens.has(kept.row) ? { ...kept, opensCounters: true } : kept
    const known = visits.get(visit)
    if (known === undefined) visits.set(visit, { visit, person: persons.get(person) ?? nobody, rows: [row] })
    else known.rows.push(row)
  }
  return [...visits.values()]
}

/** Who stands at a terminal that signs in. */
const nobody: PersonToPlay = {
  person: -1,
  payer: -1,
  qr: '',
  card: '',
  name: '',
  idNumber: '',
  sessions: {},
  account: null,
  credit: null,
  wallet: null,
}

/**
 * Users for a trace. Throws {@link TooManyOpen}.
 *
 * @param foretoldOpen as many would be open at once under the faults that are to strike
 */
export function usersFor(trace: Trace, foretoldOpen = 0): number {
  // A transfer waits at the file desk however slow anybody is, one a site at most: it holds a socket and needs no head-room.
  const planned = mostOpenAtOnce(trace.rows.filter(({ errand }) => errand !== 'directory-download'))
  const openAtOnce = Math.ceil(headRoom * Math.max(foretoldOpen, planned))
  if (openAtOnce > mostOpen) {
    const [longestLeg = 'entry'] = Object.entries(trace.rules.timeoutMs).toSorted(([, a], [, b]) => b - a)[0] ?? []
    throw new TooManyOpen(openAtOnce, longestLeg)
  }
  return Math.max(1, Math.min(mostUsers, trace.visits.length))
}

/** The longest a row may go on after the window. */
export const graceMsOf = (rows: readonly Pick<TraceRow, 'deadlineMs'>[]): number =>
  rows.reduce((most, { deadlineMs }) => Math.max(most, deadlineMs), 0)

export type SettingsParts = Omit<PlaySettings, 'rules' | 'fromSecond' | 'windowSeconds' | 'vus' | 'graceMs' | 'businessDate'>

/** @param mostGraceMs a row that is still open then is counted as unanswered */
export const settingsOf = (trace: Trace, parts: SettingsParts, mostGraceMs: number, foretoldOpen?: number): PlaySettings => ({
  ...parts,
  rules: trace.rules,
  fromSecond: trace.window.fromSecond,
  windowSeconds: trace.window.seconds,
  // Users share no memory: what all patients know together is known to one.
  vus: parts.health === undefined ? usersFor(trace, foretoldOpen) : Math.min(1, usersFor(trace, foretoldOpen)),
  graceMs: Math.min(mostGraceMs, graceMsOf(trace.rows)),
  businessDate: trace.opening.date.replaceAll('-', ''),
})
