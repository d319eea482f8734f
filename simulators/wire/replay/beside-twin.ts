/** A run with faults beside its twin: the same rows, played without any. What a fault did, and whether those it did not touch ended alike. */
import type { PartiesPlan } from '../../../scenarios/plan-parties.ts'
import { walletNames } from '../../../scenarios/plan-wallets.ts'
import type { WireFault } from '../../measures/result-wire.ts'
import { heldForDown, isUnanswered, type SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import { faultEffect, type RowEnd } from '../faults/fault-effect.ts'
import { leastMarks, type TwinWork } from '../faults/least-effect.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { isAmong } from '../server/callers.ts'
import type { StrikeReport } from './strikes.ts'
import type { Traffic } from './traffic.ts'

/** A run of the same rows without any fault. */
export interface TwinRun {
  readonly rows: readonly TwinRow[]
  /** What every actor had to do. */
  readonly traffic: readonly Traffic[]
}

/** As much of a twin's rows as is compared. */
export type TwinRow = Pick<SeenRow, 'row' | 'notSent' | 'dueMs' | 'sentMs' | 'endMs'> & {
  readonly answers: readonly Pick<SeenRow['answers'][number], 'key' | 'outcome' | 'by' | 'split'>[]
}

/** Whether a row asks the part at all. Callbacks go to the platform, whose rows ask it. */
export function asks({ rules }: Pick<Trace, 'rules'>, row: TraceRow, target: string): boolean {
  const isByEntry = row.entry >= 0
  if (target.startsWith('channel-')) return isByEntry && target === `channel-${rules.channels[row.entry]}`
  if (target === 'platform') return isByEntry
  // A code is shown at a kiosk, and through no entry.
  if (walletNames.some((name) => name === target)) return row.bill !== null && row.mode === 'kiosk' && row.wallet === target
  const bank = rules.banks.indexOf(target)
  if (bank >= 0) return row.bill !== null && isByEntry && (row.mode === 'credit' ? row.creditBank : row.ownBank) === bank
  return row.bill !== null
}

/** How the target works, and when it counts as down. */
export type StruckParties = Pick<PartiesPlan, 'health' | 'bureau' | 'banks' | 'channels'>

/** The effect as a result tells it, by the mark it missed or else by what patients must see of it or calls it must meet; and whether it was enough. */
export function effectBesideTwin(
  trace: Pick<Trace, 'rows' | 'rules' | 'scale'>,
  struck: Pick<StrikeReport, 'fault' | 'toll' | 'overMs'>,
  seen: readonly SeenRow[],
  twin: TwinRun,
  parties: StruckParties,
): Pick<WireFault, 'effect' | 'isToothless'> {
  const {
    fault,
    toll: { callsTouched },
  } = struck
  const { leastEffect, strikesAt } = allWireFaults[fault.kind]
  const work = twinWork(trace, struck, twin, parties)
  const least = leastMarks(leastEffect, fault, work, parties.health)
  const met = { measure: 'calls-met', twin: 0, found: callsTouched, leastDifference: least.calls }
  // No patient is there any more when the day's files are made.
  if (strikesAt === 'day-end') return { effect: met, isToothless: callsTouched < least.calls }
  const affected = seen.filter((row) => isAffected(trace, fault, row))
  const { medianMs, harmedShare, toothless } = faultEffect(
    least,
    callsTouched,
    affected.flatMap(endOf),
    new Map(twin.rows.flatMap(endOf).map((row) => [row.row, row])),
  )
  const effect =
    toothless.includes('calls') || (least.harm === undefined && least.medianLaterMs === undefined)
      ? met
      : least.harm !== undefined
        ? { measure: 'harmed-share', twin: 0, found: harmedShare, leastDifference: least.harm.share }
        : { measure: 'median-milliseconds', ...medianMs, leastDifference: least.medianLaterMs ?? 0 }
  return { effect, isToothless: toothless.length > 0 }
}

/** What the twin's target had to do while the fault would have lasted. */
function twinWork(
  trace: Pick<Trace, 'rows' | 'rules' | 'scale'>,
  { fault, overMs = fault.toSecond * 1000 }: Pick<StrikeReport, 'fault' | 'overMs'>,
  { rows, traffic }: TwinRun,
  parties: StruckParties,
): TwinWork {
  const { target, fromSecond, toSecond } = fault
  const strike = allWireFaults[fault.kind].strikes(fault)
  const only = strike.by === 'order' ? strike.order.only : allWireFaults[fault.kind].leastEffect.only
  const its = traffic.filter(({ actor }) => actor === target)
  const about = its.filter(({ operation }) => only === undefined || isAmong(only, operation))
  const then = about.filter(({ second }) => second >= fromSecond && second < toSecond)
  const asking = rows.filter(({ row }) => trace.rows[row] !== undefined && asks(trace, trace.rows[row], target))
  const plannedMs = meanPlannedMs(trace.rows)
  const sum = (of: readonly Traffic[], value: (one: Traffic) => number) => of.reduce((total, one) => total + value(one), 0)
  const copies = trace.scale.replications.length
  const planned = target === 'bureau' ? parties.bureau.servers : parties.banks.find(({ name }) => name === target)?.servers
  return {
    calls: sum(then, ({ calls }) => calls),
    plannedMs: sum(then, ({ operation, calls }) => calls * (plannedMs.get(operation) ?? 0)),
    rows: asking.filter(({ sentMs }) => isDuring(sentMs, fromSecond, toSecond)).length,
    callsPerRow: sum(about, ({ calls }) => calls) / Math.max(1, asking.filter(({ sentMs }) => sentMs !== undefined).length),
    underWay: asking.filter(({ sentMs, endMs }) => sentMs !== undefined && sentMs < overMs && (endMs ?? sentMs) > fromSecond * 1000).length,
    paid: asking.filter(({ answers, endMs }) => isPaidByEntry(answers.at(-1)) && isDuring(endMs, fromSecond, toSecond)).length,
    fileRows: sum(
      its.filter(({ operation }) => operation === 'bank/capture' || operation === 'bank/debit'),
      ({ calls }) => calls,
    ),
    servers: planned === undefined ? undefined : planned * copies,
  }
}

/** Milliseconds in service that the plan drew for an operation, on average over the rows that have it. */
function meanPlannedMs(rows: readonly TraceRow[]): ReadonlyMap<string, number> {
  const drawn = new Map<string, { ms: number; count: number }>()
  for (const { operation, ms } of rows.flatMap(({ services }) => services)) {
    const sum = drawn.get(operation) ?? { ms: 0, count: 0 }
    sum.ms += ms
    sum.count += 1
    drawn.set(operation, sum)
  }
  return new Map([...drawn].map(([operation, { ms, count }]) => [operation, ms / count]))
}

function isAffected(
  trace: Pick<Trace, 'rows' | 'rules'>,
  { target, fromSecond, toSecond }: FaultOnWire,
  { row, sentMs }: TwinRow,
): boolean {
  const planned = trace.rows[row]
  return planned !== undefined && isDuring(sentMs, fromSecond, toSecond) && asks(trace, planned, target)
}

const isDuring = (ms: number | undefined, fromSecond: number, toSecond: number) =>
  ms !== undefined && ms >= fromSecond * 1000 && ms < toSecond * 1000

function endOf({ row, dueMs, sentMs, endMs, answers }: TwinRow): readonly RowEnd[] {
  if (sentMs === undefined || endMs === undefined) return []
  const last = answers.at(-1)
  return [{ row, tookMs: endMs - dueMs, end: `${last?.key} ${last?.outcome} ${last?.by}` }]
}

const isPaidByEntry = (last: TwinRow['answers'][number] | undefined): boolean => last?.outcome === 'paid' && last.by !== 'hospital'

/** Rows that found no answer at all: with no fault in the city, the doing of a crowded machine. */
export const unanswered = <Row extends TwinRow>(rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ answers }) => {
    const last = answers.at(-1)
    return last !== undefined && isUnanswered(last)
  })

