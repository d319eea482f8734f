/**
 * What becomes of a difference by itself: the one table of class → moves → who bears it. A party's statement is its word of yesterday and
 * its desk is its word of now, so the desk is asked before money moves a second time; every move carries a key, so it may be repeated.
 * Reconciliation decides by this table and docs/reconciliation.md is written from it.
 */
import { type Difference, type DifferenceKind, type Direction, excessFen, type PartyKind } from './records.ts'

/** Asks the party's desk about the key · refunds what it has too much · collects or refunds again under the same key · reverses at the bureau · tells the hospital again. */
export const moves = ['ask', 'give-back', 'collect', 'refund-again', 'reverse', 'tell'] as const
export type Move = (typeof moves)[number]

/** `ours`, `theirs`: the desk says what one side's books say; `nothing`: it knows of no such effect. */
export const answers = ['ours', 'theirs', 'nothing', 'done', 'refused'] as const
export type Heard = (typeof answers)[number]

export const endings = ['corrected-there', 'given-back', 'collected', 'told', 'written-off'] as const
export type Ending = (typeof endings)[number]
export type Bearer = 'nobody' | 'party' | 'platform'

/** The party puts its own books right; only what is written off costs the platform. */
export const bearerOf = (ending: Ending): Bearer =>
  ending === 'corrected-there' ? 'party' : ending === 'written-off' ? 'platform' : 'nobody'

export interface Rule {
  readonly first: Move | Ending
  readonly after?: Partial<Record<Move, Partial<Record<Heard, Move | Ending>>>>
}

const correct: Rule = { first: 'corrected-there' }
const askThen = (unknown: Move | Ending, further: Rule['after'] = {}): Rule => ({
  first: 'ask',
  after: { ask: { ours: 'corrected-there', theirs: unknown, nothing: unknown }, ...further },
})

export const differenceRules: Readonly<Record<PartyKind, Readonly<Record<Direction, Readonly<Record<DifferenceKind, Rule>>>>>> = {
  payer: {
    pay: {
      'missing-there': askThen('collect', { collect: { done: 'collected', refused: 'written-off' } }),
      'missing-here': { first: 'give-back', after: { 'give-back': { done: 'given-back', refused: 'corrected-there' } } },
      'amount-differs': {
        first: 'ask',
        after: {
          ask: { ours: 'corrected-there', theirs: 'give-back', nothing: 'collect' },
          'give-back': { done: 'given-back', refused: 'written-off' },
          collect: { done: 'collected', refused: 'written-off' },
        },
      },
      'twice-there': correct,
    },
    refund: {
      'missing-there': askThen('refund-again', { 'refund-again': { done: 'given-back', refused: 'written-off' } }),
      'missing-here': { first: 'ask', after: { ask: { ours: 'corrected-there', nothing: 'corrected-there', theirs: 'written-off' } } },
      'amount-differs': askThen('written-off'),
      'twice-there': correct,
    },
  },
  insurer: {
    pay: {
      'missing-there': askThen('written-off'),
      'missing-here': { first: 'reverse', after: { reverse: { done: 'given-back', refused: 'corrected-there' } } },
      'amount-differs': askThen('written-off'),
      'twice-there': correct,
    },
    refund: {
      'missing-there': { first: 'reverse', after: { reverse: { done: 'given-back', refused: 'corrected-there' } } },
      'missing-here': askThen('written-off'),
      'amount-differs': askThen('written-off'),
      'twice-there': correct,
    },
  },
  hospital: {
    pay: {
      'missing-there': { first: 'tell', after: { tell: { done: 'told', refused: 'corrected-there' } } },
      'missing-here': correct,
      'amount-differs': { first: 'tell', after: { tell: { done: 'told', refused: 'corrected-there' } } },
      'twice-there': correct,
    },
    refund: {
      'missing-there': { first: 'tell', after: { tell: { done: 'told', refused: 'corrected-there' } } },
      'missing-here': correct,
      'amount-differs': correct,
      'twice-there': correct,
    },
  },
}

export interface MoveHeard {
  readonly move: Move
  readonly heard: Heard
}

/** The next move, or how it ends. What was heard so far decides, so a restart goes on where the last process stopped. */
export function nextOf(difference: Difference, heard: readonly MoveHeard[]): Move | Ending {
  const rule = differenceRules[difference.party.kind][difference.does][difference.kind]
  let next = rule.first
  for (const { move, heard: answer } of heard) {
    if (move !== next) throw new Error(`heard of ${move} where ${next} was due`)
    // What the table does not foresee is nobody's fault but ours.
    next = rule.after?.[move]?.[answer] ?? 'written-off'
  }
  // Where a payer has less than it should there is nothing to give back: the patient is not charged a second time.
  return next === 'give-back' && excessFen(difference) < 0 ? 'written-off' : next
}

export const isEnding = (next: Move | Ending): next is Ending => (endings as readonly string[]).includes(next)
