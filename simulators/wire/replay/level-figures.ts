/** What one rate showed, and whether the target held it. */
import type { Words } from '../../../scenarios/plan.ts'
import type { LevelFigures, RateStanding, WireOutcome } from '../../measures/result-wire.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'
import { mostOwnMsP95 } from './gave-way.ts'

export interface PlayedRate {
  readonly trace: Trace
  readonly conducted: Conducted
  readonly wire: WireOutcome
  readonly reasons: readonly Words[]
}

/** As the service level has it (docs/load-levels.md): of what settled in the virtual city. */
export const leastSettledShare = 0.99

/** @param title of the level, of a probe or of the whole */
export function levelFigures(title: Words, { trace, conducted, wire, reasons }: PlayedRate): LevelFigures {
  const { legs, level, rows } = wire
  const platform = legs.find(({ leg }) => leg === 'platform')
  const standing = rateStanding({ trace, conducted, wire, reasons })
  return {
    ...level,
    title,
    valid: standing === 'held',
    standing,
    sent: rows.sent,
    settledShare: settledShare(trace, conducted.log.rows),
    refusedBusy: callsWith(conducted.log.rows, (status) => status === 429),
    ownMsP99: platform?.ownMs?.p99 ?? platform?.ownMs?.p95 ?? null,
    totalMsP95: platform?.totalMs?.p95 ?? null,
  }
}

/**
 * Held: the money is right and the target kept up. Lost: it did not. Void: the run may not be quoted, so it says nothing of the target,
 * neither that it kept up nor that it did not.
 */
export function rateStanding({ trace, conducted, wire, reasons }: PlayedRate): RateStanding {
  if (reasons.length > 0 || wire.audit.verdict === 'void') return 'void'
  const own = wire.legs.find(({ leg }) => leg === 'platform')?.ownMs?.p95 ?? Number.POSITIVE_INFINITY
  const isHeld = wire.audit.verdict === 'passed' && own <= mostOwnMsP95 && settledShare(trace, conducted.log.rows) >= leastSettledShare
  return isHeld ? 'held' : 'lost'
}

export const paysByPlatform = ({ bill, mode }: Pick<TraceRow, 'bill' | 'mode'>): boolean =>
  bill !== null && mode !== 'none' && mode !== 'window' && mode !== 'kiosk'

export const isPaidByPlatform = ({ answers }: SeenRow): boolean => answers.at(-1)?.outcome === 'paid' && answers.at(-1)?.by !== 'hospital'

/** Platform payments a second that the trace asks for. */
export const ratePlanned = ({ rows, window }: Trace): number => rows.filter(paysByPlatform).length / window.seconds

/** Of the platform's payments that were sent and that the virtual city settled: paid through it. */
function settledShare({ rows }: Trace, seen: readonly SeenRow[]): number {
  const asked = seen.filter(({ row, notSent }) => {
    const planned = rows[row]
    return notSent === undefined && planned !== undefined && paysByPlatform(planned) && planned.virtual.outcome === 'settled'
  })
  return asked.length === 0 ? 0 : asked.filter(isPaidByPlatform).length / asked.length
}

export const callsWith = (rows: readonly SeenRow[], is: (status: number) => boolean): number =>
  rows.reduce((sum, { answers }) => sum + answers.reduce((all, { calls }) => all + calls.filter(({ status }) => is(status)).length, 0), 0)
