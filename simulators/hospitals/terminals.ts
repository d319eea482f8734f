import { stationKinds } from '../../scenarios/plan.ts'
import { FIXED_SLOTS, type Site } from './sites.ts'

const withTerminal: readonly string[] = ['registration-window', 'kiosk', 'cashier-window']

/** Terminals of a site that sign in at the bureau: one at each window and kiosk, and in each consulting room. */
export function terminalsOf(site: Site): number {
  return site.servers.reduce((sum, servers, slot) => {
    const kind = stationKinds[slot]
    return slot >= FIXED_SLOTS || (kind !== undefined && withTerminal.includes(kind)) ? sum + servers : sum
  }, 0)
}