/**
 * Rows that came after the last fault was healed and every entry was found up, of persons no fault touched and whom the twin served: they end as
 * in the twin, split to the fen. Latencies may differ.
 *
 * @param upAgainMs when the last entry that counted as down was up again
 */
export function equalAfterHeal(
  rows: readonly TraceRow[],
  struck: readonly Pick<StrikeReport, 'fault' | 'overMs'>[],
  seen: readonly SeenRow[],
  twin: readonly TwinRow[],
  upAgainMs = 0,
): { readonly fromMs: number; readonly compared: number; readonly equal: number; readonly differing: readonly number[] } {
  const healedMs = struck.reduce((latest, { fault, overMs }) => Math.max(latest, overMs ?? fault.toSecond * 1000), upAgainMs)
  const twinOf = new Map(twin.map((row) => [row.row, row]))
  // Who was disturbed once, in either run, has another year, another line of credit and other pauses afterwards.
  const disturbed = new Set(
    [...unanswered(twin), ...seen.filter((row) => !isAfter(row, healedMs) && !endsAlike(row, twinOf.get(row.row)))].map(
      ({ row }) => rows[row]?.person,
    ),
  )
  const after = seen.filter((row) => isAfter(row, healedMs) && !disturbed.has(rows[row.row]?.person))
  const differing = after.filter((row) => !endsAlike(row, twinOf.get(row.row))).map(({ row }) => row)
  return { fromMs: healedMs, compared: after.length, equal: after.length - differing.length, differing }
}

/**
 * Whoever is kept from a part that is healed and not yet found so still meets the fault, and so does a row that waited for an earlier one of
 * its visit until the fault was over: it counts by when it was to come.
 */
const isAfter = ({ dueMs, heldMs, answers }: SeenRow, healedMs: number) =>
  dueMs - heldMs >= healedMs && !answers.some(({ reason }) => reason === heldForDown)

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
