import { type CityPlan, tiers } from '../../scenarios/plan.ts'
import type { WavePlan } from '../../scenarios/plan-roll-out.ts'
import type { Site } from './sites.ts'

/** Which municipal institutions a wave takes of those left: the largest of them, or as many of every size. */
export type InstitutionsOfWave = 'the-largest' | 'of-every-size'

/** By site: the number of the wave in which it joins, −1 for none. Municipal institutions join as whole institutions, all other sites with their district. */
export function waveOfSites(city: CityPlan, sites: readonly Site[], waves: readonly WavePlan[], taken: InstitutionsOfWave): Int32Array {
  const municipal = tiers.indexOf('municipal-tertiary')
  const ofDistrict = city.districts.map(({ name }) => waves.findIndex(({ districts }) => districts.includes(name)))
  // Sites of a tier stand in order of size, so institutions stand in order of their largest site.
  const institutions = [...new Set(sites.filter((site) => site.tier === municipal).map((site) => site.institution))]
  const ofInstitution = new Map<number, number>()
  for (const [wave, { municipalInstitutions: wanted }] of waves.entries()) {
    const left = institutions.filter((institution) => !ofInstitution.has(institution))
    for (let k = 0; k < Math.min(wanted, left.length); k++) {
      const at = taken === 'the-largest' ? k : Math.floor(((k + 0.5) * left.length) / Math.min(wanted, left.length))
      ofInstitution.set(left[at] as number, wave)
    }
  }
  return Int32Array.from(sites, (site) =>
    site.tier === municipal ? (ofInstitution.get(site.institution) ?? -1) : (ofDistrict[site.district] as number),
  )
}
