/**
 * Errands that begin within a window, kept for the trace (portable). Keeping changes nothing of what happens.
 *
 * LAYOUT  KEPT_WORDS words an errand, in order of sending. An errand sent again through another entry is kept too, whenever the patient
 *         first tried inside the window.
 */
import { type I32s, i32, newI32s } from '../../engine/portable.ts'
import { longer } from './longer.ts'

const SECOND_TICKS: i32 = 10000
/** Seconds counted one by one; what is sent later counts in the last. */
const SECONDS: i32 = 100000
let keepFrom: i32 = 0
/** Below {@link keepFrom} while nothing is kept. */
let keepUntil: i32 = -1
let kept: I32s = newI32s(0)
let keptWords: i32 = 0
/** By second, errands sent that no entry had been tried for before. */
let sentBySecond: I32s = newI32s(0)

export const KEPT_WORDS: i32 = 12
export const KEPT_VISIT: i32 = 0
export const KEPT_TICK: i32 = 1
/** Number in the errand table. */
export const KEPT_ERRAND: i32 = 2
/** Row of the pathway whose errand it is. */
export const KEPT_ROW: i32 = 3
/** 0…2, 3 for an errand that pays nothing. */
export const KEPT_POINT: i32 = 4
export const KEPT_CHANNEL: i32 = 5
/** Entries tried before for this payment. */
export const KEPT_RESTART: i32 = 6
/** Comings again, as the draws of its calls count them. */
export const KEPT_AGAIN: i32 = 7
/** Tick from which the bill stands, as the visit's ORDERED; 0 where nothing was ordered before. */
export const KEPT_ORDERED: i32 = 8
/** Tick of the patient's answer and how it failed: −1 settled, −2 not answered yet. */
export const KEPT_END: i32 = 9
export const KEPT_FAILED: i32 = 10
/** Tick at which the last message was answered, −1 if it was not. */
export const KEPT_DONE: i32 = 11

export const NOT_KEPT: i32 = -1
const NOT_ANSWERED: i32 = -2

/** From the next day opened on, errands of these ticks are kept; of no tick where `until` is not above `from`. */
export function keep(from: i32, until: i32): void {
  keepFrom = from
  keepUntil = until
}

export function openKept(): void {
  keptWords = 0
  if (keepUntil <= keepFrom) return
  if (sentBySecond.length === 0) sentBySecond = newI32s(SECONDS)
  else sentBySecond.fill(0)
}

/** The errand's place among those kept, or {@link NOT_KEPT}. */
export function keepErrand(tick: i32, began: i32, visit: i32, errand: i32, row: i32, point: i32, channel: i32, restart: i32): i32 {
  if (keepUntil <= keepFrom) return NOT_KEPT
  if (restart === 0) {
    let second: i32 = i32(tick / SECOND_TICKS)
    if (second >= SECONDS) second = SECONDS - 1
    sentBySecond[second] = sentBySecond[second]! + 1
  }
  const first: i32 = restart === 0 ? tick : began
  if (first < keepFrom || first >= keepUntil) return NOT_KEPT
  const at: i32 = keptWords
  if (at + KEPT_WORDS > kept.length) kept = longer(kept, at === 0 ? 1024 * KEPT_WORDS : at * 2)
  keptWords = at + KEPT_WORDS
  kept[at + KEPT_VISIT] = visit
  kept[at + KEPT_TICK] = tick
  kept[at + KEPT_ERRAND] = errand
  kept[at + KEPT_ROW] = row
  kept[at + KEPT_POINT] = point
  kept[at + KEPT_CHANNEL] = channel
  kept[at + KEPT_RESTART] = restart
  kept[at + KEPT_END] = -1
  kept[at + KEPT_FAILED] = NOT_ANSWERED
  kept[at + KEPT_DONE] = -1
  return at
}

export function keepPast(at: i32, again: i32, ordered: i32): void {
  if (at < 0) return
  kept[at + KEPT_AGAIN] = again
  kept[at + KEPT_ORDERED] = ordered
}

/** @param failed −1 settled, else where it failed */
export function keepAnswer(at: i32, tick: i32, failed: i32): void {
  if (at < 0) return
  kept[at + KEPT_END] = tick
  kept[at + KEPT_FAILED] = failed
}

export function keepDone(at: i32, tick: i32): void {
  if (at >= 0) kept[at + KEPT_DONE] = tick
}

export function keptErrands(): I32s {
  return kept
}

export function keptCount(): i32 {
  return keptWords
}

export function errandsBySecond(): I32s {
  return sentBySecond
}
