/**
 * What reconciliation keeps: days matched, differences with what was heard of them, payouts, and a journal of its own beside the
 * payments' ledger. Changed by entries alone; the postings of an entry add up to zero.
 */
import { type Fen, fenOf, noMoney } from '../../money/fen.ts'
import type { BookRules } from '../stores/kept-book.ts'
import { bearerOf, type Ending, type MoveHeard } from './difference-rules.ts'
import { type InTransit, type MatchedRecord, nameOf, nothingInTransit } from './match-day.ts'
import { type Difference, type Direction, excessFen, type MoneyRecord, numberOf, type Party, type PartyKind } from './records.ts'

/** A debit is positive, a credit negative. */
export interface JournalPosting {
  readonly account: string
  readonly amountFen: number
}

export interface PayOut {
  /** 1, 2, 3 … */
  readonly payout: number
  /** Who pays: a bank or wallet, the bureau, or the platform where it bears a loss. */
  readonly payer: string
  readonly site: number
  /** Payments less refunds. */
  readonly amountFen: Fen
  /** Which part of the movements' money. */
  readonly leg: 'payer' | 'insurer'
  /** Keys of the movements it settles. */
  readonly movements: readonly string[]
}

export type ReconciliationEntry =
  | {
      readonly does: 'match-day'
      readonly party: Party
      readonly day: string
      /** Records in the party's statement. */
      readonly rows: number
      readonly matched: readonly MatchedRecord[]
      readonly inTransit: InTransit
      readonly differences: readonly Difference[]
      readonly postings: readonly JournalPosting[]
    }
  /** 实时核对: what the parties said when they were asked of movements; everything before `untilMs` was. */
  | {
      readonly does: 'match-live'
      readonly matched: readonly string[]
      readonly differing: readonly { readonly movement: string; readonly parties: readonly string[] }[]
      /** Left to the day-end files. */
      readonly left: readonly string[]
      readonly untilMs: number
    }
  | { readonly does: 'hear'; readonly difference: string; readonly heard: MoveHeard }
  | {
      readonly does: 'close'
      readonly difference: string
      readonly ending: Ending
      /** What our next move left in the party's books: its statement will tell of it. */
      readonly expects?: MoneyRecord
      readonly postings: readonly JournalPosting[]
    }
  | ({ readonly does: 'pay-out'; readonly postings: readonly JournalPosting[] } & PayOut)
  /** 清算申请 of a month, with the movements of ours in it. */
  | {
      readonly does: 'apply'
      readonly application: string
      readonly site: number
      readonly month: string
      readonly clearingType: string
      readonly movements: readonly string[]
    }
  /** 预扣: held back by the insurer for review. */
  | {
      readonly does: 'withhold'
      readonly application: string
      readonly movements: readonly string[]
      readonly postings: readonly JournalPosting[]
    }
  | { readonly does: 'appeal'; readonly application: string; readonly decidedOn: string }
  /** 最终扣款: the site bears it. */
  | {
      readonly does: 'deduct'
      readonly application: string
      readonly movements: readonly string[]
      readonly postings: readonly JournalPosting[]
    }

export interface DayState {
  readonly party: Party
  readonly day: string
  readonly rows: number
  readonly matched: number
  readonly inTransit: number
  readonly differences: number
  readonly atMs: number
}

export interface DifferenceState {
  readonly difference: Difference
  readonly heard: readonly MoveHeard[]
  readonly openedMs: number
  readonly ending?: Ending
  readonly closedMs?: number
}

/** One movement of a payment, pay or refund, as far as its parties agree. */
export interface Movement {
  readonly payment: string
  readonly does: Direction
  readonly site: number
  readonly legs: ReadonlyMap<PartyKind, Leg>
  readonly wanted: number
  /** Business moment at which the last of its parties agreed. */
  readonly reconciledMs?: number
  /** When each part of its money was paid out, or deducted for good. */
  readonly paidMs: Partial<Readonly<Record<'payer' | 'insurer', number>>>
  /** The insurer deducted its part for good. */
  readonly isDeducted?: true
}
export interface Leg {
  readonly party: string
  readonly record: MoneyRecord
  /** When the party booked it. */
  readonly theirsAtMs: number
  /** What the platform bears of it. */
  readonly writtenOffFen: Fen
}

