/** Faults that need the whole machine room, each beside the fault-free twin of its rows: what is planted is found and nothing else, a fault that meets nobody changes nothing. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { endsAlike } from '../simulators/wire/replay/beside-twin.ts'
import { type Conducted, conduct, forgetAll } from '../simulators/wire/replay/conduct.ts'
import { faultOutcomes } from '../simulators/wire/replay/fault-outcomes.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { startProcesses, type WireCity } from '../simulators/wire/replay/wire-processes.ts'
import { findK6 } from '../tools/resolve-k6.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 48, 24)
const secret = 'the secret of a test'
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'medpay-planted-'))
const { signal } = new AbortController()
const [bank = ''] = trace.rules.banks

let wire: WireCity
let twin: Conducted
let plays = 0
beforeAll(async () => {
  mkdirSync(join(folder, 'books'))
  wire = await startProcesses({
    city: plan.city,
    serve: [process.execPath, at('cli/medpay.ts'), 'serve', 'small-town'],
    ...{ secretName: 'MEDPAY_WIRE_SECRET', secret, booksFolder: join(folder, 'books'), platformWords: [], signal },
  })
  twin = await played([])
}, 120_000)
afterAll(async () => {
  await wire.stop()
  rmSync(folder, { recursive: true })
}, 60_000)

async function played(faults: readonly FaultOnWire[]): Promise<Conducted> {
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  await forgetAll(wire)
  return conduct({
    ...{
      city: plan.city,
      trace,
      wire,
      secret,
      folder: join(folder, `play-${plays++}`),
      warmUpVisits: 0,
      faults,
      signal,
      tell: () => undefined,
    },
    k6: { program: k6.program, script: at('load/replay.ts'), words: [] },
  })
}

const fault = (kind: FaultOnWire['kind'], target: string, more: Partial<FaultOnWire> = {}): FaultOnWire => ({
  ...{ name: `${kind}-of-${target}`, kind, target, fromSecond: 0, toSecond: trace.window.seconds, share: 1, seed: 3 },
  ...more,
})
const audited = ({ log, books, struck }: Conducted) =>
  auditRun({
    ...{ planned: trace.rows, seen: log.rows, books, mustHaveMoved: ['bureau', 'his', 'platform'], policy: plan.policy },
    faults: struck.map((one) => struckFault(one.fault, one.toll)),
    ...{ clockToleranceMs: 50, replay: 'npx vitest run planted.k6', folder },
  })
const findings = (run: Conducted) => audited(run).rules.flatMap(({ name, findings: all }) => all.map(({ words }) => `${name}: ${words.en}`))
/** What every party wrote down, by kind of entry. */
const written = ({ books }: Conducted) =>
  books
    .filter(({ actor }) => [bank, 'bureau', 'his'].includes(actor))
    .map(({ actor, entries }) => [
      actor,
      Object.entries(Object.groupBy(entries, ({ entry }) => String((entry as { does?: string }).does)))
        .map(([does, all]) => `${does} ${all?.length}`)
        .toSorted(),
    ])

/** In whatever order parties were asked. */
const days = ({ reconciliation }: Conducted) => reconciliation?.days.toSorted((a, b) => a.party.localeCompare(b.party))

describe('beside the fault-free twin of the same rows', () => {
  test('a fault of probability near zero meets nobody: outcomes, splits and books are the twin’s', async () => {
    const run = await played([fault('error-burst', bank, { share: 1e-9 })])
    const twinOf = new Map(twin.log.rows.map((row) => [row.row, row]))
    expect(run.log.rows.filter((row) => !endsAlike(row, twinOf.get(row.row)))).toEqual([])
    expect(run.log.rows).toHaveLength(trace.rows.length)
    expect(written(run)).toEqual(written(twin))
    const [outcome] = faultOutcomes(trace, run, plan.city.parties.health, twin.log.rows, [])
    expect(outcome).toMatchObject({ isToothless: true, callsTouched: 0 })
  }, 60_000)

  test('wrong amounts are found each by its name by audit and reconciliation, no more and no fewer', async () => {
    const run = await played([fault('wrong-amount', bank, { share: 0.4 })])
    const planted = run.struck.flatMap((one) => struckFault(one.fault, one.toll).plantedDifferences)
    expect(planted.length).toBeGreaterThan(3)
    expect(run.reconciliation?.differences.map(({ difference }) => difference.replace(/^(\S+) \S+ /, '$1 ')).toSorted()).toEqual(
      planted.toSorted(),
    )
    expect(findings(run)).toEqual([])
    expect(audited(run).rules.find(({ name }) => name === 'differences-are-the-planted')).toMatchObject({
      standing: 'kept',
      checked: 2 * planted.length,
    })
    expect(faultOutcomes(trace, run, plan.city.parties.health, twin.log.rows, [])).toMatchObject([
      { planted: planted.length, found: planted.length },
    ])
  }, 60_000)

  test('a day-end file cut short is taken for none, said to be waited for and asked for again: no difference is made of it', async () => {
    const run = await played([fault('truncated-file', bank)])
    expect(run.struck).toMatchObject([{ waitedFor: true, toll: { callsTouched: expect.any(Number) } }])
    expect(run.reconciliation?.differences).toEqual([])
    expect(days(run)).toEqual(days(twin))
    expect(findings(run)).toEqual([])
    expect(faultOutcomes(trace, run, plan.city.parties.health, twin.log.rows, [])).toMatchObject([
      { planted: 1, found: 1, isToothless: false },
    ])
  }, 60_000)
})
