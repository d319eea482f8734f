/** The routing rule of the virtual city (simulators/channels/health.ts) about one party on the wire, in milliseconds of the protocol clock. */
import type { HealthPlan } from '../../../scenarios/plan.ts'
import { HEALTH_WORDS, isDown, mayCall, noteOutcome } from '../../channels/health.ts'

export interface PartyHealth {
  /** Whether a call may go to the party now; while it is down this spends the interval's probe. */
  mayCall(): boolean
  note(failed: boolean): void
  readonly isDown: boolean
}

export function partyHealth({ windowSeconds, minimumCalls, failureShare, probeSeconds }: HealthPlan, nowMs: () => number): PartyHealth {
  const words = new Int32Array(HEALTH_WORDS)
  // The rule counts in 32 bits: milliseconds since this process began last 24 days.
  const beganMs = nowMs()
  const tick = () => Math.trunc(nowMs() - beganMs)
  return {
    mayCall: () => mayCall(words, 0, tick(), probeSeconds * 1000),
    note: (failed) => void noteOutcome(words, 0, tick(), failed, windowSeconds * 1000, minimumCalls, failureShare, probeSeconds * 1000),
    get isDown() {
      return isDown(words, 0)
    },
  }
}
