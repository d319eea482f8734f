import { expect, test } from 'vitest'
import { listScenarios } from '../../../scenarios/load-plan.ts'
import type { Plan } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { assumptionGroupsOf, moveAssumptions } from './move-assumptions.ts'

const plan = planOf('shanghai-weekday')
const groups = assumptionGroupsOf(plan)
const all = (u: number): ReadonlyMap<string, number> => new Map(groups.map((group) => [group, u]))
const ends = [0, 0.25, 0.75, 1].map((u) => moveAssumptions(plan, all(u)))
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test.each(listScenarios().map(({ name }) => name))(
  'every assumed number of %s is in exactly one group, and moves with it alone',
  (name) => {
    const one = planOf(name)
    const assumed = one.provenance.filter(({ warrant }) => warrant.kind === 'assumption')
    expect(new Set(assumed.map(({ path }) => path)).size).toBe(assumed.length)
    expect(assumed.every(({ warrant }) => warrant.kind === 'assumption' && warrant.group !== '')).toBe(true)
    // Each group moved alone moves numbers that no other group moves; what is derived or counted back to a total is left out.
    const before = numbersOf(one)
    const movers = new Map<string, string[]>()
    for (const group of assumptionGroupsOf(one)) {
      const after = numbersOf(moveAssumptions(one, new Map([[group, 0.9]])))
      expect([...after.keys()]).toEqual([...before.keys()])
      for (const [path, value] of after)
        if (value !== before.get(path) && path !== 'city.demand.visitsPerDay') movers.set(path, [...(movers.get(path) ?? []), group])
    }
    expect([...movers].filter(([, by]) => by.length > 1)).toEqual([])
    expect(movers.size).toBeGreaterThan(100)
  },
)

test('the middle of the cube is the plan as written', () => {
  expect(moveAssumptions(plan, all(0.5))).toEqual(plan)
  expect(moveAssumptions(plan, new Map())).toEqual(plan)
})

test('a number goes to its low end at 0 and to its high end at 1, on whichever side of its range it stands', () => {
  const seconds = (u: number): number => {
    const law = moveAssumptions(plan, new Map([['window-service-times', u]])).city.laws['kiosk-service']
    return law !== undefined && 'meanSeconds' in law ? law.meanSeconds : Number.NaN
  }
  const { warrant } = plan.provenance.find(({ path }) => path === 'city.laws.kiosk-service.meanSeconds') as Plan['provenance'][number]
  if (warrant.kind !== 'assumption') throw new Error('it is assumed')
  expect([seconds(0), seconds(1)]).toEqual([warrant.low, warrant.high])
  expect(seconds(0.25)).toBeCloseTo((warrant.low + seconds(0.5)) / 2, 9)
})

test('shares still sum to one, row by row, and chances stay chances', () => {
  for (const { city } of ends) {
    const { people, demand, parties, tiers, districts, journey } = city
    const rows = [
      people.ageShares,
      ...people.insuredShares,
      ...people.registrationShares,
      ...people.frequencyClasses.map((classes) => classes.map(({ share }) => share)),
      people.credit.limits.map(({ share }) => share),
      demand.hourlyShares,
      demand.emergencyHourlyShares,
      demand.triageShares,
      parties.channels.map(({ usageShare }) => usageShare),
      parties.banks.map(({ share }) => share),
      tiers.map(({ visitShare }) => visitShare),
      districts.map(({ populationShare }) => populationShare),
      Object.values(journey.bureauDownShares),
      ...city.remote.map(({ hourlyShares }) => hourlyShares),
    ]
    for (const row of rows) expect(sum(row)).toBeCloseTo(1, 6)
    expect(sum(demand.weekdayFactors)).toBeCloseTo(7, 6)
    for (const chance of [...people.selfServiceSuccess, ...people.kioskShare, ...tiers.map(({ drugShare }) => drugShare)]) {
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThanOrEqual(1)
    }
  }
})

test('published totals stay, what is counted stays whole, and visits a day follow from what they are made of', () => {
  for (const moved of ends) {
    const { tiers, demand, parties, people } = moved.city
    expect(sum(tiers.map(({ sites }) => sites))).toBe(2037)
    expect(sum(tiers.map(({ institutions }) => institutions))).toBe(417)
    const { allProvidersVisitsPerYear = 0, daysOfThatYear = 1, publicInstitutionsShare = 0, emergencyShare, visitsPerDay } = demand
    expect(visitsPerDay).toBe(Math.round(((allProvidersVisitsPerYear / daysOfThatYear) * publicInstitutionsShare) / (1 + emergencyShare)))
    const whole = [
      people.persons,
      parties.bureau.servers,
      parties.retry.attempts,
      ...tiers.map(({ sites }) => sites),
      ...moved.city.bills.drugMeanFen,
    ]
    expect(whole.filter((number) => !Number.isInteger(number))).toEqual([])
    expect(parties.channels.every(({ servers }) => servers >= 1)).toBe(true)
  }
  expect(ends[0]?.city.demand.visitsPerDay).not.toBe(plan.city.demand.visitsPerDay)
})

/** Every number of city, policy and scenario, by path. */
function numbersOf({ city, policy, scenario }: Plan): Map<string, number> {
  const found = new Map<string, number>()
  const walk = (tree: unknown, path: string): void => {
    if (typeof tree === 'number') found.set(path, tree)
    else if (tree !== null && typeof tree === 'object') for (const [key, item] of Object.entries(tree)) walk(item, `${path}.${key}`)
  }
  walk(city, 'city')
  walk(policy, 'policy')
  walk(scenario, 'scenario')
  return found
}
