import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { type Site, sitesOf } from '../hospitals/sites.ts'
import { VISIT_EMERGENCY } from '../patients/day-visits.ts'
import { type CityPlayer, cityPlayer } from './city-player.ts'
import { describeCity } from './describe-city.ts'
import { sitesInRun } from './sites-in-run.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const shanghai = sitesOf(planOf('shanghai-weekday').city)
const perTier = (sites: readonly Site[]): readonly number[] =>
  tiers.map((_, tier) => sites.reduce((sum, site) => sum + (site.tier === tier ? 1 : 0), 0))

describe('sites of a run', () => {
  test('at scale 1 they are the city’s, in order', () => {
    const { sites, numbers } = sitesInRun(shanghai, 1, 7)
    expect(sites).toEqual(shanghai)
    expect(numbers.map((numberOf) => [...numberOf])).toEqual([[...shanghai.keys()]])
  })

  test('at 2 the city stands there twice, at 1.5 once and half', () => {
    expect(sitesInRun(shanghai, 2, 7).sites).toEqual([...shanghai, ...shanghai])
    const oneAndHalf = sitesInRun(shanghai, 1.5, 7)
    expect(oneAndHalf.sites.slice(0, shanghai.length)).toEqual(shanghai)
    expect(oneAndHalf.sites.length).toBeGreaterThan(1.499 * shanghai.length)
    expect(oneAndHalf.sites.length).toBeLessThan(1.501 * shanghai.length)
  })

  test('a fraction keeps that share of every tier, whole sites, each of them once, whatever the seed', () => {
    const shares = fc.double({ min: 0.01, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 1e9 }), (share, seed) => {
        const { sites, numbers } = sitesInRun(shanghai, share, seed)
        expect(new Set(sites).size).toBe(sites.length)
        for (const [tier, count] of perTier(sites).entries()) {
          expect(Math.abs(count - share * (perTier(shanghai)[tier] as number))).toBeLessThan(1)
        }
        const kept = [...(numbers[0] as Int32Array)].flatMap((number, index) => (number >= 0 ? [[number, shanghai[index]]] : []))
        expect(kept).toEqual(sites.map((site, number) => [number, site]))
      }),
      { numRuns: 40 },
    )
  })

  test('which sites a fraction keeps is the seed’s', () => {
    const kept = (seed: number) => sitesInRun(shanghai, 0.5, seed).sites.map(({ name }) => name)
    expect(kept(7)).toEqual(kept(7))
    expect(kept(7)).not.toEqual(kept(8))
  })
})

describe('a small town at several scales', () => {
  const played = new Map([0.5, 1, 1.5, 2].map((scale) => [scale, cityPlayer(planOf('small-town', { scale }), bytes)]))
  const at = (scale: number): CityPlayer => played.get(scale) as CityPlayer
  /** Visits to hospitals: who (which draws), to the site of which number. */
  const visitsAt = (scale: number): readonly (readonly [draw: number, site: number])[] => {
    const day = at(scale).peopleOf(0)
    return Array.from({ length: day.count }, (_, v) => [day.kind[v], day.drawId[v], day.site[v]] as [number, number, number])
      .filter(([kind]) => kind <= VISIT_EMERGENCY)
      .map(([, draw, site]) => [draw, site])
  }
  const sorted = (visits: readonly (readonly [number, number])[]) => [...visits].sort(([a], [b]) => a - b)

  test('half a town has the kept sites’ own visits, all of them and no others', () => {
    const run = sitesInRun(at(1).sites, 0.5, 7)
    expect(at(0.5).sites).toEqual(run.sites)
    const numberOf = run.numbers[0] as Int32Array
    const expected = visitsAt(1).flatMap(([draw, site]): [number, number][] =>
      (numberOf[site] as number) < 0 ? [] : [[draw, numberOf[site] as number]],
    )
    expect(expected.length).toBeGreaterThan(50)
    expect(expected.length).toBeLessThan(visitsAt(1).length)
    expect(sorted(visitsAt(0.5))).toEqual(sorted(expected))
  })

  test('two towns are the first as it was and a second with people of its own', () => {
    const town = at(1).sites.length
    expect(at(2).sites).toHaveLength(2 * town)
    const both = visitsAt(2)
    expect(sorted(both.filter(([, site]) => site < town))).toEqual(sorted(visitsAt(1)))
    const second = both.filter(([, site]) => site >= town)
    const people = new Set(visitsAt(1).map(([draw]) => draw))
    expect(second.filter(([draw]) => people.has(draw))).toEqual([])
    expect(Math.abs(second.length / visitsAt(1).length - 1)).toBeLessThan(0.25)
  })

  test('one town and a half has the visits of the first and some of the second', () => {
    const visits = (scale: number) => new Map(visitsAt(scale))
    const [one, oneAndHalf, two] = [visits(1), visits(1.5), visits(2)]
    for (const [draw, site] of one) expect(oneAndHalf.get(draw)).toBe(site)
    expect([...oneAndHalf.keys()].filter((draw) => !two.has(draw))).toEqual([])
    expect(oneAndHalf.size).toBeGreaterThan(one.size)
    expect(oneAndHalf.size).toBeLessThan(two.size)
  })

  test('channels, platform, bureau and banks stay as they are at every scale', () => {
    const desks = (scale: number) => {
      const player = at(scale)
      const { city } = player.prepareArm(0, player.peopleOf(0), 0)
      const servers = city.whole.stationServers as Int32Array
      return city.parties.map((party, index) => [
        party.name,
        party.servers,
        servers[(city.whole.partyStation as Int32Array)[index] as number],
      ])
    }
    expect(desks(1)).toHaveLength(3 + 1 + 1 + 2)
    for (const scale of [0.5, 1.5, 2]) expect(desks(scale)).toEqual(desks(1))
  })

  test('a result names the size that was played, not the city’s own', () => {
    const sizes = (scenario: string, scale: number) => {
      const { institutions, sites } = describeCity(planOf(scenario, { scale }))
      return [institutions, sites]
    }
    expect([sizes('small-town', 1), sizes('small-town', 2)]).toEqual([
      [5, 8],
      [10, 16],
    ])
    expect(sizes('small-town', 0.5)[1]).toBe(at(0.5).sites.length)
    expect(sizes('shanghai-weekday', 1)).toEqual([417, 2037])
    const [institutions, sites] = sizes('shanghai-weekday', 0.1) as [number, number]
    expect(Math.abs(sites - 203.7)).toBeLessThan(4)
    expect(institutions).toBeLessThanOrEqual(sites)
  })

  test('and so more towns load the same bureau more', () => {
    const calls = (scale: number) => {
      const player = at(scale)
      const spec = player.specs.findIndex(({ name }) => name === 'peak-calls-per-second/bureau')
      return player.playDay(0).map((arm) => arm.counts[spec] as number)
    }
    const [half, one, two] = [calls(0.5), calls(1), calls(2)]
    for (const arm of [0, 1]) {
      expect(half[arm]).toBeLessThan(one[arm] as number)
      expect((two[arm] as number) / (one[arm] as number)).toBeGreaterThan(1.7)
    }
  })
})
