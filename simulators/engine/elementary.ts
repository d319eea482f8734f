/**
 * exp, log and pow of our own (portable): the language standard lets each engine round its own way, and a result that is to be the same
 * bits on every machine cannot rest on that. Only + − × ÷ on doubles, in a written order, so JavaScript, WebAssembly and C
 * (without fused multiply-add) agree bit by bit. Within 1 unit in the last place of the true value; pow says its own.
 *
 * The reductions and coefficients of exp and log are those of fdlibm's e_exp.c and e_log.c; bits of the double are
 * never read, powers of two come from integer shifts and a table. Their notice:
 *   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc. business.
 *   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import { clz, type F64s, f64, i32, newF64s } from './portable.ts'

const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10
const TWO_TO_31: f64 = 2147483648
const TWO_TO_MINUS_12: f64 = 0.000244140625
const SQRT_2_TIMES_2_TO_30: i32 = 1518500250

/** e^x. Infinity above 709.782…, 0 below −745.133…, and never an exception. */
export function expOf(x: f64): f64 {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : x
  if (x < -745.1332191019411) return 0
  // x = doublings · ln 2 + r with |r| a little over half of ln 2 at most; r is carried as high − low.
  const doublings: i32 = i32(x * Math.LOG2E + (x < 0 ? -0.5 : 0.5))
  const high: f64 = x - f64(doublings) * LN2_HIGH
  const low: f64 = f64(doublings) * LN2_LOW
  const r: f64 = high - low
  const t: f64 = r * r
  const c: f64 =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  const y: f64 = 1 - (low - (r * c) / (2 - c) - high)
  // Below the normal range the last multiplication alone may round, so the step there is taken in two, the exact one first.
  if (doublings < -1021) return y * powersOfTwo[doublings + 2022]! * powersOfTwo[22]!
  if (doublings > 1023) return y * 2 * powersOfTwo[2045]!
  return y * powersOfTwo[doublings + 1022]!
}

/** The natural logarithm. NaN below zero, −Infinity at zero. Quickest in [2^−12, 1), where nearly all uniforms lie. */
export function logOf(x: f64): f64 {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  // Into [2^−12, 1): multiplying by a power of two is exact.
  let doublings: i32 = 0
  while (x < TWO_TO_MINUS_12) {
    x = x * 4096
    doublings = doublings - 12
  }
  while (x >= 1) {
    x = x * TWO_TO_MINUS_12
    doublings = doublings + 12
  }
  // x = 2^doublings · m with m in [√½, √2), so that what is added to the multiple of ln 2 is small. The leading bit of x · 2^31 tells
  // the power, the bits after it (19 or more) on which side of √2 the rest lies; no branch, for the answer is a coin's.
  const leading: i32 = i32(x * TWO_TO_31)
  const zeros: i32 = clz(leading)
  const shift: i32 = zeros - ((SQRT_2_TIMES_2_TO_30 - (leading << (zeros - 1))) >>> 31)
  const m: f64 = x * f64(1 << shift)
  doublings = doublings - shift
  const f: f64 = m - 1
  const s: f64 = f / (2 + f)
  const z: f64 = s * s
  const w: f64 = z * z
  const evens: f64 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odds: f64 = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const half: f64 = 0.5 * f * f
  const k: f64 = f64(doublings)
  return k * LN2_HIGH - (half - (s * (half + (odds + evens)) + k * LN2_LOW) - f)
}

/**
 * x^y for x ≥ 0, as e^(y · ln x): the relative error is about (1 + |y · ln x|) · 2^−52, which is ample for a rate or a shape.
 * 0^0 is 1, as everywhere.
 */
export function powOf(x: f64, y: f64): f64 {
  if (y === 0) return 1
  if (x === 1) return 1
  return expOf(y * logOf(x))
}

/** 2^(i − 1022) at i. */
const powersOfTwo: F64s = makePowersOfTwo()

function makePowersOfTwo(): F64s {
  const powers: F64s = newF64s(2046)
  powers[1022] = 1
  let i: i32 = 1023
  while (i < 2046) {
    powers[i] = powers[i - 1]! * 2
    i = i + 1
  }
  i = 1021
  while (i >= 0) {
    powers[i] = powers[i + 1]! * 0.5
    i = i - 1
  }
  return powers
}
