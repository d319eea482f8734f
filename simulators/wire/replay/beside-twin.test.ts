import { describe, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { heldForDown, type SeenRow } from '../../trace/seen-row.ts'
import { asForetold, asRoutedOnWire } from '../faults/as-foretold.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { asks, effectBesideTwin, endsAlike, equalAfterHeal } from './beside-twin.ts'
import { callsOf, detectedAfterSeconds, entriesUpAgainMs } from './detected-after.ts'
import { failoverFigures } from './failover-figures.ts'
import { madeTrace } from './testing/made-trace.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 80, 2)
const [first = '', second = ''] = trace.rules.channels
const fault: FaultOnWire = {
  ...{ name: 'out', kind: 'outage', target: `channel-${first}`, fromSecond: 10, toSecond: 20, share: 1, seed: 1 },
}

/** As every row ends where nothing fails: paid at once where it was asked for. */
function paid(row: (typeof trace.rows)[number], by = row.entry < 0 ? 'hospital' : (trace.rules.channels[row.entry] ?? '')): SeenRow {
  const { startMs, key } = row
  const { fundFen = 0, currentAccountFen = 0, historyAccountFen = 0, cashFen = 0, creditFen = 0 } = row.expected ?? {}
  const split = { fundFen, currentAccountFen, historyAccountFen, cashFen: cashFen + creditFen }
  const answer = { key, outcome: 'paid', by, split, sentMs: startMs, heardMs: startMs + 100, calls: [] }
  return { row: row.row, dueMs: startMs, heldMs: 0, sentMs: startMs, endMs: startMs + 100, answers: [answer] }
}
const twin = trace.rows.map((row) => paid(row))
const isStruck = ({ entry, startMs }: (typeof trace.rows)[number]) => entry === 0 && startMs >= 10_000 && startMs < 20_000
/** Whoever came to the struck entry waited for nothing and paid at another, or stood at a window. */
const seen = trace.rows.map((row): SeenRow => {
  if (!isStruck(row)) return paid(row)
  const failed = { key: row.key, outcome: 'no-answer', by: first, sentMs: row.startMs, heardMs: row.startMs + 50, calls: [] }
  const isSaved = row.mode === 'credit'
  const later = paid({ ...row, startMs: row.startMs + 5000, key: isSaved ? row.key : `${row.key}-window` }, isSaved ? second : 'hospital')
  return { ...later, dueMs: row.startMs, sentMs: row.startMs, answers: [failed, ...later.answers] }
})

describe('a run beside its twin', () => {
  const struck = trace.rows.filter(isStruck)
  const traffic = trace.rows
    .filter(({ entry }) => entry === 0)
    .map(({ startMs }) => ({
      ...{ actor: fault.target, operation: 'entry/open', second: Math.floor(startMs / 1000), calls: 1 },
    }))
  const run = { rows: twin, traffic }
  const beside = (of: Partial<FaultOnWire>, callsTouched: number, rows = seen) =>
    effectBesideTwin(
      trace,
      { fault: { ...fault, ...of }, toll: { callsTouched, keysTouched: [], metAtMs: [] } },
      rows,
      run,
      plan.city.parties,
    )
  test('tells what patients saw of the fault, over the rows that asked the struck part while it lasted', () => {
    expect(struck.length).toBeGreaterThan(8)
    expect(beside({}, struck.length)).toEqual({
      effect: { measure: 'harmed-share', twin: 0, found: 1, leastDifference: 0.5 },
      isToothless: false,
    })
    expect(beside({ kind: 'error-burst', share: 0.4 }, struck.length).effect).toMatchObject({ measure: 'calls-met', found: struck.length })
  })

  test('is toothless where the same rows ended as without the fault, however many calls it met', () => {
    expect(beside({}, 99, twin)).toMatchObject({ isToothless: true, effect: { measure: 'harmed-share', found: 0 } })
    expect(beside({ kind: 'error-burst' }, 0).isToothless).toBe(true)
    expect(beside({ target: 'channel-nobody' }, 99).isToothless).toBe(true)
  })

  test('is toothless where it met fewer than its size asks for, though it met some', () => {
    const least = Math.floor(struck.length / 2)
    expect(beside({ kind: 'callback-lost', target: 'platform' }, 1)).toMatchObject({
      isToothless: true,
      effect: { measure: 'calls-met', found: 1 },
    })
    expect(beside({ kind: 'lost-reply' }, least - 1)).toMatchObject({ isToothless: true, effect: { leastDifference: least } })
    expect(beside({ kind: 'lost-reply' }, least).isToothless).toBe(false)
  })

  test('counts the payments that broke, those no other entry saved, and those that stood at a window', () => {
    const lost = struck.filter(({ mode }) => mode !== 'credit').length
    expect(failoverFigures(trace.rows, trace.rules.channels, [fault.target], seen, twin)).toEqual({
      payments: trace.rows.filter(({ entry }) => entry >= 0).length,
      broke: struck.length,
      notSaved: lost,
      toHospital: lost,
      atOtherEntries: 0,
    })
    // An entry that nobody strikes gave way.
    expect(failoverFigures(trace.rows, trace.rules.channels, [`channel-${second}`], seen, twin).atOtherEntries).toBe(struck.length)
    // An entry that answers for a platform that is busy is there.
    const busy = seen.map((row) => ({ ...row, answers: row.answers.map((one) => ({ ...one, reason: 'platform-busy' })) }))
    expect(failoverFigures(trace.rows, trace.rules.channels, [`channel-${second}`], busy, twin).atOtherEntries).toBe(0)
    // One that was tried again and answered did not: a try is no way.
    const again = seen.map((row) => ({ ...row, answers: row.answers.map((one) => ({ ...one, by: first, key: 'K' })) }))
    expect(failoverFigures(trace.rows, trace.rules.channels, [`channel-${second}`], again, twin).atOtherEntries).toBe(0)
    // What also went another way without any fault was not broken by one.
    expect(failoverFigures(trace.rows, trace.rules.channels, [fault.target], seen, seen).broke).toBe(0)
  })

  test('once healed ends as the twin to the fen; a fen apart is told', () => {
    const after = trace.rows.filter(({ startMs }) => startMs >= 20_000)
    const { compared, equal } = equalAfterHeal(trace.rows, [{ fault }], seen, twin)
    expect(compared).toBeGreaterThan(0)
    expect({ compared, equal }).toEqual({ compared: after.length, equal: after.length })
    const last = seen.at(-1) as SeenRow
    const answers = last.answers.map((one) => ({ ...one, split: { ...(one.split as NonNullable<typeof one.split>), fundFen: 1 } }))
    const forged = [...seen.slice(0, -1), { ...last, answers }]
    expect(equalAfterHeal(trace.rows, [{ fault }], forged, twin).differing).toEqual([last.row])
    // Who is kept from the entry because nobody has found it healed yet still meets the fault.
    const kept = {
      ...last,
      answers: [{ ...(last.answers[0] as (typeof last.answers)[number]), outcome: 'no-answer', reason: heldForDown }],
    }
    expect(equalAfterHeal(trace.rows, [{ fault }], [...seen.slice(0, -1), kept], twin)).toMatchObject({
      compared: after.filter(({ person }) => person !== trace.rows[last.row]?.person).length,
      differing: [],
    })
    // A row that an earlier one held up over the healing, and that was then too late, came with the fault.
    const { answers: _, ...late } = last
    const heldOver: SeenRow = { ...late, heldMs: last.dueMs - 15_000, notSent: 'past-deadline', answers: [] }
    expect(equalAfterHeal(trace.rows, [{ fault }], [...seen.slice(0, -1), heldOver], twin).differing).toEqual([])
    // Whom the twin itself did not serve says nothing of the fault; whom only the struck run did not serve does.
    const unserved = { ...last, answers: last.answers.map(({ split: _split, ...one }) => ({ ...one, outcome: 'no-answer' })) }
    const others = after.filter(({ person }) => person !== trace.rows[last.row]?.person).length
    expect(equalAfterHeal(trace.rows, [{ fault }], seen, [...twin.slice(0, -1), unserved])).toMatchObject({
      compared: others,
      differing: [],
    })
    expect(equalAfterHeal(trace.rows, [{ fault }], [...seen.slice(0, -1), unserved], twin).differing).toEqual([last.row])
    expect(endsAlike({ ...last, notSent: 'run-ended', answers: [] }, last)).toBe(false)
  })
})

describe('when a part counts as down on the wire', () => {
  const health = { windowSeconds: 30, minimumCalls: 4, failureShare: 0.5, probeSeconds: 5 }

  test('who comes before the last entry of a cascade is up again is not compared with the twin', () => {
    const answer = (by: string, heardMs: number, outcome: string, reason?: string) => ({
      ...{ key: 'K', by, outcome, sentMs: heardMs, heardMs, calls: [] },
      ...(reason === undefined ? {} : { reason }),
    })
    const cascade = (by: string, fromMs: number) =>
      [0, 1, 2, 3].map((n): SeenRow => ({ row: 0, dueMs: 0, heldMs: 0, answers: [answer(by, fromMs + n, 'no-answer')] }))
    const back: SeenRow = { row: 0, dueMs: 0, heldMs: 0, answers: [answer(second, 27_000, 'paid')] }
    const cascaded = [...cascade(first, 12_000), ...cascade(second, 15_000)]
    expect(entriesUpAgainMs(health, [first, second], [...cascaded, back])).toBe(27_000)
    // One that nobody found up again met nobody after it was last asked for.
    const held: SeenRow = { ...back, answers: [answer(second, 33_000, 'no-answer', heldForDown)] }
    expect(entriesUpAgainMs(health, [first, second], [...cascaded, held])).toBe(33_000)
    expect(entriesUpAgainMs(health, [first, second], twin)).toBe(0)
    const healed = equalAfterHeal(trace.rows, [{ fault }], seen, twin, 27_000)
    expect(healed.fromMs).toBe(27_000)
    expect(healed.compared).toBe(trace.rows.filter(({ startMs }) => startMs >= 27_000).length)
  })
  const calls = (from: number, count: number, isFailed: boolean) =>
    Array.from({ length: count }, (_, n) => ({ endMs: from + n * 100, isFailed }))
  test('is the end of the call that meets the rule, from the fault’s begin; never without calls enough', () => {
    expect(detectedAfterSeconds(health, fault, [...calls(9000, 3, false), ...calls(12_000, 5, true)])).toBe(2.2)
    expect(detectedAfterSeconds(health, fault, calls(12_000, 3, true))).toBe(null)
    expect(detectedAfterSeconds(health, fault, calls(9000, 9, false))).toBe(null)
  })
  test('a silent bank’s calls end when their callers give up, what it served in time did not fail', () => {
    const bank = trace.rules.banks[0] ?? ''
    const span = { operation: 'bank/debit', businessKey: 'P1', actor: bank, arrivedMs: 1_000_500, startedMs: 1_000_500, endedMs: 1_000_700 }
    const parts = { rules: trace.rules, rows: seen, spans: [span, { ...span, actor: 'his' }], beginMs: 1_000_000, metAtMs: [1_002_000] }
    const { bank: timeoutMs } = trace.rules.timeoutMs
    expect(callsOf({ ...fault, kind: 'black-hole', target: bank }, parts)).toEqual([
      { endMs: 700, isFailed: false },
      { endMs: 2000 + timeoutMs, isFailed: true },
    ])
    // A call that was held back is none.
    const held = seen.map((row) => ({ ...row, answers: row.answers.map((one) => ({ ...one, reason: heldForDown })) }))
    expect(callsOf(fault, { ...parts, rows: held })).toEqual([])
    expect(callsOf(fault, parts).filter(({ isFailed }) => isFailed)).toHaveLength(trace.rows.filter(isStruck).length)
  })
  test('an error is one call that failed, and what belongs to another request’s message is none where it went well', () => {
    const span = { businessKey: 'P1', actor: 'bureau', arrivedMs: 1_000_500, startedMs: 1_000_500, endedMs: 1_000_700 }
    const spans = [
      { ...span, operation: 'bureau/account' },
      { ...span, operation: 'bureau/upload', isError: true as const },
      { ...span, operation: 'bureau/presettle', endedMs: 1_000_900 },
    ]
    const parts = { rules: trace.rules, rows: seen, spans, beginMs: 1_000_000, metAtMs: [1_000_500] }
    expect(callsOf({ ...fault, kind: 'error-burst', target: 'bureau' }, parts)).toEqual([
      { endMs: 700, isFailed: true },
      { endMs: 900, isFailed: false },
    ])
  })
  test('an entry is heard of when it hands the payment on, however long that takes then, and once more where it fails after all', () => {
    const asked = (outcome: string, ...statuses: number[]): SeenRow => {
      const calls = statuses.map((status) => ({ status, ms: 300 }))
      const entered = statuses.length === 3 ? { enteredMs: 11_600 } : {}
      return {
        row: 0,
        dueMs: 0,
        heldMs: 0,
        answers: [{ key: 'K', by: first, outcome, sentMs: 11_000, heardMs: 15_000, calls, ...entered }],
      }
    }
    const heardBy = (row: SeenRow) =>
      callsOf(fault, { rules: trace.rules, rows: [row], spans: [], beginMs: 0, metAtMs: [] }).map(({ endMs, isFailed }) => [
        endMs,
        isFailed,
      ])
    expect(heardBy(asked('paid', 200, 200, 200))).toEqual([[11_600, false]])
    expect(heardBy(asked('no-answer', 500))).toEqual([[15_000, true]])
    // One lucky answer of an entry that errs is no sign of its health.
    expect(heardBy(asked('no-answer', 200, 500))).toEqual([[15_000, true]])
    expect(heardBy(asked('no-answer', 200, 200, 500))).toEqual([
      [11_600, false],
      [15_000, true],
    ])
    // Whose silence it is, the entry's or that of the platform behind it, is not known.
    expect(heardBy(asked('no-answer', 200, 200, 0))).toEqual([[11_600, false]])
  })
})

test('a fault of the wire is asked of the virtual city in its own words, those it does not have are not', () => {
  const told = asForetold(
    [fault, { ...fault, kind: 'lost-reply' }, { ...fault, kind: 'error-burst', share: 0.4, target: 'bureau' }],
    plan.city.parties,
    32_400,
  )
  expect(told).toMatchObject([
    { kind: 'outage', form: 'refuse', target: { party: 'channel', name: first }, fromSecond: 32_410, toSecond: 32_420 },
    { kind: 'error-burst', errorShare: 0.4, target: { party: 'bureau' } },
  ])
})

test('what is foretold of a bank or the bureau leaves them out no more than the wire’s platform does; an entry that is down is left out', () => {
  const probeOf = (target: string) => asRoutedOnWire(plan, [{ target }]).city.parties.health.probeSeconds
  expect(['bureau', trace.rules.banks[0] ?? ''].map(probeOf)).toEqual([0, 0])
  expect([fault.target, 'platform'].map(probeOf)).toEqual([5, 5])
})

test('a wallet is asked by whoever shows its code at a kiosk, and by nobody else', () => {
  const byCode = madeTrace(plan, 40, 4, 'wechat')
  const asking = byCode.rows.filter((row) => asks(byCode, row, 'wechat'))
  expect(asking.length).toBeGreaterThan(3)
  expect(asking).toEqual(byCode.rows.filter(({ errand }) => errand === 'kiosk-payment-by-code'))
  expect(byCode.rows.filter((row) => asks(byCode, row, 'alipay'))).toEqual([])
})
