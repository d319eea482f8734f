/**
 * How long something takes, drawn from one random word (portable). Laws are numbers here; law.ts makes them from named fields.
 * Every duration is floored to a tick of 100 µs and capped at {@link LONGEST_TICKS}.
 */
import { logOf } from './elementary.ts'
import { lognormalTicks } from './lognormal-ticks.ts'
import { f64, i32 } from './portable.ts'
import { uniformOf } from './random.ts'

/** Always a. */
export const LAW_CONSTANT: i32 = 0
/** Evenly between a and b. */
export const LAW_UNIFORM: i32 = 1
/** Exponential with mean a. */
export const LAW_EXPONENTIAL: i32 = 2
/** Lognormal: the logarithm of the ticks is normal with mean a and standard deviation b. */
export const LAW_LOGNORMAL: i32 = 3

/** The cap on a drawn duration: 2^30 ticks, 29.8 h. */
export const LONGEST_TICKS: i32 = 1073741824

/**
 * Whole ticks from one word, by inverting the distribution function: under any law a larger word (read without its sign) never
 * gives a shorter time, so one word used under two laws keeps the slow slow.
 *
 * @param kind one of the LAW_… constants
 * @param a first number of the law, in ticks (for the lognormal: mean of the log of ticks)
 * @param b second number of the law, in ticks (for the lognormal: standard deviation of the log)
 */
export function drawTicks(kind: i32, a: f64, b: f64, word: i32): i32 {
  if (kind === LAW_LOGNORMAL) {
    const drawn: i32 = lognormalTicks(a, b, word)
    return drawn >= 0 ? drawn : LONGEST_TICKS
  }
  let ticks: f64 = a
  // The uniform of ~word is 1 − u, exactly.
  if (kind === LAW_EXPONENTIAL) ticks = -a * logOf(uniformOf(~word))
  else if (kind === LAW_UNIFORM) ticks = a + (b - a) * uniformOf(word)
  return ticks < f64(LONGEST_TICKS) ? i32(ticks) : LONGEST_TICKS
}
