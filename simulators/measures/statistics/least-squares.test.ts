import { expect, test } from 'vitest'
import { leastSquares, type SearchBounds } from './least-squares.ts'

const bounds: SearchBounds = { start: [1, 1], low: [0.5, 0.5], high: [2, 2], maximumEvaluations: 40, precision: 0.001 }

test('two curved residuals are brought to nothing in a few looks, and the first look is at the start', async () => {
  // Zero at (1.4, 0.7).
  const { ended, best, looks } = await leastSquares(bounds, async ([x, y]) => [x! * x! - 1.96 + (y! - 0.7), x! * y! - 0.98])
  expect(ended).toBe('converged')
  expect(best.at[0]).toBeCloseTo(1.4, 2)
  expect(best.at[1]).toBeCloseTo(0.7, 2)
  expect(looks[0]!.at).toEqual([1, 1])
  expect(looks.length).toBeLessThan(20)
})

test('no place is looked at twice, and every place is within the bounds', async () => {
  const seen = new Set<string>()
  const { looks } = await leastSquares({ ...bounds, precision: 1e-9 }, async ([x, y]) => {
    expect(seen.has(`${x} ${y}`)).toBe(false)
    seen.add(`${x} ${y}`)
    return [x! - 3, y! - 0.1, (x! - 1) * (y! - 1)]
  })
  for (const { at } of looks) for (const value of at) expect(value >= 0.5 && value <= 2).toBe(true)
})

test('what cannot be met ends as stuck at the bound that comes nearest', async () => {
  const { ended, best } = await leastSquares(bounds, async ([x, y]) => [x! - 3, y! - 1.5])
  expect(ended).toBe('stuck')
  expect(best.at[0]).toBe(2)
  expect(best.at[1]).toBeCloseTo(1.5, 2)
})

test('looks are never more than allowed', async () => {
  let count = 0
  const { ended, looks } = await leastSquares({ ...bounds, maximumEvaluations: 5 }, async ([x, y]) => {
    count++
    return [x! ** 5 - 20, y! * x! - 3]
  })
  expect(ended).toBe('budget')
  expect(count).toBe(looks.length)
  expect(count).toBeLessThanOrEqual(5)
})

test('a step into the unmeasurable is taken back; a start there is told', async () => {
  const found = await leastSquares(bounds, async ([x, y]) => (x! > 1.5 ? null : [10 * (x! - 1.45), y! - 1.2]))
  expect(found.ended).toBe('converged')
  expect(found.best.at[0]).toBeCloseTo(1.45, 2)
  expect((await leastSquares(bounds, async () => null)).ended).toBe('unmeasurable')
})
