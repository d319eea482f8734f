/**
 * Whole ticks of a lognormal law (portable), most of them read off two tables: a quarter of the kernel's time went into quantile and exp.
 *
 * EXACT  The tables are right to a part in 10⁹ and a tick is a floor: where the number read off comes that near to a whole one, and in the
 *        tails, it is computed. So every word gives the tick that {@link computedTicks} gives, which `lognormal-ticks.test.ts` holds.
 */
import { expOf } from './elementary.ts'
import { normalQuantile } from './normal.ts'
import { clz, type F64s, f64, i32, newF64s } from './portable.ts'
import { uniformOf } from './random.ts'

/**
 * @param mean of the logarithm of the ticks
 * @param deviation of it
 * @returns below 0 where the law passes 2^30 ticks
 */
export function lognormalTicks(mean: f64, deviation: f64, word: i32): i32 {
  // Words of the upper half are the lower half's seen from the other end.
  const upper: i32 = word >> 31
  const fromEnd: i32 = word ^ upper
  if (fromEnd >= TABLE_BEGINS) {
    // The leading bit tells the octave, the six bits behind it the cell.
    const shift: i32 = 25 - clz(fromEnd)
    const place: i32 = fromEnd >> shift
    const at: i32 = (((23 - shift) << CELL_BITS) + place) << 2
    const d: f64 = f64(fromEnd - (place << shift))
    const quantile: f64 = quantiles[at]! + d * quantiles[at + 1]! + d * d * (quantiles[at + 2]! + d * quantiles[at + 3]!)
    const exponent: f64 = mean + f64(upper | 1) * deviation * quantile
    if (exponent > 0 && exponent < LARGEST_EXPONENT) {
      const steps: i32 = i32(exponent * STEPS_A_UNIT + 0.5)
      const r: f64 = exponent - f64(steps) * STEP
      const power: f64 = powers[steps & POWER_MASK]! * f64(1 << (steps >> POWER_BITS))
      const ticks: f64 = power * (1 + r + r * r * (0.5 + r * SIXTH))
      const whole: i32 = i32(ticks)
      const rest: f64 = ticks - f64(whole)
      const margin: f64 = ticks * MARGIN
      if (rest > margin && rest < 1 - margin) return whole
    }
  }
  return computedTicks(mean, deviation, word)
}

/** The law as it is defined. */
export function computedTicks(mean: f64, deviation: f64, word: i32): i32 {
  const ticks: f64 = expOf(mean + deviation * normalQuantile(uniformOf(word)))
  return ticks < TWO_TO_30 ? i32(ticks) : PASSED
}

export const PASSED: i32 = -1
const TWO_TO_30: f64 = 1073741824
/** A little less than ln 2^30. */
const LARGEST_EXPONENT: f64 = 20.79
/** Both tables together are wrong by a third of this at most, for deviations up to 3. */
const MARGIN: f64 = 1e-9

// ── the quantile, by distance from the nearer end of (0, 1) in words ────────
const CELL_BITS: i32 = 6
const CELLS: i32 = 64
const OCTAVES: i32 = 8
/** 2^23 of 2^32 words: the outermost 1/512 at either end are computed. */
const TABLE_BEGINS: i32 = 8388608
const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10
/** Four coefficients a cell, of the distance from its lower end. */
const quantiles: F64s = makeQuantiles()

function makeQuantiles(): F64s {
  const table: F64s = newF64s((OCTAVES * CELLS) << 2)
  let octave: i32 = 0
  while (octave < OCTAVES) {
    // The octave that ends in the middle comes first.
    const width: f64 = f64(1 << (24 - octave))
    let cell: i32 = 0
    while (cell < CELLS) {
      writeCell(table, ((octave << CELL_BITS) + cell) << 2, f64(CELLS + cell) * width + 0.5, width)
      cell = cell + 1
    }
    octave = octave + 1
  }
  return table
}

/** The cubic through the quantiles at the four Chebyshev points of a cell, by divided differences, as a polynomial of the distance. */
function writeCell(table: F64s, at: i32, begins: f64, width: f64): void {
  const x0: f64 = 0.03806023374435663 * width
  const x1: f64 = 0.3086582838174551 * width
  const x2: f64 = 0.6913417161825448 * width
  const x3: f64 = 0.9619397662556434 * width
  const y0: f64 = quantileAt(begins + x0)
  const y1: f64 = quantileAt(begins + x1)
  const y2: f64 = quantileAt(begins + x2)
  const y3: f64 = quantileAt(begins + x3)
  const d01: f64 = (y1 - y0) / (x1 - x0)
  const d12: f64 = (y2 - y1) / (x2 - x1)
  const d23: f64 = (y3 - y2) / (x3 - x2)
  const d012: f64 = (d12 - d01) / (x2 - x0)
  const d123: f64 = (d23 - d12) / (x3 - x1)
  const cubic: f64 = (d123 - d012) / (x3 - x0)
  table[at] = y0 - x0 * (d01 - x1 * (d012 - x2 * cubic))
  table[at + 1] = d01 - (x0 + x1) * d012 + (x0 * x1 + x0 * x2 + x1 * x2) * cubic
  table[at + 2] = d012 - (x0 + x1 + x2) * cubic
  table[at + 3] = cubic
}

function quantileAt(words: f64): f64 {
  return normalQuantile(words * TWO_TO_MINUS_32)
}

// ── e^x = 2^(steps / 64) · e^r ──────────────────────────────────────────────
const POWER_BITS: i32 = 6
const POWER_MASK: i32 = 63
/** ln 2 / 64, and its reciprocal. */
const STEP: f64 = 0.010830424696249145
const STEPS_A_UNIT: f64 = 92.33248261689366
const SIXTH: f64 = 0.16666666666666666
/** 2^(i / 64) at i. */
const powers: F64s = makePowers()

function makePowers(): F64s {
  const table: F64s = newF64s(POWER_MASK + 1)
  let i: i32 = 0
  while (i <= POWER_MASK) {
    table[i] = expOf(f64(i) * STEP)
    i = i + 1
  }
  return table
}
