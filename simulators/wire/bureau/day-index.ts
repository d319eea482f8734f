/** Settlements of a site by day, so that a statement walks through the days it is about and not through the city. */

export interface SiteDay {
  readonly settled: Set<string>
  readonly reversed: Set<string>
}
/** Site → yyyy-MM-dd → numbers. */
export type DayIndex = Map<number, Map<string, SiteDay>>

export function siteDay(index: DayIndex, site: number, day: string): SiteDay {
  const days = index.get(site) ?? new Map<string, SiteDay>()
  index.set(site, days)
  const known = days.get(day) ?? { settled: new Set<string>(), reversed: new Set<string>() }
  days.set(day, known)
  return known
}

/** Numbers settled at the site from one day until another, both included, in order of settlement. */
export function settledBetween(index: DayIndex, site: number, from: string, until: string): string[] {
  const found: string[] = []
  for (const [day, { settled }] of index.get(site) ?? []) if (from <= day && day <= until) found.push(...settled)
  return found
}
