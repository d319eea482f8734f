/** A run with faults beside its twin: the same rows, played without any. What a fault did, and whether those it did not touch ended alike. */
import type { WireFault } from '../../measures/result-wire.ts'
import { heldForDown, type SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import { faultEffect, type RowEnd } from '../faults/fault-effect.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import type { Struck } from './strikes.ts'

/** As much of a twin's rows as is compared. */
export type TwinRow = Pick<SeenRow, 'row' | 'notSent' | 'dueMs' | 'sentMs' | 'endMs'> & {
  readonly answers: readonly Pick<SeenRow['answers'][number], 'key' | 'outcome' | 'by' | 'split'>[]
}

/** Whether a row asks the part at all. Callbacks go to the platform, whose rows ask it. */
export function asks({ rules }: Pick<Trace, 'rules'>, row: TraceRow, target: string): boolean {
  const isByEntry = row.entry >= 0
  if (target.startsWith('channel-')) return isByEntry && target === `channel-${rules.channels[row.entry]}`
  if (target === 'platform') return isByEntry
  const bank = rules.banks.indexOf(target)
  if (bank >= 0) return row.bill !== null && isByEntry && (row.mode === 'credit' ? row.creditBank : row.ownBank) === bank
  return row.bill !== null
}

/** The effect as a result tells it: the measure that the kind of fault must move, or calls met where it names none; and whether it was enough. */
export function effectBesideTwin(
  { rows, rules }: Pick<Trace, 'rows' | 'rules'>,
  { kind, target, fromSecond, toSecond }: FaultOnWire,
  callsTouched: number,
  seen: readonly SeenRow[],
  twin: readonly TwinRow[],
): Pick<WireFault, 'effect' | 'isToothless'> {
  const { leastEffect, strikesAt } = allWireFaults[kind]
  // No patient is there any more when the day's files are made.
  if (strikesAt === 'day-end') {
    const effect = { measure: 'calls-met', twin: 0, found: callsTouched, leastDifference: leastEffect.calls }
    return { effect, isToothless: callsTouched < leastEffect.calls }
  }
  const affected = seen.filter(({ row, sentMs }) => {
    const planned = rows[row]
    return planned !== undefined && isDuring(sentMs, fromSecond, toSecond) && asks({ rules }, planned, target)
  })
  const { medianMs, failedShare, toothless } = faultEffect(
    leastEffect,
    callsTouched,
    affected.flatMap(endOf),
    new Map(twin.flatMap(endOf).map((row) => [row.row, row])),
  )
  const { calls, laterMs, failedShare: leastShare } = leastEffect
  const effect =
    leastShare !== undefined
      ? { measure: 'failed-share', ...failedShare, leastDifference: leastShare }
      : laterMs !== undefined
        ? { measure: 'median-milliseconds', ...medianMs, leastDifference: laterMs }
        : { measure: 'calls-met', twin: 0, found: callsTouched, leastDifference: calls }
  return { effect, isToothless: toothless.length > 0 }
}

const isDuring = (ms: number | undefined, fromSecond: number, toSecond: number) =>
  ms !== undefined && ms >= fromSecond * 1000 && ms < toSecond * 1000

function endOf({ row, dueMs, sentMs, endMs, answers }: TwinRow): readonly RowEnd[] {
  if (sentMs === undefined || endMs === undefined) return []
  return [{ row, tookMs: endMs - dueMs, isSettled: isSettled(answers.at(-1)?.outcome) && answers.at(-1)?.by === answers[0]?.by }]
}

const isSettled = (outcome: string | undefined): boolean => outcome === 'paid' || outcome === 'done'

/**
 * Rows that came after the last fault was healed, of persons no fault touched: they end as in the twin, split to the fen. Latencies may differ.
 */
export function equalAfterHeal(
  rows: readonly TraceRow[],
  struck: readonly Pick<Struck, 'fault' | 'overMs'>[],
  seen: readonly SeenRow[],
  twin: readonly TwinRow[],
): { readonly compared: number; readonly equal: number; readonly differing: readonly number[] } {
  const healedMs = struck.reduce((latest, { fault, overMs }) => Math.max(latest, overMs ?? fault.toSecond * 1000), 0)
  const twinOf = new Map(twin.map((row) => [row.row, row]))
  // Who was disturbed once has another year, another line of credit and other pauses afterwards.
  const disturbed = new Set(
    seen.flatMap((row) => (isAfter(row, healedMs) || endsAlike(row, twinOf.get(row.row)) ? [] : [rows[row.row]?.person])),
  )
  const after = seen.filter((row) => isAfter(row, healedMs) && !disturbed.has(rows[row.row]?.person))
  const differing = after.filter((row) => !endsAlike(row, twinOf.get(row.row))).map(({ row }) => row)
  return { compared: after.length, equal: after.length - differing.length, differing }
}

/** Whoever is kept from a part that is healed and not yet found so still meets the fault. */
const isAfter = ({ dueMs, answers }: SeenRow, healedMs: number) =>
  dueMs >= healedMs && !answers.some(({ reason }) => reason === heldForDown)

/** The same outcome and, where it was paid, the same split. The entry may be another: which one is no matter of money. */
export function endsAlike(seen: TwinRow, twin: TwinRow | undefined): boolean {
  if (twin === undefined || seen.notSent !== twin.notSent) return false
  const [last, other] = [seen.answers.at(-1), twin.answers.at(-1)]
  if (last?.outcome !== other?.outcome) return false
  const [split, otherSplit] = [last?.split, other?.split]
  if (split === undefined || otherSplit === undefined) return split === otherSplit
  return (
    split.fundFen === otherSplit.fundFen &&
    split.currentAccountFen === otherSplit.currentAccountFen &&
    split.historyAccountFen === otherSplit.historyAccountFen &&
    split.cashFen === otherSplit.cashFen
  )
}