export interface Application {
  readonly application: string
  readonly site: number
  readonly month: string
  readonly clearingType: string
  readonly movements: readonly string[]
  readonly withheld: readonly string[]
  /** Day of the decision on the appeal. */
  readonly decidedOn?: string
}

/** What is known before any day is over. */
export interface LiveState {
  untilMs: number
  /** Business moment at which all parties of a movement agreed when asked. */
  readonly matchedMs: Map<string, number>
  /** Movements some party has otherwise, and which. */
  readonly differing: Map<string, readonly string[]>
  /** Movements some party does not tell of before its day-end file. */
  readonly left: Set<string>
}

export interface ReconciliationState {
  readonly live: LiveState
  readonly days: Map<string, DayState>
  readonly transit: Map<string, InTransit>
  readonly expected: Map<string, MoneyRecord[]>
  readonly corrected: Map<string, Set<string>>
  readonly differences: Map<string, DifferenceState>
  readonly movements: Map<string, Movement>
  readonly payouts: (PayOut & { readonly atMs: number })[]
  readonly applications: Map<string, Application>
  readonly balances: Map<string, number>
}

export const dayKey = (party: string, day: string): string => `${party} ${day}`
export const movementKey = (payment: string, does: Direction): string => `${payment} ${does}`

export const reconciliationRules: BookRules<ReconciliationState, ReconciliationEntry> = {
  empty: () => ({
    live: { untilMs: 0, matchedMs: new Map(), differing: new Map(), left: new Set() },
    days: new Map(),
    transit: new Map(),
    expected: new Map(),
    corrected: new Map(),
    differences: new Map(),
    movements: new Map(),
    payouts: [],
    applications: new Map(),
    balances: new Map(),
  }),
  apply(state, entry, atMs) {
    switch (entry.does) {
      case 'match-day': {
        const { party, day, rows, matched, inTransit, differences } = entry
        state.days.set(dayKey(party.name, day), {
          party,
          day,
          rows,
          matched: matched.length,
          inTransit: inTransit.ours.length + inTransit.theirs.length,
          differences: differences.length,
          atMs,
        })
        state.transit.set(party.name, inTransit)
        for (const { theirsAtMs, ...record } of matched) agree(state, party, record, theirsAtMs, atMs, noMoney)
        for (const difference of differences) {
          state.differences.set(numberOf(difference), { difference, heard: [], openedMs: atMs })
        }
        break
      }
      case 'match-live': {
        const { live } = state
        for (const movement of entry.matched) live.matchedMs.set(movement, atMs)
        for (const { movement, parties } of entry.differing) live.differing.set(movement, parties)
        for (const movement of entry.left) live.left.add(movement)
        live.untilMs = Math.max(live.untilMs, entry.untilMs)
        return
      }
      case 'hear': {
        const known = state.differences.get(entry.difference)
        if (known !== undefined) state.differences.set(entry.difference, { ...known, heard: [...known.heard, entry.heard] })
        return
      }
      case 'close': {
        const known = state.differences.get(entry.difference)
        if (known === undefined) return
        const { difference } = known
        state.differences.set(entry.difference, { ...known, ending: entry.ending, closedMs: atMs })
        // Its row may come late, or never where only the statement was wrong: a hospital that was told twice booked it once.
        if (bearerOf(entry.ending) === 'party' || entry.ending === 'told') add(state.corrected, difference.party.name, nameOf(difference))
        if (entry.expects !== undefined) {
          state.expected.set(difference.party.name, [...(state.expected.get(difference.party.name) ?? []), entry.expects])
        }
        if (difference.ours !== undefined)
          agree(state, difference.party, difference.ours, difference.ours.atMs, atMs, writtenOffFen(difference, entry.ending))
        break
      }
      case 'pay-out': {
        const { does: _, postings: __, ...payout } = entry
        state.payouts.push({ ...payout, atMs })
        markPaid(state, payout.movements, payout.leg, atMs)
        break
      }
      case 'apply': {
        const { does: _, ...application } = entry
        state.applications.set(entry.application, { ...application, withheld: [] })
        return
      }
      case 'withhold': {
        const known = state.applications.get(entry.application)
        if (known !== undefined) state.applications.set(entry.application, { ...known, withheld: [...known.withheld, ...entry.movements] })
        break
      }
      case 'appeal': {
        const known = state.applications.get(entry.application)
        if (known !== undefined) state.applications.set(entry.application, { ...known, decidedOn: entry.decidedOn })
        return
      }
      case 'deduct':
        markPaid(state, entry.movements, 'insurer', atMs)
        for (const key of entry.movements) {
          const movement = state.movements.get(key)
          if (movement !== undefined) state.movements.set(key, { ...movement, isDeducted: true })
        }
        break
      default:
        entry satisfies never
        return
    }
    for (const { account, amountFen } of entry.postings) {
      state.balances.set(account, (state.balances.get(account) ?? 0) + amountFen)
    }
  },
}

