/**
 * Who lives in the city and how often they see a doctor.
 *
 * Persons are numbers. Those of one age group and one visiting frequency form a stratum and stand next to each other. A stratum has
 * a cycle of whole days; in each cycle every person is due on exactly one day, dealt by a keyed shuffle (due-days.ts), and comes
 * if the day's demand draws them. So who comes on a day, and on which earlier days a person came, are both found on the spot:
 * no table, no order of days, the same answer on any worker.
 */
import type { CityPlan } from '../../scenarios/plan.ts'
import { monthOf, weekdayOf } from '../engine/civil-date.ts'
import { normalQuantile } from '../engine/normal.ts'
import { drawWord, uniformOf } from '../engine/random.ts'
import { DAY_TO_DAY } from './draws.ts'

export interface Stratum {
  readonly age: number
  /** First person, number of persons. */
  readonly first: number
  readonly persons: number
  readonly cycleDays: number
  /** Share of the largest daily demand at which everybody due would come. */
  readonly attendance: number
}

export interface Strata {
  readonly list: readonly Stratum[]
  /** Demand of a day ÷ the largest possible, for a day number; a part of it is drawn by day. */
  readonly demandOf: (day: number) => number
}

/** Two-sided reach of the day-to-day factor, in standard deviations. */
const NOISE_REACH = 3

/** @param visitsPerDay of all kinds, on a mean day */
export function strataOf(city: CityPlan, visitsPerDay: number, key0: number, key1: number): Strata {
  const { people, demand } = city
  const largest = Math.max(...demand.weekdayFactors) * Math.max(...demand.monthFactors) * (1 + NOISE_REACH * demand.dayToDayCv)
  const noise = (day: number): number => {
    const z = normalQuantile(uniformOf(drawWord(key0, key1, day, DAY_TO_DAY)))
    return 1 + demand.dayToDayCv * Math.max(-NOISE_REACH, Math.min(NOISE_REACH, z))
  }
  const demandOf = (day: number): number =>
    ((demand.weekdayFactors[weekdayOf(day)] ?? 1) * (demand.monthFactors[monthOf(day)] ?? 1) * noise(day)) / largest
  // Frequencies are relative: scaled so that a mean day brings the city's visits.
  const perYear = people.frequencyClasses.flatMap((classes, age) =>
    classes.map((kind) => (people.ageShares[age] ?? 0) * kind.share * kind.visitsPerYear),
  )
  const wanted = (visitsPerDay * 365) / (people.persons * perYear.reduce((sum, visits) => sum + visits, 0))
  const list: Stratum[] = []
  let first = 0
  let dealt = 0
  for (const [age, classes] of people.frequencyClasses.entries()) {
    for (const kind of classes) {
      dealt += (people.ageShares[age] ?? 0) * kind.share
      const end = Math.round(people.persons * Math.min(1, dealt))
      const persons = end - first
      if (persons > 0) {
        const daysBetween = 365 / (kind.visitsPerYear * wanted)
        // A mean day has 1/largest of the largest demand, so people must be due that much more often than they come.
        const cycleDays = Math.max(1, Math.floor(daysBetween / largest))
        list.push({ age, first, persons, cycleDays, attendance: Math.min(1, (cycleDays * largest) / daysBetween) })
      }
      first = end
    }
  }
  return { list, demandOf }
}
