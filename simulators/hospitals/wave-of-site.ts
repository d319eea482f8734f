import { type CityPlan, tiers } from '../../scenarios/plan.ts'
import type { WavePlan } from '../../scenarios/plan-roll-out.ts'
import type { Site } from './sites.ts'

/**
 * By site: the number of the wave in which it joins, −1 for none. Municipal institutions join as whole institutions, the largest of
 * those left first; all other sites join with their district.
 */
export function waveOfSites(city: CityPlan, sites: readonly Site[], waves: readonly WavePlan[]): Int32Array {
  const municipal = tiers.indexOf('municipal-tertiary')
  const ofDistrict = city.districts.map(({ name }) => waves.findIndex(({ districts }) => districts.includes(name)))
  // Sites of a tier stand in order of size, so institutions stand in order of their largest site.
  const institutions = [...new Set(sites.filter((site) => site.tier === municipal).map((site) => site.institution))]
  const ofInstitution = new Map<number, number>()
  let taken = 0
  for (const [wave, { municipalInstitutions }] of waves.entries()) {
    for (const institution of institutions.slice(taken, taken + municipalInstitutions)) ofInstitution.set(institution, wave)
    taken += municipalInstitutions
  }
  return Int32Array.from(sites, (site) =>
    site.tier === municipal ? (ofInstitution.get(site.institution) ?? -1) : (ofDistrict[site.district] as number),
  )
}
