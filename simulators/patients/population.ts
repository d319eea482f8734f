/**
 * One day's visits, drawn from the people: who is due and comes, when, to which site, what they need and what it costs.
 *
 * DRAWS  A person's traits are keyed by person, a visit's by person and how-manieth cycle; both by the names below. So people keep
 *        their habits from day to day, arms meet the same people, and a new bank or department leaves other draws as they were.
 */
import type { Plan, StationKind } from '../../scenarios/plan.ts'
import { registrationWays, stationKinds, tiers } from '../../scenarios/plan.ts'
import { dayNumber, lastStart } from '../engine/civil-date.ts'
import { permute } from '../engine/permutation.ts'
import { decisionCounter, drawWord, secondWord, streamKeys, uniformOf } from '../engine/random.ts'
import { DecisionNames, seedWords } from '../engine/streams.ts'
import { FIXED_SLOTS, isCitywide, type Site } from '../hospitals/sites.ts'
import { splitWidth } from '../policy/reimbursement.ts'
import {
  type DayVisits,
  HABIT_IMPATIENT,
  HABIT_RAISE,
  layDayVisits,
  VISIT_EMERGENCY,
  VISIT_INTERNET,
  VISIT_OUTPATIENT,
  VISIT_PHARMACY,
  VISIT_SIGN_UP,
} from './day-visits.ts'
import { drawnIndex, type Shares, sharesOf } from './shares.ts'
import { strataOf } from './strata.ts'
import { type YearSoFar, yearSoFarOf } from './year-so-far.ts'

export interface Population {
  /** The visits of the plan's day for this replication, in order of arrival. The columns are reused by the next call. */
  visitsOf(replication: number): DayVisits
}

/** Ordinals of a person's visits within draws: cycles use 0…28, remote visits the rest. */
const CYCLES = 29
const ORDINALS = 32

/**
 * @param sites all sites of the city
 * @param numbers by copy of the city (independent seeds of the people, each with its own sites): each site's number in this run,
 *   −1 where a fraction of the city leaves it out with its visits
 */
