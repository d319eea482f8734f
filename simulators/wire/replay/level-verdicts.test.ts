import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { WireOutcome } from '../../measures/result-wire.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { TraceRow } from '../../trace/trace.ts'
import { paysByPlatform, ratePlanned } from './level-figures.ts'
import { cityPeakVerdicts, noneLost, overloadVerdicts } from './level-verdicts.ts'
import { madeTrace } from './testing/made-trace.ts'

/** Twenty seconds of overload at 40 visits a second, and 25 after it. */
const trace = madeTrace(planOf('small-town'), 1800, 40)
const audit = { verdict: 'passed', rules: [{ broken: 0 }, { broken: 0 }] }
const wireOf = (parts: object) => ({ audit, ...parts }) as unknown as WireOutcome
const over = { kneePerSecond: ratePlanned(trace) / 3, overSeconds: 20 }

/** Every row answered after so long; `paid` says which were. */
const seenOf = (answerMs: (row: TraceRow) => number, isPaid: (row: TraceRow) => boolean, status = 200): readonly SeenRow[] =>
  trace.rows.map((row) => ({
    ...{ row: row.row, dueMs: row.startMs, heldMs: 0, sentMs: row.startMs, endMs: row.startMs + answerMs(row) },
    answers: [
      {
        ...{ key: row.key, outcome: isPaid(row) ? 'paid' : 'no-answer', by: paysByPlatform(row) ? 'main-entry' : 'hospital' },
        ...{
          sentMs: row.startMs,
          heardMs: row.startMs + answerMs(row),
          calls: [{ status: isPaid(row) ? 200 : status, ms: answerMs(row) }],
        },
      },
    ],
  }))
const told = (rows: readonly SeenRow[], wire = wireOf({})) =>
  Object.fromEntries(overloadVerdicts(trace, rows, wire, over).map(({ name, measured, standing }) => [name, { measured, standing }]))

test('a platform that serves a third in overload, refuses the rest with 429 and everybody afterwards in time keeps every promise', () => {
  const verdicts = told(
    seenOf(
      () => 1000,
      ({ startMs, visit }) => startMs >= 20_000 || visit % 3 === 0,
      429,
    ),
  )
  expect(Object.values(verdicts).map(({ standing }) => standing)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  expect(verdicts['goodput-over-knee']?.measured).toBeCloseTo(1, 0)
  expect(verdicts['back-inside-slo']?.measured).toBe(0)
})

test('one that works on for those who have left is short of goodput, and is back only when the answers are', () => {
  const verdicts = told(
    seenOf(
      ({ startMs }) => (startMs < 26_000 ? 25_000 : 1000),
      () => true,
    ),
  )
  expect(verdicts['goodput-over-knee']).toMatchObject({ measured: 0, standing: 'short' })
  expect(verdicts['back-inside-slo']).toMatchObject({ measured: 10, standing: 'ok' })
  const never = told(
    seenOf(
      ({ startMs }) => (startMs < 40_000 ? 25_000 : 1000),
      () => true,
    ),
  )
  expect(never['back-inside-slo']).toMatchObject({ measured: null, standing: 'short' })
})

test('a refusal with another status, silence, a finding of the auditor and too small a load are each short by themselves', () => {
  const third = ({ startMs, visit }: TraceRow) => startMs >= 20_000 || visit % 3 === 0
  expect(told(seenOf(() => 1000, third, 503))['refusals-other-than-429']).toMatchObject({ standing: 'short' })
  expect(told(seenOf(() => 1000, third, 0))['refusals-other-than-429']).toMatchObject({ standing: 'short' })
  const found = wireOf({ audit: { verdict: 'failed', rules: [{ broken: 2 }] } })
  expect(
    told(
      seenOf(() => 1000, third, 429),
      found,
    )['audit-findings'],
  ).toEqual({ measured: 2, standing: 'short' })
  const less = seenOf(() => 1000, third, 429).filter(({ row, dueMs }) => dueMs >= 20_000 || row % 2 === 0)
  expect(told(less)['offered-over-knee']).toMatchObject({ standing: 'short' })
})

test('the city’s peak promises rate, money, starts and own time; what could not be measured is short', () => {
  const parts = {
    level: { platformPaymentsPerSecond: 51 },
    generator: { droppedStarts: 0, startLateMs: { p99: 21 } },
    legs: [{ leg: 'platform', ownMs: { p95: 80, p99: null } }],
  }
  const standings = cityPeakVerdicts(wireOf(parts)).map(({ name, standing }) => `${name} ${standing}`)
  expect(standings).toEqual([
    'payments-per-second ok',
    'audit-findings ok',
    'dropped-starts ok',
    'start-late-p99 short',
    'platform-own-p99 short',
  ])
})

test.each([
  ['payments-per-second', 15, 14.9],
  ['dropped-starts', 0, 1],
  ['start-late-p99', 20, 20.1],
  ['platform-own-p99', 250, 250.1],
] as const)('the city’s peak keeps %s at %d and is short at %d', (name, kept, short) => {
  const standing = (value: number) => {
    const of = (own: string, usual: number) => (own === name ? value : usual)
    const parts = {
      level: { platformPaymentsPerSecond: of('payments-per-second', 51) },
      generator: { droppedStarts: of('dropped-starts', 0), startLateMs: { p99: of('start-late-p99', 4) } },
      legs: [{ leg: 'platform', ownMs: { p99: of('platform-own-p99', 80) } }],
    }
    return cityPeakVerdicts(wireOf(parts)).map((one) => `${one.name} ${one.standing}`)
  }
  expect(standing(kept).filter((told) => told.endsWith('short'))).toEqual([])
  expect(standing(short).filter((told) => told.endsWith('short'))).toEqual([`${name} short`])
})

test('where the auditor can say nothing, no finding is none that was looked for', () => {
  expect(noneLost(wireOf({ audit: { verdict: 'void', rules: [{ broken: 0 }] } }))).toMatchObject({ measured: null, standing: 'short' })
})
