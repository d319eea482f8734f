/**
 * One day's visits, drawn from the people: who is due and comes, when, to which site, what they need and what it costs.
 *
 * DRAWS  A person's traits are keyed by person, a visit's by person and how-manieth cycle; both by the names of draws.ts. So people
 *        keep their habits from day to day, arms meet the same people, and a new bank or department leaves other draws as they were.
 * ORDER  First only what places a visit in the day is drawn, then the visits are put in order of arrival, then each is drawn in full
 *        into its row: thirty columns are written once, in order (before: drawn, grown and sorted, 30 % of the time).
 */
import type { Plan } from '../../scenarios/plan.ts'
import { tiers } from '../../scenarios/plan.ts'
import { dayNumber, lastStart } from '../engine/civil-date.ts'
import { permute } from '../engine/permutation.ts'
import { drawWord, secondWord, streamKey0, streamKey1, uniformOf } from '../engine/random.ts'
import { seedWords } from '../engine/streams.ts'
import { TICKS_PER_DAY, TICKS_PER_HOUR } from '../engine/time.ts'
import { FIXED_SLOTS, type Site } from '../hospitals/sites.ts'
import {
  arrivalOrder,
  COPY_SHIFT,
  DEPARTMENT_SHIFT,
  DRAWN_BILL_WORD,
  DRAWN_PERSON,
  DRAWN_REST,
  DRAWN_SITE,
  DRAWN_TICK,
  DRAWN_WORDS,
  KIND_SHIFT,
  makeRoom,
  NEEDS_SHIFT,
  ORDINAL_SHIFT,
} from './arrival-order.ts'
import {
  type DayVisits,
  HABIT_BACK_IN_PART,
  HABIT_REFUSED,
  HABIT_TAKES_BACK,
  HABIT_UNSETTLED,
  layDayVisits,
  VISIT_EMERGENCY,
  VISIT_INTERNET,
  VISIT_OUTPATIENT,
  VISIT_PHARMACY,
  VISIT_SIGN_UP,
  VISIT_SWITCH,
  writeNobody,
} from './day-visits.ts'
import {
  ARRIVAL_TRIAGE,
  COMES_BILL,
  CYCLES,
  drawIdOf,
  REMOTE_DEAL,
  RESULT,
  SELF_SERVICE,
  SITE_DEPARTMENT,
  TAKES_BACK,
  TIER_NEEDS,
  UNSETTLED,
} from './draws.ts'
import { type DueDays, dueDaysOf, personAt } from './due-days.ts'
import { givenSiteHabits } from './given-site-habits.ts'
import { goLiveVisits } from './go-live-visits.ts'
import { layPeopleRoom, type PeopleRoom } from './people-room.ts'
import { personTraits } from './person-traits.ts'
import { NEEDS_DRUGS, placesOf, type SitePool, siteFor } from './places.ts'
import { drawnIndex, type Shares, sharesOf } from './shares.ts'
import { type Strata, strataOf } from './strata.ts'
import { type SurgeFactors, surgeFactors } from './surge.ts'
import { type PastOf, type YearSoFar, yearSoFarOf } from './year-so-far.ts'
import type { YearTable } from './year-table.ts'

export interface Population {
  /** The visits of the plan's day for this replication, in order of arrival. The columns are reused by the next call. */
  visitsOf(replication: number): DayVisits
  /** The same, to be written a part at a time; valid until the next call. */
  draw(replication: number): DrawnDay
  /** A person's year before the plan's day: the visits it is made of, in order, and what they leave of it (reimbursement.ts). */
  pastOf(replication: number, person: number): PersonPast
}

/** A day of which it is known who comes when. */
export interface DrawnDay {
  readonly count: number
  /** The tick at which a visit arrives, numbered in order of arrival. */
  arrivalOf(visit: number): number
  /** Writes the visits from one number up to another, the first of them into row 0 of columns that the next call reuses. */
  write(from: number, to: number): DayVisits
}

export interface PersonPast {
  /** Fen by payment point. */
  readonly visits: readonly { readonly day: number; readonly billFen: readonly number[] }[]
  readonly year: Float64Array
  /** What their earlier visits, all paid on credit, would have left standing. */
  readonly standingFen: number
  /** 授信额度 they would be granted. */
  readonly limitFen: number
  /** Of the policy's creditBands, the one their score stands in; −1: none is asked. */
  readonly scoreBand: number
  /** Of the stream their visits' draws come from. */
  readonly keys: readonly [key0: number, key1: number]
}

