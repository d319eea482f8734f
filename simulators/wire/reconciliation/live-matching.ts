/**
 * 实时核对, the quick rhythm beside the day-end files: soon after money moved, each party is asked what it has under the movement's key. What
 * agrees is known to agree the same minute; what does not is told at once, and is settled by the day-end file, which is the party's last
 * word. No money moves here. Pure.
 */
import type { Decision } from '../stores/kept-book.ts'
import { movementKey, type ReconciliationEntry, type ReconciliationState } from './reconciliation-book.ts'
import type { Direction, Party } from './records.ts'

/** What a party said of a movement. Silent parties are asked again. */
export type LiveWord = 'agrees' | 'differs' | 'unknown' | 'silent'

export interface LookedAt {
  readonly payment: string
  readonly does: Direction
  /** Business moment the platform booked it. */
  readonly atMs: number
  readonly words: readonly { readonly party: Party; readonly word: LiveWord }[]
}

export interface LiveTimes {
  /** So long a party may take to book its side. */
  readonly settleMs: number
  /** After this one that still knows nothing of it is told of as differing. */
  readonly graceMs: number
}

export const isLookedAt = ({ live }: ReconciliationState, payment: string, does: Direction): boolean => {
  const key = movementKey(payment, does)
  return live.matchedMs.has(key) || live.differing.has(key) || live.left.has(key)
}

/**
 * A party that stays silent is asked again until the grace is over; then the day-end file alone says.
 *
 * @param untilMs everything before was looked at, or is in `looked`
 */
export function decideLive(
  state: ReconciliationState,
  looked: readonly LookedAt[],
  untilMs: number,
  nowMs: number,
  { graceMs }: LiveTimes,
): Decision<ReconciliationEntry, number> {
  const matched: string[] = []
  const differing: { movement: string; parties: string[] }[] = []
  const left: string[] = []
  let open = untilMs
  for (const { payment, does, atMs, words } of looked) {
    if (isLookedAt(state, payment, does)) continue
    const isOld = nowMs - atMs > graceMs
    const parties = words.flatMap(({ party, word }) => (word === 'differs' || (word === 'unknown' && isOld) ? [party.name] : []))
    if (parties.length > 0) differing.push({ movement: movementKey(payment, does), parties })
    else if (words.every(({ word }) => word === 'agrees')) matched.push(movementKey(payment, does))
    // Otherwise one nobody tells of would keep all that came after it from being asked about.
    else if (isOld) left.push(movementKey(payment, does))
    else open = Math.min(open, atMs)
  }
  const isNews = matched.length > 0 || differing.length > 0 || left.length > 0 || (looked.length > 0 && open > state.live.untilMs)
  return {
    entries: isNews ? [{ does: 'match-live', matched, differing, left, untilMs: open }] : [],
    reply: matched.length + differing.length,
  }
}
