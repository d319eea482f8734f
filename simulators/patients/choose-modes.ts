/**
 * How a visit pays under an arm's adoption: one uniform a person against a threshold, so more adoption only moves people one way.
 */
import { type ArmPlan, ageGroups, type CityPlan, insuredTypes } from '../../scenarios/plan.ts'
import { visitShareOfAge } from '../hospitals/sites.ts'

export interface AdoptionThresholds {
  /** By age group: a person adopts if their uniform is below. */
  readonly adopts: readonly number[]
  /** By age group: and pays on credit if it is below this. */
  readonly credit: readonly number[]
}

/**
 * Thresholds by age group such that `arm.adoption` of the eligible patients' visits adopt. Groups keep their relative propensity until
 * one is full; then the others make up for it.
 */
export function adoptionThresholds(city: CityPlan, arm: ArmPlan): AdoptionThresholds {
  const wanted = arm.reform ? arm.adoption : 0
  const eligible = city.people.ageShares.map(
    (_, age) => visitShareOfAge(city, age) * (1 - (city.people.insuredShares[age]?.[notEligible] ?? 0)),
  )
  const all = eligible.reduce((sum, visits) => sum + visits, 0)
  const share = eligible.map((visits) => visits / all)
  const adopts = share.map(() => 0)
  let left = wanted
  let open = share.map((_, age) => age)
  while (open.length > 0 && left > 0) {
    const pull = open.reduce((sum, age) => sum + (share[age] as number) * (city.people.adoptionPropensity[age] ?? 1), 0)
    const factor = left / pull
    const full = open.filter((age) => factor * (city.people.adoptionPropensity[age] ?? 1) >= 1)
    for (const age of full.length > 0 ? full : open) adopts[age] = full.length > 0 ? 1 : factor * (city.people.adoptionPropensity[age] ?? 1)
    if (full.length === 0) break
    left -= full.reduce((sum, age) => sum + (share[age] as number), 0)
    open = open.filter((age) => !full.includes(age))
  }
  // Without the family code a child has no credential to pay with; the other groups stay as they are.
  if (arm.familyCode === false) adopts[child] = 0
  return { adopts, credit: adopts.map((threshold) => threshold * arm.creditShareOfAdopters) }
}

const child = ageGroups.indexOf('child')

/** Index of the insured type that cannot use the platform: settled elsewhere (外地) or not insured. */
export const notEligible = insuredTypes.indexOf('out-of-town')
