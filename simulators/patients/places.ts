/** Where visits go and what they need there: tiers, sites by tier and district, emergency rooms, departments, examinations and drugs. */
import { type Plan, stationKinds, tiers } from '../../scenarios/plan.ts'
import { isCitywide, type Site } from '../hospitals/sites.ts'
import { drawnIndex, type Shares, sharesOf } from './shares.ts'

export interface SitePool {
  readonly site: Int32Array
  readonly shares: Shares
}

/** What a visit needs besides the doctor, as bits. */
export const NEEDS_LABORATORY = 1
export const NEEDS_IMAGING = 2
export const NEEDS_DRUGS = 4

export interface Places {
  readonly tierShares: Shares
  /** By tier × districts + district. */
  readonly pools: readonly SitePool[]
  readonly districts: number
  readonly emergency: SitePool | null
  /** Share of all visits that are emergencies. */
  readonly emergencyOdds: number
  /** By site. */
  readonly tierOf: Uint8Array
  /** By site × age groups + age. */
  readonly departments: readonly Shares[]
  /** By site: the needs it can serve. */
  readonly serves: Uint8Array
  /** Whether some site cannot serve every need, so that what was done there depends on the site. */
  readonly somethingLacks: boolean
  /** By tier: shares of the eight combinations of needs, in the order of their bits. */
  readonly needs: readonly Shares[]
  /** By site: hours of outpatients' arrivals. */
  readonly hours: readonly Shares[]
}

export function placesOf(plan: Plan, sites: readonly Site[]): Places {
  const { city } = plan
  const given = city.givenSites
  const pool = (members: readonly number[]): SitePool => ({
    site: Int32Array.from(members),
    shares: sharesOf(members.map((index) => (sites[index] as Site).visitShare)),
  })
  const pools = tiers.flatMap((tier, index) => {
    const members = sites.flatMap((site, at) => (site.tier === index ? [at] : []))
    const whole = pool(members)
    return city.districts.map((_, district) => {
      // A given site has its own number of visits, whoever lives nearby.
      const near = isCitywide(tier) || given !== undefined ? [] : members.filter((at) => (sites[at] as Site).district === district)
      return near.length > 0 ? pool(near) : whole
    })
  })
  const rooms = sites.flatMap((site, at) => (site.emergency ? [at] : []))
  const serves = Uint8Array.from(sites, (site) => (given === undefined ? NEEDS_LABORATORY | NEEDS_IMAGING | NEEDS_DRUGS : servedAt(site)))
  const cityHours = sharesOf(city.demand.hourlyShares)
  // Sites of a tier mostly run the same departments: one table for all who do stays in the cache.
  const known = new Map<string, Shares>()
  const departments = sites.flatMap((site) =>
    city.people.ageShares.map((_, age) => {
      const key = `${age}:${site.departments.join(',')}`
      const shares = known.get(key) ?? sharesOf(site.departments.map((index) => city.departments[index]?.weightByAge[age] ?? 0))
      known.set(key, shares)
      return shares
    }),
  )
  return {
    tierShares: sharesOf(tiers.map((_, tier) => sites.reduce((sum, site) => sum + (site.tier === tier ? site.visitShare : 0), 0))),
    pools,
    districts: city.districts.length,
    emergency: rooms.length > 0 ? pool(rooms) : null,
    emergencyOdds: rooms.length > 0 ? city.demand.emergencyShare / (1 + city.demand.emergencyShare) : 0,
    tierOf: Uint8Array.from(sites, (site) => site.tier),
    departments,
    serves,
    somethingLacks: serves.some((bits) => bits !== 7),
    needs: tiers.map((tier) => {
      const found = city.tiers.find((candidate) => candidate.tier === tier)
      return sharesOf(
        Array.from({ length: 8 }, (_, bits) => {
          const odds = (share: number, bit: number): number => ((bits & bit) !== 0 ? share : 1 - share)
          // Laboratory, imaging and drugs are drawn apart; their product in one draw is the same.
          return (
            odds(found?.laboratoryShare ?? 0, NEEDS_LABORATORY) *
            odds(found?.imagingShare ?? 0, NEEDS_IMAGING) *
            odds(found?.drugShare ?? 0, NEEDS_DRUGS)
          )
        }),
      )
    }),
    hours: given === undefined ? sites.map(() => cityHours) : given.map((site) => sharesOf(site.hourlyArrivals)),
  }
}

/** The site an ordinary visit goes to. */
export function siteFor(places: Places, tier: number, district: number, u: number): number {
  const pool = places.pools[tier * places.districts + district] as SitePool
  return pool.site[drawnIndex(pool.shares, u)] as number
}

/** What a site of the user's own can do; what it cannot is not done. */
function servedAt(site: Site): number {
  const has = (kind: (typeof stationKinds)[number]): boolean => (site.servers[stationKinds.indexOf(kind)] ?? 0) > 0
  return (has('laboratory') ? NEEDS_LABORATORY : 0) | (has('imaging') ? NEEDS_IMAGING : 0) | (has('pharmacy-window') ? NEEDS_DRUGS : 0)
}
