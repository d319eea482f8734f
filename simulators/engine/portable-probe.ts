/**
 * Long rows of results from every portable function of this room (portable), so that tests compare JavaScript, WebAssembly and C
 * by the array, and a benchmark measures the function and not the way into it. Nothing else imports this file.
 */
import { drawTicks } from './distribution.ts'
import { expOf, logOf, powOf } from './elementary.ts'
import { normalQuantile } from './normal.ts'
import { permute, unpermute } from './permutation.ts'
import { type F64s, f64, type I32s, i32, newF64s, newI32s } from './portable.ts'
import { decisionCounter, drawWord, secondWord, streamKey0, streamKey1, streamKeys, uniformOf } from './random.ts'

export function newWords(length: i32): I32s {
  return newI32s(length)
}
export function newNumbers(length: i32): F64s {
  return newF64s(length)
}
/** Function numbers: 0 exp, 1 log, 2 x^0.37, 3 normal quantile. */
export function fillNumbers(which: i32, from: F64s, into: F64s, length: i32): void {
  let i: i32 = 0
  while (i < length) {
    const x: f64 = from[i]!
    if (which === 0) into[i] = expOf(x)
    else if (which === 1) into[i] = logOf(x)
    else if (which === 2) into[i] = powOf(x, 0.37)
    else if (which === 3) into[i] = normalQuantile(x)
    i = i + 1
  }
}
/** Rows of four words in (key, key, counter, counter), rows of two words out. */
export function fillBlocks(from: I32s, into: I32s, rows: i32): void {
  let i: i32 = 0
  while (i < rows) {
    into[2 * i] = drawWord(from[4 * i]!, from[4 * i + 1]!, from[4 * i + 2]!, from[4 * i + 3]!)
    into[2 * i + 1] = secondWord()
    i = i + 1
  }
}
export function fillUniforms(words: I32s, into: F64s, length: i32): void {
  let i: i32 = 0
  while (i < length) {
    into[i] = uniformOf(words[i]!)
    i = i + 1
  }
}
export function fillTicks(kind: i32, a: f64, b: f64, words: I32s, into: I32s, length: i32): void {
  let i: i32 = 0
  while (i < length) {
    into[i] = drawTicks(kind, a, b, words[i]!)
    i = i + 1
  }
}
export function fillPlaces(key: i32, n: i32, into: I32s, back: I32s, length: i32): void {
  let i: i32 = 0
  while (i < length) {
    into[i] = permute(key, n, i)
    back[i] = unpermute(key, n, i)
    i = i + 1
  }
}
export function fillKeys(rootLow: i32, rootHigh: i32, into: I32s): void {
  streamKeys(rootLow, rootHigh, 7, into)
  into[2] = streamKey0(rootLow, rootHigh, 8)
  into[3] = streamKey1(rootLow, rootHigh, 8)
  into[4] = decisionCounter(rootLow & 8388607, 3)
}

/** Loops for timing: the sum keeps the work from being optimised away. */
export function sumDraws(key0: i32, key1: i32, count: i32): i32 {
  let sum: i32 = 0
  let i: i32 = 0
  while (i < count) {
    sum = i32(sum + drawWord(key0, key1, i, 256))
    i = i + 1
  }
  return sum
}
export function sumTicks(kind: i32, a: f64, b: f64, count: i32): f64 {
  let sum: f64 = 0
  let i: i32 = 0
  let word: i32 = 12345
  while (i < count) {
    word = i32(word + -1640531527)
    sum = sum + f64(drawTicks(kind, a, b, word))
    i = i + 1
  }
  return sum
}
export function sumNumbers(which: i32, count: i32): f64 {
  let sum: f64 = 0
  let i: i32 = 0
  let word: i32 = 12345
  while (i < count) {
    word = i32(word + -1640531527)
    const u: f64 = uniformOf(word)
    if (which === 0) sum = sum + expOf(12 + 6 * u)
    else if (which === 1) sum = sum + logOf(u)
    else if (which === 3) sum = sum + normalQuantile(u)
    else sum = sum + u
    i = i + 1
  }
  return sum
}
export function sumPlaces(key: i32, n: i32, count: i32): f64 {
  let sum: f64 = 0
  let i: i32 = 0
  while (i < count) {
    sum = sum + f64(permute(key, n, i % n))
    i = i + 1
  }
  return sum
}
