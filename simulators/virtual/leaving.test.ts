/** 先诊疗后付费 in a whole town: what is held on the way, settled once at the end, left unsettled, and what becomes of it while the bank is silent. */
import { beforeAll, expect, test } from 'vitest'
import type { ArmPlan, Plan } from '../../scenarios/plan.ts'
import { type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { ONCE_PARTS } from '../patients/day-visits.ts'
import { traceProblems } from '../trace/check-trace.ts'
import type { TraceRow } from '../trace/trace.ts'
import { cityPlayer } from './city-player.ts'
import { cutTrace } from './cut/cut-trace.ts'

const wholeDay = { fromSecond: 0, seconds: 130_000 }
let bytes: Uint8Array
beforeAll(async () => {
  bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
})

/** The small town under Tianjin's bands, where whoever has credit settles on leaving. */
function town(faults: readonly FaultPlan[] = [], credit: Partial<Plan['city']['people']['credit']> = {}): Plan {
  const base = planOf('small-town')
  const { policy } = planOf('tianjin-leaving')
  const people = { ...base.city.people, credit: { ...base.city.people.credit, raiseSuccessShare: 0, ...credit } }
  const [before, reform] = base.scenario.arms as readonly [ArmPlan, ArmPlan]
  const arm = { ...reform, adoption: 0.9, creditShareOfAdopters: 1, settlesOnLeaving: true, faults: faults.map(({ name }) => name) }
  return {
    ...base,
    city: { ...base.city, people },
    policy: { ...base.policy, creditBands: policy.creditBands },
    scenario: { ...base.scenario, arms: [before, arm], faults },
  }
}
const leaving = (plan: Plan) => cutTrace(plan, { arm: 'what-if-40', window: wholeDay, kernelBytes: bytes })
const isOf = (name: string) => (row: TraceRow) => row.errand.startsWith(name)

test('nothing is paid on the way: each visit holds its bills, then pays all of them as one, split as one', () => {
  const plan = town()
  const trace = leaving(plan)
  expect(traceProblems(trace)).toEqual([])
  const settling = trace.rows.filter(isOf('settle-on-leaving'))
  expect(settling.length).toBeGreaterThan(100)
  const bills = new Map(trace.opening.bills.map((bill) => [bill.bill, bill]))
  const people = cityPlayer(plan, bytes).peopleOf(0)
  for (const row of settling) {
    const ofVisit = trace.rows.filter(({ visit }) => visit === row.visit)
    const held = ofVisit.filter(isOf('hold-'))
    expect(held.length).toBeGreaterThan(0)
    const parts = bills.get(row.bill ?? '')?.mergedFrom ?? [row.bill]
    expect(held.map(({ holds }) => holds?.bill)).toEqual(parts)
    expect(row.totalFen).toBe(parts.reduce((sum, part) => sum + (bills.get(part ?? '')?.totalFen ?? 0), 0))
    expect(ofVisit.filter(({ bill }) => bill !== null).every(({ bill }) => bill === row.bill)).toBe(true)
    const at = (trace.visits[row.visit]?.visitOfDay ?? -1) * ONCE_PARTS
    const [fundFen, currentAccountFen, historyAccountFen, creditFen] = people.onceFen.subarray(at, at + ONCE_PARTS)
    expect(row.expected).toEqual({ fundFen, currentAccountFen, historyAccountFen, creditFen, cashFen: 0 })
  }
})

test('the band of the score caps the line, and above it the bank holds nothing more: the visit is settled at the window', () => {
  const trace = leaving(town([], { limits: [{ limitFen: 2_000_000, share: 1 }], scoreBandShare: [1, 0, 0, 0, 0, 0] }))
  const credits = trace.opening.agreements.filter(({ kind }) => kind === 'credit')
  expect(new Set(credits.map(({ limitFen }) => limitFen))).toEqual(new Set([50_000]))
  const refused = trace.rows.filter((row) => isOf('settle-on-leaving')(row) && row.virtual.failedAt === 'credit-limit')
  expect(refused.length).toBeGreaterThan(10)
  for (const { row, visit, bill } of refused) {
    const instead = trace.rows.find(({ insteadOf }) => insteadOf === row)
    expect(instead).toMatchObject({ errand: 'window-payment', visit, bill, expected: { creditFen: 0 } })
  }
})

test('who walks out without settling leaves a debt, and the books are equal all the same', () => {
  const plan = town([], { leavesUnsettledShare: 1 })
  const trace = leaving(plan)
  expect(trace.rows.filter(isOf('settle-on-leaving'))).toEqual([])
  expect(trace.rows.filter(isOf('hold-')).length).toBeGreaterThan(100)
  const player = cityPlayer(plan, bytes)
  const owing = player.specs.findIndex(({ name }) => name === 'owing-fen')
  const [, day] = player.playDay(0)
  expect(day?.values[owing]).toBeGreaterThan(0)
  expect(day?.audit.findings).toBe(0)
})

test.each(['refuse', 'black-hole'] as const)(
  'with every bank out (%s) a visit ends at the window or as a debt, and no bill is lost',
  (form) => {
    const outages = planOf('small-town').city.parties.banks.map(
      ({ name }): FaultPlan => ({
        name,
        kind: 'outage',
        target: { party: 'bank', name },
        fromSecond: 0,
        toSecond: 86_400,
        form,
        ...noStrength,
      }),
    )
    const plan = town(outages)
    const trace = leaving(plan)
    const tried = trace.rows.filter(isOf('settle-on-leaving'))
    expect(tried.length).toBeGreaterThan(100)
    expect(tried.filter(({ virtual }) => virtual.outcome === 'settled')).toEqual([])
    const atWindow = new Set(trace.rows.filter(({ mode }) => mode === 'window').map(({ insteadOf }) => insteadOf))
    const paid = tried.filter(({ row }) => atWindow.has(row))
    expect(paid.length).toBeGreaterThan(100)
    // Whoever gives up that line owes the whole of it.
    const owedFen = tried.filter(({ row }) => !atWindow.has(row)).reduce((sum, { totalFen }) => sum + totalFen, 0)
    const player = cityPlayer(plan, bytes)
    const owing = player.specs.findIndex(({ name }) => name === 'owing-fen')
    const [, day] = player.playDay(0)
    expect(day?.values[owing]).toBeGreaterThanOrEqual(owedFen)
    expect(day?.audit.findings).toBe(0)
    // Silence was followed by a reversal, and every one is answered once the bank is back.
    expect((day?.audit.reversals ?? 0) > 0).toBe(form === 'black-hole')
    expect(day?.audit.reversalsFailed).toBe(0)
  },
)
