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
  const elsewhere: readonly FaultOnWire['kind'][] = ['noop', 'black-hole', 'truncated-file']
  const ofProcesses = wireFaultNames.filter((kind) => allWireFaults[kind].strikes(fault(kind, bank)).by === 'process')
  expect([...struck.map(({ kind }) => kind), ...elsewhere, ...ofProcesses].toSorted()).toEqual(expect.arrayContaining([...wireFaultNames]))
})

test('every kind says what it is in the virtual city or why it is not there, and what must be true of the money, in both languages', () => {
  expect(Object.keys(allWireFaults).toSorted()).toEqual(wireFaultNames.toSorted())
  // A fault that may touch nobody and yet count is none.
  expect(Object.entries(allWireFaults).flatMap(([name, { leastEffect }]) => (leastEffect.calls > 0 ? [] : [name]))).toEqual(['noop'])
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
  const row = (number: number, tookMs: number, isSettled = true): RowEnd => ({ row: number, tookMs, isSettled })
  const without = new Map([row(1, 100), row(2, 110), row(3, 120)].map((one) => [one.row, one]))
  test('is the later median and the larger share that failed, on the same rows', () => {
    const effect = faultEffect({ calls: 2, laterMs: 50, failedShare: 0.3 }, 2, [row(1, 300), row(2, 310, false)], without)
    expect(effect).toMatchObject({ rows: 2, medianMs: { twin: 105, found: 305 }, failedShare: { twin: 0, found: 0.5 }, toothless: [] })
  })
  test('is toothless below any of its least marks, and where no row was there to be struck', () => {
    const least = { calls: 2, laterMs: 50, failedShare: 0.3 }
    expect(faultEffect(least, 1, [row(1, 140)], without).toothless).toEqual(['calls', 'laterMs', 'failedShare'])
    expect(faultEffect({ calls: 1 }, 3, [], without).toothless).toEqual(['no-rows'])
  })
})
