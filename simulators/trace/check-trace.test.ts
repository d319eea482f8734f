import { describe, expect, it } from 'vitest'
import { traceProblems } from './check-trace.ts'
import { smallTrace } from './testing/small-trace.ts'
import type { Trace, TraceRow } from './trace.ts'

const withRow = (at: number, change: Partial<TraceRow>): Trace => ({
  ...smallTrace,
  rows: smallTrace.rows.map((row, index) => (index === at ? { ...row, ...change } : row)),
})
const placesOf = (trace: Trace): readonly string[] => traceProblems(trace).map(({ place }) => place)

describe('a trace is checked before it is played', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(traceProblems(smallTrace)).toEqual([])
  })

  it.each<[string, Trace, string]>([
    [
      'a split that is a fen short of its bill',
      withRow(0, { expected: { ...split(0), fundFen: split(0).fundFen - 1 } }),
      'rows[0].expected',
    ],
    ['a predecessor that comes later', withRow(0, { after: 1 }), 'rows[0].after'],
    ['a predecessor of another visit', withRow(1, { visit: 9 }), 'rows[1].after'],
    ['a start outside the window', withRow(1, { startMs: 30_000 }), 'rows[1].startMs'],
    ['a start before the row in front of it', withRow(1, { startMs: 1 }), 'rows[1].startMs'],
    ['a bill that is not in the opening book', withRow(0, { bill: 'MX9' }), 'rows[0].bill'],
    ['a bill of another amount than the opening book has', withRow(0, { totalFen: 1 }), 'rows[0].bill'],
    ['a bill of another visit than the opening book has', withRow(0, { visit: 9 }), 'rows[0].bill'],
    ['a key used twice', withRow(1, { key: smallTrace.rows[0]?.key ?? '' }), 'rows[1].key'],
    ['an errand nobody knows', withRow(1, { errand: 'pay-twice' }), 'rows[1].errand'],
    ['a site that is not opened', { ...smallTrace, opening: { ...smallTrace.opening, sites: [] } }, 'rows[0].site'],
    ['a person who is not opened', { ...smallTrace, opening: { ...smallTrace.opening, persons: [] } }, 'rows[0].person'],
    ['a row out of its number', withRow(1, { row: 5 }), 'rows[1].row'],
  ])('says where: %s', (_, trace, place) => {
    expect(placesOf(trace)).toContain(place)
  })

  it('says of a file of another version only that', () => {
    expect(placesOf({ ...withRow(0, { after: 1 }), version: 1 as 3 })).toEqual(['format'])
  })
})

function split(at: number): NonNullable<TraceRow['expected']> {
  return smallTrace.rows[at]?.expected as NonNullable<TraceRow['expected']>
}
