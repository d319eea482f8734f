import { assertOwnSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'

/** An entry asks in its own name; a practice site that asks, in its own name and about its own bills. */
export function assertMayAsk(caller: string, { channel, site }: { readonly channel: string; readonly site?: number }): void {
  if (channel !== caller) throw new WireFailure('forbidden')
  if (site !== undefined) assertOwnSite(caller, site)
}
