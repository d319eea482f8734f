/** What reconciliation decides: a day against its statement, the next move of a difference, how it ends. Pure. */
import { type Fen, fenOf } from '../../money/fen.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type Ending, isEnding, type Move, type MoveHeard, nextOf } from './difference-rules.ts'
import { matchDay } from './match-day.ts'
import {
  type DayState,
  type DifferenceState,
  dayKey,
  inTransitOf,
  type JournalPosting,
  type ReconciliationEntry,
  type ReconciliationState,
  summed,
  suspensePostings,
} from './reconciliation-book.ts'
import { type Difference, excessFen, type MoneyRecord, type Party } from './records.ts'

type ReconciliationDecision<Reply> = Decision<ReconciliationEntry, Reply>

export interface DayAsked {
  readonly party: Party
  readonly day: string
  readonly window: { readonly fromMs: number; readonly untilMs: number }
  /** The platform's records in the window. */
  readonly ours: readonly MoneyRecord[]
  readonly theirs: readonly MoneyRecord[]
  /** A record in transit as the platform has it now; absent: unchanged. */
  readonly carriedOurs?: (record: MoneyRecord) => MoneyRecord
  readonly oursLater: ReadonlySet<string>
  readonly underWay: ReadonlySet<string>
  readonly graceMs: number
}

/** Matched once: a day asked for again is told, not matched again. */
export function decideMatchDay(state: ReconciliationState, asked: DayAsked): ReconciliationDecision<DayState | undefined> {
  const { party, day, window, ours, theirs, carriedOurs = (record) => record, oursLater, underWay, graceMs } = asked
  const inTransitBefore = inTransitOf(state, party.name)
  const known = state.days.get(dayKey(party.name, day))
  if (known !== undefined) return { entries: [], reply: known }
  const expected = (state.expected.get(party.name) ?? []).filter(({ atMs }) => window.fromMs <= atMs && atMs < window.untilMs)
  const { matched, inTransit, differences } = matchDay({
    party,
    day,
    untilMs: window.untilMs,
    ours: [...ours, ...expected],
    theirs,
    carried: { ours: inTransitBefore.ours.map(carriedOurs), theirs: inTransitBefore.theirs },
    oursLater,
    underWay,
    corrected: state.corrected.get(party.name) ?? new Set(),
    graceMs,
  })
  const postings = summed(differences.flatMap(suspensePostings))
  return { entries: [{ does: 'match-day', party, day, rows: theirs.length, matched, inTransit, differences, postings }], reply: undefined }
}

export interface OpenMove {
  readonly number: string
  readonly difference: Difference
  readonly move: Move
}

/** Differences that wait for a move, oldest first. */
export function openMoves(state: ReconciliationState): readonly OpenMove[] {
  return [...state.differences].flatMap(([number, { difference, heard, ending }]) => {
    if (ending !== undefined) return []
    const next = nextOf(difference, heard)
    return isEnding(next) ? [] : [{ number, difference, move: next }]
  })
}

/** Writes down what the party said, and the end where nothing is left to do. */
export function decideHeard(state: ReconciliationState, number: string, heard: MoveHeard, nowMs: number): ReconciliationDecision<void> {
  const known = state.differences.get(number)
  if (known === undefined || known.ending !== undefined) return { entries: [], reply: undefined }
  const next = nextOf(known.difference, [...known.heard, heard])
  const entries: ReconciliationEntry[] = [{ does: 'hear', difference: number, heard }]
  if (isEnding(next)) entries.push(closing(number, known, next, nowMs))
  return { entries, reply: undefined }
}

/** Closes the differences that end without a move. */
export function decideClosings(state: ReconciliationState, nowMs: number): ReconciliationDecision<number> {
  const entries = [...state.differences].flatMap(([number, known]) => {
    if (known.ending !== undefined) return []
    const next = nextOf(known.difference, known.heard)
    return isEnding(next) ? [closing(number, known, next, nowMs)] : []
  })
  return { entries, reply: entries.length }
}

/** The key under which a move leaves its effect at a payer, unique there and the same at every try. */
export const moveKey = ({ key, ours }: Difference): string => `${ours?.payment ?? key}-D`.slice(0, 80)

/** What a payer gives back of a difference: all of what only it has, or what it has too much. */
export const giveBackFen = (difference: Difference): Fen => fenOf(excessFen(difference))

function closing(number: string, { difference }: DifferenceState, ending: Ending, nowMs: number): ReconciliationEntry {
  const undone = suspensePostings(difference).map(({ account, amountFen }) => ({ account, amountFen: 0 - amountFen }))
  const expects = expectedAfter(difference, ending, nowMs)
  return {
    does: 'close',
    difference: number,
    ending,
    ...(expects === undefined ? {} : { expects }),
    postings: ending === 'written-off' ? summed([...undone, ...lossPostings(difference)]) : undone,
  }
}

/** What no payer pays is the platform's loss, and no claim on the payer any more; a gain nobody can be given waits as a loss below zero. */
function lossPostings(difference: Difference): readonly JournalPosting[] {
  const lossFen = 0 - excessFen(difference)
  if (lossFen === 0) return []
  return [
    { account: 'losses', amountFen: lossFen },
    { account: difference.ours?.account ?? 'claims-on-payers', amountFen: 0 - lossFen },
  ]
}

/** A record the party will have because of our move. */
function expectedAfter(difference: Difference, ending: Ending, atMs: number): MoneyRecord | undefined {
  const { party, key, site, does, ours } = difference
  if (ending === 'given-back' && does === 'pay') {
    const amountFen = party.kind === 'insurer' ? difference.theirsFen : giveBackFen(difference)
    return { key: party.kind === 'insurer' ? key : moveKey(difference), does: 'refund', site, atMs, amountFen }
  }
  if (ours === undefined || !['collected', 'given-back'].includes(ending)) return undefined
  const { payment: _, legs: __, ...record } = ours
  return { ...record, atMs }
}
