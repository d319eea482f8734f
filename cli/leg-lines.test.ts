import { expect, test } from 'vitest'
import { sampleDivergence } from '../reports/testing/sample-feedback.ts'
import { sampleWire } from '../reports/testing/sample-wire.ts'
import { legFigures } from './leg-lines.ts'

test('a terminal hears of every leg that was seen, of a payment’s way, of both worlds and of standing money, each on a line', () => {
  const money = [
    {
      stage: 'reconciled',
      sums: 3,
      amountFen: 90_000,
      meanAgeSeconds: 82_800,
      oldestAgeSeconds: 82_800,
      standingFen: 60_000,
      standingMeanAgeSeconds: 82_800,
    },
  ] as const
  const lines = new Map(legFigures({ ...sampleWire, divergence: sampleDivergence, money }, 'en'))
  expect(lines.get('by leg, p50/p95 ms')).toMatch(/^Entry .*; Platform \d+\/\d+ \(own time \d+\/\d+\)/)
  expect(lines.get("a payment's way, p50")).toMatch(/intended start to authorised .*; .*reconciled to paid out/)
  expect(lines.get('wire less virtual, ms each')).toBe('Entry +8.9; Platform −21.3')
  expect(lines.get('age of money')).toContain('reconciled by day-end files 23')
  expect(lines.get('age of money')).toContain('600')
})

test('what no run has told is no line', () => {
  const [zh, en] = (['zh', 'en'] as const).map((language) => legFigures({ ...sampleWire, legs: [] }, language))
  expect(zh).toEqual([])
  expect(en).toEqual([])
})
