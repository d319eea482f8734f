/**
 * A short statistical battery for 32-bit words: eleven tests after D. E. Knuth, "The Art of Computer Programming", vol. 2, §3.3, and
 * G. Marsaglia's birthday spacings and binary rank. Each gives one p-value: near 0 (or, for those with two tails, near 1) is suspect.
 */
import { expOf, logOf } from './elementary.ts'

const TWO_TO_32 = 4_294_967_296

/** What one test found on one row of words. */
export type Finding = { readonly test: string; readonly pValue: number }

/** Runs every test over the row. About 2^17 words are meant. */
export function statisticalBattery(words: Int32Array): Finding[] {
  return [
    { test: 'equidistribution of the high 8 bits', pValue: equidistribution(words, 24) },
    { test: 'equidistribution of the low 8 bits', pValue: equidistribution(words, 0) },
    { test: 'serial pairs, high 5 bits', pValue: serialPairs(words, 27) },
    { test: 'serial pairs, low 5 bits', pValue: serialPairs(words, 0) },
    { test: 'ones in each bit', pValue: onesPerBit(words) },
    { test: 'bit changes from word to word', pValue: bitChanges(words) },
    { test: 'runs above and below the middle', pValue: runs(words) },
    { test: 'gaps', pValue: gaps(words) },
    { test: 'birthday spacings', pValue: birthdaySpacings(words) },
    { test: 'binary rank', pValue: binaryRank(words) },
    { test: 'autocorrelation, lags 1 to 32', pValue: autocorrelation(words) },
  ]
}

function equidistribution(words: Int32Array, shift: number): number {
  const seen = new Float64Array(256)
  for (const word of words) seen[(word >>> shift) & 255]!++
  return chiSquareP(seen, new Float64Array(256).fill(words.length / 256))
}

function serialPairs(words: Int32Array, shift: number): number {
  const seen = new Float64Array(1024)
  for (let i = 0; i + 1 < words.length; i += 2) seen[(((words[i]! >>> shift) & 31) << 5) | ((words[i + 1]! >>> shift) & 31)]!++
  return chiSquareP(seen, new Float64Array(1024).fill(Math.floor(words.length / 2) / 1024))
}

/** Each of the 32 bits is 1 half of the time: a sum of 32 squared normal deviates. */
function onesPerBit(words: Int32Array): number {
  return halvesP(words, (i) => words[i]!)
}

/** Each bit changes from one word to the next half of the time. */
function bitChanges(words: Int32Array): number {
  return halvesP(words.subarray(1), (i) => words[i]! ^ words[i + 1]!)
}

function halvesP(words: Int32Array, wordAt: (i: number) => number): number {
  let sum = 0
  const ones = new Float64Array(32)
  for (let i = 0; i < words.length; i++) for (let bit = 0, word = wordAt(i); bit < 32; bit++) ones[bit]! += (word >>> bit) & 1
  for (const count of ones) sum += square(count - words.length / 2) / (words.length / 4)
  return chiSquareTail(sum, 32)
}

/** Wald and Wolfowitz: among n words with `above` in the upper half, runs are 1 + 2·above·below/n on average. */
function runs(words: Int32Array): number {
  let above = 0
  let count = 1
  for (let i = 0; i < words.length; i++) {
    if (words[i]! < 0) above++
    if (i > 0 && words[i]! < 0 !== words[i - 1]! < 0) count++
  }
  const n = words.length
  const mean = 1 + (2 * above * (n - above)) / n
  const variance = ((mean - 1) * (mean - 2)) / (n - 1)
  return chiSquareTail(square(count - mean) / variance, 1)
}

/** Lengths of the gaps between words in the lowest sixteenth: geometric, 1/16. */
function gaps(words: Int32Array): number {
  const longest = 80
  const seen = new Float64Array(longest + 1)
  let length = 0
  let total = 0
  for (const word of words) {
    if (word >>> 28 !== 0) length++
    else {
      seen[Math.min(length, longest)]!++
      total++
      length = 0
    }
  }
  const expected = new Float64Array(longest + 1)
  let left = 1
  for (let k = 0; k < longest; k++) {
    expected[k] = total * left * (1 / 16)
    left *= 15 / 16
  }
  expected[longest] = total * left
  return chiSquareP(seen, expected)
}

/**
 * 512 birthdays in a year of 2^24 days: equal spacings are Poisson with mean 512³ / 2^26 = 2. High and low bits take turns.
 * Marsaglia, Tsang, "Some difficult-to-pass tests of randomness", 2002.
 */
