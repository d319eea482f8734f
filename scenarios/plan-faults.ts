/**
 * Faults of a scenario, in plain words. What a file may say of a kind, what is checked of it and what a result may hold are made from these
 * lists; what a kind does to calls is simulators/faults.
 */

import type { PartyKind } from './plan-parties.ts'

export const faultKinds = ['outage', 'slow', 'brown-out', 'error-burst'] as const
export type FaultKind = (typeof faultKinds)[number]

export interface FaultPlan {
  readonly name: string
  readonly kind: FaultKind
  readonly target: { readonly party: PartyKind; readonly name: string }
  readonly fromSecond: number
  readonly toSecond: number
  /** outage: 'refuse' answers at once with an error, 'black-hole' accepts and never answers. */
  readonly form: OutageForm
  /** slow: service times are multiplied by this. */
  readonly slowFactor: number
  /** brown-out: share of servers left. */
  readonly capacityShare: number
  /** error-burst: share of requests answered with an error; a message may be several (simulators/platform/errands.ts). */
  readonly errorShare: number
}

export const outageForms = ['refuse', 'black-hole'] as const
export type OutageForm = (typeof outageForms)[number]

/** Each strength where it does nothing, as it stands in faults of every other kind. */
export const noStrength = { slowFactor: 1, capacityShare: 1, errorShare: 0 } as const
export type FaultStrength = keyof typeof noStrength

/** The strength a kind goes by; an outage has none. */
export const strengthOf: Readonly<Partial<Record<FaultKind, FaultStrength>>> = {
  slow: 'slowFactor',
  'brown-out': 'capacityShare',
  'error-burst': 'errorShare',
}