/** What is known beside the plan, where many days are drawn; nothing of it changes who comes and what they need. */
export interface PopulationSetting {
  /** Memory that one day after another is drawn in. */
  readonly room?: PeopleRoom
  /** By age group: below these uniforms somebody pays by phone or credit, or on credit, in some arm; everybody might where absent. */
  readonly adopts?: readonly number[]
  readonly credit?: readonly number[]
  readonly table?: YearTable
  /** Who asks for a credit agreement on the plan's day, in place of a number of people a day; who was refused then pays by phone. */
  readonly signsUp?: Int32Array
}

/** One copy of the city's people: their streams, who is due, and their years. */
interface People {
  readonly key0: number
  readonly key1: number
  readonly strata: Strata
  readonly due: readonly DueDays[]
  readonly year: YearSoFar
}

/**
 * @param sites all sites of the city
 * @param numbers by copy of the city (independent seeds of the people, each with its own sites): each site's number in this run,
 *   −1 where a fraction of the city leaves it out with its visits
 */
export function populationOf(
  plan: Plan,
  sites: readonly Site[],
  numbers: readonly Int32Array[],
  setting: PopulationSetting = {},
): Population {
  const { city } = plan
  const day = dayNumber(plan.scenario.date)
  const yearStart = lastStart(day, plan.scenario.date, plan.policy.insuranceYearStart)
  const seed = seedWords(plan.scenario.seed)
  const keptSites = numbers.reduce((sum, copy) => sum + copy.reduce((count, number) => count + (number >= 0 ? 1 : 0), 0), 0)
  const places = placesOf(plan, sites)
  const traits = personTraits(plan, day)
  const { leavesUnsettledShare = 0 } = city.people.credit
  const { share: refundShare = 0, partShare = 0 } = plan.scenario.refunds ?? {}
  const given = givenSiteHabits(city, sites)
  const { emergencyOdds } = places
  // The visits a day of a city, or of a user's own sites, are outpatients; emergency visits come on top of them.
  const visitsPerDay = (given?.visitsPerDay ?? city.demand.visitsPerDay) / (1 - emergencyOdds)
  const emergencyHours = sharesOf(city.demand.emergencyHourlyShares)
  const triage = sharesOf(city.demand.triageShares)
  const remote = [
    ...city.remote.map(({ kind, count, visitsPerHour, hourlyShares }) => ({
      kind: kind === 'pharmacy' ? VISIT_PHARMACY : VISIT_INTERNET,
      visits: Math.round(count * visitsPerHour * 24),
      hours: sharesOf(hourlyShares),
    })),
    { kind: VISIT_SIGN_UP, visits: Math.round(city.signUp.attemptsPerDay), hours: sharesOf(city.signUp.hourlyShares) },
  ]
  const platformShare = new Map(city.remote.map(({ platformShare }, index) => [CYCLES + index, platformShare]))
  const elderly = city.people.ageShares.length - 1
  const goLive = goLiveVisits(plan, sites, numbers.length)
  const surge = surgeFactors(plan)
  const room = setting.room ?? layPeopleRoom()
  const { drawn } = room
  let columns = room.columns
  let copies: readonly People[] = []
  const signUpOrdinal = CYCLES + city.remote.length
  const { adopts, credit, signsUp } = setting
  const who: { -readonly [Key in keyof PastOf]: PastOf[Key] } = {
    person: 0,
    inStratum: 0,
    insured: 0,
    age: 0,
    district: 0,
    historyUniform: 0,
    wantsStanding: true,
  }

  function draw(replication: number): DrawnDay {
    drawn.count = 0
    copies = numbers.map((_, copy) => peopleOf(replication * 64 + copy))
    for (const [copy, people] of copies.entries()) {
      for (const index of people.due.keys()) {
        drawDue(people, copy, index, null)
        if (surge !== null) drawDue(people, copy, index, surge)
      }
      goLive?.draw(drawn, people, copy, numbers[copy] as Int32Array)
      // A fraction of a copy keeps that share of its pharmacies, internet hospitals and sign-ups too.
      const share = Math.min(1, plan.scenario.scale - copy)
      for (const [index, { kind, visits, hours }] of remote.entries()) {
        const chosen = kind === VISIT_SIGN_UP ? signsUp : undefined
        drawRemote(people, copy, kind, Math.round((chosen?.length ?? visits) * share), hours, CYCLES + index, chosen)
      }
    }
    const order = arrivalOrder(drawn)
    const { count, records } = drawn
    return { count, arrivalOf: (visit) => records[(order[visit] as number) * DRAWN_WORDS + DRAWN_TICK] as number, write }
  }

  function write(from: number, to: number): DayVisits {
    const count = to - from
    if (columns.kind.length < count) {
      columns = layDayVisits(Math.ceil(count * 1.1))
      room.columns = columns
    }
    for (let at = 0; at < count; at++) writeVisit(at, (drawn.order[from + at] as number) * DRAWN_WORDS)
    return { ...columns, count }
  }

  const visitsOf = (replication: number): DayVisits => write(0, draw(replication).count)

  function peopleOf(domain: number): People {
    const key0 = streamKey0(seed.low, seed.high, domain)
    const key1 = streamKey1(seed.low, seed.high, domain)
    const strata = strataOf(city, visitsPerDay, key0, key1)
    const demand = Float64Array.from({ length: day - yearStart }, (_, since) => strata.demandOf(yearStart + since))
    const due = strata.list.map((stratum, index) => dueDaysOf(stratum, index, yearStart, day, key0, key1))
    return { key0, key1, strata, due, year: yearSoFarOf({ plan, places, key0, key1, yearStart, day, demand, table: setting.table }) }
  }

  /**
   * Who of a stratum is due today and comes; visits to sites left out of this run are dropped. In a surge those come besides who are
   * due next, before their time, so that nobody comes twice: candidates for the largest factor, of whom a visit's own factor keeps its part.
   */
  function drawDue({ key0, key1, strata, due }: People, copy: number, index: number, more: SurgeFactors | null): void {
    const days = due[index] as DueDays
    const { stratum, firstPlace } = days
    const cycle = Math.floor(day / stratum.cycleDays)
    const n = cycle - days.firstCycle
    const ordinal = (more === null ? cycle : cycle + 1) % CYCLES
    const firstDue = firstPlace[day - cycle * stratum.cycleDays] as number
    const endDue = firstPlace[day - cycle * stratum.cycleDays + 1] as number
    const others = more === null ? 0 : Math.min(stratum.persons - (endDue - firstDue), Math.round((endDue - firstDue) * (more.largest - 1)))
    const first = more === null ? firstDue : endDue
    const end = endDue + others
    const attendance = stratum.attendance * strata.demandOf(day)
    const firstPerson = stratum.first + copy * city.people.persons
    const numberOf = numbers[copy] as Int32Array
    const { age } = stratum
    const ages = city.people.ageShares.length
    makeRoom(drawn, drawn.count + end - first)
    const { records } = drawn
    const same = index | (copy << COPY_SHIFT) | (ordinal << ORDINAL_SHIFT)
    let at = drawn.count * DRAWN_WORDS
    for (let place = first; place < end; place++) {
      const who = firstPerson + personAt(days, n, more === null ? place : place % stratum.persons)
      const drawId = drawIdOf(who, ordinal)
      const comes = uniformOf(drawWord(key0, key1, drawId, COMES_BILL))
      if (comes >= attendance) continue
      const billWord = secondWord()
      const tierUniform = uniformOf(drawWord(key0, key1, drawId, TIER_NEEDS))
      const needsUniform = uniformOf(secondWord())
      const siteUniform = uniformOf(drawWord(key0, key1, drawId, SITE_DEPARTMENT))
      const departmentUniform = uniformOf(secondWord())
      const isEmergency = tierUniform < emergencyOdds
      let to = 0
      if (isEmergency) {
        const pool = places.emergency as SitePool
        to = pool.site[drawnIndex(pool.shares, siteUniform)] as number
      } else {
        const wanted = drawnIndex(places.tierShares, (tierUniform - emergencyOdds) / (1 - emergencyOdds))
        to = siteFor(places, wanted, traits.homeOf(who, key0, key1), siteUniform)
      }
      if ((numberOf[to] as number) < 0) continue
      const department = drawnIndex(places.departments[to * ages + age] as Shares, departmentUniform)
      if (more !== null) {
        const factor = isEmergency ? more.ofEmergency : (more.ofDepartment[(sites[to] as Site).departments[department] as number] as number)
        if ((comes / attendance) * (more.largest - 1) >= factor - 1) continue
      }
      const needs = drawnIndex(places.needs[places.tierOf[to] as number] as Shares, needsUniform) & (places.serves[to] as number)
      records[at + DRAWN_PERSON] = who
      records[at + DRAWN_SITE] = to
      records[at + DRAWN_BILL_WORD] = billWord
      records[at + DRAWN_REST] =
        same |
        ((isEmergency ? VISIT_EMERGENCY : VISIT_OUTPATIENT) << KIND_SHIFT) |
        (needs << NEEDS_SHIFT) |
        (department << DEPARTMENT_SHIFT)
      const hours = isEmergency ? emergencyHours : (places.hours[to] as Shares)
      records[at + DRAWN_TICK] = arrivalTick(hours, uniformOf(drawWord(key0, key1, drawId, ARRIVAL_TRIAGE)))
      at += DRAWN_WORDS
    }
    drawn.count = at / DRAWN_WORDS
  }

  /** Remote visits are dealt to anybody, at most one of each kind a person. */
  function drawRemote(
    { key0, key1, due }: People,
    copy: number,
    kind: number,
    visits: number,
    hours: Shares,
    ordinal: number,
    chosen: Int32Array | undefined,
  ): void {
    const { persons } = city.people
    const key = drawWord(key0, key1, day, REMOTE_DEAL + ordinal)
    makeRoom(drawn, drawn.count + visits)
    for (let n = 0; n < visits; n++) {
      const at = drawn.count++ * DRAWN_WORDS
      const resident = chosen === undefined ? permute(key, persons, n) : (chosen[n] as number)
      const person = resident + copy * persons
      const stratum = due.findIndex(({ stratum }) => resident < stratum.first + stratum.persons)
      const { records } = drawn
      records[at + DRAWN_PERSON] = person
      records[at + DRAWN_SITE] = -1
      records[at + DRAWN_REST] =
        stratum | (copy << COPY_SHIFT) | (kind << KIND_SHIFT) | (ordinal << ORDINAL_SHIFT) | (NEEDS_DRUGS << NEEDS_SHIFT)
      const drawId = drawIdOf(person, ordinal)
      drawWord(key0, key1, drawId, COMES_BILL)
      records[at + DRAWN_BILL_WORD] = secondWord()
      records[at + DRAWN_TICK] = arrivalTick(hours, uniformOf(drawWord(key0, key1, drawId, ARRIVAL_TRIAGE)))
    }
  }

  /** Draws a visit in full into row `at`: the person, what is left of the visit, and its bills after the person's year so far. */
  function writeVisit(at: number, from: number): void {
    const { records } = drawn
    const person = records[from + DRAWN_PERSON] as number
    const site = records[from + DRAWN_SITE] as number
    const rest = records[from + DRAWN_REST] as number
    const kind = (rest >> KIND_SHIFT) & 7
    const needs = (rest >> NEEDS_SHIFT) & 7
    const ordinal = (rest >> ORDINAL_SHIFT) & 31
    const copy = (rest >> COPY_SHIFT) & 63
    const { key0, key1, due, year } = copies[copy] as People
    const days = due[rest & 255] as DueDays
    const { age } = days.stratum
    const drawId = drawIdOf(person, ordinal)
    const atSite = site >= 0
    const tier = atSite ? (places.tierOf[site] as number) : tiers.length - 1
    const department = rest >>> DEPARTMENT_SHIFT
    if (kind === VISIT_SWITCH) {
      writeNobody(columns, at)
      year.writeNothing(columns, at)
    } else traits.write(columns, at, person, age, key0, key1, kind <= VISIT_EMERGENCY ? (adopts?.[age] ?? 1) : 1)
    columns.kind[at] = kind
    columns.drawId[at] = drawId
    columns.arrival[at] = records[from + DRAWN_TICK] as number
    columns.tier[at] = tier
    columns.examination[at] = needs & ~NEEDS_DRUGS
    columns.drugs[at] = (needs & NEEDS_DRUGS) === 0 ? 0 : 1
    // Who comes to no site stands behind the last of them, in sums by site.
    columns.site[at] = atSite ? ((numbers[copy] as Int32Array)[site] as number) : keptSites
    columns.room[at] = atSite ? FIXED_SLOTS + department : 0
    columns.department[at] = atSite ? ((sites[site] as Site).departments[department] as number) : 0
    columns.urgency[at] = kind === VISIT_EMERGENCY ? triageOf(key0, key1, drawId) : kind === VISIT_OUTPATIENT && age === elderly ? 2 : 3
    if (kind === VISIT_SWITCH) {
      columns.result[at] = needs
      return
    }
    columns.selfService[at] = atSite ? selfServiceOf(age, key0, key1, drawId) : 0
    columns.result[at] = atSite && kind !== VISIT_SIGN_UP ? 0 : resultOf(kind, ordinal, uniformOf(drawWord(key0, key1, drawId, RESULT)))
    who.person = person
    who.inStratum = person - copy * city.people.persons - days.stratum.first
    who.insured = columns.insured[at] as number
    who.age = age
    who.district = columns.district[at] as number
    who.historyUniform = traits.also.historyUniform
    who.wantsStanding = credit === undefined || (columns.adoption[at] as number) < (credit[age] as number)
    if (leavesUnsettledShare > 0 && kind === VISIT_OUTPATIENT && uniformOf(drawWord(key0, key1, drawId, UNSETTLED)) < leavesUnsettledShare)
      columns.habits[at] = HABIT_UNSETTLED | (columns.habits[at] as number)
    if (refundShare > 0 && kind === VISIT_OUTPATIENT && uniformOf(drawWord(key0, key1, drawId, TAKES_BACK)) < refundShare)
      columns.habits[at] =
        HABIT_TAKES_BACK | (uniformOf(secondWord()) < partShare ? HABIT_BACK_IN_PART : 0) | (columns.habits[at] as number)
    if (signsUp !== undefined && who.wantsStanding && wasRefused(key0, key1, person))
      columns.habits[at] = HABIT_REFUSED | (columns.habits[at] as number)
    if (kind === VISIT_SIGN_UP) year.writeNothing(columns, at)
    else {
      const standing = year.open(who, days)
      columns.freeCreditFen[at] = Math.max(0, traits.also.limitFen - standing)
      year.writeBills(columns, at, who.insured, age, tier, kind, needs, records[from + DRAWN_BILL_WORD] as number)
    }
    if (atSite && kind !== VISIT_SIGN_UP && given !== null) given.fit(columns, at, site)
  }

  function triageOf(key0: number, key1: number, drawId: number): number {
    drawWord(key0, key1, drawId, ARRIVAL_TRIAGE)
    return drawnIndex(triage, uniformOf(secondWord()))
  }

  function selfServiceOf(age: number, key0: number, key1: number, drawId: number): number {
    const manages = uniformOf(drawWord(key0, key1, drawId, SELF_SERVICE))
    const asks = uniformOf(secondWord()) < (city.people.asksVolunteer[age] ?? 0)
    if (manages < (city.people.selfServiceSuccess[age] ?? 1)) return 0
    return asks && manages < (city.people.helpedSuccess[age] ?? 0) ? 1 : 2
  }

  /** How a person's asking for an agreement ended, whenever it was; what a queue or a fault made of it is that day's affair. */
  function wasRefused(key0: number, key1: number, person: number): boolean {
    return resultOf(VISIT_SIGN_UP, signUpOrdinal, uniformOf(drawWord(key0, key1, drawIdOf(person, signUpOrdinal), RESULT))) === 3
  }

  function resultOf(kind: number, ordinal: number, u: number): number {
    if (kind !== VISIT_SIGN_UP) return u < (platformShare.get(ordinal) ?? 0) ? 1 : 0
    const { grantedShare, digitalCardShare, raisedLimitShare } = city.signUp
    return u < grantedShare ? 0 : u < grantedShare + digitalCardShare ? 1 : u < grantedShare + digitalCardShare + raisedLimitShare ? 2 : 3
  }

  /** Whose past was asked last: one replication's people are mostly asked after together. */
  let asked: { readonly domain: number; readonly people: People } | null = null

  function pastOf(replication: number, person: number): PersonPast {
    const copy = Math.floor(person / city.people.persons)
    const domain = replication * 64 + copy
    if (asked?.domain !== domain) asked = { domain, people: peopleOf(domain) }
    const { key0, key1, due, year } = asked.people
    const resident = person - copy * city.people.persons
    const days = due.find(({ stratum }) => resident < stratum.first + stratum.persons) as DueDays
    const { age, first } = days.stratum
    const row = layDayVisits(1)
    traits.write(row, 0, person, age, key0, key1)
    const insured = row.insured[0] as number
    const visits: { day: number; billFen: readonly number[] }[] = []
    year.onPastVisit = (on, bill) => visits.push({ day: on, billFen: [...bill] })
    const inStratum = resident - first
    const { historyUniform, limitFen, scoreBand } = traits.also
    const district = row.district[0] as number
    const standingFen = year.open({ person, inStratum, insured, age, district, historyUniform, wantsStanding: true }, days)
    return { visits, year: year.state.slice(), standingFen, limitFen, scoreBand, keys: [key0, key1] }
  }

  return { visitsOf, draw, pastOf }
}

/** A moment of the day from a uniform: evenly within the hour that the shares give. */
function arrivalTick(shares: Shares, u: number): number {
  const hour = drawnIndex(shares, u)
  const within = (u - (shares.below[hour] as number)) / (shares.share[hour] as number)
  return Math.min(TICKS_PER_DAY - 1, Math.floor((hour + Math.min(1, within)) * TICKS_PER_HOUR))
}
