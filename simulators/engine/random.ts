/**
 * Keyed random words (portable): Threefry2x32 with 13 rounds, so a draw is a pure function of who asks and what for.
 *
 * A draw is named by four words: two of a stream key (made from the root seed and a domain number, {@link streamKeys}),
 * the number of a person or visit, and a decision with its attempt ({@link decisionCounter}). Nothing is counted along the way:
 * the same answer comes in whatever order one asks, and adding a bank leaves the arrivals as they were.
 *
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011);
 * 20 rounds are their safe choice; 13 are a third quicker, and docs/generator-battery.md shows what they stand up to here.
 */
import { f64, type I32s, type i32, u32 } from './portable.ts'

/** The first word of the block under this key and counter; {@link secondWord} has the other until the next call. */
export function drawWord(key0: i32, key1: i32, counter0: i32, counter1: i32): i32 {
  const key2: i32 = 0x1bd11bda ^ key0 ^ key1
  let a: i32 = (counter0 + key0) | 0
  let b: i32 = (counter1 + key1) | 0
  // Sums are wrapped by `| 0`, not by i32(): so many calls in one function pass what V8 inlines, and a draw costs twice as much.
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + key1) | 0
  b = (b + key2 + 1) | 0
  a = (a + b) | 0
  b = ((b << 17) | (b >>> 15)) ^ a
  a = (a + b) | 0
  b = ((b << 29) | (b >>> 3)) ^ a
  a = (a + b) | 0
  b = ((b << 16) | (b >>> 16)) ^ a
  a = (a + b) | 0
  b = ((b << 24) | (b >>> 8)) ^ a
  a = (a + key2) | 0
  b = (b + key0 + 2) | 0
  a = (a + b) | 0
  b = ((b << 13) | (b >>> 19)) ^ a
  a = (a + b) | 0
  b = ((b << 15) | (b >>> 17)) ^ a
  a = (a + b) | 0
  b = ((b << 26) | (b >>> 6)) ^ a
  a = (a + b) | 0
  b = ((b << 6) | (b >>> 26)) ^ a
  a = (a + key0) | 0
  b = (b + key1 + 3) | 0
  a = (a + b) | 0
  second = ((b << 17) | (b >>> 15)) ^ a
  return a
}

let second: i32 = 0

/** The second word of the block that {@link drawWord} made last. */
export function secondWord(): i32 {
  return second
}

/** A word as a number strictly between 0 and 1: the middle of one of 2^32 equal cells, exact in a double. */
export function uniformOf(word: i32): f64 {
  return (f64(u32(word)) + 0.5) * TWO_TO_MINUS_32
}

const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10

/**
 * The second counter word of a draw.
 *
 * @param decision which question is asked, 0 … 2^23 − 1 ({@link decisionNumber} in streams.ts gives it to a name)
 * @param attempt 0 … 255: the how-manieth time this entity asks it
 */
export function decisionCounter(decision: i32, attempt: i32): i32 {
  return (decision << 8) | (attempt & 255)
}

// Draws have a second counter word of zero or more, so keys, made under −1, never repeat a draw.
const KEY_COUNTER: i32 = -1

/** Writes the two key words of a stream: one per root seed and domain. A stream's own keys may be the root of streams below it. */
export function streamKeys(rootSeedLow: i32, rootSeedHigh: i32, domain: i32, into: I32s): void {
  into[0] = drawWord(rootSeedLow, rootSeedHigh, domain, KEY_COUNTER)
  into[1] = second
}
/** The first key word of a stream, for those who keep keys in variables. */
export function streamKey0(rootSeedLow: i32, rootSeedHigh: i32, domain: i32): i32 {
  return drawWord(rootSeedLow, rootSeedHigh, domain, KEY_COUNTER)
}
/** The second key word of a stream. */
export function streamKey1(rootSeedLow: i32, rootSeedHigh: i32, domain: i32): i32 {
  drawWord(rootSeedLow, rootSeedHigh, domain, KEY_COUNTER)
  return second
}
