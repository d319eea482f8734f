/** More visits than usual on the simulated day: how many times the ordinary ones, by department and for emergencies. */
import type { Plan } from '../../scenarios/plan.ts'

export interface SurgeFactors {
  /** By department of the city. */
  readonly ofDepartment: readonly number[]
  readonly ofEmergency: number
  readonly largest: number
}

export function surgeFactors({ city, scenario }: Plan): SurgeFactors | null {
  const { surge } = scenario
  if (surge === undefined) return null
  const ofDepartment = city.departments.map(({ name }) => surge.departments[name] ?? 1)
  return { ofDepartment, ofEmergency: surge.emergency, largest: Math.max(surge.emergency, ...ofDepartment) }
}
