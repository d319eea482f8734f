import { allWireFaults } from './all-wire-faults.ts'
import type { Toll } from './strike.ts'
import type { FaultOnWire } from './wire-fault.ts'

/** What the auditor is told of a fault that struck. */
export function struckFault(fault: FaultOnWire, { callsTouched, keysTouched }: Toll) {
  const { leastEffect, plants } = allWireFaults[fault.kind]
  return {
    name: fault.name,
    callsTouched,
    leastCallsTouched: leastEffect.calls,
    plantedDifferences: plants === undefined ? [] : keysTouched.flatMap((key) => plants(fault, key) ?? []),
    plantedKeys: plants === undefined ? [] : keysTouched,
  }
}
