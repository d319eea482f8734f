/**
 * Rows of results from every portable function of this room (portable), so that tests compare JavaScript, WebAssembly and C by the
 * array, and a benchmark measures the function and not the way into it. portable-probe.c writes the same rows.
 */
import { drawTicks } from './distribution.ts'
import { expOf, logOf, powOf } from './elementary.ts'
import { normalQuantile } from './normal.ts'
import { permute, unpermute } from './permutation.ts'
import { type F64s, f64, type I32s, i32, newF64s, newI32s } from './portable.ts'
import { decisionCounter, drawWord, secondWord, streamKey0, streamKey1, streamKeys, uniformOf } from './random.ts'

export const NUMBER_COLUMNS: i32 = 8
export const WORD_COLUMNS: i32 = 12

export function newWords(length: i32): I32s {
  return newI32s(length)
}
export function newNumbers(length: i32): F64s {
  return newF64s(length)
}

/** NUMBER_COLUMNS a row, row after row. Inputs come from the generator and plain arithmetic. */
export function probeNumbers(into: F64s, rows: i32): void {
  let row: i32 = 0
  while (row < rows) {
    const u: f64 = uniformOf(drawWord(77, 5, row, 0))
    const v: f64 = uniformOf(secondWord())
    const at: i32 = row * 8
    into[at] = u
    into[at + 1] = expOf(1500 * u - 750)
    into[at + 2] = expOf(20 * v)
    into[at + 3] = logOf(u)
    into[at + 4] = logOf(into[at + 1]!)
    into[at + 5] = logOf(1 + (u - 0.5) * v)
    into[at + 6] = powOf(1000 * u, 4 * v - 2)
    into[at + 7] = normalQuantile(u)
    row = row + 1
  }
}

/** WORD_COLUMNS a row, row after row. */
export function probeWords(into: I32s, rows: i32): void {
  let row: i32 = 0
  while (row < rows) {
    const word: i32 = drawWord(streamKey0(20200825, 0, row), streamKey1(20200825, 0, row), row, decisionCounter(row & 1023, 3))
    const at: i32 = row * 12
    into[at] = word
    into[at + 1] = secondWord()
    streamKeys(word, row, 7, into)
    into[at + 2] = drawTicks(0, 12345.9, 0, word)
    into[at + 3] = drawTicks(1, 100000, 600000, word)
    into[at + 4] = drawTicks(2, 600000, 0, word)
    into[at + 5] = drawTicks(3, 14.8, 0.7, word)
    into[at + 6] = drawTicks(3, 18, 2, word)
    into[at + 7] = permute(word, 21000000, row)
    into[at + 8] = unpermute(word, 21000000, row)
    into[at + 9] = permute(word, 1 + (row & 63), 0)
    into[at + 10] = unpermute(word, rows, row)
    into[at + 11] = drawWord(word, row, word ^ row, 0)
    row = row + 1
  }
}

// Loops for timing: the sum keeps the work from being optimised away.

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
/** Which: 0 exp, 1 log, 2 normal quantile, 3 the bare loop. */
export function sumNumbers(which: i32, count: i32): f64 {
  let sum: f64 = 0
  let i: i32 = 0
  let word: i32 = 12345
  while (i < count) {
    word = i32(word + -1640531527)
    const u: f64 = uniformOf(word)
    if (which === 0) sum = sum + expOf(12 + 6 * u)
    else if (which === 1) sum = sum + logOf(u)
    else if (which === 2) sum = sum + normalQuantile(u)
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
