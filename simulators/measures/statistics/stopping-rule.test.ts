import fc from 'fast-check'
import { expect, test } from 'vitest'
import { halfWidthOverDays } from './interval.ts'
import { halfWidthsByBatch, nextBatchDays, stoppingDecision } from './stopping-rule.ts'

const plan = { pilotDays: 10, batchDays: 10, maximumDays: 100, precision: 1 }
/** Days swinging evenly about zero. */
const days = (count: number, swing: number) => Array.from({ length: count }, (_, day) => (day % 2 === 0 ? swing : -swing))
const decisions = (count: number, valueByDay: readonly number[], rule = plan) =>
  Array.from({ length: count }, (_, index) => stoppingDecision(valueByDay.slice(0, index + 1), rule))

test('an interval that is narrow from the start is believed after 30 days and confirmed by the next batch', () => {
  const told = decisions(60, days(60, 0.5))
  expect(told.indexOf('stop-precise') + 1).toBe(40)
})

test('a judgement is made after whole batches only', () => {
  const told = decisions(60, days(60, 0.5))
  for (const [index, decision] of told.entries()) if (decision !== 'continue') expect((index + 1) % 10).toBe(0)
})

test('a narrow interval that the next batch widens again does not stop the run', () => {
  const values = [...days(30, 0.5), ...days(10, 9)]
  expect(halfWidthOverDays(values.slice(0, 30))).toBeLessThan(0.8)
  expect(stoppingDecision(values, plan)).toBe('continue')
})

test('the first narrow interval has to beat the precision by a margin, the confirming one only to meet it', () => {
  // Even swings: the half-width is exact, so precision can be put between the interval and the interval with its margin.
  const values = days(40, 2)
  const [before, now] = [halfWidthOverDays(values.slice(0, 30)), halfWidthOverDays(values)]
  expect(before).toBeGreaterThan(now)
  expect(stoppingDecision(values, { ...plan, precision: before * 1.05 })).toBe('continue')
  expect(stoppingDecision(values, { ...plan, precision: before * (1 + 4 / 30) })).toBe('stop-precise')
})

test('at the cap the run stops and says whether the interval is as narrow as asked', () => {
  expect(stoppingDecision(days(100, 50), plan)).toBe('stop-cap')
  expect(stoppingDecision(days(20, 0.5), { ...plan, maximumDays: 20 })).toBe('stop-precise')
  expect(stoppingDecision(days(24, 50), { ...plan, maximumDays: 24 })).toBe('stop-cap')
  expect(stoppingDecision([1], { ...plan, maximumDays: 1 })).toBe('stop-cap')
})

test('arms without any difference are precise, once enough days say so', () => {
  const told = decisions(60, new Array(60).fill(0))
  expect(told.indexOf('stop-precise') + 1).toBe(40)
})

test('batches fill pilot, then whole batches, then what the cap leaves; from any interrupted day back to the next batch end', () => {
  const odd = { pilotDays: 12, batchDays: 7, maximumDays: 30, precision: 1 }
  expect([0, 12, 19, 26, 30].map((day) => nextBatchDays(day, odd))).toEqual([12, 7, 7, 4, 0])
  expect([5, 15].map((day) => nextBatchDays(day, odd))).toEqual([7, 4])
})

test('every plan ends, at a batch end, within its cap', () => {
  const anyPlan = fc.record({
    pilotDays: fc.integer({ min: 1, max: 40 }),
    batchDays: fc.integer({ min: 1, max: 40 }),
    maximumDays: fc.integer({ min: 1, max: 120 }),
    precision: fc.double({ min: 0, max: 3, noNaN: true }),
  })
  fc.assert(
    fc.property(anyPlan, fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 120, maxLength: 120 }), (rule, stream) => {
      let count = 0
      while (stoppingDecision(stream.slice(0, count), rule) === 'continue') {
        const batch = nextBatchDays(count, rule)
        expect(batch).toBeGreaterThan(0)
        count += batch
      }
      expect(count).toBeLessThanOrEqual(rule.maximumDays)
      expect(count === rule.maximumDays || (count - rule.pilotDays) % rule.batchDays === 0).toBe(true)
    }),
  )
})

test('the record of half-widths has one for each whole batch, in seed order', () => {
  const values = Array.from({ length: 34 }, (_, day) => Math.sin(day))
  const expected = [10, 20, 30].map((count) => halfWidthOverDays(values.slice(0, count)))
  expect(halfWidthsByBatch(values, plan)).toEqual(expected)
  expect(halfWidthsByBatch(values, { ...plan, maximumDays: 34 })).toEqual([...expected, halfWidthOverDays(values)])
})
