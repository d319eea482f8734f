import { type CityPlan, tiers } from '../../scenarios/plan.ts'
import type { RollOutPlan } from '../../scenarios/plan-roll-out.ts'
import { dayNumber } from '../engine/civil-date.ts'
import type { Site } from './sites.ts'

/**
 * By site: the day number on which it joins. Municipal institutions join as whole institutions, those of a wave spread evenly over the
 * sizes of those left; all other sites join with their district.
 */
export function joiningDays(city: CityPlan, sites: readonly Site[], { waves }: Pick<RollOutPlan, 'waves'>): Int32Array {
  const municipal = tiers.indexOf('municipal-tertiary')
  const districts = city.districts.map(({ name }) => name)
  const ofDistrict = new Map(waves.flatMap((wave) => wave.districts.map((name) => [districts.indexOf(name), dayNumber(wave.on)] as const)))
  // Sites of a tier stand in order of size, so institutions stand in order of their largest site.
  const institutions = [...new Set(sites.filter((site) => site.tier === municipal).map((site) => site.institution))]
  const ofInstitution = new Map<number, number>()
  for (const { on, municipalInstitutions: wanted } of waves) {
    const left = institutions.filter((institution) => !ofInstitution.has(institution))
    for (let k = 0; k < wanted; k++) {
      const institution = left[Math.floor(((k + 0.5) * left.length) / wanted)]
      if (institution !== undefined) ofInstitution.set(institution, dayNumber(on))
    }
  }
  return Int32Array.from(sites, (site) => {
    const day = site.tier === municipal ? ofInstitution.get(site.institution) : ofDistrict.get(site.district)
    if (day === undefined) throw new Error(`the site "${site.name}" joins in no wave; the scenario's door should have said so`)
    return day
  })
}
