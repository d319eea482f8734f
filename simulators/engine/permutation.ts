/**
 * A keyed shuffle of 0 … n − 1 that is never stored (portable): each number is sent to its place, and back, on the spot.
 *
 * An alternating Feistel network on the next power of two (at least 16), walked until it lands below n again (cycle walking: under two
 * walks on average for n ≥ 16). A network is undone by its rounds in reverse, whatever its round function.
 * Source: J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002. It shuffles; it keeps no secrets.
 */
import { clz, i32, imul } from './portable.ts'

/** The largest n: 2^26. */
export const PERMUTATION_MAX: i32 = 67108864

/** Where x stands after the shuffle named by key. x in 0 … n − 1, n in 1 … 2^26. */
export function permute(key: i32, n: i32, x: i32): i32 {
  const bits: i32 = n > 16 ? i32(32 - clz(i32(n - 1))) : 4
  const lowBits: i32 = bits >> 1
  const lowMask: i32 = (1 << lowBits) - 1
  const highMask: i32 = (1 << (bits - lowBits)) - 1
  const mixedKey: i32 = mix(key ^ imul(n, STEP))
  let y: i32 = x
  do {
    let low: i32 = y & lowMask
    let high: i32 = y >>> lowBits
    let roundKey: i32 = mixedKey
    let round: i32 = 0
    while (round < ROUND_PAIRS) {
      roundKey = i32(roundKey + STEP)
      low = low ^ (mix(high ^ roundKey) & lowMask)
      roundKey = i32(roundKey + STEP)
      high = high ^ (mix(low ^ roundKey) & highMask)
      round = round + 1
    }
    y = (high << lowBits) | low
  } while (y >= n)
  return y
}

/** Who stands at y: permute(key, n, unpermute(key, n, y)) is y. */
export function unpermute(key: i32, n: i32, y: i32): i32 {
  const bits: i32 = n > 16 ? i32(32 - clz(i32(n - 1))) : 4
  const lowBits: i32 = bits >> 1
  const lowMask: i32 = (1 << lowBits) - 1
  const highMask: i32 = (1 << (bits - lowBits)) - 1
  const lastKey: i32 = i32(mix(key ^ imul(n, STEP)) + imul(2 * ROUND_PAIRS, STEP))
  let x: i32 = y
  do {
    let low: i32 = x & lowMask
    let high: i32 = x >>> lowBits
    let roundKey: i32 = lastKey
    let round: i32 = 0
    while (round < ROUND_PAIRS) {
      high = high ^ (mix(low ^ roundKey) & highMask)
      roundKey = i32(roundKey - STEP)
      low = low ^ (mix(high ^ roundKey) & lowMask)
      roundKey = i32(roundKey - STEP)
      round = round + 1
    }
    x = (high << lowBits) | low
  } while (x >= n)
  return x
}

const ROUND_PAIRS: i32 = 3
// 2^32 over the golden ratio: keys of neighbouring rounds differ in about half their bits.
const STEP: i32 = -1640531527

/** Every bit of the result depends on every bit of x. The finalizer "lowbias32" by C. Wellons. */
function mix(x: i32): i32 {
  let h: i32 = imul(x ^ (x >>> 16), 0x7feb352d)
  h = imul(h ^ (h >>> 15), -2073254261)
  return h ^ (h >>> 16)
}
