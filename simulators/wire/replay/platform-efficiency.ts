/**
 * How near the platform comes to its own parts: what its messages, commits and signatures cost when each is measured alone, over the
 * processor it took for them. The rest is dialects, sagas, metrics and whatever else stands between the parts.
 */
import type { WireEfficiency } from '../../measures/result-wire.ts'

/** Microseconds of processor, each measured by itself on the machine of the run. */
export interface UnitCosts {
  /** A request sent to a bare node:http server and its answer read, signed by HMAC: the client's side. */
  readonly sent: number
  /** A request answered by a bare node:http server. */
  readonly answered: number
  /** A ledger command beside others in its commit. */
  readonly command: number
  /** A commit, whatever stands in it: log, disk, two threads woken. */
  readonly commit: number
  readonly hmacChecked: number
  readonly rsaMade: number
  readonly rsaChecked: number
}

export type WorkCounts = Readonly<Record<keyof UnitCosts, number>>

/** @param counts of all payments together; @param paid how many there were */
export function platformEfficiency(counts: WorkCounts, cpuMicros: number, paid: number, units: UnitCosts): WireEfficiency | undefined {
  if (paid === 0 || cpuMicros <= 0) return undefined
  const names = Object.keys(units) as (keyof UnitCosts)[]
  const parts = names.map((part) => ({ part, count: counts[part] / paid, micros: units[part] })).filter(({ count }) => count > 0)
  return {
    cpuMicros: cpuMicros / paid,
    partsMicros: parts.reduce((sum, { count, micros }) => sum + count * micros, 0),
    parts,
  }
}
