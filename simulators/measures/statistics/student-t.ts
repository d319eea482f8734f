/**
 * Quantiles of Student's t distribution, for any real number of degrees of freedom from 1 up, to 11 digits or more.
 *
 * The probability between 0 and t, or beyond t, is half an incomplete beta function, taken by its continued fraction
 * (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.5.8 and 26.7.1); Newton's method turns it round.
 */
import { expOf, logOf } from '../../engine/elementary.ts'
import { normalQuantile } from '../../engine/normal.ts'

/** The t that a Student variable stays below with this probability, which lies between 1e-100 and 1 − 1e-16. */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability >= 1e-100 && probability < 1)) throw new RangeError(`no quantile at the probability ${probability}`)
  if (!(degreesOfFreedom >= 1)) throw new RangeError(`Student's t has 1 degree of freedom or more, not ${degreesOfFreedom}`)
  if (probability === 0.5) return 0
  if (probability < 0.5) return -positiveQuantile(probability, 0.5 - probability, degreesOfFreedom)
  return positiveQuantile(1 - probability, probability - 0.5, degreesOfFreedom)
}

/** From here on the expansion around the normal law keeps more digits than the continued fraction. */
const NEARLY_NORMAL = 100_000
const SQRT_PI = 1.772453850905516

/** The t > 0 with probability `above` beyond it and `inside` between 0 and it. Both are given, lest the smaller be rounded away. */
function positiveQuantile(above: number, inside: number, degreesOfFreedom: number): number {
  const z = -normalQuantile(above)
  if (degreesOfFreedom > NEARLY_NORMAL) return aroundNormal(z, degreesOfFreedom)
  const a = degreesOfFreedom / 2
  const scale = gammaRatio(a) / SQRT_PI
  const aimsAtTail = above < inside
  const target = logOf(aimsAtTail ? above : inside)
  // The logarithm of the smaller part is concave in ln t, and z is below the answer: Newton's method cannot run away.
  let t = z
  for (let step = 0; step < 100; step++) {
    const squared = t * t
    const x = degreesOfFreedom / (degreesOfFreedom + squared)
    const rest = squared / (degreesOfFreedom + squared)
    /** t times the density at t: how fast either part changes with ln t. */
    const slope = scale * Math.sqrt(rest) * expOf(-a * logOf(1 + squared / degreesOfFreedom))
    const tailConverges = x < (a + 1) / (a + 2.5)
    const known = tailConverges ? (slope / degreesOfFreedom) * betaFraction(x, a, 0.5) : slope * betaFraction(rest, 0.5, a)
    const part = tailConverges === aimsAtTail ? known : 0.5 - known
    const move = ((target - logOf(part)) * part) / slope
    t *= expOf(aimsAtTail ? -move : move)
    if (Math.abs(move) < 1e-14) return t
  }
  return t
}

/** Γ(a + ½) ÷ Γ(a), by Γ(a + 1) = a Γ(a) upwards and there by the series for large a (Abramowitz & Stegun 6.1.47). */
function gammaRatio(a: number): number {
  let factor = 1
  let n = a
  while (n < 24) {
    factor *= n / (n + 0.5)
    n += 1
  }
  const r = 1 / n
  const series =
    1 +
    r * (-1 / 8 + r * (1 / 128 + r * (5 / 1024 + r * (-21 / 32768 + r * (-399 / 262144 + r * (869 / 4194304 + (r * 39325) / 33554432))))))
  return factor * Math.sqrt(n) * series
}

/** The continued fraction 1 ÷ (1 + d₁ ÷ (1 + d₂ ÷ …)) of the incomplete beta function, by Lentz's method; quick for x < (a + 1) ÷ (a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) return fraction
  }
  return fraction
}

/** The Cornish–Fisher expansion of t around the normal quantile (Abramowitz & Stegun 26.7.5). */
function aroundNormal(z: number, degreesOfFreedom: number): number {
  const r = 1 / degreesOfFreedom
  const s = z * z
  const first = (z * (s + 1)) / 4
  const second = (z * ((5 * s + 16) * s + 3)) / 96
  const third = (z * (((3 * s + 19) * s + 17) * s - 15)) / 384
  return z + r * (first + r * (second + r * third))
}
