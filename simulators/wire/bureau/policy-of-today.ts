import { dateOf } from '../desks/business-time.ts'
import type { BusinessClock } from '../server/business-clock.ts'

/**
 * A policy that is always the one of the business day: rates and limits change when the clock passes the day of a new line. A bill is split
 * by the policy of the moment it is settled.
 *
 * @param first of the day the clock shows now
 * @param on the policy of a day; undefined: that day has none, and the last one stays. Absent: one policy for every day
 */
export function policyOfToday<Policy extends object>(
  first: Policy,
  on: ((day: string) => Policy | undefined) | undefined,
  clock: Pick<BusinessClock, 'nowMs'>,
): Policy {
  if (on === undefined) return first
  let day = dateOf(clock.nowMs())
  let policy = first
  const today = () => {
    const now = dateOf(clock.nowMs())
    if (now !== day) {
      day = now
      policy = on(now) ?? policy
    }
    return policy
  }
  // Whoever holds it holds a name for it, not one day's rules; it is only ever read. Of a frozen object a proxy may tell nothing else.
  return new Proxy({ ...first }, { get: (_, name) => Reflect.get(today(), name) as unknown })
}
