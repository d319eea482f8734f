/** A message that may have an effect, decided once. */
import { createHash } from 'node:crypto'
import type { Decision } from '../../stores/kept-book.ts'
import type { BureauEntry, BureauState, MessageEffect } from '../bureau-book.ts'

export interface Refusal<Reason extends string> {
  readonly outcome: 'refused'
  readonly reason: Reason
}
export type OnceOutcome<Reason extends string> =
  | { readonly outcome: 'done'; readonly effects: readonly MessageEffect[]; readonly reply: object }
  | Refusal<Reason>
export type OnceAnswer<Reason extends string> = Decision<
  BureauEntry,
  { readonly outcome: 'done'; readonly reply: object } | Refusal<Reason | 'message-number-reused' | 'reversed-before-it-came'>
>

/**
 * The same number with the same contents brings the same reply and no second effect; with other contents it is refused.
 * ASSUMPTION: so the bureau does for every message; the sources say only that the number is unique.
 */
export function answerOnce<Reason extends string>(
  state: BureauState,
  message: { readonly message: string; readonly site: number; readonly name: string; readonly request: unknown },
  decide: () => OnceOutcome<Reason>,
): OnceAnswer<Reason> {
  const no = <Why extends string>(reason: Why) => ({ entries: [], reply: { outcome: 'refused', reason } as const })
  const asked = createHash('sha256')
    .update(`${message.name} ${textOf(message.request)}`)
    .digest('base64url')
  const before = state.claims.messages.get(message.message)
  // A reversal is final, by 2601 or by number: the original arriving once more is not told that it stands.
  if (before?.isTakenBack === true || isReversed(state, before?.reply)) return no('reversed-before-it-came')
  if (before !== undefined) {
    return before.asked === asked && before.reply !== undefined
      ? { entries: [], reply: { outcome: 'done', reply: before.reply } }
      : no('message-number-reused')
  }
  const outcome = decide()
  if (outcome.outcome === 'refused') return no(outcome.reason)
  const { effects, reply } = outcome
  const { site, name } = message
  const entry = { does: 'message', message: message.message, site, name, asked, reply, effects } as const
  return { entries: effects.length === 0 ? [] : [entry], reply: { outcome: 'done', reply } }
}

function isReversed(state: BureauState, reply: object | undefined): boolean {
  const { settlement } = (reply ?? {}) as { readonly settlement?: string }
  return settlement !== undefined && state.settlements.get(settlement)?.reversedBy !== undefined
}

/** Credentials are part of what was asked, so only the digest of this text is kept. */
const textOf = (request: unknown): string =>
  JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
