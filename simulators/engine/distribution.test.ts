import { expect, test } from 'vitest'
import { drawTicks, LAW_CONSTANT, LAW_EXPONENTIAL, LAW_LOGNORMAL, LAW_UNIFORM, LONGEST_TICKS } from './distribution.ts'
import { compileLaw, type Law, meanSecondsOf } from './law.ts'
import { drawWord } from './random.ts'

/** Mean, standard deviation and the share above twice the mean, of one tick count from each of 2^18 equal cells of the uniform. */
function shapeOf(law: Law): { meanSeconds: number; deviationSeconds: number; aboveTwiceMean: number } {
  const { kind, a, b } = compileLaw(law)
  const cells = 2 ** 18
  let sum = 0
  let squares = 0
  let above = 0
  for (let i = 0; i < cells; i++) {
    // Half a tick back: the floor took it, on average.
    const ticks = drawTicks(kind, a, b, (i * 2 ** 14 + 2 ** 13) | 0) + 0.5
    sum += ticks
    squares += ticks * ticks
    if (ticks > 2 * meanSecondsOf(law) * 10_000) above++
  }
  const mean = sum / cells
  return { meanSeconds: mean / 10_000, deviationSeconds: Math.sqrt(squares / cells - mean * mean) / 10_000, aboveTwiceMean: above / cells }
}

test('the exponential has its mean, an equal deviation, and e⁻² above twice the mean', () => {
  const { meanSeconds, deviationSeconds, aboveTwiceMean } = shapeOf({ kind: 'exponential', meanSeconds: 60 })
  expect(meanSeconds / 60).toBeCloseTo(1, 4)
  expect(deviationSeconds / 60).toBeCloseTo(1, 3)
  expect(aboveTwiceMean).toBeCloseTo(0.1353353, 4)
})

test.each([0.3, 0.8, 1.5])('the lognormal has its mean and its coefficient of variation %d', (cv) => {
  const { meanSeconds, deviationSeconds } = shapeOf({ kind: 'lognormal', meanSeconds: 360, cv })
  expect(meanSeconds / 360).toBeCloseTo(1, 3)
  expect(deviationSeconds / meanSeconds / cv).toBeCloseTo(1, 1)
  if (cv < 1) expect(deviationSeconds / meanSeconds / cv).toBeCloseTo(1, 2)
})

test('the uniform fills its range evenly, and a constant is itself to the tick', () => {
  const { meanSeconds, deviationSeconds } = shapeOf({ kind: 'uniform', lowSeconds: 10, highSeconds: 60 })
  expect(meanSeconds).toBeCloseTo(35, 3)
  expect(deviationSeconds).toBeCloseTo(50 / Math.sqrt(12), 3)
  for (const seconds of [0, 0.29, 1.1, 4.35, 45]) {
    const { kind, a, b } = compileLaw({ kind: 'constant', meanSeconds: seconds })
    expect(drawTicks(kind, a, b, 99)).toBe(Math.round(seconds * 10_000))
  }
})

test('keyed draws have the mean of their law within four standard errors', () => {
  const { kind, a, b } = compileLaw({ kind: 'lognormal', meanSeconds: 360, cv: 0.8 })
  const draws = 100_000
  let sum = 0
  for (let i = 0; i < draws; i++) sum += drawTicks(kind, a, b, drawWord(5, 6, i, 256))
  expect(Math.abs(sum / draws / 3_600_000 - 1)).toBeLessThan((4 * 0.8) / Math.sqrt(draws))
})

test('under every law a larger word never gives a shorter time, and no time leaves 0 … 2^30', () => {
  for (const [kind, a, b] of [
    [LAW_CONSTANT, 600, 0],
    [LAW_UNIFORM, 100_000, 600_000],
    [LAW_EXPONENTIAL, 600_000, 0],
    [LAW_LOGNORMAL, 14.8, 0.7],
    [LAW_LOGNORMAL, 19, 3],
    [LAW_EXPONENTIAL, 2 ** 29, 0],
  ] as const) {
    let before = 0
    for (let word = 0; word < 2 ** 32; word += 2 ** 20 - 1) {
      const ticks = drawTicks(kind, a, b, word | 0)
      expect(ticks).toBeGreaterThanOrEqual(before)
      before = ticks
    }
    expect(drawTicks(kind, a, b, -1)).toBeLessThanOrEqual(LONGEST_TICKS)
  }
  expect(drawTicks(LAW_LOGNORMAL, 19, 3, -1)).toBe(LONGEST_TICKS)
  expect(drawTicks(LAW_LOGNORMAL, 900, 3, -1)).toBe(LONGEST_TICKS)
})

test('what is no duration is refused', () => {
  expect(() => compileLaw({ kind: 'constant', meanSeconds: -1 })).toThrow('not a law of durations')
  expect(() => compileLaw({ kind: 'exponential', meanSeconds: 200_000 })).toThrow('107374.1824')
  expect(() => compileLaw({ kind: 'uniform', lowSeconds: 5, highSeconds: 4 })).toThrow(RangeError)
  expect(() => compileLaw({ kind: 'lognormal', meanSeconds: 5, cv: Number.NaN })).toThrow(RangeError)
  expect(compileLaw({ kind: 'lognormal', meanSeconds: 5, cv: 0 })).toEqual({ kind: LAW_CONSTANT, a: 50_000, b: 0 })
})
