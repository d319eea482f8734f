/**
 * The health rule as the exports of a WebAssembly module, for the test that plain TypeScript and the compiled code mark the same calls.
 * Portable; nothing else imports this file.
 */
import { f64, type I32s, i32, newI32s } from '../engine/portable.ts'
import { HEALTH_WORDS, isDown, mayCall, noteOutcome } from './health.ts'

/** Two parties: words of one written by the other would show. */
let health: I32s = newI32s(2 * HEALTH_WORDS)

export function openHealth(): void {
  health = newI32s(2 * HEALTH_WORDS)
}
/** Bits: 1 the call was let through · 2 its outcome marked the party down · 4 the party is down afterwards. */
export function callHealth(party: i32, tick: i32, failed: i32, window: i32, minimumCalls: i32, percent: i32, probe: i32): i32 {
  if (!mayCall(health, party, tick, probe)) return isDown(health, party) ? 4 : 0
  const marked: boolean = noteOutcome(health, party, tick, failed !== 0, window, minimumCalls, f64(percent) / 100.0, probe)
  let told: i32 = i32(1)
  if (marked) told |= 2
  if (isDown(health, party)) told |= 4
  return told
}
