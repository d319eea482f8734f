import type { FaultKind } from '../../scenarios/plan-faults.ts'
import { brownOut } from './brown-out.ts'
import { errorBurst } from './error-burst.ts'
import type { FaultKindOfHouse } from './fault.ts'
import { outage } from './outage.ts'
import { slow } from './slow.ts'

/** Every kind a scenario may name. */
export const allFaults: Readonly<Record<FaultKind, FaultKindOfHouse>> = { outage, slow, 'brown-out': brownOut, 'error-burst': errorBurst }
