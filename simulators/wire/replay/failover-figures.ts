/** Payments that faults broke, by what patients did: the wire's side of virtual/cut/foretell.ts, counted alike. */
import type { FailoverFigures } from '../../measures/result-wire.ts'
import { isAtEntry, lastTries, type SeenRow } from '../../trace/seen-row.ts'
import type { TraceRow } from '../../trace/trace.ts'
import type { TwinRow } from './beside-twin.ts'

/**
 * @param struck parts that faults strike, as the wire names them
 * @param twin what went another way there did so for a reason of its own, such as want of credit
 */
export function failoverFigures(
  rows: readonly TraceRow[],
  channels: readonly string[],
  struck: readonly string[],
  seen: readonly SeenRow[],
  twin: readonly TwinRow[],
): FailoverFigures {
  const twinOf = new Map(twin.map((row) => [row.row, row]))
  const sums = { payments: 0, broke: 0, notSaved: 0, toHospital: 0, atOtherEntries: 0 }
  for (const one of seen) {
    const planned = rows[one.row]
    if (planned === undefined || planned.bill === null || planned.entry < 0 || one.notSent !== undefined) continue
    sums.payments += 1
    // A try that is made again at the same entry is no way that came to nothing.
    if (lastTries(one.answers).some((last) => isAtEntry(last) && channels.includes(last.by) && !struck.includes(`channel-${last.by}`)))
      sums.atOtherEntries += 1
    const other = twinOf.get(one.row)
    const firstWay = channels[planned.entry] ?? ''
    if (isFirstWay(one, planned.key, firstWay) || (other !== undefined && !isFirstWay(other, planned.key, firstWay))) continue
    sums.broke += 1
    const last = one.answers.at(-1)
    if (last?.outcome !== 'paid' || last.by === 'hospital' || last.key !== planned.key) sums.notSaved += 1
    if (one.answers.some(({ by }) => by === 'hospital')) sums.toHospital += 1
  }
  return sums
}

/** Paid where and how it was first asked for. */
function isFirstWay({ answers }: TwinRow, key: string, entry: string): boolean {
  const last = answers.at(-1)
  return last?.outcome === 'paid' && last.by === entry && last.key === key
}
