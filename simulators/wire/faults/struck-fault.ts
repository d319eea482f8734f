import { allWireFaults } from './all-wire-faults.ts'
import type { Toll } from './strike.ts'
import type { FaultOnWire } from './wire-fault.ts'

/** What the auditor is told of a fault that struck. */
export function struckFault(fault: FaultOnWire, { callsTouched, keysTouched }: Toll) {
  const { leastEffect, plants, strikesAt } = allWireFaults[fault.kind]
  return {
    name: fault.name,
    callsTouched,
    // How many it must be at its size is judged beside its twin.
    leastCallsTouched: leastEffect.meets === 'nobody' ? 0 : 1,
    plantedDifferences: plants === undefined ? [] : keysTouched.flatMap((key) => plants(fault, key) ?? []),
    // A file says nothing of the books behind it: those stay right.
    plantedKeys: plants === undefined || strikesAt === 'day-end' ? [] : keysTouched,
  }
}