export function populationOf(plan: Plan, sites: readonly Site[], numbers: readonly Int32Array[]): Population {
  const kept = numbers.reduce((sum, copy) => sum + copy.reduce((count, number) => count + (number >= 0 ? 1 : 0), 0), 0)
  const { city } = plan
  const names = new DecisionNames()
  const decision = (name: string): number => decisionCounter(names.numberOf(name), 0)
  const d = {
    day: decision('city/day-to-day'),
    comes: decision('visit/comes'),
    kind: decision('visit/kind'),
    arrival: decision('visit/arrival'),
    tier: decision('visit/tier'),
    site: decision('visit/site'),
    department: decision('visit/department'),
    examination: decision('visit/examination'),
    drugs: decision('visit/drugs'),
    triage: decision('visit/triage'),
    selfService: decision('visit/self-service'),
    home: decision('person/district'),
    insured: decision('person/insured-type'),
    adoption: decision('person/adoption'),
    registration: decision('person/registration-way'),
    habits: decision('person/patience'),
    entry: decision('person/entry'),
    further: decision('person/further-entries'),
    bank: decision('person/banks'),
    limit: decision('person/credit-limit'),
    signUp: decision('sign-up/result'),
    remote: decision('remote/platform'),
    bill: decision('visit/bill'),
    history: decision('person/history-account'),
  }
  const day = dayNumber(plan.scenario.date)
  const yearStart = lastStart(day, plan.scenario.date, plan.policy.insuranceYearStart)
  const ageCount = city.people.ageShares.length
  const insured = city.people.insuredShares.map(sharesOf)
  const registration = city.people.registrationShares.map(sharesOf)
  const home = sharesOf(city.districts.map((district) => district.populationShare))
  const open = city.parties.channels.map((channel) => (dayNumber(channel.openedOn) <= day ? channel.usageShare : 0))
  const channels = sharesOf(open.some((share) => share > 0) ? open : city.parties.channels.map((_, index) => (index === 0 ? 1 : 0)))
  const banks = sharesOf(city.parties.banks.map((bank) => bank.share))
  const limits = sharesOf(city.people.credit.limits.map((limit) => limit.share))
  const triage = sharesOf(city.demand.triageShares)
  const hours = sharesOf(city.demand.hourlyShares)
  const emergencyHours = sharesOf(city.demand.emergencyHourlyShares)
  const signUpHours = sharesOf(city.signUp.hourlyShares)
  const remoteHours = city.remote.map((remote) => sharesOf(remote.hourlyShares))
  const places = placesOf(plan, sites)
  const emergencyOdds = places.emergency === null ? 0 : city.demand.emergencyShare / (1 + city.demand.emergencyShare)
  const given = givenHabitsOf(city, sites)
  // Arrivals given by site are outpatients; emergency visits come on top of them.
  const visitsPerDay = given === null ? city.demand.visitsPerDay : given.visitsPerDay / (1 - emergencyOdds)
  const remoteCounts = city.remote.map((remote) => Math.round(remote.count * remote.visitsPerHour * 24))
  const signUps = Math.round(city.signUp.attemptsPerDay)
  const keys = new Int32Array(2)
  const seed = seedWords(plan.scenario.seed)

  let columns = layDayVisits(1024)
  let sorted = layDayVisits(1024)
  const scratchOrder = { count: new Int32Array(0) }

  function visitsOf(replication: number): DayVisits {
    let count = 0
    for (let copy = 0; copy < numbers.length; copy++) {
      streamKeys(seed.low, seed.high, replication * 64 + copy, keys)
      count = drawCopy(copy, count)
    }
    return inOrderOfArrival(count)
  }

  function roomFor(count: number): void {
    if (count < columns.kind.length) return
    columns = grown(columns, Math.ceil(count * 1.5))
  }

  function drawCopy(copy: number, from: number): number {
    const key0 = keys[0] as number
    const key1 = keys[1] as number
    const strata = strataOf(city, visitsPerDay, key0, key1, d.day)
    const year = yearSoFarOf({
      plan,
      strata,
      key0,
      key1,
      yearStart,
      day,
      comes: d.comes,
      tierDecision: d.tier,
      tierShares: places.tierShares,
      kind: d.kind,
      emergencyOdds,
      examination: d.examination,
      drugs: d.drugs,
      billDecision: d.bill,
      historyDecision: d.history,
      ordinals: ORDINALS,
      cycles: CYCLES,
    })
    const demand = strata.demandOf(day)
    let count = from
    for (const [index, stratum] of strata.list.entries()) {
      const cycle = Math.floor(day / stratum.cycleDays)
      const place = day - cycle * stratum.cycleDays
      const first = Math.floor((stratum.persons * place) / stratum.cycleDays)
      const end = Math.floor((stratum.persons * (place + 1)) / stratum.cycleDays)
      const cycleKey = year.cycleKey(index, cycle)
      const attendance = stratum.attendance * demand
      const ordinal = cycle % CYCLES
      roomFor(count + end - first)
      for (let due = first; due < end; due++) {
        const inStratum = permute(cycleKey, stratum.persons, due)
        const person = stratum.first + inStratum + copy * city.people.persons
        const drawId = (person * ORDINALS + ordinal) | 0
        if (uniformOf(drawWord(key0, key1, drawId, d.comes)) >= attendance) continue
        if (!drawVisit(count, copy, person, drawId, stratum.age, key0, key1)) continue
        drawMoney(count, year, index, inStratum, person, key0, key1)
        count++
      }
    }
    // Remote visits are dealt to anybody, at most one of each kind a person; what they cost stands on the same year so far.
    let ordinal = CYCLES
    for (const [index, remote] of city.remote.entries()) {
      const kind = remote.kind === 'pharmacy' ? VISIT_PHARMACY : VISIT_INTERNET
      count = drawRemote(
        count,
        copy,
        remoteCounts[index] as number,
        kind,
        ordinal,
        remoteHours[index] as Shares,
        remote.platformShare,
        year,
        strata,
        key0,
        key1,
      )
      ordinal++
    }
    count = drawRemote(count, copy, signUps, VISIT_SIGN_UP, ordinal, signUpHours, 1, year, strata, key0, key1)
    return count
  }

  function drawPerson(at: number, person: number, age: number, key0: number, key1: number): void {
    columns.person[at] = person
    columns.age[at] = age
    columns.district[at] = drawnIndex(home, uniformOf(drawWord(key0, key1, person, d.home)))
    columns.insured[at] = drawnIndex(insured[age] as Shares, uniformOf(drawWord(key0, key1, person, d.insured)))
    columns.adoption[at] = uniformOf(drawWord(key0, key1, person, d.adoption))
    columns.kiosk[at] = uniformOf(secondWord()) < (city.people.kioskShare[age] ?? 0) ? 1 : 0
    columns.registration[at] = drawnIndex(registration[age] as Shares, uniformOf(drawWord(key0, key1, person, d.registration)))
    let habits = uniformOf(drawWord(key0, key1, person, d.habits)) < city.journey.impatientShare ? HABIT_IMPATIENT : 0
    if (uniformOf(secondWord()) < city.people.credit.raiseSuccessShare) habits |= HABIT_RAISE
    columns.habits[at] = habits
    const entry = drawnIndex(channels, uniformOf(drawWord(key0, key1, person, d.entry)))
    columns.channel[at] = entry
    columns.entries[at] = entriesOf(person, entry, key0, key1)
    columns.creditBank[at] = drawnIndex(banks, uniformOf(drawWord(key0, key1, person, d.bank)))
    columns.ownBank[at] = drawnIndex(banks, uniformOf(secondWord()))
  }

  /** The preferred entry and each other with the chance that gives the wanted mean number of further ones. */
  function entriesOf(person: number, preferred: number, key0: number, key1: number): number {
    let held = 1 << preferred
    const others = 1 - (channels.share[preferred] ?? 0)
    if (others <= 0) return held
    for (let channel = 0; channel < channels.share.length; channel++) {
      const share = channels.share[channel] as number
      if (channel === preferred || share === 0) continue
      const chance = (city.people.furtherEntriesMean * share) / others
      if (uniformOf(drawWord(key0, key1, person, d.further + channel)) < chance) held |= 1 << channel
    }
    return held
  }

  /** Draws a visit into the columns; false if its site is left out of this run. */
  function drawVisit(at: number, copy: number, person: number, drawId: number, age: number, key0: number, key1: number): boolean {
    const emergency = uniformOf(drawWord(key0, key1, drawId, d.kind)) < emergencyOdds
    const site =
      emergency && places.emergency !== null
        ? (places.emergency.site[drawnIndex(places.emergency.shares, uniformOf(drawWord(key0, key1, drawId, d.site)))] as number)
        : siteFor(
            drawnIndex(home, uniformOf(drawWord(key0, key1, person, d.home))),
            uniformOf(drawWord(key0, key1, drawId, d.tier)),
            uniformOf(secondWord()),
          )
    const numberInRun = (numbers[copy] as Int32Array)[site] as number
    if (numberInRun < 0) return false
    drawPerson(at, person, age, key0, key1)
    columns.drawId[at] = drawId
    columns.kind[at] = emergency ? VISIT_EMERGENCY : VISIT_OUTPATIENT
    const hoursHere = emergency ? emergencyHours : given === null ? hours : (given.hours[site] as Shares)
    columns.arrival[at] = arrivalTick(hoursHere, uniformOf(drawWord(key0, key1, drawId, d.arrival)))
    const { tier, departments } = sites[site] as Site
    columns.site[at] = numberInRun
    columns.tier[at] = tier
    const room = drawnIndex(
      (places.departments[site] as readonly Shares[])[age] as Shares,
      uniformOf(drawWord(key0, key1, drawId, d.department)),
    )
    columns.room[at] = FIXED_SLOTS + room
    columns.department[at] = departments[room] as number
    const tierPlan = places.tierPlans[tier] as Plan['city']['tiers'][number]
    const laboratory = uniformOf(drawWord(key0, key1, drawId, d.examination)) < tierPlan.laboratoryShare ? 1 : 0
    const imaging = uniformOf(secondWord()) < tierPlan.imagingShare ? 2 : 0
    columns.examination[at] = laboratory + imaging
    columns.drugs[at] = uniformOf(drawWord(key0, key1, drawId, d.drugs)) < tierPlan.drugShare ? 1 : 0
    columns.urgency[at] = emergency ? drawnIndex(triage, uniformOf(drawWord(key0, key1, drawId, d.triage))) : age === ageCount - 1 ? 2 : 3
    const alone = city.people.selfServiceSuccess[age] ?? 1
    const manages = uniformOf(drawWord(key0, key1, drawId, d.selfService))
    const asks = uniformOf(secondWord()) < (city.people.asksVolunteer[age] ?? 0)
    columns.selfService[at] = manages < alone ? 0 : asks && manages < (city.people.helpedSuccess[age] ?? 0) ? 1 : 2
    columns.result[at] = 0
    if (given !== null) given.fit(columns, at, site)
    return true
  }

  function siteFor(district: number, tierDraw: number, siteDraw: number): number {
    const tier = drawnIndex(places.tierShares, tierDraw)
    const pools = places.byTier[tier] as readonly SitePool[]
    const pool = pools[pools.length === 1 ? 0 : district] as SitePool
    return pool.site[drawnIndex(pool.shares, siteDraw)] as number
  }

  function drawMoney(at: number, year: YearSoFar, stratum: number, inStratum: number, person: number, key0: number, key1: number): void {
    const limit = city.people.credit.limits[drawnIndex(limits, uniformOf(drawWord(key0, key1, person, d.limit)))]
    year.writeMoney(columns, at, stratum, inStratum, limit?.limitFen ?? 0)
  }

  function drawRemote(
    from: number,
    copy: number,
    visits: number,
    kind: number,
    ordinal: number,
    shares: Shares,
    platformShare: number,
    year: YearSoFar,
    strata: ReturnType<typeof strataOf>,
    key0: number,
    key1: number,
  ): number {
    roomFor(from + visits)
    const key = drawWord(key0, key1, day, d.remote + kind)
    for (let n = 0; n < visits; n++) {
      const at = from + n
      const resident = permute(key, city.people.persons, n)
      const stratum = strata.list.findIndex((candidate) => resident < candidate.first + candidate.persons)
      const { first, age } = strata.list[stratum] as (typeof strata.list)[number]
      const person = resident + copy * city.people.persons
      const drawId = (person * ORDINALS + ordinal) | 0
      drawPerson(at, person, age, key0, key1)
      columns.drawId[at] = drawId
      columns.kind[at] = kind
      columns.arrival[at] = arrivalTick(shares, uniformOf(drawWord(key0, key1, drawId, d.arrival)))
      columns.site[at] = kept
      columns.tier[at] = tiers.length - 1
      columns.room[at] = 0
      columns.department[at] = 0
      columns.examination[at] = 0
      columns.drugs[at] = 1
      columns.urgency[at] = 3
      columns.selfService[at] = 0
      const u = uniformOf(drawWord(key0, key1, drawId, d.signUp))
      columns.result[at] = kind === VISIT_SIGN_UP ? signUpResult(u) : u < platformShare ? 1 : 0
      if (kind === VISIT_SIGN_UP) year.writeNothing(columns, at)
      else drawMoney(at, year, stratum, resident - first, person, key0, key1)
    }
    return from + visits
  }

  function signUpResult(u: number): number {
    const { grantedShare, digitalCardShare, raisedLimitShare } = city.signUp
    return u < grantedShare ? 0 : u < grantedShare + digitalCardShare ? 1 : u < grantedShare + digitalCardShare + raisedLimitShare ? 2 : 3
  }

  /** A counting sort by tick's upper bits, then by tick and drawing order within: equal ticks keep the order of drawing. */
  function inOrderOfArrival(count: number): DayVisits {
    if (scratchOrder.count.length < count) scratchOrder.count = new Int32Array(Math.ceil(count * 1.5))
    const order = scratchOrder.count.subarray(0, count)
    const bits = 12
    const buckets = new Int32Array(Math.ceil(864_000_000 / (1 << bits)) + 2)
    for (let at = 0; at < count; at++) buckets[((columns.arrival[at] as number) >> bits) + 1]!++
    for (let b = 1; b < buckets.length; b++) buckets[b]! += buckets[b - 1] as number
    for (let at = 0; at < count; at++) order[buckets[(columns.arrival[at] as number) >> bits]!++] = at
    // Within a bucket few stand; insertion keeps equal ticks in order.
    for (let i = 1; i < count; i++) {
      const moving = order[i] as number
      const tick = columns.arrival[moving] as number
      let j = i - 1
      while (j >= 0 && (columns.arrival[order[j] as number] as number) > tick) {
        order[j + 1] = order[j] as number
        j--
      }
      order[j + 1] = moving
    }
    if (sorted.kind.length < count) sorted = layDayVisits(Math.ceil(count * 1.2))
    for (const name of columnNames) {
      const source = columns[name]
      const target = sorted[name]
      const width = name === 'billFen' ? 3 : name === 'split' ? 3 * splitWidth : 1
      if (width === 1) for (let i = 0; i < count; i++) target[i] = source[order[i] as number] as number
      else
        for (let i = 0; i < count; i++) {
          const start = (order[i] as number) * width
          for (let k = 0; k < width; k++) target[i * width + k] = source[start + k] as number
        }
    }
    return { ...sorted, count }
  }

  return { visitsOf }
}

