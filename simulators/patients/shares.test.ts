import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnIndex, sharesOf } from './shares.ts'

const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 50, noNaN: true })), { minLength: 1, maxLength: 60 })
const uniform = fc.double({ min: 2 ** -33, max: 1 - 2 ** -33, noNaN: true })

test('a uniform falls into the share whose bounds hold it, and never into an empty one', () => {
  fc.assert(
    fc.property(weights, uniform, (list, u) => {
      fc.pre(list.some((weight) => weight > 0))
      const shares = sharesOf(list)
      const index = drawnIndex(shares, u)
      expect(shares.share[index]).toBeGreaterThan(0)
      expect(shares.below[index]).toBeLessThanOrEqual(u)
      expect(shares.below[index + 1]).toBeGreaterThan(u)
    }),
  )
})

test('each share is drawn as often as it says', () => {
  const shares = sharesOf([3, 0, 1, 4, 0])
  const counts = [0, 0, 0, 0, 0]
  for (let i = 0; i < 8000; i++) counts[drawnIndex(shares, (i + 0.5) / 8000)]!++
  expect(counts).toEqual([3000, 0, 1000, 4000, 0])
})
