import { describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { madeTrace } from '../wire/replay/testing/made-trace.ts'
import { traceProblems } from './check-trace.ts'
import { thinnedTrace } from './thinned-trace.ts'

const trace = madeTrace(planOf('small-town'), 400, 40)

describe('a thinned trace', () => {
  test('holds together, keeps whole visits, and holds the share that was asked for', () => {
    const thin = thinnedTrace(trace, () => 0.5)
    expect(traceProblems(thin)).toEqual([])
    const visits = new Set(thin.rows.map(({ visit }) => visit))
    expect(thin.rows.length).toBe(trace.rows.filter(({ visit }) => visits.has(visit)).length)
    expect(visits.size / 400).toBeGreaterThan(0.42)
    expect(visits.size / 400).toBeLessThan(0.58)
    expect(thin.opening.persons.length).toBe(visits.size)
    expect(thin.scale.asked).toBeCloseTo(thin.rows.length / trace.rows.length, 9)
  })

  test('of a lower rate is a part of one of a higher rate, and the whole share is the whole trace', () => {
    const keys = (share: number) => new Set(thinnedTrace(trace, () => share).rows.map(({ key }) => key))
    expect([...keys(0.2)].every((key) => keys(0.6).has(key))).toBe(true)
    expect(thinnedTrace(trace, () => 1).rows).toEqual(trace.rows)
  })

  test('changes its rate over time and ends when asked to', () => {
    const thin = thinnedTrace(trace, (startMs) => (startMs < 3000 ? 1 : 0), 2)
    expect(traceProblems(thin)).toEqual([])
    expect(thin.rows).toEqual(trace.rows.filter(({ startMs }) => startMs < 2000))
    expect(thin.window.seconds).toBe(2)
    expect(thinnedTrace(trace, (startMs) => (startMs < 3000 ? 0 : 1)).rows[0]?.startMs).toBeGreaterThanOrEqual(3000)
  })
})
