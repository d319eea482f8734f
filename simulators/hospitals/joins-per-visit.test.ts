import { expect, test } from 'vitest'
import { type Plan, type StationKind, tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { VISIT_OUTPATIENT } from '../patients/day-visits.ts'
import { cityPlayer } from '../virtual/city-player.ts'
import { kindNames } from '../virtual/compile-city.ts'
import { joinsPerVisit } from './joins-per-visit.ts'

const HOURS = 24

/** The town with outpatients only, none of whom turns away or gives up: whoever comes goes the whole way. */
function steadyTown(): Plan {
  const plan = planOf('small-town')
  const { city, scenario } = plan
  return {
    ...plan,
    scenario: { ...scenario, arms: [{ ...(scenario.arms[0] as Plan['scenario']['arms'][number]), faults: [] }], faults: [] },
    city: {
      ...city,
      demand: { ...city.demand, emergencyShare: 0 },
      journey: { ...city.journey, impatientShare: 0, balkWaitingPerServer: 1_000_000 },
    },
  }
}

test('a mean visit joins each kind of line as often as windows were sized for', () => {
  const plan = steadyTown()
  const player = cityPlayer(plan, null)
  const joins = new Map<string, number>()
  const visitsOfTier = tiers.map(() => 0)
  for (let replication = 0; replication < 25; replication++) {
    const people = player.peopleOf(replication)
    for (let v = 0; v < people.count; v++) if (people.kind[v] === VISIT_OUTPATIENT) visitsOfTier[people.tier[v] as number]!++
    const [day] = player.playDay(replication)
    // The last of the series: how many joined a line, by kind and hour.
    const series = (day as NonNullable<typeof day>).series
    const first = series.length - kindNames.length * HOURS
    for (const [kind, name] of kindNames.entries()) {
      const count = series.subarray(first + kind * HOURS, first + (kind + 1) * HOURS).reduce((a, b) => a + b, 0)
      joins.set(name, (joins.get(name) ?? 0) + count)
    }
  }
  const all = visitsOfTier.reduce((a, b) => a + b, 0)
  expect(all).toBeGreaterThan(8000)
  const expectedOf = (of: (tier: number) => number): number => visitsOfTier.reduce((sum, visits, tier) => sum + visits * of(tier), 0)
  const perTier = tiers.map((_, tier) => joinsPerVisit(plan.city, tier))
  const kinds: StationKind[] = [
    'registration-window',
    'kiosk',
    'cashier-window',
    'laboratory',
    'imaging',
    'pharmacy-window',
    'volunteer-desk',
  ]
  for (const kind of kinds) {
    const expected = expectedOf((tier) => perTier[tier]?.byKind.get(kind) ?? Number.NaN)
    // A visit joins a line up to four times, so counts spread at most twice as wide as a coin's.
    expect(Math.abs((joins.get(kind) as number) - expected), `${kind}: ${joins.get(kind)} against ${expected}`).toBeLessThan(
      4 * 2 * Math.sqrt(expected),
    )
    expect(expected).toBeGreaterThan(300)
  }
  const consulting = expectedOf((tier) => 1 + (perTier[tier]?.examined ?? Number.NaN))
  expect(Math.abs((joins.get('consulting-room') as number) - consulting)).toBeLessThan(4 * Math.sqrt(all / 4))
  expect(joins.get('emergency-room')).toBe(0)
}, 60_000)
