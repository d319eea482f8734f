import { describe, expect, test } from 'vitest'
import { type Plan, stationKinds, tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { type Site, sitesOf } from '../hospitals/sites.ts'
import { cityPlayer } from './city-player.ts'
import { partiesOf } from './compile-city.ts'
import { reducedCity } from './reduced-city.ts'
import { ReducedBook } from './reduced-result.ts'
import { seriesOfArms } from './series.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const shanghai = planOf('shanghai-weekday')
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('the sites kept', () => {
  const { plan, sites, siteShare, loadShare } = reducedCity(shanghai, { siteShare: 0.05 })
  const given = plan.city.givenSites ?? []

  test('are a twentieth of every tier, whole, with the lines they have in the city', () => {
    expect(sites).toBe(given.length)
    expect(siteShare).toBeCloseTo(0.05, 2)
    expect(tiers.map((tier) => given.filter((site) => site.tier === tier).length)).toEqual([3, 1, 8, 90])
    const city = sitesOf(shanghai.city)
    const same = sitesOf(plan.city)
    expect(same.map(({ servers }) => servers)).toEqual(same.map(({ name }) => city.find((site) => site.name === name)?.servers))
  })

  test('have the visits, tier by tier, that so many sites of the city have, and people in proportion', () => {
    expect(loadShare).toBeGreaterThan(0.045)
    expect(loadShare).toBeLessThan(0.055)
    const visits = tiers.map((tier) => sum(given.filter((site) => site.tier === tier).flatMap(({ hourlyArrivals }) => hourlyArrivals)))
    for (const [index, { visitShare }] of shanghai.city.tiers.entries()) {
      expect(Math.abs((visits[index] as number) / plan.city.demand.visitsPerDay - visitShare)).toBeLessThan(0.02)
    }
    expect(plan.city.people.persons / plan.city.demand.visitsPerDay).toBeCloseTo(
      shanghai.city.people.persons / shanghai.city.demand.visitsPerDay,
      1,
    )
  })

  test('are the same whatever the seed, and lie in many districts', () => {
    const other = reducedCity({ ...shanghai, scenario: { ...shanghai.scenario, seed: 1 } }, { siteShare: 0.05 })
    expect(other.plan.city.givenSites).toEqual(given)
    expect(new Set(given.map(({ district }) => district)).size).toBe(shanghai.city.districts.length)
  })
})

describe('tiers that keep different shares', () => {
  const keep = { siteShare: 0.005, siteShareOf: { 'municipal-tertiary': 0.1, 'district-tertiary': 0.125 } }
  const { plan, tierWeights } = reducedCity(shanghai, keep)
  const given = plan.city.givenSites ?? []

  test('are kept so, and the sites of each have its cashier windows a visit', () => {
    expect(tiers.map((tier) => given.filter((site) => site.tier === tier).length)).toEqual([6, 3, 1, 9])
    const windowsAVisit = (sites: readonly Site[]): number =>
      sum(sites.map(({ servers }) => servers[stationKinds.indexOf('cashier-window')] as number)) / sum(sites.map((site) => site.visitShare))
    const city = sitesOf(shanghai.city)
    for (const tier of [0, 1]) {
      const kept = city.filter((site) => site.tier === tier && given.some(({ name }) => name === site.name))
      expect(windowsAVisit(kept) / windowsAVisit(city.filter((site) => site.tier === tier))).toBeCloseTo(1, 1)
    }
  })

  test('count in a mean as much as they are visited in the city', () => {
    const { visitWeights = [] } = plan.city
    const player = cityPlayer({ ...plan, scenario: { ...plan.scenario, arms: plan.scenario.arms.slice(0, 1) } }, bytes)
    const [before] = player.playDay(0)
    const at = (name: string, slice: string): number =>
      player.specs.findIndex((spec) => spec.name === name && spec.slice.name === slice && ['all', 'tier'].includes(spec.slice.dimension))
    const visits = (slice: string): number => before?.counts[at('visits', slice)] as number
    for (const [tier, name] of tiers.entries()) expect(visits(name) / visits('all')).toBeCloseTo(tierWeights[tier] as number, 1)
    // Without weights the sample's own mix of tiers would show.
    expect((visits('municipal-tertiary') / (visitWeights[0] as number)) * 2).toBeGreaterThan(visits('all'))
    const byTier = sum(tiers.map((tier) => visits(tier) * (before?.values[at('payment-queueing-minutes-per-visit', tier)] as number)))
    expect(before?.values[at('payment-queueing-minutes-per-visit', 'all')]).toBeCloseTo(byTier / visits('all'), 9)
  })
})

describe('shared parties', () => {
  /** Some of Shanghai's sites stand for the city: what is compared is a city and the half of it. */
  const town: Plan = planOf('shanghai-weekday', { scale: 0.02 })
  const arms = town.scenario.arms.filter(({ name }) => name === 'before' || name === 'what-if-40')
  const two: Plan = { ...town, scenario: { ...town.scenario, arms } }
  const names = partiesOf(two).map(({ name }) => name)

  function loads(nearLimit?: ReadonlySet<string>) {
    const reduced = reducedCity(two, { siteShare: 0.5 }, nearLimit)
    const whole = cityPlayer(two, bytes).playDay(0)
    const book = new ReducedBook(reduced)
    book.add(cityPlayer(reduced.plan, bytes).playDay(0))
    const series = seriesOfArms(
      two,
      whole.map((day) => day.series),
      1,
    )
    return { reduced, parties: book.result({ measures: [], differences: [], series }).parties }
  }

  test('are as busy in their busiest hour as the city’s, within a tenth', () => {
    const { parties, reduced } = loads(new Set(names))
    for (const [index, name] of names.entries()) {
      const full = partiesOf(two)[index]?.servers as number
      const factor = reduced.slowFactors[index] as number
      // Servers times their speed: exactly the share of the load that the sites kept put on them.
      expect((partiesOf(reduced.plan)[index]?.servers as number) / factor).toBeCloseTo(full * reduced.loadShare, 9)
      if (!['bureau', 'platform'].includes(name)) continue
      const row = parties.find(({ party, arm }) => party === name && arm === 'what-if-40')
      expect(Math.abs((row?.reduced as number) / (row?.whole as number) - 1), name).toBeLessThan(0.1)
    }
  })

  test('that would be left with less than half a server keep their speed, unless the city’s is near its limit', () => {
    const { slowFactors } = reducedCity(two, { siteShare: 0.2 })
    const near = reducedCity(two, { siteShare: 0.2 }, new Set(['suishenban']))
    const main = names.indexOf('suishenban')
    expect(slowFactors[main]).toBe(1)
    expect(near.slowFactors[main]).toBeCloseTo(1 / near.loadShare, 9)
    expect(near.slowFactors.filter((_, index) => index !== main)).toEqual(slowFactors.filter((_, index) => index !== main))
  })

  test('that a fault of the arm strikes are left to it', () => {
    const town = planOf('small-town')
    const { plan } = reducedCity(town, { siteShare: 0.4 }, new Set(['main-entry', 'second-entry']))
    const [before, after] = plan.scenario.arms as [Plan['scenario']['arms'][number], Plan['scenario']['arms'][number]]
    expect(before.faults).toContain('as-busy-as-the-city-main-entry')
    expect(after.faults).toContain('main-entry-outage')
    expect(after.faults).not.toContain('as-busy-as-the-city-main-entry')
    expect(after.faults).toContain('as-busy-as-the-city-second-entry')
  })
})
