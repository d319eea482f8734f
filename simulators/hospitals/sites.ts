/**
 * The city's sites (执业点), made from its aggregates: which tier and district, how large, which lines with how many servers.
 * A pure function of the city: no seed, so every seed of the people meets the same hospitals. Names are synthetic.
 */
import { type CityPlan, type GivenSitePlan, stationKinds, type Tier, tiers } from '../../scenarios/plan.ts'
import { powOf } from '../engine/elementary.ts'
import { meanSecondsOf } from '../engine/law.ts'
import { type JoinsPerVisit, joinsPerVisit } from './joins-per-visit.ts'

export interface Site {
  readonly name: string
  readonly institution: number
  /** Index in city.districts, in tiers. */
  readonly district: number
  readonly tier: number
  /** Share of the city's outpatient visits that come here. */
  readonly visitShare: number
  readonly emergency: boolean
  /** Indices in city.departments, one consulting line each. */
  readonly departments: readonly number[]
  /** Servers at full strength: stationKinds in order, then one line per department. */
  readonly servers: readonly number[]
}

/** Slots of a site before its consulting rooms. */
export const FIXED_SLOTS = stationKinds.length

/** All sites of a city at scale 1: generated from aggregates, or as given by name. */
export function sitesOf(city: CityPlan): readonly Site[] {
  return city.givenSites === undefined ? generatedSites(city) : givenSites(city, city.givenSites)
}

function generatedSites(city: CityPlan): readonly Site[] {
  const outlines: (Outline & { readonly needs: NeedsOfTier })[] = []
  let institutions = 0
  for (const plan of city.tiers) {
    const tier = tiers.indexOf(plan.tier)
    if (plan.sites === 0) continue
    const departments = largestDepartments(city, plan.departmentCount)
    const needs = { joins: joinsPerVisit(city, tier), departmentShares: departmentShares(city, departments) }
    const weights = Array.from({ length: plan.sites }, (_, rank) => powOf(rank + 1, -plan.sizeSkew))
    const districts = spread(
      plan.sites,
      city.districts.map((district) => district.populationShare),
    )
    // Large hospitals draw on the whole city; secondary and community sites on their district, so a district's sites share its people.
    const wholeCity = isCitywide(plan.tier)
    const sums = new Map<number, number>()
    for (const [rank, weight] of weights.entries()) {
      const key = wholeCity ? 0 : (districts[rank] as number)
      sums.set(key, (sums.get(key) ?? 0) + weight)
    }
    const served = wholeCity ? 1 : [...sums.keys()].reduce((sum, district) => sum + (city.districts[district]?.populationShare ?? 0), 0)
    for (const [rank, weight] of weights.entries()) {
      const district = districts[rank] as number
      const within = weight / (sums.get(wholeCity ? 0 : district) as number)
      const of = wholeCity ? 1 : (city.districts[district]?.populationShare ?? 0) / served
      const institution = institutions + (rank % plan.institutions)
      const districtTitle = city.districts[district]?.title
      outlines.push({
        name: `${districtTitle?.zh ?? ''}${plan.title.zh}${String(institution - institutions + 1)}-${String(Math.floor(rank / plan.institutions) + 1)}`,
        institution,
        district,
        tier,
        visitShare: plan.visitShare * of * within,
        emergency: rank < Math.round(plan.emergencySiteShare * plan.sites),
        departments,
        needs,
      })
    }
    institutions += plan.institutions
  }
  const emergencyWeight = outlines.reduce((sum, site) => sum + (site.emergency ? site.visitShare : 0), 0)
  return outlines.map(({ needs, ...outline }) => ({ ...outline, servers: serversOf(city, outline, emergencyWeight, needs) }))
}

type Outline = Omit<Site, 'servers'>

/** What the servers of all sites of a tier are planned from. */
interface NeedsOfTier {
  readonly joins: JoinsPerVisit
  /** In the order of the sites' departments. */
  readonly departmentShares: readonly number[]
}

/** Whether people come from all districts. */
export function isCitywide(tier: Tier): boolean {
  return tier === 'municipal-tertiary' || tier === 'district-tertiary'
}

/** The departments with the largest weights over all ages, in the city's order. */
function largestDepartments(city: CityPlan, count: number): readonly number[] {
  const weight = city.departments.map((department) =>
    department.weightByAge.reduce((sum, share, age) => sum + share * (city.people.ageShares[age] ?? 0), 0),
  )
  const kept = weight
    .map((_, index) => index)
    .sort((a, b) => (weight[b] as number) - (weight[a] as number) || a - b)
    .slice(0, count)
  return kept.sort((a, b) => a - b)
}

