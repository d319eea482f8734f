/** 退费 in a whole town: bills that go back leave books that are equal, other people's days as they were, and rows that ask for them. */
import { beforeAll, expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { pointTakenBack } from '../patients/refunds.ts'
import { traceProblems } from '../trace/check-trace.ts'
import type { TraceRow } from '../trace/trace.ts'
import { cityPlayer } from './city-player.ts'
import { cutTrace } from './cut/cut-trace.ts'

let bytes: Uint8Array
beforeAll(async () => {
  bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
})

const base = planOf('small-town')
const withRefunds = (share: number): Plan => ({
  ...base,
  scenario: { ...base.scenario, refunds: { share, partShare: 0.5, keptShare: 0.6, afterSeconds: 45 } },
})

/** A day's measures by name, of the whole town, by arm. */
function playedDay(plan: Plan) {
  const player = cityPlayer(plan, bytes)
  return player.playDay(0).map(({ values, audit, insured }) => ({
    audit,
    insured,
    of: (name: string) => values[player.specs.findIndex((spec) => spec.name === name)] as number,
  }))
}

test('what goes back is taken off every payer’s sum, to the fen, and moves nothing else', () => {
  const before = playedDay(base)
  const after = playedDay(withRefunds(0.3))
  for (const [arm, day] of after.entries()) {
    const calm = before[arm] as (typeof before)[number]
    expect(day.audit.findings).toBe(0)
    expect(day.audit.bills).toBe(calm.audit.bills)
    expect(day.insured).toEqual(calm.insured)
    const paid = (one: typeof day) => ['fund-fen', 'account-fen', 'credit-fen', 'cash-fen'].reduce((sum, name) => sum + one.of(name), 0)
    expect(day.of('refunded-fen')).toBeGreaterThan(0)
    expect(paid(day) + day.of('refunded-fen')).toBe(paid(calm))
    for (const same of ['owing-fen', 'claim-later-fen', 'visits', 'payment-queueing-minutes-per-visit'])
      expect(day.of(same)).toBe(calm.of(same))
  }
})

test('a scenario without refunds has no such measure', () => {
  expect(cityPlayer(base, bytes).specs.some(({ name }) => name === 'refunded-fen')).toBe(false)
})

test('a refund is asked for where its bill was paid, after it, once a visit, and only of the visit’s last bill', () => {
  const plan = withRefunds(0.3)
  const trace = cutTrace(plan, { arm: 'what-if-40', window: { fromSecond: 0, seconds: 130_000 }, kernelBytes: bytes })
  expect(traceProblems(trace)).toEqual([])
  const refunds = trace.rows.filter(({ refunds }) => refunds !== undefined)
  expect(new Set(refunds.map(({ errand }) => errand))).toEqual(new Set(['entry-refund', 'window-refund']))
  expect(new Set(refunds.map(({ visit }) => visit)).size).toBe(refunds.length)
  const people = cityPlayer(plan, bytes).peopleOf(0)
  const points = new Map(trace.opening.bills.map(({ bill, point }) => [bill, point]))
  for (const row of refunds) {
    const paid = trace.rows[row.after ?? -1]
    expect(paid).toMatchObject({ bill: row.refunds, virtual: { outcome: 'settled' } })
    expect(row.startMs - (paid?.virtual.endMs ?? 0)).toBeGreaterThanOrEqual(45_000)
    expect(row.errand === 'entry-refund').toBe(['phone', 'credit'].includes(paid?.mode ?? ''))
    expect(points.get(row.refunds ?? '')).toBe(pointTakenBack(people, trace.visits[row.visit]?.visitOfDay ?? -1))
  }
  // All that the day's books gave back are asked for by somebody.
  const rests = trace.rows.filter(({ bill }) => bill?.endsWith('-T'))
  const sumOf = (rows: readonly (TraceRow | undefined)[]) => rows.reduce((sum, row) => sum + (row?.totalFen ?? 0), 0)
  expect(playedDay(plan)[1]?.of('refunded-fen')).toBe(sumOf(refunds.map(({ after }) => trace.rows[after ?? -1])) - sumOf(rests))
  // What stands after a refund in part is a bill of its own, paid once that is over, as the whole was.
  expect(rests.length).toBeGreaterThan(10)
  expect(rests.length).toBe(refunds.filter(({ lines }) => lines !== undefined).length)
  const bills = new Map(trace.opening.bills.map((bill) => [bill.bill, bill]))
  for (const rest of rests) {
    const refund = trace.rows[rest.after ?? -1]
    const whole = bills.get(refund?.refunds ?? '')
    expect(bills.get(rest.bill ?? '')).toMatchObject({
      restOf: whole?.bill,
      totalFen: (whole?.totalFen ?? 0) - (whole?.returned?.totalFen ?? 0),
    })
    expect(trace.rows[refund?.after ?? -1]).toMatchObject({ errand: rest.errand, mode: rest.mode, bill: whole?.bill })
  }
})

test('the rest of the trace is the one without refunds', () => {
  const window = { fromSecond: 9 * 3600, seconds: 600 }
  const cut = (plan: Plan) => cutTrace(plan, { arm: 'what-if-40', window, kernelBytes: bytes })
  const own = (plan: Plan) =>
    cut(plan)
      .rows.filter(({ refunds, bill }) => refunds === undefined && bill?.endsWith('-T') !== true)
      .map(({ row: _, key: _key, bill: _bill, after: _after, insteadOf: _instead, ...row }) => row)
  expect(own(withRefunds(0.9))).toEqual(own(base))
})
