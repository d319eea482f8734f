/** What a party does while a fault lasts, as the kernel's number for it. The compile step writes it, the oracle reads it back. */
import type { FaultActs } from '../faults/fault.ts'
import * as k from './kernel/inputs.ts'

export const faultCodes: Readonly<Record<FaultActs, number>> = {
  nothing: k.FAULT_NONE,
  refuses: k.FAULT_REFUSE,
  swallows: k.FAULT_BLACK_HOLE,
  slows: k.FAULT_SLOW,
  'loses-desks': k.FAULT_BROWN_OUT,
  errs: k.FAULT_ERRORS,
}
