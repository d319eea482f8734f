/**
 * A kind of failure 故障: what it does to calls while it lasts, and what must be true of the money afterwards. One small file each;
 * to make one, copy noop.ts, list it in all-faults.ts and teach the world what its `acts` means.
 */
import type { Words } from '../../scenarios/plan.ts'
import type { FaultPlan } from '../../scenarios/plan-faults.ts'

/** What a party does with a call that arrives while the fault lasts. */
export type FaultActs =
  /** Answers at once with an error (refused connection). */
  | 'refuses'
  /** Accepts and never answers. */
  | 'swallows'
  /** Serves, `amount` times slower. */
  | 'slows'
  /** Serves with a share `amount` of its desks. */
  | 'loses-desks'
  /** Serves, and answers a share `amount` of requests with an error. */
  | 'errs'
  /** Serves as ever. */
  | 'nothing'

export interface FaultKindOfHouse {
  readonly title: Words
  /** The act and its amount for a fault of the scenario. */
  readonly acts: (fault: FaultPlan) => { readonly does: FaultActs; readonly amount: number }
  /** What must hold of the money once the fault is over. */
  readonly afterwards: Words
}
