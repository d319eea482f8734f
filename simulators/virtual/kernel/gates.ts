/**
 * Sites that switch over on the day (portable): shut to the new way of paying until the last of their terminals has signed in and their
 * directory is in. Until then the new way is not open there; and from the moment of the switch on, some of them hold every settlement.
 *
 * LAYOUT  By site: what is outstanding, and the chain of visits held at its windows and kiosks, each behind the other.
 */
import { type I32s, type i32, newI32s } from '../../engine/portable.ts'
import { GATE_HOLDS, RULE_SWITCH_TICK, rules, siteErrands, siteGate } from './inputs.ts'
import { BEHIND, VISIT_SHIFT, visits } from './records.ts'
import { siteReady, TOTAL_HELD, totals } from './sums.ts'

let outstanding: I32s = newI32s(0)
let heldFirst: I32s = newI32s(0)
let heldLast: I32s = newI32s(0)

const NOBODY: i32 = -1

export function openGates(): void {
  const sites: i32 = siteGate.length
  outstanding = newI32s(sites)
  heldFirst = newI32s(sites)
  heldLast = newI32s(sites)
  heldFirst.fill(NOBODY)
  let site: i32 = 0
  while (site < sites) {
    outstanding[site] = siteErrands[site]!
    site++
  }
}

/** The new way of paying is not open at the site yet. */
export function isShut(site: i32): boolean {
  return site < outstanding.length && outstanding[site]! > 0
}

/** Nothing is settled at the site now, whichever way. */
export function holds(site: i32, tick: i32): boolean {
  return isShut(site) && siteGate[site]! === GATE_HOLDS && tick >= rules[RULE_SWITCH_TICK]!
}

/** A visit whose settlement waits for its site stands behind those that wait there. */
export function hold(site: i32, visit: i32): void {
  totals[TOTAL_HELD] = totals[TOTAL_HELD]! + 1
  visits[(visit << VISIT_SHIFT) + BEHIND] = NOBODY
  if (heldFirst[site]! === NOBODY) heldFirst[site] = visit
  else visits[(heldLast[site]! << VISIT_SHIFT) + BEHIND] = visit
  heldLast[site] = visit
}

/** One of the site's errands of the switch is done. True when it was the last. */
export function ticksOff(site: i32, tick: i32): boolean {
  const left: i32 = outstanding[site]! - 1
  outstanding[site] = left
  if (left > 0) return false
  siteReady[site] = tick
  return true
}

/** The next visit held at a site that is ready, taken off the chain; −1 none. */
export function nextHeld(site: i32): i32 {
  const visit: i32 = heldFirst[site]!
  if (visit !== NOBODY) heldFirst[site] = visits[(visit << VISIT_SHIFT) + BEHIND]!
  return visit
}
