/**
 * The orders in which a run meets its random words, written out as one long row each: what a statistical battery has to be fed,
 * since a keyed generator can be sound along one counter and lean along another.
 */

/** Makes a word from two key words and two counter words; {@link drawWord}, or a weaker one that a battery must catch. */
export type WordMaker = (key0: number, key1: number, counter0: number, counter1: number) => number

/** Makes a stream's two key words from a root seed and a domain. */
export type KeyMaker = (rootSeedLow: number, rootSeedHigh: number, domain: number, into: Int32Array) => void

export const drawOrders = ['visits', 'decisions', 'seeds', 'sites'] as const
export type DrawOrder = (typeof drawOrders)[number]

// Decision numbers are hashes of names in a run; here they are neighbours, which is harder on the generator.
const DECISIONS_PER_VISIT = 24
const WORDS_PER_STREAM = 4

/**
 * Fills `into` with the words of one order, from position `start` on.
 * - visits: one decision, visit after visit
 * - decisions: 24 decisions of one visit, then of the next
 * - seeds: the same 4 draws under one root seed after another
 * - sites: the same 4 draws in one domain after another
 */
export function fillWithOrder(order: DrawOrder, start: number, into: Int32Array, word: WordMaker, keys: KeyMaker): void {
  const key = new Int32Array(2)
  keys(20200825, 0, 1, key)
  for (let i = 0; i < into.length; i++) {
    const at = start + i
    if (order === 'visits') into[i] = word(key[0]!, key[1]!, at | 0, (5 << 8) | 0)
    else if (order === 'decisions') {
      into[i] = word(key[0]!, key[1]!, Math.floor(at / DECISIONS_PER_VISIT) | 0, (at % DECISIONS_PER_VISIT) << 8)
    } else {
      const stream = Math.floor(at / WORDS_PER_STREAM)
      const draw = at % WORDS_PER_STREAM
      if (i === 0 || draw === 0) {
        if (order === 'seeds') keys(stream | 0, 0, 1, key)
        else keys(20200825, 0, stream | 0, key)
      }
      into[i] = word(key[0]!, key[1]!, draw >> 1, (draw & 1) << 8)
    }
  }
}

/** The four orders shuffled into one row, word by word. */
export function fillInterleaved(start: number, into: Int32Array, word: WordMaker, keys: KeyMaker): void {
  const each = Math.floor(into.length / drawOrders.length)
  const part = new Int32Array(each)
  drawOrders.forEach((order, offset) => {
    fillWithOrder(order, Math.floor(start / drawOrders.length), part, word, keys)
    for (let i = 0; i < each; i++) into[i * drawOrders.length + offset] = part[i]!
  })
}
