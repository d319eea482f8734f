/** Faults that need the whole machine room, each beside the fault-free twin of its rows: what is planted is found and nothing else, a fault that meets nobody changes nothing, and one that is over is over. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { type BillFacts, factsOf } from '../simulators/wire/audit/facts.ts'
import { billKey } from '../simulators/wire/audit/hospital-facts.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { endsAlike, equalAfterHeal } from '../simulators/wire/replay/beside-twin.ts'
import type { Conducted } from '../simulators/wire/replay/conduct.ts'
import { faultOutcomes } from '../simulators/wire/replay/fault-outcomes.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { type FaultRoom, faultRoom, twinRun } from './testing/fault-room.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 60, 25)
const [bank = ''] = trace.rules.banks
const folder = mkdtempSync(join(tmpdir(), 'medpay-planted-'))

let room: FaultRoom
let twin: Conducted
beforeAll(async () => {
  mkdirSync(join(folder, 'books'))
  room = await faultRoom(plan, trace, folder, 'npx vitest run planted.k6')
  twin = await room.play([])
}, 120_000)
afterAll(async () => {
  await room.stop()
  rmSync(folder, { recursive: true })
}, 60_000)

const fault = (kind: FaultOnWire['kind'], target: string, more: Partial<FaultOnWire> = {}): FaultOnWire => ({
  ...{ name: `${kind}-of-${target}`, kind, target, fromSecond: 0, toSecond: trace.window.seconds, share: 1, seed: 3 },
  ...more,
})
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
    const run = await room.play([fault('error-burst', bank, { share: 1e-9 })])
    const twinOf = new Map(twin.log.rows.map((row) => [row.row, row]))
    expect(run.log.rows.filter((row) => !endsAlike(row, twinOf.get(row.row)))).toEqual([])
    expect(run.log.rows).toHaveLength(trace.rows.length)
    expect(written(run)).toEqual(written(twin))
    const [outcome] = faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])
    expect(outcome).toMatchObject({ isToothless: true, callsTouched: 0 })
  }, 60_000)

  test('wrong amounts are found each by its name by audit and reconciliation, no more and no fewer', async () => {
    const run = await room.play([fault('wrong-amount', bank, { share: 0.4 })])
    const planted = run.struck.flatMap((one) => struckFault(one.fault, one.toll).plantedDifferences)
    expect(planted.length).toBeGreaterThan(3)
    expect(run.reconciliation?.differences.map(({ difference }) => difference.replace(/^(\S+) \S+ /, '$1 ')).toSorted()).toEqual(
      planted.toSorted(),
    )
    expect(room.findings(run)).toEqual([])
    expect(room.audited(run).rules.find(({ name }) => name === 'differences-are-the-planted')).toMatchObject({
      standing: 'kept',
      checked: 2 * planted.length,
    })
    expect(faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])).toMatchObject([
      { planted: planted.length, found: planted.length },
    ])
  }, 60_000)

  test('a day-end file cut short is taken for none, said to be waited for and asked for again: no difference is made of it', async () => {
    const run = await room.play([fault('truncated-file', bank)])
    expect(run.struck).toMatchObject([{ waitedFor: true, toll: { callsTouched: expect.any(Number) } }])
    expect(run.reconciliation?.differences).toEqual([])
    expect(days(run)).toEqual(days(twin))
    expect(room.findings(run)).toEqual([])
    expect(faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])).toMatchObject([{ planted: 1, found: 1, isToothless: false }])
  }, 60_000)

  test('an outage of the first seconds is over once it is healed: whoever comes later ends as in the twin, in every party’s books as well', async () => {
    const run = await room.play([fault('outage', 'bureau', { toSecond: 0.9 })])
    const { compared, equal } = equalAfterHeal(trace.rows, run.struck, run.log.rows, twin.log.rows)
    expect(compared).toBeGreaterThan(20)
    expect(equal).toBe(compared)
    const later = trace.rows.filter(({ startMs, after }) => startMs >= 1000 && after === null)
    expect(later.length).toBeGreaterThan(20)
    expect(bookedOf(run, later)).toEqual(bookedOf(twin, later))
    expect(room.findings(run)).toEqual([])
    // It did bite while it lasted.
    expect(faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])).toMatchObject([{ isToothless: false }])
  }, 60_000)

  test.each([
    ['black-hole', bank],
    ['process-paused', 'platform'],
  ] as const)(
    '%s at %s makes patients wait until it is over, and leaves clean books',
    async (kind, target) => {
      const run = await room.play([fault(kind, target, { fromSecond: 0.2, toSecond: 2.7 })])
      expect(room.findings(run)).toEqual([])
      expect(room.audited(run).verdict).toBe('passed')
      expect(run.reconciliation?.differences).toEqual([])
      const [outcome] = faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])
      expect(outcome).toMatchObject({ isToothless: false, effect: { measure: 'harmed-share' } })
      expect(outcome?.callsTouched).toBeGreaterThan(3)
    },
    120_000,
  )
})

/** What the books of hospital, insurer and payers hold of these bills, but for numbers and moments, which are a run's own. */
function bookedOf(run: Conducted, rows: readonly { readonly site: number; readonly bill: string | null }[]) {
  const { bills } = factsOf(room.inputOf(run))
  return rows.map(({ site, bill }) => [bill, moneyOf(bills.get(billKey(site, bill ?? '')))])
}
const moneyOf = (facts: BillFacts | undefined) => ({
  hospital: facts?.bill.attempts.map(({ by, isClosed, payment, refund, invoices, redInvoices }) => ({
    ...{ by, isClosed, isRefunded: refund !== undefined, invoices, redInvoices },
    ...{ totalFen: payment?.totalFen, split: payment?.split },
  })),
  insurer: facts?.settlements.map(({ person, split, stands, yearFrom }) => ({ person, split, stands, yearFrom })),
  payers: facts?.payments.map(({ payer, person, amountFen, refunds }) => ({
    ...{ payer, person, amountFen },
    refunds: refunds.map((refund) => refund.amountFen),
  })),
})
