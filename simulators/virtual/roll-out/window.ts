/** The days of a roll-out before any is played: which sites have joined, what may be expected, how adoption grows, which days are compared. */
import type { Plan } from '../../../scenarios/plan.ts'
import type { RollOutPlan } from '../../../scenarios/plan-roll-out.ts'
import { dateOf, dayNumber, lastStart } from '../../engine/civil-date.ts'
import { streamKey0, streamKey1 } from '../../engine/random.ts'
import { seedWords } from '../../engine/streams.ts'
import { type Site, sitesOf } from '../../hospitals/sites.ts'
import { waveOfSites } from '../../hospitals/wave-of-site.ts'
import { type AdoptionCourse, adoptionCourse } from '../../patients/adoption-course.ts'
import { type ExpectedDay, expectedPayments } from '../../patients/expected-payments.ts'
import { placesOf } from '../../patients/places.ts'
import { strataOf } from '../../patients/strata.ts'
import { type SitesInRun, sitesInRun } from '../sites-in-run.ts'

export interface RollOutWindow {
  readonly rollOut: RollOutPlan
  readonly firstDay: number
  readonly days: number
  /** All sites of the city, and by site the day on which it joins. */
  readonly sites: readonly Site[]
  readonly joins: Int32Array
  /** By day of the window, at the sites that have joined; and at all sites, for other readings of the totals. */
  readonly expected: readonly ExpectedDay[]
  readonly expectedEverywhere: readonly ExpectedDay[]
  /** In the order of the plan's shapes; the first is played. */
  readonly courses: readonly AdoptionCourse[]
  /** Days of the window on which both arms are played, spread evenly. */
  readonly compared: readonly number[]
  dateOf(n: number): string
  /** Of all sites, the number that has joined by the nth day. */
  joinedBy(n: number): number
  /** The sites that take part in the run on the nth day. */
  runOf(n: number): SitesInRun
}

export function rollOutWindow(plan: Plan): RollOutWindow {
  const { city, scenario } = plan
  const { rollOut, replication } = scenario
  if (rollOut === undefined) throw new Error('the scenario has no roll-out')
  const firstDay = dayNumber(rollOut.from)
  const days = dayNumber(rollOut.to) - firstDay + 1
  const sites = sitesOf(city)
  const joins = joiningDays(plan, sites, rollOut)
  const seed = seedWords(scenario.seed)
  const key0 = streamKey0(seed.low, seed.high, 0)
  const key1 = streamKey1(seed.low, seed.high, 0)
  const strata = strataOf(city, city.demand.visitsPerDay / (1 - placesOf(plan, sites).emergencyOdds), key0, key1)
  const expect = expectedPayments(city, sites, strata)
  const eachDay = <Value>(of: (n: number) => Value): readonly Value[] => Array.from({ length: days }, (_, n) => of(n))
  const expected = eachDay((n) => expect(firstDay + n, (site) => (joins[site] as number) <= firstDay + n))
  const all = sitesInRun(sites, scenario.scale, scenario.seed)
  const count = Math.min(days, replication.maximumDays)
  return {
    rollOut,
    firstDay,
    days,
    sites,
    joins,
    expected,
    expectedEverywhere: eachDay((n) => expect(firstDay + n, () => true)),
    courses: rollOut.shapes.map((shape) => adoptionCourse(city, rollOut, shape, expected)),
    compared: Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * days) / count)),
    dateOf: (n) => dateOf(firstDay + n),
    joinedBy: (n) => joins.reduce((sum, day) => sum + (day <= firstDay + n ? 1 : 0), 0),
    runOf: (n) => joined(all, joins, firstDay + n),
  }
}

/** By site: the number of the day on which it joins. Where nothing is published, institutions of every size join in a wave. */
function joiningDays({ city }: Plan, sites: readonly Site[], { waves }: RollOutPlan): Int32Array {
  return waveOfSites(city, sites, waves, 'of-every-size').map((wave, at) => {
    const joins = waves[wave]
    if (joins === undefined) throw new Error(`the site "${sites[at]?.name}" joins in no wave; the scenario's door should have said so`)
    return dayNumber(joins.on)
  })
}

function joined({ all, numbers }: SitesInRun, joins: Int32Array, day: number): SitesInRun {
  const sites: Site[] = []
  const kept = numbers.map((copy) =>
    copy.map((number, index) => (number < 0 || (joins[index] as number) > day ? -1 : sites.push(all[index] as Site) - 1)),
  )
  return { all, sites, numbers: kept }
}

/**
 * The days at whose start everybody's insurance year is written down: a third and two thirds into the last insurance year where that
 * begins within the window, since most visits lie there; else the window's first day and its middle.
 */
export function tableDaysOf(plan: Plan, { firstDay, days }: Pick<RollOutWindow, 'firstDay' | 'days'>): readonly number[] {
  const last = firstDay + days - 1
  const yearStart = lastStart(last, dateOf(last), plan.policy.insuranceYearStart)
  const from = Math.max(yearStart, firstDay)
  const part = (share: number): number => from + Math.floor((last + 1 - from) * share)
  return yearStart > firstDay ? [part(1 / 3), part(2 / 3)] : [firstDay, part(1 / 2)]
}
