import { createHmac } from 'node:crypto'
import { PERMUTATION_MAX, permute } from '../../engine/permutation.ts'

/**
 * A person's place in a keyed shuffle of all persons: no two share one, and neighbours in number are not neighbours there. Numbers from
 * 2^26 up are shuffled in blocks of their own.
 */
export function placeOf(seed: number, purpose: string, person: number): number {
  const key = shuffleKey(seed, purpose)
  const within = person % PERMUTATION_MAX
  return person - within + permute(key, PERMUTATION_MAX, within)
}

let last: { readonly seed: number; readonly purpose: string; readonly key: number } | undefined

/** A whole city is asked for one after another with the same key. */
function shuffleKey(seed: number, purpose: string): number {
  if (last?.seed !== seed || last.purpose !== purpose) {
    last = { seed, purpose, key: createHmac('sha256', `medpay-people:${seed}`).update(purpose).digest().readInt32BE(0) }
  }
  return last.key
}
