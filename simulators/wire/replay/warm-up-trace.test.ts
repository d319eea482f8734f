import { describe, expect, it } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { traceProblems } from '../../trace/check-trace.ts'
import { madeTrace } from './testing/made-trace.ts'
import { warmUpTrace } from './warm-up-trace.ts'

describe('what warms a city up', () => {
  const trace = madeTrace(planOf('small-town'), 40, 20)
  // Every fifth visit has a second row, which waits for the first and is left out, so that visits are numbered anew.
  const later = { ...trace, rows: trace.rows.slice(7).map((row, place) => ({ ...row, row: place, after: null })) }
  const warm = warmUpTrace(later, 10)

  it('is a sound trace of its own: its bills are of its own visits, as an app asks for them', () => {
    expect(warm.rows).toHaveLength(10)
    expect(traceProblems(warm)).toEqual([])
  })

  it('has nobody and no place of the run it comes before', () => {
    const persons = new Set(trace.rows.map(({ person }) => person))
    const sites = new Set(trace.rows.map(({ site }) => site))
    expect(warm.rows.filter(({ person, site }) => persons.has(person) || sites.has(site))).toEqual([])
  })
})
