/** Which parties count as down, by the routing rule of both worlds (channels/health.ts), from the calls that whoever shares the board has made. */
import type { HealthPlan } from '../../scenarios/plan-parties.ts'
import { HEALTH_WORDS, isDown, mayCall, noteOutcome } from '../channels/health.ts'

export interface HealthBoard {
  /** Whether a call may go to the party now; while it is down this spends the interval's probe. */
  mayCall(party: number): boolean
  /** How a call of the party ended. */
  note(party: number, failed: boolean): void
  isDown(party: number): boolean
}

/** @param nowMs whole or not, never below 0, less than 2³¹: the rule counts in 32 bits */
export function healthBoard(
  { windowSeconds, minimumCalls, failureShare, probeSeconds }: HealthPlan,
  parties: number,
  nowMs: () => number,
): HealthBoard {
  const words = new Int32Array(parties * HEALTH_WORDS)
  const tick = () => Math.trunc(nowMs())
  return {
    mayCall: (party) => mayCall(words, party, tick(), probeSeconds * 1000),
    note: (party, failed) =>
      void noteOutcome(words, party, tick(), failed, windowSeconds * 1000, minimumCalls, failureShare, probeSeconds * 1000),
    isDown: (party) => isDown(words, party),
  }
}
