/** How much a user's own sites are visited, what they do not have, and what their patients do in its place; null for generated sites, which have every line. */
import { type CityPlan, registrationWays, type StationKind, stationKinds } from '../../scenarios/plan.ts'
import type { Site } from '../hospitals/sites.ts'
import type { DayVisits } from './day-visits.ts'

/** Nobody waits at a line that is not there: windows take the place of kiosks, and who would ask a volunteer is on their own. */
export function givenSiteHabits(city: CityPlan, sites: readonly Site[]) {
  if (city.givenSites === undefined) return null
  const lacks = (kind: StationKind): readonly boolean[] => sites.map(({ servers }) => servers[stationKinds.indexOf(kind)] === 0)
  const noKiosk = lacks('kiosk')
  const noVolunteer = lacks('volunteer-desk')
  const window = registrationWays.indexOf('window')
  return {
    visitsPerDay: city.givenSites.reduce((sum, site) => sum + site.hourlyArrivals.reduce((a, b) => a + b, 0), 0),
    fit(columns: DayVisits, at: number, site: number): void {
      columns.district[at] = (sites[site] as Site).district
      if (noKiosk[site]) {
        columns.kiosk[at] = 0
        columns.registration[at] = window
      }
      if (noVolunteer[site] && columns.selfService[at] === 1) columns.selfService[at] = 2
    },
  }
}
