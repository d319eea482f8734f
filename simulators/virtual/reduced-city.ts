/**
 * A reduced city: whole sites sampled, with the people and visits that are theirs, in front of shared parties as busy as the city's.
 * A plan like any other comes out, so that what plays a city plays this one.
 *
 * SITES    In each tier, by size, one of every run of so many sites: of those near the run's mean size the one with which the sites kept
 *          come nearest to the tier's cashier windows a visit, since whole windows make one site in ten far shorter than its tier; of
 *          equals the one whose district is behind its share. No seed, so that every plan of an assumption study meets the same choice.
 * WEIGHTS  Where tiers keep different shares a visit counts as many as its tier has in the city, so that means are the city's.
 * PEOPLE   As many fewer as visits, so that a person comes as often; whoever comes is dealt to the kept sites by their own visits.
 * PARTIES  Servers in proportion to the visits kept, rounded up; service times longer by what the rounding up gave away, so that the
 *          party is as busy as the city's. Few servers as busy as many make callers wait longer, by less than a second where the
 *          city's would not make them wait at all; that is part of the departure. Where not even half a server would be left, one at
 *          twice its time or more would make callers wait as nobody does in the city, so it keeps its own speed and is less busy,
 *          unless the city's is near its limit (`nearLimit`): then it slows down in full, and saturates as the city's does.
 */
