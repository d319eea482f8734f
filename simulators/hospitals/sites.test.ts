import { expect, test } from 'vitest'
import { stationKinds, tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { sitesInRun } from '../virtual/sites-in-run.ts'
import { FIXED_SLOTS, isCitywide, type Site, sitesOf, visitShareOfAge } from './sites.ts'

const { city } = planOf('shanghai-weekday')
const sites = sitesOf(city)
const byTier = (list: readonly Site[]): number[] => tiers.map((_, tier) => list.filter((site) => site.tier === tier).length)
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0)

test('Shanghai has the 417 institutions and 2,037 sites of the paper, tier by tier', () => {
  expect(sites.length).toBe(2037)
  expect(new Set(sites.map((site) => site.institution)).size).toBe(417)
  expect(byTier(sites)).toEqual(tiers.map((tier) => city.tiers.find((plan) => plan.tier === tier)?.sites))
  for (const plan of city.tiers) {
    const own = sites.filter((site) => tiers[site.tier] === plan.tier)
    expect(new Set(own.map((site) => site.institution)).size).toBe(plan.institutions)
    expect(sum(own.map((site) => site.visitShare))).toBeCloseTo(plan.visitShare, 9)
  }
  expect(new Set(sites.map((site) => site.name)).size).toBe(2037)
})

test('the shares of all sites make one, and a district shares out its own people', () => {
  expect(sum(sites.map((site) => site.visitShare))).toBeCloseTo(1, 9)
  for (const plan of city.tiers) {
    if (isCitywide(plan.tier)) continue
    for (const [district, { populationShare }] of city.districts.entries()) {
      const own = sites.filter((site) => tiers[site.tier] === plan.tier && site.district === district)
      expect(sum(own.map((site) => site.visitShare))).toBeCloseTo(plan.visitShare * populationShare, 9)
    }
  }
  expect(sum(city.people.ageShares.map((_, age) => visitShareOfAge(city, age)))).toBeCloseTo(1, 9)
})

test('every site has a server at each line its patients join, and a department for every age', () => {
  for (const site of sites) {
    expect(site.servers.length).toBe(FIXED_SLOTS + site.departments.length)
    for (const [slot, servers] of site.servers.entries()) {
      if (stationKinds[slot] === 'emergency-room') expect(servers > 0, site.name).toBe(site.emergency)
      else expect(servers, `${site.name}, slot ${slot}`).toBeGreaterThanOrEqual(1)
    }
    for (const age of city.people.ageShares.keys()) {
      expect(sum(site.departments.map((index) => city.departments[index]?.weightByAge[age] as number)), site.name).toBeGreaterThan(0)
    }
  }
  expect(sites.filter((site) => site.emergency).length).toBeGreaterThan(100)
})

test('of two sites of a tier, both with an emergency room or both without, the larger never has fewer servers at a line', () => {
  for (const group of [...tiers.keys(), ...tiers.keys()].entries()) {
    const own = sites
      .filter((site) => site.tier === group[1] && site.emergency === group[0] < tiers.length)
      .sort((a, b) => b.visitShare - a.visitShare)
    const room = stationKinds.indexOf('emergency-room')
    for (let n = 1; n < own.length; n++) {
      for (const [slot, servers] of (own[n] as Site).servers.entries()) {
        if (slot !== room) expect(servers).toBeLessThanOrEqual((own[n - 1] as Site).servers[slot] as number)
      }
    }
  }
})

test('the city is made alike twice', () => {
  expect(sitesOf(city)).toEqual(sites)
})

test('a fraction keeps that share of every tier, whole sites, large ones and small ones', () => {
  for (const scale of [0.05, 0.25, 0.5]) {
    const run = sitesInRun(sites, scale, 11)
    for (const [tier, kept] of byTier(run.sites).entries())
      expect(Math.abs(kept - scale * (byTier(sites)[tier] as number))).toBeLessThanOrEqual(1)
    for (const site of run.sites) expect(sites).toContain(site)
    expect(run.sites.filter((site) => site.emergency).length).toBeGreaterThan(0)
  }
})

test('over the seeds a fraction keeps that share of the visits', () => {
  const seeds = Array.from({ length: 400 }, (_, seed) => sum(sitesInRun(sites, 0.05, seed).sites.map((site) => site.visitShare)))
  expect(Math.abs(sum(seeds) / seeds.length / 0.05 - 1)).toBeLessThan(0.03)
})

test('a scale of 1.5 is one city whole and half the sites of a second, numbered in a row', () => {
  const run = sitesInRun(sites, 1.5, 11)
  expect(run.numbers.length).toBe(2)
  expect([...(run.numbers[0] as Int32Array)]).toEqual([...sites.keys()])
  const second = (run.numbers[1] as Int32Array).filter((number) => number >= 0)
  expect([...second]).toEqual(Array.from(second, (_, n) => 2037 + n))
  expect(Math.abs(second.length - 2037 / 2)).toBeLessThanOrEqual(4)
  expect(run.sites.length).toBe(2037 + second.length)
  for (const [index, number] of (run.numbers[1] as Int32Array).entries()) if (number >= 0) expect(run.sites[number]).toBe(sites[index])
})

test('another seed keeps other sites of a fraction', () => {
  expect(sitesInRun(sites, 0.1, 1).sites).not.toEqual(sitesInRun(sites, 0.1, 2).sites)
})
