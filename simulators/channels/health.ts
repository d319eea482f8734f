/**
 * When a party counts as down, and when it is tried again (portable): the rule by which callers route around the dead.
 *
 * Down: of the calls that ended within the window, at least `minimumCalls`, a share of failures at or above `failureShare`.
 * While down, one call in each probe interval goes through; the first that succeeds brings the party back.
 * The window moves in sixths, so a call counts for between 5/6 and 6/6 of it.
 */
import { f64, type I32s, i32 } from '../engine/portable.ts'

/** Words of state a party takes in the table. */
export const HEALTH_WORDS: i32 = 16
const DOWN: i32 = 0
const NEXT_PROBE: i32 = 1
const SIXTH: i32 = 2
const CALLS: i32 = 3
const FAILURES: i32 = 9

/** Whether a call may go to the party now; while it is down this spends the interval's probe. */
export function mayCall(health: I32s, party: i32, tick: i32, probeTicks: i32): boolean {
  const at: i32 = party * HEALTH_WORDS
  if (health[at + DOWN]! === 0) return true
  if (tick < health[at + NEXT_PROBE]!) return false
  health[at + NEXT_PROBE] = tick + probeTicks
  return true
}

export function isDown(health: I32s, party: i32): boolean {
  return health[party * HEALTH_WORDS + DOWN]! !== 0
}

/** Takes note of how a call ended. True when this very call marks the party down. */
export function noteOutcome(
  health: I32s,
  party: i32,
  tick: i32,
  failed: boolean,
  windowTicks: i32,
  minimumCalls: i32,
  failureShare: f64,
  probeTicks: i32,
): boolean {
  const at: i32 = party * HEALTH_WORDS
  if (!failed && health[at + DOWN]! !== 0) {
    clear(health, at)
    health[at + DOWN] = 0
  }
  const sixth: i32 = i32(tick / i32(windowTicks / 6))
  const behind: i32 = sixth - health[at + SIXTH]!
  if (behind >= 6) clear(health, at)
  else if (behind > 0) {
    let passed: i32 = 1
    while (passed <= behind) {
      const slot: i32 = (sixth - behind + passed) % 6
      health[at + CALLS + slot] = 0
      health[at + FAILURES + slot] = 0
      passed++
    }
  }
  health[at + SIXTH] = sixth
  const now: i32 = sixth % 6
  health[at + CALLS + now] = health[at + CALLS + now]! + 1
  if (!failed) return false
  health[at + FAILURES + now] = health[at + FAILURES + now]! + 1
  if (health[at + DOWN]! !== 0) return false
  let calls: i32 = 0
  let failures: i32 = 0
  let slot: i32 = 0
  while (slot < 6) {
    calls += health[at + CALLS + slot]!
    failures += health[at + FAILURES + slot]!
    slot++
  }
  if (calls < minimumCalls || f64(failures) < failureShare * f64(calls)) return false
  health[at + DOWN] = 1
  health[at + NEXT_PROBE] = tick + probeTicks
  return true
}

function clear(health: I32s, at: i32): void {
  let slot: i32 = 0
  while (slot < 6) {
    health[at + CALLS + slot] = 0
    health[at + FAILURES + slot] = 0
    slot++
  }
}
