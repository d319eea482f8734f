import { expect, test } from 'vitest'
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
