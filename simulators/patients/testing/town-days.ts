/** A plan's people on other days and with other figures, for tests of this room. */
import type { CityPlan, Plan } from '../../../scenarios/plan.ts'
import { dayNumber } from '../../engine/civil-date.ts'
import { sitesOf } from '../../hospitals/sites.ts'
import { type DayVisits, VISIT_EMERGENCY } from '../day-visits.ts'
import { type Population, populationOf } from '../population.ts'

export function withCity(plan: Plan, changes: Partial<CityPlan>): Plan {
  return { ...plan, city: { ...plan.city, ...changes } }
}

export function onDate(plan: Plan, date: string): Plan {
  return { ...plan, scenario: { ...plan.scenario, date } }
}

/** The date `days` after yyyy-mm-dd, within one month. */
export function later(date: string, days: number): string {
  const moved = `${date.slice(0, 8)}${String(Number(date.slice(8)) + days).padStart(2, '0')}`
  if (dayNumber(moved) !== dayNumber(date) + days) throw new Error(`${moved} is no day of that month`)
  return moved
}

export function peopleOf(plan: Plan): Population {
  const sites = sitesOf(plan.city)
  return populationOf(plan, sites, [Int32Array.from(sites.keys())])
}

/** Rows of visits to a site: outpatients and emergencies. */
export function* siteVisits(day: DayVisits): Generator<number> {
  for (let v = 0; v < day.count; v++) if ((day.kind[v] as number) <= VISIT_EMERGENCY) yield v
}
