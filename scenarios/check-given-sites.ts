import type { CityFile } from './city-schema.ts'
import type { Mistake } from './problem.ts'
import { mustBeKnown, noDuplicates } from './run-checks.ts'

/** A user's own sites: names meet the city's, every site can be entered and paid at, and somebody comes. */
export function* givenSitesAreUsable({ givenSites, districts, departments }: CityFile): Generator<Mistake> {
  if (givenSites === undefined) return
  const knownDepartments = Object.keys(departments.titles)
  yield* noDuplicates(['givenSites', 'list'], givenSites.list, 'site', '执业点')
  for (const [index, site] of givenSites.list.entries()) {
    const path = ['givenSites', 'list', index]
    yield* mustBeKnown([...path, 'district'], site.district, Object.keys(districts.titles), 'district', '区')
    for (const [place, { name }] of site.departments.entries()) {
      yield* mustBeKnown([...path, 'departments', place, 'name'], name, knownDepartments, 'department', '科室')
    }
    for (const kind of ['registration-window', 'cashier-window'] as const) {
      if ((site.servers[kind] ?? 0) === 0) {
        yield {
          path: [...path, 'servers'],
          en: `has no ${kind}; a site that takes cash opens 1 or more`,
          zh: `没有 ${kind}；收现金的执业点至少开一个窗口`,
        }
      }
    }
    if (site.hourlyArrivals.every((arrivals) => arrivals === 0)) {
      yield { path: [...path, 'hourlyArrivals'], en: 'are all 0; a site has visitors', zh: '全为 0；执业点须有人来' }
    }
  }
}

export function* observedSitesAreGiven({ givenSites, observedWaits }: CityFile): Generator<Mistake> {
  const known = (givenSites?.list ?? []).map(({ name }) => name)
  for (const [index, { site }] of (observedWaits?.list ?? []).entries()) {
    yield* mustBeKnown(['observedWaits', 'list', index, 'site'], site, known, 'given site', '自有执业点')
  }
}
