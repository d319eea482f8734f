/**
 * One visit's day, event by event, for stories and for finding out why (portable). Watching changes nothing of what happens.
 *
 * LAYOUT  Three words an event: tick, WATCH_…, where (a station, row, errand, channel or outcome, as the kind says).
 */
import { type I32s, type i32, newI32s } from '../../engine/portable.ts'

/** The visit that is watched, −1 for none. */
let watched: i32 = -1
let log: I32s = newI32s(0)
let words: i32 = 0
const ROOM: i32 = 3000

/** where: the row at which it arrives. */
export const WATCH_ARRIVE: i32 = 0
/** where: the row of the line. */
export const WATCH_JOIN: i32 = 1
export const WATCH_START: i32 = 2
export const WATCH_END: i32 = 3
/** where: the row whose errand is sent; with ENTRY_BIT the patient came over from another entry. */
export const WATCH_ERRAND: i32 = 4
/** where: the channel. */
export const WATCH_SETTLED: i32 = 5
/** where: the leg that failed, or FAILED_LIMIT. */
export const WATCH_FAILED: i32 = 6
/** where: the row gone on to. */
export const WATCH_FALLBACK: i32 = 7
export const WATCH_BALK: i32 = 8
export const WATCH_RENEGE: i32 = 9
/** where: the outcome. */
export const WATCH_LEAVE: i32 = 10
/** where: the channel changed to. */
export const WATCH_OTHER_ENTRY: i32 = 11
/** The bureau is down: where is 0 wait, 1 pay in full and claim later, 2 leave owing. */
export const WATCH_BUREAU_DOWN: i32 = 12

/** Watches a visit from the next run on; −1 watches nobody. */
export function watch(visit: i32): void {
  if (log.length === 0) log = newI32s(ROOM)
  watched = visit
  words = 0
}

export function note(visit: i32, tick: i32, what: i32, where: i32): void {
  if (visit !== watched || words + 3 > ROOM) return
  log[words] = tick
  log[words + 1] = what
  log[words + 2] = where
  words += 3
}

export function watchLog(): I32s {
  return log
}

export function watchWords(): i32 {
  return words
}
