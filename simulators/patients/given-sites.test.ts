import { expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import { type GivenSitePlan, type Plan, registrationWays, type StationKind } from '../../scenarios/plan.ts'
import { sitesOf } from '../hospitals/sites.ts'
import { VISIT_EMERGENCY, VISIT_OUTPATIENT } from './day-visits.ts'
import { populationOf } from './population.ts'

const morning = [0, 0, 0, 0, 0, 0, 0, 10, 60, 80, 40, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const evening = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 10, 10, 15, 30, 50, 20, 0, 0, 0, 0]
const allLines: GivenSitePlan['servers'] = {
  'registration-window': 3,
  kiosk: 2,
  'cashier-window': 3,
  laboratory: 2,
  imaging: 1,
  'pharmacy-window': 2,
  'volunteer-desk': 1,
}
const site = (name: string, rest: Partial<GivenSitePlan>): GivenSitePlan => ({
  name,
  district: 'old-town',
  tier: 'community',
  servers: allLines,
  departments: [{ name: 'internal-medicine', doctors: 5 }],
  hourlyArrivals: morning,
  ...rest,
})

/** A small town on a day like any other, with these sites in place of its own. */
function planWith(givenSites: readonly GivenSitePlan[]): Plan {
  const loaded = loadPlan('small-town')
  if ('problems' in loaded) throw new Error('small-town loads')
  const { plan } = loaded
  const even = (length: number): number[] => Array.from({ length }, () => 1)
  const demand = { ...plan.city.demand, weekdayFactors: even(7), monthFactors: even(12), dayToDayCv: 0 }
  return { ...plan, city: { ...plan.city, demand, givenSites } }
}

function eachVisit(plan: Plan, days: number, see: (day: ReturnType<ReturnType<typeof populationOf>['visitsOf']>, v: number) => void): void {
  const sites = sitesOf(plan.city)
  const population = populationOf(plan, sites, [Int32Array.from(sites.keys())])
  for (let replication = 0; replication < days; replication++) {
    const day = population.visitsOf(replication)
    for (let v = 0; v < day.count; v++) if (day.kind[v] === VISIT_OUTPATIENT || day.kind[v] === VISIT_EMERGENCY) see(day, v)
  }
}

test('outpatients come to each given site as many an hour as its table says, emergencies on top', () => {
  // A tier, a district and a profile of its own each, so that nothing but the table can give the numbers.
  const given = [
    site('晨', { tier: 'community', district: 'new-town' }),
    site('暮', { tier: 'community', district: 'old-town', hourlyArrivals: evening }),
    site('大', {
      tier: 'municipal-tertiary',
      servers: { ...allLines, 'emergency-room': 2 },
      hourlyArrivals: evening.map((n, h) => n + 2 * (morning[h] ?? 0)),
    }),
  ]
  const plan = planWith(given)
  const days = 60
  const seen = given.map(() => new Float64Array(24))
  let emergencies = 0
  let elsewhere = 0
  eachVisit(plan, days, (day, v) => {
    const at = day.site[v] as number
    if (day.kind[v] === VISIT_EMERGENCY) emergencies++
    else seen[at]![Math.floor((day.arrival[v] as number) / 36_000_000)]!++
    if (day.district[v] !== (at === 0 ? 1 : 0)) elsewhere++
  })
  for (const [at, { name, hourlyArrivals }] of given.entries()) {
    for (const [hour, arrivals] of hourlyArrivals.entries()) {
      const mean = seen[at]![hour]! / days
      // Five standard deviations of a Poisson mean; a sampled count varies less.
      expect(Math.abs(mean - arrivals), `${name} at ${hour}: ${mean} for ${arrivals}`).toBeLessThanOrEqual(5 * Math.sqrt(arrivals / days))
    }
  }
  expect(elsewhere).toBe(0)
  const expected = given.flatMap(({ hourlyArrivals }) => hourlyArrivals).reduce((a, b) => a + b, 0) * plan.city.demand.emergencyShare
  expect(Math.abs(emergencies / days - expected)).toBeLessThan(5 * Math.sqrt(expected / days))
})

test('nobody is sent to a line that a given site does not have', () => {
  const lacking = (...kinds: readonly StationKind[]) =>
    Object.fromEntries(Object.entries(allLines).filter(([kind]) => !kinds.includes(kind as StationKind)))
  const plan = planWith([
    site('bare', { servers: lacking('kiosk', 'laboratory', 'imaging', 'pharmacy-window', 'volunteer-desk') }),
    site('blood only', { servers: lacking('imaging') }),
    site('whole', {}),
  ])
  const found = [0, 1, 2].map(() => ({ kiosk: 0, self: 0, helped: 0, laboratory: 0, imaging: 0, drugs: 0 }))
  eachVisit(plan, 3, (day, v) => {
    const at = found[day.site[v] as number]!
    at.kiosk += day.kiosk[v] as number
    at.self += registrationWays[day.registration[v] as number] === 'window' ? 0 : 1
    at.helped += day.selfService[v] === 1 ? 1 : 0
    at.laboratory += (day.examination[v] as number) & 1
    at.imaging += (day.examination[v] as number) >> 1
    at.drugs += day.drugs[v] as number
  })
  expect(found[0]).toEqual({ kiosk: 0, self: 0, helped: 0, laboratory: 0, imaging: 0, drugs: 0 })
  expect(found[1]).toMatchObject({ imaging: 0, laboratory: expect.toSatisfy((n: number) => n > 0) })
  for (const [name, count] of Object.entries(found[2]!)) expect(count, name).toBeGreaterThan(0)
})
