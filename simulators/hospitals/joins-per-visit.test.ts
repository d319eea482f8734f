import { expect, test } from 'vitest'
import { type Plan, type StationKind, tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { VISIT_EMERGENCY, VISIT_OUTPATIENT } from '../patients/day-visits.ts'
import { cityPlayer } from '../virtual/city-player.ts'
import { kindNames } from '../virtual/compile-city.ts'
import { joinsPerVisit } from './joins-per-visit.ts'

const HOURS = 24

/** The town without anybody who turns away or gives up: whoever comes goes the whole way. */
function steadyTown(emergencyShare: number): Plan {
  const plan = planOf('small-town')
  const { city, scenario } = plan
  return {
    ...plan,
    scenario: { ...scenario, arms: [{ ...(scenario.arms[0] as Plan['scenario']['arms'][number]), faults: [] }], faults: [] },
    city: {
      ...city,
      demand: { ...city.demand, emergencyShare },
      // Half manage alone, so that every way through kiosk, volunteer and window is well trodden.
      people: {
        ...city.people,
        kioskShare: [0.5, 0.5, 0.5, 0.5],
        selfServiceSuccess: [0.5, 0.5, 0.5, 0.5],
        helpedSuccess: [0.8, 0.8, 0.8, 0.8],
        asksVolunteer: [0.6, 0.6, 0.6, 0.6],
      },
      journey: { ...city.journey, impatientShare: 0, balkWaitingPerServer: 1_000_000 },
    },
  }
}

const kinds: StationKind[] = [
  'registration-window',
  'kiosk',
  'cashier-window',
  'laboratory',
  'imaging',
  'pharmacy-window',
  'volunteer-desk',
]

/** How often each kind of line is joined over some days, and by how many outpatients and emergency visits of each tier. */
function joinsOf(plan: Plan) {
  const player = cityPlayer(plan, null)
  const joins = new Map<string, number>()
  const visits = [tiers.map(() => 0), tiers.map(() => 0)] as const
  for (let replication = 0; replication < 25; replication++) {
    const people = player.peopleOf(replication)
    for (let v = 0; v < people.count; v++) {
      const kind = people.kind[v] as number
      if (kind <= VISIT_EMERGENCY) visits[kind as 0 | 1][people.tier[v] as number]!++
    }
    const [day] = player.playDay(replication)
    // The last of the series: how many joined a line, by kind and hour.
    const series = (day as NonNullable<typeof day>).series
    const first = series.length - kindNames.length * HOURS
    for (const [kind, name] of kindNames.entries()) {
      const count = series.subarray(first + kind * HOURS, first + (kind + 1) * HOURS).reduce((a, b) => a + b, 0)
      joins.set(name, (joins.get(name) ?? 0) + count)
    }
  }
  return { joins, outpatients: visits[VISIT_OUTPATIENT], emergencies: visits[VISIT_EMERGENCY] }
}

test.each([0, 0.5])(
  'a mean visit joins each kind of line as often as windows were sized for, with emergencies a share of %d',
  (emergencyShare) => {
    const plan = steadyTown(emergencyShare)
    const { joins, outpatients, emergencies } = joinsOf(plan)
    const perTier = tiers.map((_, tier) => joinsPerVisit(plan.city, tier))
    const sum = (of: (tier: number) => number): number => tiers.reduce((total, _, tier) => total + of(tier), 0)
    const all = sum((tier) => outpatients[tier] as number)
    expect(all).toBeGreaterThan(8000)
    if (emergencyShare > 0) expect(sum((tier) => emergencies[tier] as number)).toBeGreaterThan(3000)
    for (const kind of kinds) {
      const expected = sum(
        (tier) =>
          (outpatients[tier] as number) * (perTier[tier]?.byKind.get(kind) ?? 0) +
          (emergencies[tier] as number) * (perTier[tier]?.byKindOfEmergency.get(kind) ?? 0),
      )
      expect(expected).toBeGreaterThan(300)
      // A line is joined up to three times a visit (cashier, kiosk), so counts spread by less than 1.3 times the root of their mean.
      const off = (joins.get(kind) as number) - expected
      expect(Math.abs(off), `${kind}: ${joins.get(kind)} against ${expected}`).toBeLessThan(4 * 1.3 * Math.sqrt(expected))
    }
    const consulting = sum((tier) => (outpatients[tier] as number) * (1 + (perTier[tier]?.examined ?? Number.NaN)))
    expect(Math.abs((joins.get('consulting-room') as number) - consulting)).toBeLessThan(4 * Math.sqrt(all / 4))
    if (emergencyShare === 0) expect(joins.get('emergency-room')).toBe(0)
  },
  60_000,
)
