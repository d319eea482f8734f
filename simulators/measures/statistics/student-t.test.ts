import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalQuantile } from '../../engine/normal.ts'
import { studentTQuantile } from './student-t.ts'

const check = (probability: number, degreesOfFreedom: number, expected: number, relativeError: number) =>
  expect(
    Math.abs(studentTQuantile(probability, degreesOfFreedom) / expected - 1),
    `t of ${probability} at ${degreesOfFreedom}`,
  ).toBeLessThan(relativeError)

test('the printed table of Student’s t is met to its last digit', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, columns 0.90, 0.95, 0.975, 0.99, 0.995, 0.999.
  const table: readonly (readonly [number, readonly number[]])[] = [
    [1, [3.078, 6.314, 12.706, 31.821, 63.657, 318.309]],
    [2, [1.886, 2.92, 4.303, 6.965, 9.925, 22.327]],
    [5, [1.476, 2.015, 2.571, 3.365, 4.032, 5.893]],
    [9, [1.383, 1.833, 2.262, 2.821, 3.25, 4.297]],
    [10, [1.372, 1.812, 2.228, 2.764, 3.169, 4.144]],
    [19, [1.328, 1.729, 2.093, 2.539, 2.861, 3.579]],
    [29, [1.311, 1.699, 2.045, 2.462, 2.756, 3.396]],
    [60, [1.296, 1.671, 2.0, 2.39, 2.66, 3.232]],
    [100, [1.29, 1.66, 1.984, 2.364, 2.626, 3.174]],
  ]
  const probabilities = [0.9, 0.95, 0.975, 0.99, 0.995, 0.999]
  for (const [degreesOfFreedom, row] of table)
    for (const [column, printed] of row.entries())
      expect(Math.abs(studentTQuantile(probabilities[column]!, degreesOfFreedom) - printed)).toBeLessThanOrEqual(0.000501)
})

test('thirteen-digit values, from numerical integration of the density at 30 digits, are met to 1e-10', () => {
  check(0.975, 1, 12.70620473617, 1e-10)
  check(0.975, 9, 2.262157162798, 1e-10)
  check(0.995, 4, 4.60409487135, 1e-10)
  check(0.9, 1.5, 2.196398417566, 1e-10)
  check(0.75, 3.7, 0.7464851534825, 1e-10)
  check(0.501, 7, 0.002597463613662, 1e-10)
  check(0.500001, 12, 2.559336258302e-6, 1e-10)
  check(1e-10, 5, -156.8255927089, 1e-10)
  check(1e-15, 250, -8.478897096665, 1e-10)
  check(0.999, 1000, 3.098402163913, 1e-10)
  check(0.6, 40_000, 0.2533487881933, 1e-10)
  check(0.975, 99_999, 1.959987707772, 1e-10)
  check(0.975, 100_001, 1.959987707297, 1e-10)
  check(1e-20, 120_000, -9.264015110696, 1e-10)
})

test('one and two degrees of freedom agree with their closed forms far into the tail', () => {
  check(1e-30, 1, -1 / (Math.PI * 1e-30), 1e-12)
  for (const p of [1e-100, 1e-12, 0.01, 0.3, 0.4999]) check(p, 2, (2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 1e-11)
})

test('t is odd about one half, grows with the probability, and is never nearer to zero than the normal quantile', () => {
  const probability = fc.double({ min: 1e-9, max: 0.4999, noNaN: true })
  fc.assert(
    fc.property(probability, probability, fc.double({ min: 1, max: 1e6, noNaN: true }), (p, q, degreesOfFreedom) => {
      const t = studentTQuantile(p, degreesOfFreedom)
      // 1 − p is itself rounded, by up to 1e-16.
      expect(Math.abs(studentTQuantile(1 - p, degreesOfFreedom) / t + 1)).toBeLessThan(1e-10 + 2e-16 / p)
      if (p < q) expect(studentTQuantile(q, degreesOfFreedom)).toBeGreaterThan(t * (1 + 1e-10))
      expect(-t).toBeGreaterThanOrEqual(-normalQuantile(p) * (1 - 1e-12))
    }),
  )
})

test('probabilities and degrees of freedom that mean nothing are refused', () => {
  for (const [p, n] of [
    [0, 5],
    [1, 5],
    [NaN, 5],
    [0.5, 0.5],
    [0.9, NaN],
  ] as const)
    expect(() => studentTQuantile(p, n)).toThrow(RangeError)
})