/** Postings of a difference while nobody knows who is right: what the party has more stands in suspense. */
export function suspensePostings(difference: Difference): readonly JournalPosting[] {
  const fen = excessFen(difference)
  if (fen === 0) return []
  const account = difference.party.kind === 'hospital' ? 'claims-of-sites' : 'claims-on-payers'
  const sign = difference.party.kind === 'hospital' ? -1 : 1
  return [
    { account, amountFen: sign * fen },
    { account: 'suspense', amountFen: -sign * fen },
  ]
}

/** The leg of a movement is settled with its party. */
function agree(state: ReconciliationState, party: Party, record: MoneyRecord, theirsAtMs: number, atMs: number, offFen: Fen): void {
  const { payment, does, site, legs: wanted } = record
  // Records of reconciliation's own moves belong to no movement.
  if (payment === undefined || wanted === undefined) return
  const key = movementKey(payment, does)
  const known = state.movements.get(key)
  const legs = new Map(known?.legs).set(party.kind, { party: party.name, record, theirsAtMs, writtenOffFen: offFen })
  const isFirstWhole = legs.size >= wanted && known?.reconciledMs === undefined
  const before = known ?? { paidMs: {} }
  state.movements.set(key, { ...before, payment, does, site, legs, wanted, ...(isFirstWhole ? { reconciledMs: atMs } : {}) })
}

function markPaid(state: ReconciliationState, movements: readonly string[], leg: 'payer' | 'insurer', atMs: number): void {
  for (const key of movements) {
    const movement = state.movements.get(key)
    if (movement !== undefined) state.movements.set(key, { ...movement, paidMs: { ...movement.paidMs, [leg]: atMs } })
  }
}

/** What is missing of a payment that stands: the site is paid all the same. */
const writtenOffFen = (difference: Difference, ending: Ending): Fen =>
  ending === 'written-off' && difference.does === 'pay' ? fenOf(Math.max(0, 0 - excessFen(difference))) : noMoney

/** One posting an account, none of zero. */
export function summed(postings: readonly JournalPosting[]): readonly JournalPosting[] {
  const by = new Map<string, number>()
  for (const { account, amountFen } of postings) by.set(account, (by.get(account) ?? 0) + amountFen)
  return [...by].flatMap(([account, amountFen]) => (amountFen === 0 ? [] : [{ account, amountFen }]))
}

function add(sets: Map<string, Set<string>>, name: string, word: string): void {
  const known = sets.get(name)
  if (known === undefined) sets.set(name, new Set([word]))
  else known.add(word)
}

export const inTransitOf = (state: ReconciliationState, party: string): InTransit => state.transit.get(party) ?? nothingInTransit
