/**
 * exp, log and the normal distribution function to 100 digits in whole-number arithmetic: what the quick ones are measured against.
 * A number here is a BigInt in units of 2^−{@link FRACTION_BITS}. Slow and obvious.
 */
export const FRACTION_BITS = 1400
const WORK_BITS = 400
const one = 1n << BigInt(WORK_BITS)
const ln2 = 2n * atanhOf(one / 3n)
// π to 100 decimals, rounded down.
const PI_DIGITS = '31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679'
const pi = (BigInt(PI_DIGITS) * one) / BigInt(`1${'0'.repeat(100)}`)

/** A double as an exact fraction: whole · 2^power. */
export function partsOf(x: number): { whole: bigint; power: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const whole = biased === 0 ? fraction : fraction | (1n << 52n)
  return { whole: bits >> 63n === 1n ? -whole : whole, power: Math.max(biased, 1) - 1075 }
}

/** How far x is from the true value, in units in the last place of the true value. */
export function ulpsFrom(x: number, exact: bigint): number {
  const { whole, power } = partsOf(x)
  const difference = (whole << BigInt(FRACTION_BITS + power)) - exact
  const magnitude = (exact < 0n ? -exact : exact).toString(2).length - 1 - FRACTION_BITS
  const lastPlace = Math.max(magnitude - 52, -1074)
  return Number((difference << 40n) >> BigInt(FRACTION_BITS + lastPlace)) / 1_099_511_627_776
}

/** e^x for a double x. */
export function exactExp(x: number): bigint {
  const { whole, power } = partsOf(x)
  const fixed = shifted(whole, WORK_BITS + power)
  const doublings = fixed / ln2
  const rest = fixed - doublings * ln2
  let term = one
  let sum = one
  for (let n = 1n; term !== 0n; n++) {
    term = (term * rest) / (one * n)
    sum += term
  }
  return shifted(sum, FRACTION_BITS - WORK_BITS + Number(doublings))
}

/** ln x for a positive double x. */
export function exactLog(x: number): bigint {
  const { whole, power } = partsOf(x)
  const length = whole.toString(2).length
  let doublings = length - 1 + power
  let m = shifted(whole, WORK_BITS - length + 1)
  // Halved when above 4/3: near 1 from below, the two parts of the sum must not cancel.
  if (3n * m > 4n * one) {
    m /= 2n
    doublings += 1
  }
  const log = 2n * atanhOf(((m - one) * one) / (m + one)) + BigInt(doublings) * ln2
  return shifted(log, FRACTION_BITS - WORK_BITS)
}

/** How much Φ(z) exceeds p, over the density at z: the error of z as a root of Φ(z) = p. */
export function normalRootError(z: number, p: number): number {
  const at = partsOf(z)
  const zFixed = shifted(at.whole, WORK_BITS + at.power)
  const square = (zFixed * zFixed) / one
  // Φ(z) = ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …)
  let term = zFixed
  let sum = zFixed
  for (let n = 3n; term !== 0n; n += 2n) {
    term = (term * square) / (one * n)
    sum += term
  }
  // Half of the square of a double has up to 107 bits, so its exponential is taken from the fixed-point value.
  const density = (one * one * one) / (expOfFixed(square / 2n) * squareRoot(2n * pi))
  const beyond = partsOf(p)
  const excess = one / 2n + (density * sum) / one - shifted(beyond.whole, WORK_BITS + beyond.power)
  return Number((excess << 200n) / density) / Number(1n << 200n)
}

function expOfFixed(x: bigint): bigint {
  const doublings = x / ln2
  const rest = x - doublings * ln2
  let term = one
  let sum = one
  for (let n = 1n; term !== 0n; n++) {
    term = (term * rest) / (one * n)
    sum += term
  }
  return sum << doublings
}

function squareRoot(x: bigint): bigint {
  const target = x * one
  let root = one * 4n
  for (let step = 0; step < 300; step++) root = (root + target / root) / 2n
  return root
}

/** atanh s = s + s³/3 + s⁵/5 + … */
function atanhOf(s: bigint): bigint {
  const square = (s * s) / one
  let power = s
  let sum = 0n
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n
    power = (power * square) / one
  }
  return sum
}

function shifted(x: bigint, by: number): bigint {
  return by >= 0 ? x << BigInt(by) : x >> BigInt(-by)
}
