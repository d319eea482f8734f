import { expect, test } from 'vitest'
import { expOf, logOf, powOf } from './elementary.ts'
import { exactExp, exactLog, ulpsFrom } from './exact-reference.ts'
import { drawWord, secondWord, uniformOf } from './random.ts'

/** Two fixed uniforms a row. */
function* rows(count: number, decision: number): Generator<[number, number]> {
  for (let i = 0; i < count; i++) yield [uniformOf(drawWord(2020, 8, i, decision)), uniformOf(secondWord())]
}

test('exp is within 1 unit in the last place of the true value, subnormal results included', () => {
  let worst = 0
  for (const [u, v] of rows(3000, 1)) {
    for (const x of [1454 * u - 744.5, 40 * u - 20, (v - 0.5) * u, -708 - 37 * v])
      worst = Math.max(worst, Math.abs(ulpsFrom(expOf(x), exactExp(x))))
  }
  expect(worst).toBeLessThanOrEqual(1)
  expect(worst).toBeGreaterThan(0.5)
})

test('log is within 1 unit in the last place of the true value', () => {
  let worst = 0
  for (const [u, v] of rows(3000, 2)) {
    for (const x of [u, 1 + (u - 0.5) * v * v, u * 1e9, expOf(1400 * u - 700), u * 2 ** -1050]) {
      worst = Math.max(worst, Math.abs(ulpsFrom(logOf(x), exactLog(x))))
    }
  }
  expect(worst).toBeLessThanOrEqual(1)
  expect(worst).toBeGreaterThan(0.5)
})

test('the reference itself: known digits of e and ln 2, and log undoes exp', () => {
  expect(ulpsFrom(Math.E, exactExp(1))).toBeCloseTo(-0.3254, 3) // e = 2.71828182845904523536…, Math.E = 2.71828182845904509080…
  expect(Math.abs(ulpsFrom(Math.LN2, exactLog(2)))).toBeLessThanOrEqual(0.5)
  expect(Math.abs(ulpsFrom(Math.LN10, exactLog(10)))).toBeLessThanOrEqual(0.5)
})

test('the ends of the range answer as they should', () => {
  expect([expOf(0), expOf(-0), expOf(710), expOf(-746), expOf(Infinity), expOf(-Infinity), expOf(Number.NaN)]).toEqual([
    1,
    1,
    Infinity,
    0,
    Infinity,
    0,
    Number.NaN,
  ])
  expect(expOf(709.782712893384)).toBeGreaterThan(1.797e308)
  expect(expOf(-745.1332191019411)).toBe(Number.MIN_VALUE)
  expect([logOf(1), logOf(0), logOf(-1), logOf(Infinity), logOf(Number.NaN)]).toEqual([0, -Infinity, Number.NaN, Infinity, Number.NaN])
  expect(logOf(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 10)
  expect(logOf(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 10)
  expect([powOf(0, 0), powOf(5, 0), powOf(1, 1e300), powOf(0, 2), powOf(0, -1)]).toEqual([1, 1, 1, 0, Infinity])
})

test('pow keeps its word on accuracy', () => {
  for (const [u, v] of rows(1000, 3)) {
    const x = u * 1000
    const y = 20 * v - 10
    const exact = y * Math.log(x)
    const allowed = (2 + Math.abs(exact)) * Number.EPSILON
    expect(Math.abs(powOf(x, y) / x ** y - 1)).toBeLessThanOrEqual(allowed)
  }
})
