/**
 * What is written down before the first day and only read afterwards, in memory that threads share: where everybody's insurance year
 * stands on two days, and who asks for a credit agreement on which day. Each slice of the people is filled by itself, in any order.
 */
import type { Plan } from '../../../scenarios/plan.ts'
import { dateOf, lastStart } from '../../engine/civil-date.ts'
import { streamKey0, streamKey1 } from '../../engine/random.ts'
import { seedWords } from '../../engine/streams.ts'
import type { AdoptionCourse } from '../../patients/adoption-course.ts'
import { notEligible } from '../../patients/choose-modes.ts'
import { dueDaysOf } from '../../patients/due-days.ts'
import { personTraits } from '../../patients/person-traits.ts'
import { placesOf } from '../../patients/places.ts'
import { strataOf } from '../../patients/strata.ts'
import { yearSoFarOf } from '../../patients/year-so-far.ts'
import { layYearTable, type YearTable } from '../../patients/year-table.ts'
import { type RollOutWindow, tableDaysOf } from './window.ts'

export interface SharedTables {
  /** Null where so little is played that filling it would take longer than reliving. */
  readonly years: YearTable | null
  /** By slice: how many sign up, then each one's day of the window and person. */
  readonly signUps: Int32Array
  /** By slice: how many persons are insured here, for the table's size a head. */
  readonly insured: Int32Array
}

export const SLICES = 64
/** Below this share of the city's sites, or for a first answer, the years are relived. */
const WORTH_A_TABLE = 0.25

export function laySharedTables(plan: Plan, window: RollOutWindow): SharedTables {
  const { persons } = plan.city.people
  const worthIt = plan.scenario.scale >= WORTH_A_TABLE && window.rollOut.plays === 'every-day'
  return {
    years: worthIt ? layYearTable(persons, tableDaysOf(plan, window)) : null,
    signUps: new Int32Array(new SharedArrayBuffer(SLICES * signUpRoom(plan, window) * 4)),
    insured: new Int32Array(new SharedArrayBuffer(SLICES * 4)),
  }
}

/** Words of a slice's sign-ups: the densest age group's share, with room for chance. */
function signUpRoom(plan: Plan, { courses, days }: RollOutWindow): number {
  const densest = Math.max(...(courses[0] as AdoptionCourse).signedBelow(days - 1))
  return 1 + 2 * (Math.ceil((plan.city.people.persons / SLICES) * densest * 1.3) + 100)
}

/** Fills a slice of the people, 0 … SLICES − 1. */
export function fillSlice(plan: Plan, window: RollOutWindow, tables: SharedTables, slice: number): void {
  const { city, policy, scenario } = plan
  const { years, signUps, insured } = tables
  const { firstDay, days, sites } = window
  const course = window.courses[0] as AdoptionCourse
  const seed = seedWords(scenario.seed)
  const key0 = streamKey0(seed.low, seed.high, 0)
  const key1 = streamKey1(seed.low, seed.high, 0)
  const places = placesOf(plan, sites)
  const last = years?.days.at(-1) ?? firstDay
  const lastOfWindow = firstDay + days - 1
  const yearStart = Math.min(last, lastStart(lastOfWindow, dateOf(lastOfWindow), policy.insuranceYearStart))
  const strata = strataOf(city, city.demand.visitsPerDay / (1 - places.emergencyOdds), key0, key1)
  const demand = Float64Array.from({ length: last - yearStart }, (_, since) => strata.demandOf(yearStart + since))
  const year = yearSoFarOf({ plan, places, key0, key1, yearStart, day: last, demand, table: years ?? undefined })
  const traits = personTraits(plan, firstDay)
  const signedBelow = Array.from({ length: days }, (_, n) => course.signedBelow(n))
  const room = signUps.length / SLICES
  const from = Math.floor((city.people.persons * slice) / SLICES)
  const to = Math.floor((city.people.persons * (slice + 1)) / SLICES)
  let at = slice * room + 1
  let heads = 0
  for (const [index, stratum] of strata.list.entries()) {
    const { age } = stratum
    const due = dueDaysOf(stratum, index, yearStart, last, key0, key1)
    const everSigned = signedBelow[days - 1]?.[age] ?? 0
    const end = Math.min(to, stratum.first + stratum.persons)
    for (let person = Math.max(from, stratum.first); person < end; person++) {
      traits.readMoney(person, age, key0, key1)
      const { also } = traits
      if (also.insured === notEligible) continue
      heads++
      if (also.adoption < everSigned) {
        if (at + 1 >= (slice + 1) * room) throw new Error('more people sign up than a slice of the table has room for')
        signUps[at++] = firstBelow(signedBelow, age, also.adoption)
        signUps[at++] = person
      }
      if (years !== null) {
        const { insured: type, district, historyUniform } = also
        year.writeStates(
          { person, inStratum: person - stratum.first, insured: type, age, district, historyUniform, wantsStanding: false },
          due,
        )
      }
    }
  }
  signUps[slice * room] = (at - slice * room - 1) / 2
  insured[slice] = heads
}

/** The first day by whose end a uniform is below the threshold, which only rises. */
function firstBelow(thresholds: readonly (readonly number[])[], age: number, u: number): number {
  let low = 0
  let high = thresholds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (u < (thresholds[middle]?.[age] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

/** Who asks for an agreement on the nth day of the window, in order of person. */
export function signUpsOn({ signUps }: SharedTables, n: number): Int32Array {
  const room = signUps.length / SLICES
  const found: number[] = []
  for (let slice = 0; slice < SLICES; slice++) {
    const first = slice * room + 1
    const end = first + 2 * (signUps[slice * room] as number)
    for (let at = first; at < end; at += 2) if (signUps[at] === n) found.push(signUps[at + 1] as number)
  }
  return Int32Array.from(found)
}

export function bytesOf({ years, signUps, insured }: SharedTables): number {
  return (years?.cells.byteLength ?? 0) + signUps.byteLength + insured.byteLength
}
