/** What every decision of a bank begins with: is the key new, and is the agreement fit. */
import type { BankRefusal } from '../desks/bank-desk.ts'
import type { CreditRefusal } from '../desks/credit-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry } from './bank-entry.ts'
import type { Agreement, BankState, Effect } from './bank-state.ts'

export interface Refused<Reason> {
  readonly outcome: 'refused'
  readonly reason: Reason
}
export type BankDecision<Reply> = Decision<BankEntry, Reply | Refused<BankRefusal>>
export type CreditDecision<Reply> = Decision<BankEntry, Reply | Refused<CreditRefusal>>

export const refuse = <const Reason extends string>(reason: Reason): Decision<never, Refused<Reason>> => ({
  entries: [],
  reply: { outcome: 'refused', reason },
})
/** An answer that changes nothing. */
export const answer = <Reply>(reply: Reply): Decision<never, Reply> => ({ entries: [], reply })

type Of<Does extends Effect['does']> = Extract<Effect, { readonly does: Does }>

/** The effect under a key, if it is of this kind; a word why the key may not be used; undefined: it is new. */
export function effectUnder<Does extends Effect['does']>(
  state: BankState,
  key: string,
  does: Does,
): Of<Does> | 'key-reused' | 'undone-before-it-came' | undefined {
  const effect = state.effects.get(key)
  if (effect === undefined) return state.tombstones.has(key) ? 'undone-before-it-came' : undefined
  return effect.does === does ? (effect as Of<Does>) : 'key-reused'
}

/** An agreement that may be used further, or why not. */
export function fitAgreement(state: BankState, key: string): Agreement | 'no-agreement' | 'agreement-closed' | 'overdue' {
  const agreement = state.agreements.get(key)
  if (agreement === undefined) return 'no-agreement'
  if (agreement.isClosed) return 'agreement-closed'
  return agreement.overdue > 0 ? 'overdue' : agreement
}
