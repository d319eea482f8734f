import type { FailureOrder } from '../server/failure-order.ts'
import type { FaultOnWire, Strike } from './wire-fault.ts'

/** An order to the target about a share of what it can meet. */
export function chosen(fault: FaultOnWire, order: FailureOrder, usualOnly?: readonly string[]): Strike {
  const only = fault.only ?? usualOnly
  return {
    by: 'order',
    order: {
      ...order,
      name: fault.name,
      ...(only === undefined ? {} : { only: [...only] }),
      ...(fault.share < 1 ? { share: fault.share, seed: fault.seed } : {}),
    },
  }
}

/** An order that strains the whole actor: nobody is chosen. */
export const whole = (fault: FaultOnWire, order: FailureOrder): Strike => ({ by: 'order', order: { ...order, name: fault.name } })
