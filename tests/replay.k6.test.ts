/** The whole machine room at once: processes, books, real k6 on a slice, drain, day end, comparison, audit. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Wrongdoing, wrongdoings } from '../scenarios/plan-bills.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { traceProblems } from '../simulators/trace/check-trace.ts'
import { decided, decisionTable } from '../simulators/trace/decision-table.ts'
import { plantedWrongdoing } from '../simulators/trace/planted-wrongdoing.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import type { AuditInput } from '../simulators/wire/audit/audit-input.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { comparisons } from '../simulators/wire/replay/comparisons.ts'
import { type Conducted, conduct } from '../simulators/wire/replay/conduct.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { voidReasons, wireOutcome } from '../simulators/wire/replay/wire-outcome.ts'
import { startProcesses, type WireCity } from '../simulators/wire/replay/wire-processes.ts'
import { findK6, quietK6 } from '../tools/resolve-k6.ts'
import { leadMsOfSlice } from './testing/fault-room.ts'

const plan = planOf('small-town')
/** Every seventh bill offends against a rule of the insurer, in turn. */
const trace = withWrongdoing(madeTrace(plan, 100, 40))
function withWrongdoing(made: Trace): Trace {
  const bills = made.opening.bills.map((bill, at) =>
    at % 7 === 3 ? { ...bill, wrongdoing: wrongdoings[Math.floor(at / 7) % wrongdoings.length] as Wrongdoing } : bill,
  )
  return { ...made, opening: { ...made.opening, bills } }
}
const secret = 'the secret of a test'
const medpay = fileURLToPath(new URL('../cli/medpay.ts', import.meta.url))
const script = fileURLToPath(new URL('../load/replay.ts', import.meta.url))
const decisions = fileURLToPath(new URL('../load/decisions.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'medpay-replay-'))
const { signal } = new AbortController()

function k6Program(): string {
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  return k6.program
}

let wire: WireCity
let conducted: Conducted
beforeAll(async () => {
  mkdirSync(join(folder, 'books'))
  wire = await startProcesses({
    city: plan.city,
    serve: [process.execPath, medpay, 'serve', 'small-town'],
    secretName: 'MEDPAY_WIRE_SECRET',
    secret,
    booksFolder: join(folder, 'books'),
    platformWords: [],
    niceness: 2,
    signal,
  })
  conducted = await conduct({
    city: plan.city,
    trace,
    wire,
    secret,
    folder,
    k6: { program: k6Program(), script, words: [] },
    warmUpVisits: 8,
    leadMs: leadMsOfSlice,
    faults: [],
    signal,
    tell: () => undefined,
  })
}, 120_000)
afterAll(async () => {
  await wire.stop()
  rmSync(folder, { recursive: true })
}, 60_000)

const auditOf = (change: Partial<AuditInput> = {}) =>
  auditRun({
    planned: trace.rows,
    seen: conducted.log.rows,
    books: conducted.books,
    mustHaveMoved: ['bureau', 'his', 'platform'],
    policy: plan.policy,
    faults: [],
    dayEnded: conducted.reconciliation !== undefined,
    wrongdoing: plantedWrongdoing(trace),
    monthCleared: conducted.reconciliation !== undefined,
    compared: comparisons(trace, conducted, undefined, true, plan.city.parties.health),
    clockToleranceMs: 50,
    replay: 'npx vitest run replay.k6',
    folder,
    ...change,
  })
const judged = () => {
  const audit = auditOf()
  const target = { name: 'medpay', isOurs: true, ledger: 'sqlite', processes: 1, layout: wire.layout } as const
  const level = { name: 'test', title: { zh: '测试', en: 'test' } }
  return wireOutcome({ trace, conducted, audit, level, target, k6Version: '2.2.0', fdatasyncMsP50: null, parties: plan.city.parties })
}

describe('a slice played by real k6', () => {
  test('every row of a sound trace is sent once and paid, at window, kiosk, by phone and on credit', () => {
    expect(traceProblems(trace)).toEqual([])
    const ends = conducted.log.rows.map(({ row, answers }) => `${row} ${answers.at(-1)?.outcome}`).toSorted()
    expect(ends).toEqual(trace.rows.map(({ row }) => `${row} paid`).toSorted())
    // How late starts were is the machine's affair, and k6 says so itself.
    expect(conducted.log.words.filter((words) => !words.includes('start_late'))).toEqual([])
  })

  test('an app shows the bills of the visit before each payment, and the auditor has looked at every one', () => {
    const calls = conducted.log.rows.flatMap(({ answers }) => answers.flatMap((answer) => answer.calls))
    const paying = calls.flatMap(({ name }, at) => (name === 'pay' ? [calls[at - 1]] : []))
    expect(paying.length).toBeGreaterThanOrEqual(trace.rows.filter(({ entry }) => entry >= 0).length)
    expect(paying.filter((before) => before?.name !== 'bills' || before.status !== 200)).toEqual([])
    const shown = conducted.log.rows.flatMap(({ answers }) =>
      answers.filter((answer) => answer.calls.some(({ name, status }) => name === 'bills' && status === 200)),
    )
    expect(judged().audit.rules.find(({ name }) => name === 'bill-is-shown-as-billed')?.checked).toBe(shown.length)
  })

  test('a visit keeps its order: no row is sent before its predecessor was answered and the pause after it was over', () => {
    const seen = new Map(conducted.log.rows.map((one) => [one.row, one]))
    const later = trace.rows.filter(({ after }) => after !== null)
    expect(later.length).toBeGreaterThan(10)
    for (const { row, after, gapMs } of later)
      expect(seen.get(row)?.sentMs).toBeGreaterThanOrEqual((seen.get(after as number)?.endMs as number) + gapMs)
  })

  test('closing books are the virtual city’s to the fen, the auditor finds nothing, and the run may be quoted', () => {
    const outcome = judged()
    expect(outcome.closingBooks).toEqual({ compared: trace.rows.length, equal: trace.rows.length, rest: [] })
    expect(outcome.audit.rules.filter(({ standing }) => standing === 'broken')).toEqual([])
    expect(outcome.audit.verdict).toBe('passed')
    const atDayEnd = outcome.audit.rules.filter(({ name }) => /^day-is-matched$|^paid-out-to-the-fen$/.test(name))
    expect(atDayEnd.map(({ standing, checked }) => standing === 'kept' && checked > 0)).toEqual([true, true])
    // How late starts were is the machine's; that nothing was dropped is ours.
    expect(voidReasons(outcome, conducted, 0).filter(({ en }) => !en.startsWith('starts were'))).toEqual([])
    expect(outcome.rows).toMatchObject({ planned: trace.rows.length, sent: trace.rows.length, notSent: [] })
  })

  test('latency is told by leg, and what the target took by itself is less than the whole', () => {
    const legs = new Map(judged().legs.map((leg) => [leg.leg, leg]))
    const steps = ['intended-to-authorised', 'authorised-to-settled', 'settled-to-confirmed', 'confirmed-to-reconciled'] as const
    for (const name of [...steps, 'reconciled-to-paid-out', 'intended-to-answered', 'channel', 'bureau', 'payer', 'his'] as const)
      expect(legs.get(name)?.totalMs?.count, name).toBeGreaterThan(0)
    const platform = legs.get('platform')
    expect(platform?.totalMs?.count).toBe(trace.rows.filter(({ entry }) => entry >= 0).length)
    expect(platform?.ownMs?.p50).toBeLessThan(platform?.totalMs?.p50 as number)
    // Our platform and our parties pass the generator's trace headers on.
    expect([...new Set([...legs.values()].map(({ from }) => from))].sort()).toEqual(['business-clock', 'trace-headers'])
  })

  test('the result states by how much the actors stood behind the generator', () => {
    const { generator, processes = [] } = judged()
    expect(processes.map(({ niceness }) => (niceness as number) - (generator.niceness as number))).toEqual(wire.layout.map(() => 2))
  })

  test('the day ended: everything the platform was paid is reconciled, nothing differs', () => {
    const { reconciliation } = conducted
    expect(reconciliation?.differences).toEqual([])
    expect(reconciliation?.days.find(({ party }) => party === 'bureau')?.matched).toBe(trace.rows.filter(({ entry }) => entry >= 0).length)
  })

  test('the insurer finds the bills that were planned to offend by their lines alone, holds its money back, and pays or deducts every fen of it', () => {
    const { review, audit } = judged()
    const planned = (kind: Wrongdoing) => trace.opening.bills.filter(({ wrongdoing }) => wrongdoing === kind).length
    for (const one of review?.kinds ?? []) {
      const count = planned(one.kind)
      expect(count).toBeGreaterThan(4)
      expect(one).toMatchObject({ planned: count, sent: count, found: count, settled: count, held: count })
    }
    const all = review?.all
    expect(all?.held).toBe(trace.opening.bills.filter(({ wrongdoing }) => wrongdoing !== undefined).length)
    // Two of five appeals are won, by the policy: some, and not all.
    expect(all?.paidFen).toBeGreaterThan(0)
    expect(all?.deductedFen).toBeGreaterThan(0)
    const rules = audit.rules.filter(({ name }) => name === 'wrongdoing-is-found' || name === 'review-adds-up')
    expect(rules.map(({ standing, checked }) => standing === 'kept' && checked > 0)).toEqual([true, true])
    // Nobody told the bureau: the same books are found wanting where the plan says otherwise.
    const [first, ...others] = plantedWrongdoing(trace)
    const without = auditOf({ wrongdoing: others })
    expect(without.rules.find(({ name }) => name === 'wrongdoing-is-found')?.findings[0]?.words.en).toContain(first?.bill)
  })

  test('k6’s own summary lies beside the rows', () => {
    expect(existsSync(join(folder, 'k6-summary.json'))).toBe(true)
  })
})

describe('an entry that refuses while the rows come', () => {
  test('sends patients to their next entry as the shared table says, with one key: every bill is paid once, and the fault says whom it met', async () => {
    const fault = { name: 'main-entry-outage', kind: 'outage', target: 'channel-main-entry', share: 1, seed: 1 } as const
    const small = madeTrace(plan, 24, 12)
    const struck = await conduct({
      ...{ city: plan.city, trace: small, wire, secret, folder: join(folder, 'struck') },
      k6: { program: k6Program(), script, words: [] },
      warmUpVisits: 0,
      leadMs: leadMsOfSlice,
      // To the end of the last row's tries, however busy the machine is.
      faults: [{ ...fault, fromSecond: 0, toSecond: small.window.seconds + 10 }],
      signal,
      tell: () => undefined,
    })
    // The first rows and the fault's beginning are of one moment.
    const through = small.rows.filter(({ entry, startMs }) => entry >= 0 && startMs >= 500)
    expect(through.length).toBeGreaterThan(8)
    for (const { row } of through) {
      const by = struck.log.rows.find((seen) => seen.row === row)?.answers.map((answer) => `${answer.by} ${answer.outcome}`)
      expect(by?.at(0)).toBe('main-entry no-answer')
      expect(by?.at(-1)).toBe('second-entry paid')
    }
    expect(struck.log.rows.map(({ answers }) => answers.at(-1)?.outcome)).toEqual(small.rows.map(() => 'paid'))
    expect(struck.struck[0]?.toll.callsTouched).toBeGreaterThanOrEqual(through.length)
    expect(struck.reconciliation?.differences).toEqual([])
  })
})

describe('the platform’s process killed with kill -9 in the middle of the window, and started again', () => {
  test('leaves no bill paid twice, none paid and unknown, and no finding at all', async () => {
    const small = madeTrace(plan, 60, 24)
    const fault = { name: 'platform-killed', kind: 'process-killed', target: 'platform', share: 1, seed: 1 } as const
    const before = wire.processes.find(({ actors }) => actors.includes('platform'))?.pid
    const struck = await conduct({
      ...{ city: plan.city, trace: small, wire, secret, folder: join(folder, 'killed') },
      k6: { program: k6Program(), script, words: [] },
      warmUpVisits: 0,
      leadMs: leadMsOfSlice,
      faults: [{ ...fault, fromSecond: 1, toSecond: 3 }],
      signal,
      tell: () => undefined,
    })
    expect(wire.processes.find(({ actors }) => actors.includes('platform'))?.pid).not.toBe(before)
    const [toll] = struck.struck
    expect(toll?.toll.callsTouched).toBeGreaterThan(0)
    const audit = auditRun({
      planned: small.rows,
      seen: struck.log.rows,
      books: struck.books,
      mustHaveMoved: ['bureau', 'his', 'platform'],
      policy: plan.policy,
      faults: [
        { name: fault.name, callsTouched: toll?.toll.callsTouched ?? 0, leastCallsTouched: 1, plantedDifferences: [], plantedKeys: [] },
      ],
      clockToleranceMs: 50,
      replay: 'npx vitest run replay.k6',
      folder,
    })
    expect(audit.rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`))).toEqual([])
    expect(audit.verdict).toBe('passed')
  }, 120_000)
})

test('k6 and Node decide the shared table of situations alike', () => {
  const { stdout, stderr, status } = spawnSync(k6Program(), ['run', '--quiet', '--log-format=raw', '--summary-mode=disabled', decisions], {
    encoding: 'utf8',
    env: { ...process.env, ...quietK6 },
  })
  expect(status, stderr).toBe(0)
  const line = `${stdout}\n${stderr}`.split('\n').find((one) => one.startsWith('['))
  expect(decisionTable.length).toBeGreaterThanOrEqual(200)
  expect(JSON.parse(line ?? '[]')).toEqual(decided(decisionTable))
})

test('a row that was not sent, was refused or was split otherwise by a fen is no equal book, and the split breaks a rule of money', () => {
  const [first, second, third] = conducted.log.rows
  const last = first?.answers.at(-1)
  const forged = {
    ...conducted,
    log: {
      ...conducted.log,
      rows: [
        { ...first, answers: [{ ...last, split: { ...last?.split, fundFen: (last?.split?.fundFen ?? 0) + 1 } }] },
        { ...second, notSent: 'no-door', answers: [] },
        { ...third, answers: [{ ...third?.answers.at(-1), outcome: 'refused' }] },
        ...conducted.log.rows.slice(3),
      ] as Conducted['log']['rows'],
    },
  }
  const kept = conducted
  conducted = forged
  const { closingBooks, audit } = judged()
  conducted = kept
  expect(closingBooks.equal).toBe(trace.rows.length - 3)
  expect(closingBooks.rest.map(({ reason, rows }) => `${reason} ${rows}`).toSorted()).toEqual(['differs 1', 'not-paid 1', 'not-sent 1'])
  const rule = audit.rules.find(({ name }) => name === 'closing-books-as-virtual')
  expect([rule?.standing, rule?.findings.map(({ id }) => id)]).toEqual(['broken', [trace.rows[first?.row ?? -1]?.bill]])
})