/** Servers of every line, from the load of the busiest hour of a mean working day and the wanted utilisation. */
function serversOf(city: CityPlan, site: Outline, emergencyWeight: number, { joins, departmentShares }: NeedsOfTier): readonly number[] {
  const { demand } = city
  const workday = demand.weekdayFactors.slice(0, 5).reduce((sum, factor) => sum + factor, 0) / 5
  const perDay = demand.visitsPerDay * workday
  const emergencyVisits = site.emergency ? (perDay * demand.emergencyShare * site.visitShare) / emergencyWeight : 0
  const peakShare = demand.hourlyShares.reduce((most, share) => Math.max(most, share), 0)
  const visitsInPeakHour = perDay * site.visitShare * peakShare
  // Emergency patients stand in the same lines for cashier, laboratory, imaging and drugs; at the largest hospitals they are a sixth.
  const emergenciesInPeakHour = emergencyVisits * (demand.emergencyHourlyShares[demand.hourlyShares.indexOf(peakShare)] ?? 0)
  const settlement = settlementSeconds(city)
  const fixed = stationKinds.map((kind) => {
    const station = city.stations[kind]
    const service = meanSecondsOf(lawNamed(city, station.serviceLaw)) + (joins.settles.has(kind) ? settlement : 0)
    const emergencyPeak = demand.emergencyHourlyShares.reduce((most, share) => Math.max(most, share), 0)
    const arrivals =
      kind === 'emergency-room'
        ? emergencyVisits * emergencyPeak
        : visitsInPeakHour * (joins.byKind.get(kind) ?? 0) + emergenciesInPeakHour * (joins.byKindOfEmergency.get(kind) ?? 0)
    if (arrivals === 0) return kind === 'emergency-room' && !site.emergency ? 0 : station.minimumServers
    return Math.max(station.minimumServers, Math.ceil((arrivals * service) / 3600 / (station.peakUtilization[site.tier] ?? 1)))
  })
  const first = meanSecondsOf(lawNamed(city, city.journey.firstConsultLaw))
  const again = meanSecondsOf(lawNamed(city, city.journey.returnConsultLaw))
  const rooms = departmentShares.map((share) => {
    const work = (visitsInPeakHour * share * (first + joins.examined * again)) / 3600
    return Math.max(city.consulting.minimumServers, Math.ceil(work / (city.consulting.peakUtilization[site.tier] ?? 1)))
  })
  return [...fixed, ...rooms]
}

/** Share of a site's visits per department, over all ages. */
function departmentShares(city: CityPlan, departments: readonly number[]): readonly number[] {
  const weight = departments.map((index) =>
    (city.departments[index]?.weightByAge ?? []).reduce((sum, share, age) => sum + share * visitShareOfAge(city, age), 0),
  )
  const total = weight.reduce((sum, share) => sum + share, 0)
  return weight.map((share) => share / total)
}

/** Share of all visits made by an age group. */
export function visitShareOfAge(city: CityPlan, age: number): number {
  const visits = city.people.ageShares.map(
    (share, group) => share * (city.people.frequencyClasses[group] ?? []).reduce((sum, kind) => sum + kind.share * kind.visitsPerYear, 0),
  )
  return (visits[age] ?? 0) / visits.reduce((sum, share) => sum + share, 0)
}

/** Mean time a window is held by the two calls to the bureau, unhindered. */
function settlementSeconds(city: CityPlan): number {
  return ['bureau/presettle', 'bureau/settle'].reduce(
    (sum, operation) => sum + meanSecondsOf(lawNamed(city, city.parties.operations[operation] ?? '')),
    0,
  )
}

function lawNamed(city: CityPlan, name: string) {
  const law = city.laws[name]
  if (law === undefined) throw new Error(`the city has no law "${name}"; the scenario's door should have said so`)
  return law
}

/** Deals out n places in the given shares by largest remainders, interleaved so that every district gets large and small ones. */
function spread(n: number, shares: readonly number[]): readonly number[] {
  const dealt = shares.map(() => 0)
  return Array.from({ length: n }, (_, place) => {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (const [index, share] of shares.entries()) {
      const behind = share * (place + 1) - (dealt[index] as number)
      if (behind > most) {
        most = behind
        best = index
      }
    }
    dealt[best] = (dealt[best] as number) + 1
    return best
  })
}

function givenSites(city: CityPlan, given: readonly GivenSitePlan[]): readonly Site[] {
  const total = given.reduce((sum, site) => sum + site.hourlyArrivals.reduce((a, b) => a + b, 0), 0)
  return given.map((site, index) => {
    const departments = site.departments.map((department) => city.departments.findIndex(({ name }) => name === department.name))
    return {
      name: site.name,
      institution: index,
      district: city.districts.findIndex(({ name }) => name === site.district),
      tier: tiers.indexOf(site.tier),
      visitShare: site.hourlyArrivals.reduce((a, b) => a + b, 0) / total,
      emergency: (site.servers['emergency-room'] ?? 0) > 0,
      departments,
      servers: [...stationKinds.map((kind) => site.servers[kind] ?? 0), ...site.departments.map((department) => department.doctors)],
    }
  })
}