const columnNames = (Object.keys(layDayVisits(0)) as (keyof DayVisits)[]).filter((name) => name !== 'count') as Exclude<
  keyof DayVisits,
  'count'
>[]

function grown(columns: DayVisits, room: number): DayVisits {
  const larger = layDayVisits(room)
  for (const name of columnNames) larger[name].set(columns[name] as never)
  return larger
}

/** A moment of the day from a uniform: evenly within the hour that the shares give. */
function arrivalTick(shares: Shares, u: number): number {
  const hour = drawnIndex(shares, u)
  const within = (u - (shares.below[hour] as number)) / (shares.share[hour] as number)
  return Math.min(863_999_999, Math.floor((hour + Math.min(1, Math.max(0, within))) * 36_000_000))
}

interface SitePool {
  readonly site: readonly number[]
  readonly shares: Shares
}

/** What a user's own sites tell of their visits: when each is arrived at, and which lines it does not have; null for generated sites. */
function givenHabitsOf(city: Plan['city'], sites: readonly Site[]) {
  if (city.givenSites === undefined) return null
  const lacks = (kind: StationKind): readonly boolean[] => sites.map(({ servers }) => servers[stationKinds.indexOf(kind)] === 0)
  const noKiosk = lacks('kiosk')
  const noVolunteer = lacks('volunteer-desk')
  const noLaboratory = lacks('laboratory')
  const noImaging = lacks('imaging')
  const noPharmacy = lacks('pharmacy-window')
  const window = registrationWays.indexOf('window')
  return {
    hours: city.givenSites.map((site) => sharesOf(site.hourlyArrivals)),
    visitsPerDay: city.givenSites.reduce((sum, site) => sum + site.hourlyArrivals.reduce((a, b) => a + b, 0), 0),
    /** Nobody waits at a line that is not there: windows take the place of kiosks, and what a site cannot do is not done. */
    fit(columns: DayVisits, at: number, site: number): void {
      columns.district[at] = (sites[site] as Site).district
      if (noKiosk[site]) {
        columns.kiosk[at] = 0
        columns.registration[at] = window
      }
      if (noVolunteer[site] && columns.selfService[at] === 1) columns.selfService[at] = 2
      columns.examination[at] = (columns.examination[at] as number) & ((noLaboratory[site] ? 0 : 1) | (noImaging[site] ? 0 : 2))
      if (noPharmacy[site]) columns.drugs[at] = 0
    },
  }
}

