import { expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import type { Plan } from '../../scenarios/plan.ts'
import { type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import { TOTAL_EVENTS } from './kernel/sums.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import { sumDoubleNames, sumNames, type VisitResult, visitResults } from './kernel-tables.ts'
import { type TownDay, townDay } from './testing/random-town.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const base = loaded.plan
const TEN = 10 * 3600
const ELEVEN = 11 * 3600
const ticks = (seconds: number): number => seconds * 10_000

/** The small town where two in three pay by phone or credit, struck by these faults. */
function struck(faults: readonly FaultPlan[], change: (plan: Plan) => Plan = (plan) => plan): TownDay {
  const arm = { ...(base.scenario.arms[1] as Plan['scenario']['arms'][number]), adoption: 0.67, faults: faults.map(({ name }) => name) }
  return townDay(change({ ...base, scenario: { ...base.scenario, arms: [arm], faults } }), arm.name, 0)
}

function fault(given: Partial<FaultPlan>): FaultPlan {
  return {
    name: 'fault',
    kind: 'outage',
    target: { party: 'bureau', name: 'bureau' },
    fromSecond: TEN,
    toSecond: ELEVEN,
    form: 'refuse',
    ...noStrength,
    ...given,
  }
}

function run(day: TownDay): Kernel {
  const kernel = openKernel(null)
  for (const tables of day.tables) kernel.load(tables)
  kernel.loadVisits(day.count, day.visits)
  kernel.run(day.faults)
  return kernel
}

type Told = Readonly<Record<string, readonly number[]>>
function told(kernel: Kernel): Told {
  return Object.fromEntries([
    ...Object.keys(visitResults).map((name) => [name, [...kernel.visits(name as VisitResult)]]),
    ...sumNames.filter((name) => !name.startsWith('fault')).map((name) => [name, [...kernel.sum(name)]]),
    // The fault's own two changes are events.
    ...sumDoubleNames.map((name) => [name, [...kernel.sumDouble(name)].filter((_, at) => name !== 'totals' || at !== TOTAL_EVENTS)]),
  ])
}

const kinds: readonly (readonly [string, Partial<FaultPlan>])[] = [
  ['an outage that refuses', { kind: 'outage', form: 'refuse' }],
  ['an outage that swallows calls', { kind: 'outage', form: 'black-hole' }],
  ['slowness', { kind: 'slow', slowFactor: 8 }],
  ['a brown-out', { kind: 'brown-out', capacityShare: 0.4 }],
  ['an error burst', { kind: 'error-burst', errorShare: 0.6 }],
]
const parties: readonly FaultPlan['target'][] = [
  { party: 'channel', name: 'main-entry' },
  { party: 'platform', name: 'platform' },
  { party: 'bureau', name: 'bureau' },
  { party: 'bank', name: 'bank-a' },
]

test.each(kinds)('%s is felt at a channel, the platform, the bureau and a bank, and somebody’s day changes', (_, given) => {
  const calm = told(run(struck([])))
  for (const target of parties) {
    // A brown-out is felt where calls wait: one desk for the whole town, and none of it left in the busiest hours.
    const changed = given.kind === 'brown-out' ? { ...given, capacityShare: 0.4, fromSecond: 8 * 3600, toSecond: 12 * 3600 } : given
    const kernel = run(struck([fault({ ...changed, target })]))
    expect(kernel.sum('faultTouched')[0], target.name).toBeGreaterThan(0)
    expect(told(kernel)['visitEnd'], target.name).not.toEqual(calm['visitEnd'])
  }
})

const neutral: readonly (readonly [string, Partial<FaultPlan>])[] = [
  ['slowness by a factor of 1', { kind: 'slow', slowFactor: 1 }],
  ['a brown-out that leaves every desk', { kind: 'brown-out', capacityShare: 1 }],
  ['an error burst with no errors', { kind: 'error-burst', errorShare: 0 }],
]
test.each(neutral)('%s changes nothing, to the tick and the last sum', (_, given) => {
  const calm = told(run(struck([])))
  for (const target of parties) expect(told(run(struck([fault({ ...given, target })]))), target.name).toEqual(calm)
})

test.each(kinds)('before %s begins every visit goes as if there were none', (_, given) => {
  const calm = run(struck([]))
  const ends = calm.visits('visitEnd')
  const paid = calm.visits('visitPaid2')
  const day = struck([fault(given)])
  const kernel = run(day)
  const early = ends.map((end, visit) => (end < ticks(TEN) ? visit : -1)).filter((visit) => visit >= 0)
  expect(early.length).toBeGreaterThan(30)
  const of = (column: Int32Array): number[] => [...early].map((visit) => column[visit] as number)
  expect(of(kernel.visits('visitEnd'))).toEqual(of(ends))
  expect(of(kernel.visits('visitPaid2'))).toEqual(of(paid))
})

test.each(kinds)(
  'after %s the traces are those of the fault alone: where nobody has to wait for anybody, only visits that paid in it differ',
  (_, given) => {
    // Servers without number and a health rule that never finds enough calls: one visit cannot touch another.
    const apart = (plan: Plan): Plan => ({
      ...plan,
      city: {
        ...plan.city,
        stations: Object.fromEntries(
          Object.entries(plan.city.stations).map(([name, station]) => [
            name,
            { ...station, minimumServers: 500, shift: 'round-the-clock' },
          ]),
        ) as unknown as Plan['city']['stations'],
        consulting: { ...plan.city.consulting, minimumServers: 500, shift: 'round-the-clock' },
        parties: {
          ...plan.city.parties,
          channels: plan.city.parties.channels.map((channel) => ({ ...channel, servers: 500 })),
          platform: { servers: 500 },
          bureau: { servers: 500 },
          banks: plan.city.parties.banks.map((bank) => ({ ...bank, servers: 500 })),
          health: { ...plan.city.parties.health, minimumCalls: 1_000_000 },
        },
      },
    })
    // With desks to spare a brown-out is felt only when it leaves none.
    const changed = given.kind === 'brown-out' ? { ...given, capacityShare: 0 } : given
    const calm = run(struck([], apart))
    const calmEnd = calm.visits('visitEnd')
    const day = struck([fault(changed)], apart)
    const ends = run(day).visits('visitEnd')
    const arrivals = day.visits.visitArrival
    let differing = 0
    for (let visit = 0; visit < day.count; visit++) {
      const inCity = (arrivals[visit] as number) < ticks(ELEVEN) && (calmEnd[visit] as number) >= ticks(TEN)
      if (ends[visit] !== calmEnd[visit]) differing++
      if (!inCity) expect(ends[visit], `visit ${visit}, not in the city while the fault lasted`).toBe(calmEnd[visit])
    }
    expect(differing).toBeGreaterThan(0)
  },
)
