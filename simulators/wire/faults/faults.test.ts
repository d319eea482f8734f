/**
 * Every fault that an actor can be ordered to have, over real sockets on a small slice: it meets somebody, the sound platform ends with
 * clean books all the same, and what it planted is found. Those of processes and the black hole: tests/planted.k6.test.ts and
 * tests/replay.k6.test.ts; every one on both ledgers: tests/all-faults.long.test.ts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { AuditInput } from '../audit/audit-input.ts'
import { auditRun } from '../audit/audit-run.ts'
import { noop } from '../testing/defects/noop.ts'
import { sliceOf } from '../testing/slice/slice.ts'
import { type SliceCity, sliceCity } from '../testing/slice/slice-city.ts'
import { bank, channel } from '../testing/small-wire.ts'
import { allWireFaults } from './all-wire-faults.ts'
import { faultEffect, type RowEnd } from './fault-effect.ts'
import { faultsPage } from './faults-page.ts'
import { type LeastMarks, leastMarks } from './least-effect.ts'
import { striking } from './strike.ts'
import { type FaultOnWire, wireFaultNames } from './wire-fault.ts'

const slice = sliceOf(7, 14)
const fault = (kind: FaultOnWire['kind'], target: string, more: Partial<FaultOnWire> = {}): FaultOnWire => ({
  name: `${kind}-of-${target}`,
  kind,
  target,
  fromSecond: 0,
  toSecond: 60,
  share: 1,
  seed: 1,
  ...more,
})

let city: SliceCity
let twin: AuditInput
beforeAll(async () => {
  city = await sliceCity(planOf('small-town'))
  twin = await city.play(slice, noop)
})
afterAll(() => city.stop())

/** Of two bills paid at one moment either may come first. */
const isAlone = (row: number) => slice.rows.filter(({ moment }) => moment === slice.rows[row]?.moment).length === 1
const ends = ({ seen }: AuditInput) => seen.filter(({ row }) => isAlone(row)).map(({ answers }) => answers.at(-1)?.outcome)
const told = (input: AuditInput) => {
  const audit = auditRun(input)
  return { audit, findings: audit.rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`)) }
}

/** Each at a party where it makes sense, on a share where all of them would leave nothing to look at. */
const struck: readonly FaultOnWire[] = [
  fault('outage', bank, { share: 0.3 }),
  fault('outage', 'bureau', { only: ['bureau/settle'], share: 0.5 }),
  fault('slow', bank, { amount: 1.5, share: 0.2 }),
  fault('brown-out', 'bureau'),
  fault('error-burst', 'his', { share: 0.3 }),
  fault('connection-reset', 'bureau', { share: 0.2 }),
  fault('lost-reply', bank),
  fault('lost-reply', 'his', { share: 0.5 }),
  fault('lost-reply', 'bureau', { only: ['bureau/settle'] }),
  fault('callback-late', 'platform', { amount: 100 }),
  fault('callback-duplicate', 'platform'),
  fault('callback-reordered', 'platform', { amount: 50 }),
  fault('callback-lost', 'platform'),
  fault('wrong-amount', bank, { share: 0.4 }),
  fault('stale-status', 'bureau'),
  fault('over-limit-credit', bank, { share: 0.5 }),
  fault('quota-full', bank, { share: 0.2 }),
  fault('clock-skew', bank),
  fault('certificate-rotation', 'wechat'),
]

describe('a fault of an actor', () => {
  test.each(struck.map((one) => [one.name, one] as const))(
    '%s meets somebody and leaves clean books, or exactly what it planted',
    async (_, one) => {
      const input = await city.play(slice, noop, one)
      const { audit, findings } = told(input)
      expect(findings, audit.replay).toEqual([])
      expect(audit.verdict).toBe('passed')
      const planted = input.faults.flatMap(({ plantedKeys }) => plantedKeys)
      expect(planted.length > 0).toBe(allWireFaults[one.kind].plants !== undefined)
      expect(audit.rules.find(({ name }) => name === 'planted-is-found')?.checked).toBe(planted.length)
    },
  )

  test('of probability near zero meets nobody: the run equals its twin in outcomes, and is void', async () => {
    const input = await city.play(slice, noop, fault('error-burst', bank, { share: 1e-9 }))
    expect(ends(input)).toEqual(ends(twin))
    expect(auditRun(input).verdict).toBe('void')
  })

  test('once healed is over: the next run equals the twin in outcomes', async () => {
    await city.play(slice, noop, fault('outage', bank, { share: 0.3 }))
    const after = await city.play(slice, noop)
    expect(ends(after)).toEqual(ends(twin))
    expect(auditRun(after).verdict).toBe('passed')
  })

  test('the control strikes nobody and equals the twin', async () => {
    const input = await city.play(slice, noop, fault('noop', channel))
    expect(ends(input)).toEqual(ends(twin))
    expect(told(input).audit.verdict).toBe('passed')
  })
})

test('every fault of an actor is struck here but those that a whole machine room plays', () => {
  const elsewhere: readonly FaultOnWire['kind'][] = ['noop', 'black-hole', 'truncated-file', 'lost-row']
  const ofProcesses = wireFaultNames.filter((kind) => allWireFaults[kind].strikes(fault(kind, bank)).by === 'process')
  expect([...struck.map(({ kind }) => kind), ...elsewhere, ...ofProcesses].toSorted()).toEqual(expect.arrayContaining([...wireFaultNames]))
})

test('every kind says what it is in the virtual city or why it is not there, and what must be true of the money, in both languages', () => {
  expect(Object.keys(allWireFaults).toSorted()).toEqual(wireFaultNames.toSorted())
  // A fault that may touch nobody and yet count is none.
  expect(Object.entries(allWireFaults).flatMap(([name, { leastEffect }]) => (leastEffect.meets === 'nobody' ? [name] : []))).toEqual([
    'noop',
  ])
  for (const { title, virtually, afterwards } of Object.values(allWireFaults)) {
    for (const words of [title, afterwards, ...(virtually.is === 'wire-only' ? [virtually.why] : [])]) {
      expect(words.zh).toMatch(/\p{Script=Han}/u)
      expect(words.en).toMatch(/^[A-Z]/)
    }
  }
})

test('the page of faults is of today', async () => {
  await expect(faultsPage()).toMatchFileSnapshot('../../../docs/faults.md')
})

test('a fault of a process is refused where the actor has no process of its own', () => {
  expect(() => striking(fault('process-killed', 'platform'), { control: async () => undefined })).toThrow(/no process of its own/)
})

describe('the effect of a fault beside its twin', () => {
  const row = (number: number, tookMs: number, end = 'paid'): RowEnd => ({ row: number, tookMs, end })
  const without = new Map([row(1, 100), row(2, 110), row(3, 120)].map((one) => [one.row, one]))
  const least: LeastMarks = { calls: 2, harm: { share: 0.5, laterMs: 150 }, medianLaterMs: 50 }
  test('is the later median and the share that ended otherwise or later, on the same rows', () => {
    const effect = faultEffect(least, 2, [row(1, 260), row(2, 115, 'refused'), row(3, 200)], without)
    expect(effect).toEqual({ rows: 3, medianMs: { twin: 110, found: 200 }, harmedShare: 2 / 3, toothless: [] })
  })
  test('is toothless below any of its least marks, and where no row was there to be struck', () => {
    expect(faultEffect(least, 1, [row(1, 140), row(2, 120)], without).toothless).toEqual(['calls', 'harm', 'median'])
    expect(faultEffect({ calls: 1 }, 3, [], without).toothless).toEqual(['no-rows'])
  })
})

describe('the least effect of a fault', () => {
  const work = { calls: 400, plannedMs: 60_000, rows: 200, callsPerRow: 2, underWay: 210, paid: 180, fileRows: 300, servers: 4 }
  const health = { minimumCalls: 20, failureShare: 0.5 }
  const marks = (kind: FaultOnWire['kind'], more: Partial<FaultOnWire> = {}, of = work) =>
    leastMarks(allWireFaults[kind].leastEffect, fault(kind, bank, { toSecond: 10, ...more }), of, health)
  test('is half of what its share of the target’s requests would be, less what dice fall short by', () => {
    expect(marks('wrong-amount')).toEqual({ calls: 200 })
    // 160 ± 9.8
    expect(marks('wrong-amount', { share: 0.4 })).toEqual({ calls: 70 })
    expect(marks('wrong-amount', { share: 0.4 }, { ...work, calls: 40 })).toEqual({ calls: 4 })
    expect(marks('callback-lost').calls).toBe(90)
    expect(marks('lost-row', { share: 0.5 }).calls).toBe(66)
    expect(marks('process-paused').calls).toBe(105)
    expect(marks('truncated-file').calls).toBe(1)
    expect(marks('noop').calls).toBe(0)
  })
  test('is no more than what makes the party count as down, where its callers stop asking then', () => {
    expect(marks('error-burst', { share: 0.3 }).calls).toBe(50)
    expect(marks('error-burst').calls).toBe(10)
    expect(marks('error-burst', {}, { ...work, calls: 8 }).calls).toBe(4)
  })
  test('is one request of each row, where its answer is held up until the others come after the fault', () => {
    expect(marks('slow').calls).toBe(100)
    // Every fifth row asks at all, or not many came in time.
    expect(marks('slow', {}, { ...work, callsPerRow: 0.2 }).calls).toBe(20)
    expect(marks('slow', {}, { ...work, calls: 30 }).calls).toBe(15)
  })
  test('in what patients see follows from the share, the requests each row makes, and how strong it is', () => {
    expect(marks('black-hole').harm).toEqual({ share: 0.5, laterMs: 100 })
    // Two requests a row, each met with 0.3: 0.51 of the rows.
    expect(marks('slow', { share: 0.3, amount: 6 }).harm?.share).toBeCloseTo((0.51 * 200 - 2 * Math.sqrt(200 * 0.51 * 0.49)) / 400)
    expect(marks('slow', { amount: 6 }).harm?.laterMs).toBe(300)
    // Half of the rows come to it in time.
    expect(marks('black-hole', {}, { ...work, calls: 200 }).harm?.share).toBeCloseTo((100 - 2 * Math.sqrt(50)) / 400)
    // Every tenth row asks for a hold.
    expect(marks('over-limit-credit', {}, { ...work, calls: 20, callsPerRow: 0.1 }).harm?.share).toBeCloseTo((20 - 2 * Math.sqrt(18)) / 400)
    // One of four servers is left for the work of six.
    expect(marks('brown-out', { amount: 0.3 }).medianLaterMs).toBe(12_500)
    expect(marks('brown-out', { amount: 0.3 }, { ...work, plannedMs: 5000 }).medianLaterMs).toBe(10)
  })
})
