import type { FaultPlan } from '../../../scenarios/plan-faults.ts'

/** The actor that a scenario's fault strikes, by its name on the wire. */
export function targetOf({ party, name }: FaultPlan['target']): string {
  if (party === 'channel') return `channel-${name}`
  return party === 'bank' ? name : party
}
