/** A morning of three sites, made by hand: one ready in time on both sides, one whose terminal had no answer, one that takes money meanwhile. The second asks for its directory after the window. */
import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { goLiveOnWire } from './go-live-on-wire.ts'
import { openingBooks } from './opening-books.ts'
import { usersFor } from './play-of-trace.ts'
import { openingRows } from './site-counters.ts'
import { madeTrace } from './testing/made-trace.ts'

const made = madeTrace(planOf('small-town'), 4, 10)
const [template] = made.rows as [TraceRow]
const goLive = { switchSecond: 32_400, readyBySecond: 32_460, fileDeskTransfers: 1 }
const switching = (site: number, errand: string, endMs: number) => ({
  ...{ site, errand, mode: 'none', person: -1, entry: -1, bill: null, startMs: 100 },
  virtual: { ...template.virtual, endMs },
})
const leg = (name: string, ms: number) => ({ leg: name, operation: `${name}/any`, ms })
const trace = traceOf([
  switching(7, 'terminal-sign-in', 1000),
  switching(7, 'directory-download', 25_000),
  switching(8, 'terminal-sign-in', 2000),
  switching(9, 'directory-download', 90_000),
  { site: 7, mode: 'window', startMs: 30_000, services: [leg('entry', 1500), leg('bureau', 300), leg('his', 40), leg('bureau', 300)] },
  { site: 9, mode: 'kiosk', startMs: 40_000 },
])

function traceOf(parts: readonly object[]): Trace {
  const rows = parts.map((part, row) => ({ ...template, after: null, ...part, row, visit: row, key: `K${row}` }) as TraceRow)
  return { ...made, goLive, window: { fromSecond: 32_400, seconds: 120 }, rows }
}
const seen = (row: number, outcome: string, endMs: number): SeenRow => {
  const call = { status: 200, ms: 1, bytes: 1000 }
  const answer = { key: `K${row}`, outcome, by: 'site', sentMs: 0, heardMs: endMs, calls: [call, call, call] }
  return { row, dueMs: 0, heldMs: 0, sentMs: 0, endMs, answers: [answer] }
}
const rows = [seen(0, 'done', 1500), seen(1, 'done', 26_000), seen(2, 'no-answer', 30_000), seen(3, 'done', 91_000)]
const span = (arrivedMs: number) =>
  ({ actor: 'bureau', operation: 'bureau/sign-in', businessKey: '', arrivedMs, startedMs: arrivedMs, endedMs: arrivedMs }) as const

test('a site is ready when its last terminal and its directory are; a silence and a late one are told as such, beside the same rows of the virtual city', () => {
  const told = goLiveOnWire(trace, { log: { beginMs: 5000, rows, words: [] }, spans: [5100, 5900, 6000].map(span) })
  expect(told).toEqual({
    ...{ sites: 3, terminals: 2, directories: 2, untilSecond: 32_460, directoryBytes: 2000 },
    wire: {
      ...{ stormSeconds: null, readySites: 1, lastReadySecond: 32_426, peakBureauCallsPerSecond: 2 },
      ...{ refused: 0, unanswered: 1, late: 2 },
    },
    virtual: {
      ...{ stormSeconds: 2, readySites: 1, lastReadySecond: 32_425, peakBureauCallsPerSecond: 2 },
      ...{ refused: 0, unanswered: 0, late: 2 },
    },
  })
  expect(goLiveOnWire({ ...trace, rows: trace.rows.slice(4) }, { log: { beginMs: 0, rows: [], words: [] }, spans: [] })).toBeUndefined()
})

test('counters of a site that takes no money before it is ready open with its last row; of one that does they are open all morning', () => {
  expect([...openingRows(trace)]).toEqual([
    [7, 1],
    [8, 2],
  ])
  const his = openingBooks(trace, 'a secret').books.get('his') as { sites: { site: number; terminals: { operator?: string }[] }[] }
  const open = his.sites.map(({ site, terminals }) => [site, terminals.some(({ operator }) => operator !== undefined)])
  expect(open).toEqual([
    [7, false],
    [8, false],
    [9, true],
  ])
})

test('two thousand sites that wait for their directory ask for no head-room; as many patients would be too many', () => {
  const many = (errand: string) => traceOf(Array.from({ length: 2001 }, () => switching(7, errand, 60_000)))
  expect(usersFor(many('directory-download'))).toBeGreaterThan(0)
  expect(() => usersFor(many('terminal-sign-in'))).toThrow('3002 rows would be open at once')
})