function birthdaySpacings(words: Int32Array): number {
  const birthdays = 512
  const seen = new Float64Array(8)
  const days = new Int32Array(birthdays)
  const spacings = new Int32Array(birthdays)
  const years = Math.floor(words.length / birthdays)
  for (let year = 0; year < years; year++) {
    for (let i = 0; i < birthdays; i++) days[i] = (words[year * birthdays + i]! >>> (year % 2 === 0 ? 8 : 0)) & 0xffffff
    days.sort()
    for (let i = 0; i < birthdays; i++) spacings[i] = days[i]! - (i === 0 ? 0 : days[i - 1]!)
    spacings.sort()
    let equal = 0
    for (let i = 1; i < birthdays; i++) if (spacings[i] === spacings[i - 1]) equal++
    seen[Math.min(equal, 7)]!++
  }
  const expected = new Float64Array(8)
  let chance = expOf(-2)
  let rest = 1
  for (let k = 0; k < 7; k++) {
    expected[k] = years * chance
    rest -= chance
    chance = (chance * 2) / (k + 1)
  }
  expected[7] = years * rest
  return chiSquareP(seen, expected)
}

/** Rank of 32 × 32 bit matrices: full 0.288788, one less 0.577576, two less 0.128350, the rest 0.005285. */
function binaryRank(words: Int32Array): number {
  const seen = new Float64Array(3)
  const matrices = Math.floor(words.length / 32)
  for (let m = 0; m < matrices; m++) seen[Math.min(2, 32 - rankOf(words.slice(m * 32, m * 32 + 32)))]!++
  return chiSquareP(
    seen,
    Float64Array.of(0.2887880951538411, 0.5775761901732048, 0.1336357146729541).map((chance) => chance * matrices),
  )
}

function rankOf(rows: Int32Array): number {
  let rank = 0
  for (let bit = 0; bit < 32; bit++) {
    const found = rows.findIndex((row, i) => i >= rank && ((row >>> bit) & 1) === 1)
    if (found < 0) continue
    const pivot = rows[found]!
    rows[found] = rows[rank]!
    rows[rank] = pivot
    for (let i = rank + 1; i < 32; i++) if (((rows[i]! >>> bit) & 1) === 1) rows[i]! ^= pivot
    rank++
  }
  return rank
}

/** The scaled products u(i) · u(i + lag), u in (−½, ½): 32 nearly normal deviates of variance 1/144 a term. */
function autocorrelation(words: Int32Array): number {
  let sum = 0
  for (let lag = 1; lag <= 32; lag++) {
    let products = 0
    const terms = words.length - lag
    for (let i = 0; i < terms; i++) products += (words[i]! / TWO_TO_32) * (words[i + lag]! / TWO_TO_32)
    sum += square(products) / (terms / 144)
  }
  return chiSquareTail(sum, 32)
}

/** The p-value of counts against what was expected: the smaller tail, doubled, for counts too even are suspect as well. */
export function chiSquareP(seen: Float64Array, expected: Float64Array): number {
  let sum = 0
  for (let i = 0; i < seen.length; i++) sum += square(seen[i]! - expected[i]!) / expected[i]!
  const tail = chiSquareTail(sum, seen.length - 1)
  return 2 * Math.min(tail, 1 - tail)
}

/** P(χ² with this many degrees of freedom > x): the regularized upper gamma function Q(df/2, x/2), by series or continued fraction. */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  const a = degreesOfFreedom / 2
  const y = x / 2
  if (y <= 0) return 1
  const front = expOf(a * logOf(y) - y - logGamma(a))
  if (y < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10_000 && term > sum * 1e-16; n++) {
      term *= y / (a + n)
      sum += term
    }
    return Math.max(0, 1 - front * sum)
  }
  // Lentz's method for the continued fraction 1/(y+1−a− 1(1−a)/(y+3−a− …)).
  let b = y + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return front * fraction
}

/** ln Γ(x) for x > 0: shifted above 10, then Stirling's series. */
function logGamma(x: number): number {
  let shift = 0
  let z = x
  while (z < 10) {
    shift += logOf(z)
    z += 1
  }
  const r = 1 / (z * z)
  return (z - 0.5) * logOf(z) - z + 0.9189385332046727 + (1 / 12 - (1 / 360 - (1 / 1260 - r / 1680) * r) * r) / z - shift
}

function square(x: number): number {
  return x * x
}
