import { expect, test } from 'vitest'
import { bucketOf } from '../../measures/statistics/histogram.ts'
import { moneyAge } from './money-age.ts'

test('ages are weighted by fen and count from the moment the patient meant to pay; what stands at a stage grows older', () => {
  const ages = moneyAge(
    [
      { amountFen: 100, reachedMs: { intended: 0, settled: 10_000, reconciled: 100_000 } },
      { amountFen: 300, reachedMs: { intended: 5000, settled: 7000 } },
      { amountFen: 50, reachedMs: { intended: 9000 } },
    ],
    109_000,
  )
  const of = (stage: string) => ages.find((one) => one.stage === stage)
  expect(of('intended')).toEqual({
    stage: 'intended',
    count: 3,
    amountFen: 450,
    meanAgeSeconds: 0,
    oldestAgeSeconds: 0,
    standingFen: 50,
    standingMeanAgeSeconds: 100,
  })
  expect(of('settled')).toMatchObject({ count: 2, amountFen: 400, meanAgeSeconds: (100 * 10 + 300 * 2) / 400, oldestAgeSeconds: 10 })
  expect(of('settled')).toMatchObject({ standingFen: 300, standingMeanAgeSeconds: 104 })
  expect(of('reconciled')).toMatchObject({ count: 1, meanAgeSeconds: 100, standingFen: 100 })
  expect(of('authorised')).toEqual({ stage: 'authorised', count: 0, amountFen: 0, standingFen: 0 })
})

test('how long money waited for the files and then for its payout adds up by bucket; what has not come so far is not counted', () => {
  const ages = moneyAge(
    [
      { amountFen: 100, reachedMs: { intended: 0, confirmed: 2000, reconciled: 82_000, 'paid-out': 85_000 } },
      { amountFen: 100, reachedMs: { intended: 0, confirmed: 3000, reconciled: 83_000 } },
      { amountFen: 100, reachedMs: { intended: 0, confirmed: 4000 } },
    ],
    90_000,
  )
  const waited = (stage: string) => ages.find((one) => one.stage === stage)?.waitedMsBuckets
  expect(waited('reconciled')).toEqual([[bucketOf(80_000), 2]])
  expect(waited('paid-out')).toEqual([[bucketOf(3000), 1]])
  expect(waited('confirmed')).toBeUndefined()
  expect(waited('matched')).toBeUndefined()
})
