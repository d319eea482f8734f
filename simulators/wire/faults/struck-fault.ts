import { allWireFaults } from './all-wire-faults.ts'
import type { Toll } from './strike.ts'
import type { FaultOnWire } from './wire-fault.ts'

/** What the auditor is told of a fault that struck. Differences in day-end files are matched by nobody yet, so none is said to be planted. */
export const struckFault = ({ name, kind }: FaultOnWire, { callsTouched, keysTouched }: Toll) => ({
  name,
  callsTouched,
  leastCallsTouched: allWireFaults[kind].leastEffect.calls,
  plantedDifferences: [],
  plantedKeys: allWireFaults[kind].plants === true ? keysTouched : [],
})
