/** A run of forty visits that went well, and the same with one thing wrong: each makes it void, by its own word, in both languages. */
import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Conducted } from './conduct.ts'
import { madeTrace } from './testing/made-trace.ts'
import { voidReasons, wireOutcome } from './wire-outcome.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 40, 20)
const lateMs = 5
const rows = trace.rows.map(
  ({ row, key, startMs, entry }): SeenRow => ({
    ...{ row, dueMs: startMs, heldMs: 0, sentMs: startMs + lateMs, endMs: startMs + 400 },
    answers: [
      { key, outcome: 'paid', by: entry < 0 ? 'hospital' : 'main-entry', sentMs: startMs + lateMs, heardMs: startMs + 400, calls: [] },
    ],
  }),
)
const byPlatform = trace.rows.filter(({ entry }) => entry >= 0).length
const sound = {
  log: { beginMs: 0, rows, words: [] },
  k6: { status: 0, said: '', cpuSeconds: 1, niceness: 0 },
  ...{ users: 4, struck: [], books: [], spans: [], reconciliation: undefined, cpu: [], signatures: [], drainSeconds: 0 },
  ...{ provisioned: { persons: 40, seconds: 1 }, isQuiet: true, lost: [], unready: [], wasInterrupted: false, work: null },
} satisfies Conducted
const passed = { verdict: 'passed', voidReasons: [], rules: [], books: [], replay: '' } as const

function outcomeOf(change: Partial<Conducted> = {}, audit: Parameters<typeof wireOutcome>[0]['audit'] = passed) {
  const conducted: Conducted = { ...sound, ...change }
  const level = { name: 'test', title: { zh: '测试', en: 'test' } }
  const target = { name: 'medpay', isOurs: true, ledger: 'sqlite', processes: 1, layout: [] } as const
  const wire = wireOutcome({ trace, conducted, audit, level, target, k6Version: '2.2.0', fdatasyncMsP50: null, parties: plan.city.parties })
  return { wire, reasons: voidReasons(wire, conducted, 1) }
}
const logOf = (seen: readonly SeenRow[]) => ({ log: { ...sound.log, rows: seen } })

test('a run that went well may be quoted: its rows are accounted for, and its starts as late as they were', () => {
  const { wire, reasons } = outcomeOf()
  expect(reasons).toEqual([])
  expect(wire.rows).toMatchObject({ planned: rows.length, sent: rows.length, notSent: [] })
  expect(wire.generator).toMatchObject({ isHealthy: true, droppedStarts: 0, startLateMs: { p99: lateMs, count: rows.length } })
  expect(wire.level.platformPaymentsPerSecond).toBe(byPlatform / trace.window.seconds)
})

const shifted = (ms: number) => logOf(rows.map((one) => ({ ...one, sentMs: one.dueMs + ms })))
const auditVoid = { ...passed, verdict: 'void', voidReasons: [{ zh: '账簿为空', en: 'a book is empty' }] } as const
test.each<[string, ReturnType<typeof outcomeOf>, RegExp, RegExp]>([
  ['starts later than 20 ms', outcomeOf(shifted(21)), /^starts were 21\.0 ms late at the 99th percentile/, /^起始延迟 P99/],
  ['rows that did not wait for their moment', outcomeOf(shifted(-21)), /^\d+ rows were sent more than 20 ms before/, /早于应发时刻/],
  ['a row that is missing', outcomeOf(logOf(rows.slice(1))), /rows were planned and \d+ are accounted for/, /^计划 \d+ 行/],
  ['the end of k6', outcomeOf({ k6: { ...sound.k6, status: 107, said: 'no script' } }), /^k6 ended with 107: no script/, /^k6 以 107 结束/],
  ['open money', outcomeOf({ isQuiet: false }), /^money was not quiet/, /未了结的支付/],
  ['a dead actor', outcomeOf({ lost: ['bank-b'] }), /^ended during the run, .*: bank-b$/, /自行终止.*bank-b/],
  ['a book that is full', outcomeOf({ unready: ['his'] }), /^no longer ready at the end .*: his$/, /不能工作.*his/],
  ['Ctrl-C', outcomeOf({ wasInterrupted: true }), /^the run was interrupted$/, /^运行被中断$/],
  ['what the auditor calls void', outcomeOf({}, auditVoid), /^a book is empty$/, /^账簿为空$/],
  [
    'an adapter that throws',
    outcomeOf({ log: { ...sound.log, words: ['adapter odd: no idea'] } }),
    /^1 answers of the adapter were unusable: adapter odd: no idea/,
    /^适配器有 1 次返回不可用/,
  ],
])('%s makes it void, by that word alone', (_, { reasons }, en, zh) => {
  expect(reasons.map((reason) => reason.en)).toEqual([expect.stringMatching(en)])
  expect(reasons.map((reason) => reason.zh)).toEqual([expect.stringMatching(zh)])
})

test('a toothless fault is told by its measure’s own words', () => {
  const { wire } = outcomeOf()
  const effect = { measure: 'harmed-share', twin: 0, found: 0.01, leastDifference: 0.2 } as const
  const fault = { name: 'slow-bank', kind: 'slow', target: 'bank-a', callsTouched: 3, effect, isToothless: true }
  const told = voidReasons({ ...wire, faults: [fault as unknown as (typeof wire.faults)[number]] }, sound, 1)
  expect(told.map(({ en }) => en)).toEqual([
    'the fault slow-bank was toothless: it met 3 calls; share of patients who ended otherwise or later 0.01, 0 without it, at least 0.2 more wanted',
  ])
  expect(told[0]?.zh).toMatch(/触及 3 次调用；结局改变或明显推迟的患者比例为 0\.01/)
})

test('a load below what its level’s name says is void', () => {
  const wrong = voidReasons(outcomeOf().wire, sound, byPlatform / trace.window.seconds + 0.1).map(({ en }) => en)
  expect(wrong).toEqual([expect.stringMatching(/platform payments a second, below the/)])
})

test('a run that sent nothing says so, and every row why', () => {
  const { wire, reasons } = outcomeOf(
    logOf(rows.map(({ row, dueMs, heldMs }) => ({ row, dueMs, heldMs, notSent: 'no-door', answers: [] }))),
  )
  expect(reasons.map(({ en }) => en)).toContain('nothing was sent')
  expect(wire.rows).toMatchObject({ sent: 0, notSent: [{ reason: 'no-door', rows: rows.length }] })
})

test('starts that were dropped or late, and a generator that failed, are no healthy generator; crossed thresholds of the user’s are one', () => {
  const healthy = (change: Partial<Conducted>) => outcomeOf(change).wire.generator.isHealthy
  expect([logOf(rows.slice(1)), shifted(21), shifted(-21), { k6: { ...sound.k6, status: 107 } }].map(healthy)).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(healthy({ k6: { ...sound.k6, status: 99 } })).toBe(true)
  expect(outcomeOf(logOf(rows.slice(2))).wire.generator.droppedStarts).toBe(2)
})

test('what a payment cost is a mean over those the platform paid, to a hundredth', () => {
  const counts = { sent: 0, answered: 0, command: 0, commit: 0, hmacChecked: 0, rsaMade: 0, rsaChecked: 0 }
  const work = { messages: byPlatform * 3 + 1, commits: byPlatform, signatures: 0, verifications: 0, counts, cpuMicros: null }
  const { perPayment } = outcomeOf({ work }).wire.level
  expect(perPayment).toEqual({ messages: Math.round(100 * (3 + 1 / byPlatform)) / 100, commits: 1, signatures: 0, verifications: 0 })
})