import { type CityPlan, type GivenSitePlan, type Plan, stationKinds, tiers } from '../../scenarios/plan.ts'
import { type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import type { SitesKept } from '../../scenarios/plan-study.ts'
import { joinsPerVisit } from '../hospitals/joins-per-visit.ts'
import { FIXED_SLOTS, type Site, sitesOf } from '../hospitals/sites.ts'
import { fileDesk, type PartyOfRun, partiesOf } from './compile-city.ts'
import { sitesInRun } from './sites-in-run.ts'

export interface ReducedCity {
  readonly plan: Plan
  readonly sites: number
  /** Sites kept ÷ sites of the run. */
  readonly siteShare: number
  /** Of the load that the run's sites put on the shared parties, the share that these put. */
  readonly loadShare: number
  /** By party, in the order of partiesOf: servers in the city, and factor on its service times here. */
  readonly fullServers: readonly number[]
  readonly slowFactors: readonly number[]
  /** By tier: share of all visits of the run, emergencies with them. Few sites of a tier may stand for too much or too little of it. */
  readonly tierWeights: readonly number[]
}

/** @param nearLimit names of parties that have to be as busy as the city's whatever it takes */
export function reducedCity(plan: Plan, keep: SitesKept, nearLimit: ReadonlySet<string> = new Set()): ReducedCity {
  const { city, scenario } = plan
  const run = sitesInRun(sitesOf(city), scenario.scale, scenario.seed)
  const kept = sampledSites(run.sites, city, keep)
  const visits = sum(kept.map((site) => site.visitShare))
  const loadShare = paymentsOf(kept, city) / paymentsOf(run.sites, city)
  const remoteShare = loadShare * scenario.scale
  const parties = partiesOf(plan)
  const servers = parties.map((party) => Math.max(1, Math.ceil(party.servers * loadShare - 1e-9)))
  const slowFactors = parties.map(({ name, servers: full }, index) => {
    const factor = (servers[index] as number) / (full * loadShare)
    return factor <= LARGEST_UNNOTICED || nearLimit.has(name) ? Math.max(1, factor) : 1
  })
  const serversOf = new Map(parties.map(({ name }, index) => [name, servers[index] as number]))
  const asMany = <Party extends { readonly name: string }>(party: Party) => ({ ...party, servers: serversOf.get(party.name) as number })
  const emergencies = (sites: readonly Site[]): number => sum(sites.map((site) => (site.emergency ? site.visitShare : 0)))
  const { demand, people, parties: partiesPlan } = city
  const visitsOf = (sites: readonly Site[]): number =>
    sum(sites.map((site) => site.visitShare)) +
    (emergencies(run.all) > 0 ? (demand.emergencyShare * emergencies(sites)) / emergencies(run.all) : 0)
  const tierShares = (sites: readonly Site[]): readonly number[] =>
    tiers.map((_, tier) => visitsOf(sites.filter((site) => site.tier === tier)) / visitsOf(sites))
  const tierWeights = tierShares(run.sites)
  const { observedWaits: _, ...rest } = city
  const reduced: CityPlan = {
    ...rest,
    people: { ...people, persons: Math.max(1, Math.round(people.persons * visits)) },
    demand: {
      ...demand,
      visitsPerDay: Math.max(1, Math.round(demand.visitsPerDay * visits)),
      emergencyShare: emergencies(run.all) > 0 ? (demand.emergencyShare * emergencies(kept)) / emergencies(run.all) / visits : 0,
    },
    remote: city.remote.map((one) => ({ ...one, visitsPerHour: one.visitsPerHour * remoteShare })),
    signUp: { ...city.signUp, attemptsPerDay: city.signUp.attemptsPerDay * remoteShare },
    parties: {
      ...partiesPlan,
      channels: partiesPlan.channels.map(asMany),
      platform: { servers: serversOf.get('platform') as number },
      bureau: { servers: serversOf.get('bureau') as number },
      banks: partiesPlan.banks.map(asMany),
      // A rule that counts calls sees as many fewer of them.
      health: { ...partiesPlan.health, minimumCalls: Math.max(2, Math.round(partiesPlan.health.minimumCalls * loadShare)) },
    },
    givenSites: kept.map((site) => asGiven(site, city)),
    visitWeights: tierShares(kept).map((share, tier) => (share > 0 ? (tierWeights[tier] as number) / share : 1)),
  }
  return {
    plan: {
      ...plan,
      city: reduced,
      scenario: slowed({ ...goingLive(scenario, loadShare, slowFactors.at(-1) as number), scale: 1 }, parties, slowFactors),
    },
    sites: kept.length,
    siteShare: kept.length / run.sites.length,
    loadShare,
    fullServers: parties.map((party) => party.servers),
    slowFactors,
    tierWeights,
  }
}

/** Up to twice the time of a back end's call, a fraction of a second, is nothing beside the minute at a window. */
const LARGEST_UNNOTICED = 2

/** The file desk stands last among the parties; its transfers, the halls' sign-ups and the institutions of a wave go with the sites. */
function goingLive(scenario: Plan['scenario'], share: number, slowness: number): Plan['scenario'] {
  const { goLive } = scenario
  if (goLive === undefined) return scenario
  return {
    ...scenario,
    goLive: {
      ...goLive,
      fileDeskTransfers: Math.max(1, Math.ceil(goLive.fileDeskTransfers * share - 1e-9)),
      fileDeskMegabitsPerSecond: goLive.fileDeskMegabitsPerSecond / slowness,
      hallSignUps: goLive.hallSignUps * share,
      waves: goLive.waves.map((wave) => ({ ...wave, municipalInstitutions: Math.round(wave.municipalInstitutions * share) })),
    },
  }
}

/** Longer service times of a party are a slowness that lasts all day, in arms whose own faults leave the party alone. */
function slowed(scenario: Plan['scenario'], parties: readonly PartyOfRun[], factors: readonly number[]): Plan['scenario'] {
  const slow = parties.flatMap(({ kind, name }, index): FaultPlan[] => {
    const slowFactor = factors[index] as number
    if (slowFactor === 1 || name === fileDesk) return []
    const target = { party: kind, name }
    const name0 = `as-busy-as-the-city-${name}`
    return [{ name: name0, kind: 'slow', target, fromSecond: 0, toSecond: 86_400, form: 'refuse', ...noStrength, slowFactor }]
  })
  const struck = (names: readonly string[], fault: FaultPlan): boolean =>
    scenario.faults.some(
      ({ name, target }) => names.includes(name) && target.party === fault.target.party && target.name === fault.target.name,
    )
  return {
    ...scenario,
    faults: [...scenario.faults, ...slow],
    arms: scenario.arms.map((arm) => ({
      ...arm,
      faults: [...arm.faults, ...slow.filter((fault) => !struck(arm.faults, fault)).map(({ name }) => name)],
    })),
  }
}

/** Payments to be expected at these sites, in visits of the city: what the shared parties have to do with hospitals. */
function paymentsOf(sites: readonly Site[], city: CityPlan): number {
  const each = tiers.map((tier, index) => {
    const { drugShare } = city.tiers.find((one) => one.tier === tier) ?? { drugShare: 0 }
    return city.tiers.some((one) => one.tier === tier) ? 1 + joinsPerVisit(city, index).examined + drugShare : 0
  })
  return sum(sites.map(({ visitShare, tier }) => visitShare * (each[tier] as number)))
}

/** The sites kept, in the order of the city. */
function sampledSites(sites: readonly Site[], city: CityPlan, { siteShare, siteShareOf = {} }: SitesKept): readonly Site[] {
  const kept = new Set<Site>()
  const ofDistrict = city.districts.map(() => 0)
  for (const [tier, name] of tiers.entries()) {
    const bySize = sites.filter((site) => site.tier === tier).sort((a, b) => b.visitShare - a.visitShare)
    if (bySize.length === 0) continue
    const wanted = Math.max(1, Math.round(bySize.length * (siteShareOf[name] ?? siteShare)))
    const windowsAVisit = sum(bySize.map(windowsOf)) / sum(bySize.map((site) => site.visitShare))
    const chosen: Site[] = []
    // What the sites chosen so far lack of their runs' mean sizes; the next one makes up for it.
    let lacking = 0
    for (let run = 0; run < wanted; run++) {
      const from = Math.floor((run * bySize.length) / wanted)
      const members = bySize.slice(from, Math.floor(((run + 1) * bySize.length) / wanted))
      const mean = sum(members.map((site) => site.visitShare)) / members.length
      lacking += mean
      const offSize = (site: Site): number => Math.abs(site.visitShare - lacking)
      const nearest = least(members, offSize)
      const near = members.filter((site) => offSize(site) <= offSize(nearest) + NEAR * mean)
      const offWindows = (site: Site): number => {
        const all = [...chosen, site]
        return Math.abs(sum(all.map(windowsOf)) / sum(all.map(({ visitShare }) => visitShare)) / windowsAVisit - 1)
      }
      const best = offWindows(least(near, offWindows))
      const behind = ({ district }: Site): number =>
        (city.districts[district]?.populationShare ?? 0) * (kept.size + 1) - (ofDistrict[district] as number)
      const one = least(
        near.filter((site) => offWindows(site) <= best + ALIKE),
        (site) => -behind(site),
      )
      kept.add(one)
      chosen.push(one)
      lacking -= one.visitShare
      ofDistrict[one.district] = (ofDistrict[one.district] as number) + 1
    }
  }
  return sites.filter((site) => kept.has(site))
}

const cashier = stationKinds.indexOf('cashier-window')
const windowsOf = ({ servers }: Site): number => servers[cashier] as number
/** Of equals the first. */
const least = (sites: readonly Site[], of: (site: Site) => number): Site =>
  sites.reduce((best, site) => (of(site) < of(best) ? site : best))
/** Sites whose sizes differ by this share of their run's mean are near each other. */
const NEAR = 0.15
/** Sites that come as near to their tier's windows a visit as this are alike. */
const ALIKE = 0.005

/** A site with what it has, whatever the city it came from: lines, departments and visits by the hour. */
function asGiven(site: Site, city: CityPlan): GivenSitePlan {
  const own = city.givenSites?.find(({ name }) => name === site.name)
  return {
    name: site.name,
    district: city.districts[site.district]?.name ?? '',
    tier: tiers[site.tier] as GivenSitePlan['tier'],
    servers: Object.fromEntries(stationKinds.map((kind, slot) => [kind, site.servers[slot] as number])),
    departments: site.departments.map((department, index) => ({
      name: city.departments[department]?.name ?? '',
      doctors: site.servers[FIXED_SLOTS + index] as number,
    })),
    hourlyArrivals: own?.hourlyArrivals ?? city.demand.hourlyShares.map((share) => share * city.demand.visitsPerDay * site.visitShare),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