/** Where visits go: by tier and, for secondary and community sites, by district; emergencies to emergency rooms. */
function placesOf(plan: Plan, sites: readonly Site[]) {
  const { city } = plan
  const tierShare = tiers.map((_, tier) => sites.reduce((sum, site) => sum + (site.tier === tier ? site.visitShare : 0), 0))
  const pool = (members: readonly number[]): SitePool => ({
    site: members,
    shares: sharesOf(members.map((index) => (sites[index] as Site).visitShare)),
  })
  const byTier = tiers.map((tier, index) => {
    const members = sites.flatMap((site, at) => (site.tier === index ? [at] : []))
    // A given site has its own number of visits, whoever lives nearby.
    if (isCitywide(tier) || city.givenSites !== undefined || members.length === 0) return [pool(members)]
    return city.districts.map((_, district) => {
      const near = members.filter((at) => (sites[at] as Site).district === district)
      return pool(near.length > 0 ? near : members)
    })
  })
  const rooms = sites.flatMap((site, at) => (site.emergency ? [at] : []))
  return {
    tierShares: sharesOf(tierShare),
    byTier,
    emergency: rooms.length > 0 ? pool(rooms) : null,
    departments: sites.map((site) =>
      city.people.ageShares.map((_, age) => sharesOf(site.departments.map((index) => city.departments[index]?.weightByAge[age] ?? 0))),
    ),
    tierPlans: tiers.map((tier) => city.tiers.find((candidate) => candidate.tier === tier)),
  }
}
