/**
 * Who may call whom, and for which practice site. Keys are derived for any name, so a signature alone proves a name and not a right:
 * every gate has its list of callers. A site that signs for itself (`site-7`) touches its own bills only; `his` and `platform` act for
 * every site, and the object's own rules bind them.
 */
import { WireFailure } from './failures.ts'

/** Names on the wire; a star at the end stands for every name that begins so: `channel-*`, `site-*`. */
export type Callers = readonly string[]

export const isAmong = (callers: Callers, caller: string): boolean =>
  callers.some((known) => (known.endsWith('*') ? caller.length >= known.length && caller.startsWith(known.slice(0, -1)) : known === caller))

/** The site that signs for itself; undefined: a party that acts for any. */
export function siteOfCaller(caller: string): number | undefined {
  const [, site] = /^site-(0|[1-9]\d{0,8})$/.exec(caller) ?? []
  return site === undefined ? undefined : Number(site)
}

export const callerOfSite = (site: number): string => `site-${site}`

/** Ends the request of a site for another site's object. */
export function assertOwnSite(caller: string, site: number): void {
  if (!caller.startsWith('site-')) return
  if (siteOfCaller(caller) !== site) throw new WireFailure('forbidden')
}
