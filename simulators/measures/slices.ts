/** The slices of measurement: each dimension by itself, plus tier × age and tier × hour; no full cross. */
import { ageGroups, type CityPlan, insuredTypes, paymentModes, tiers } from '../../scenarios/plan.ts'
import type { Slice } from './run-result.ts'

export interface SliceLayout {
  readonly slices: readonly Slice[]
  /** Where each family of slices begins. */
  readonly tierAge: number
  readonly tierHour: number
  readonly district: number
  readonly insured: number
  readonly mode: number
  /** Two for each arm after the first: its switchers, its stayers. */
  readonly switched: number
  /**
   * Outpatients of hospitals: of all; of the tertiary ones; of these who pay three times (registration, examination, drugs); then, for each
   * arm after the first, who of the second and of the third switches.
   */
  readonly hospital: number
  readonly tier: number
  readonly age: number
  readonly hour: number
  readonly all: number
}

export const HOURS = 24

export function sliceLayout(city: Pick<CityPlan, 'districts'>, arms: readonly { readonly name: string }[]): SliceLayout {
  const slices: Slice[] = []
  const family = (dimension: Slice['dimension'], names: readonly string[]): number => {
    const first = slices.length
    for (const name of names) slices.push({ dimension, name })
    return first
  }
  const hours = Array.from({ length: HOURS }, (_, hour) => String(hour).padStart(2, '0'))
  return {
    tierAge: family(
      'tier-age',
      tiers.flatMap((tier) => ageGroups.map((age) => `${tier}/${age}`)),
    ),
    tierHour: family(
      'tier-hour',
      tiers.flatMap((tier) => hours.map((hour) => `${tier}/${hour}`)),
    ),
    district: family(
      'district',
      city.districts.map((district) => district.name),
    ),
    insured: family('insured', insuredTypes),
    mode: family('mode', paymentModes),
    switched: family(
      'switch',
      arms.slice(1).flatMap((arm) => [`${arm.name}/switched`, `${arm.name}/stayed`]),
    ),
    hospital: family('hospital', [
      'all',
      'tertiary',
      'tertiary-three-payments',
      ...arms.slice(1).flatMap((arm) => [`${arm.name}/tertiary-switched`, `${arm.name}/tertiary-switched-three-payments`]),
    ]),
    tier: family('tier', tiers),
    age: family('age', ageGroups),
    hour: family('hour', hours),
    all: family('all', ['all']),
    slices,
  }
}
