/** The routing rule of the virtual city (simulators/channels/health.ts) about one party on the wire, in milliseconds of the protocol clock. */
import type { HealthPlan } from '../../../scenarios/plan-parties.ts'
import { healthBoard } from '../../trace/health-board.ts'

export interface PartyHealth {
  /** Whether a call may go to the party now; while it is down this spends the interval's probe. */
  mayCall(): boolean
  note(failed: boolean): void
  readonly isDown: boolean
}

export function partyHealth(health: HealthPlan, nowMs: () => number): PartyHealth {
  // The rule counts in 32 bits: milliseconds since this process began last 24 days.
  const beganMs = nowMs()
  const board = healthBoard(health, 1, () => nowMs() - beganMs)
  return {
    mayCall: () => board.mayCall(0),
    note: (failed) => board.note(0, failed),
    get isDown() {
      return board.isDown(0)
    },
  }
}
