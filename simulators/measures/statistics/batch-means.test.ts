import { expect, test } from 'vitest'
import { BATCHES, batchedMean } from './batch-means.ts'
import { intervalOverDays } from './interval.ts'

const at = (second: number, value: number) => ({ atMs: second * 1000, value })

test('the mean is of all values, the interval of the means of ten equal stretches of the window', () => {
  const values = Array.from({ length: 30 }, (_, second) => [at(second, second % 7), at(second + 0.5, 10)]).flat()
  const stretches = Array.from({ length: BATCHES }, (_, batch) => {
    const own = values.slice(batch * 6, batch * 6 + 6).map(({ value }) => value)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
  const found = batchedMean(values, 30)
  expect(found?.count).toBe(60)
  expect(found?.mean).toBeCloseTo(values.reduce((sum, { value }) => sum + value, 0) / 60)
  expect(found?.interval).toEqual(intervalOverDays(stretches, 0.95))
})

test('a window with an empty stretch has a mean and no interval, and one without values has neither', () => {
  expect(batchedMean([at(1, 5), at(29, 7)], 30)).toEqual({ count: 2, mean: 6, interval: null })
  expect(batchedMean([], 30)).toBeNull()
})

test('what was due before the window began or after it ended belongs to the first and last stretch', () => {
  const all = Array.from({ length: BATCHES }, (_, batch) => at(batch * 3 + 1, batch))
  const found = batchedMean([...all, at(-1, 0), at(31, BATCHES - 1)], 30)
  expect(found?.interval).toEqual(
    intervalOverDays(
      all.map(({ value }) => value),
      0.95,
    ),
  )
})
