import { expect, test } from 'vitest'
import { normalRootError } from './exact-reference.ts'
import { normalQuantile } from './normal.ts'
import { drawWord, uniformOf } from './random.ts'

test('the normal quantile solves Φ(z) = p to 15 digits, in the middle, the tails and across the seams', () => {
  let worst = 0
  const p = [0.075, 0.07499999999, 0.925, 0.92500000001, 1.3887943864964e-11, 1.3887943e-11, 2 ** -33, 1 - 2 ** -33, 1e-40]
  for (let i = 0; i < 600; i++) {
    const u = uniformOf(drawWord(31, 41, i, 59))
    p.push(u, u * 1e-6, u * 1e-13, 1 - 2 ** -20 * u, 0.5 + (u - 0.5) * 1e-3)
  }
  for (const each of p) {
    const z = normalQuantile(each)
    worst = Math.max(worst, Math.abs(normalRootError(z, each) / z))
  }
  expect(worst).toBeLessThan(1e-15)
})

test('printed percentage points come out', () => {
  expect(normalQuantile(0.5)).toBe(0)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 14)
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 12)
})
