/**
 * Errands on their way (portable): one row of the errand table each, message after message, as records of a pool. What happens to them is
 * calls.ts.
 *
 * SERIAL  Rises whenever the errand turns to something else: it tells whether a reply or timer still concerns its present try.
 */
import { type I32s, type i32, newI32s } from '../../engine/portable.ts'
import { errandFirst } from './inputs.ts'
import { NOT_KEPT } from './keep.ts'
import { longer } from './longer.ts'
import { DRAW_ID, NUMBER, PAYER, TURNS, VISIT_SHIFT, visits, WAITS } from './records.ts'
import { TOTAL_REVERSALS_FAILED, totals } from './sums.ts'

export let errandVisit: I32s = newI32s(0)
/** The visit's slot; void once the errand is released, for it may outlive the visit. What draws and banks need is copied. */
export let errandSlot: I32s = newI32s(0)
export let errandDrawId: I32s = newI32s(0)
export let errandPayer: I32s = newI32s(0)
export let errandKind: I32s = newI32s(0)
export let errandPoint: I32s = newI32s(0)
export let errandChannel: I32s = newI32s(0)
/** Tick of the patient's first try at this point, before any change of entry. */
export let errandBegan: I32s = newI32s(0)
/** Messages answered so far. */
export let errandAt: I32s = newI32s(0)
export let errandTry: I32s = newI32s(0)
/** Entries tried before, and times the patient came back after waiting for the bureau: keeps the draws of a new coming apart. */
export let errandAgain: I32s = newI32s(0)
export let errandRestart: I32s = newI32s(0)
export let errandTurn: I32s = newI32s(0)
/** Bits: 1 released · 2 asking · 4 raising the limit · 8 the silent call was carried out · 32 is a reversal · money moved, or silence: 16 at the
 *  bureau, 64 at the own bank, 128 at the bank of the credit, 256 at the wallet. */
export let errandState: I32s = newI32s(0)
export let errandSerial: I32s = newI32s(0)
/** What the pending ERRAND_STEP means. */
export let errandStep: I32s = newI32s(0)
export let errandSent: I32s = newI32s(0)
/** Its place among those kept for the trace, NOT_KEPT for most. */
export let errandKept: I32s = newI32s(0)
let errandFree: I32s = newI32s(0)
let errandFreeCount: i32 = 0
let errandUsed: i32 = 0

export const RELEASED: i32 = 1
export const ASKING: i32 = 2
export const RAISING: i32 = 4
export const CARRIED_OUT: i32 = 8
export const AT_BUREAU: i32 = 16
export const REVERSAL: i32 = 32
export const AT_OWN_BANK: i32 = 64
export const AT_CREDIT_BANK: i32 = 128
export const AT_WALLET: i32 = 256

export function openErrands(): void {
  if (errandVisit.length === 0) growErrands(4096)
  errandFreeCount = 0
  errandUsed = 0
}

function growErrands(size: i32): void {
  errandVisit = longer(errandVisit, size)
  errandSlot = longer(errandSlot, size)
  errandDrawId = longer(errandDrawId, size)
  errandPayer = longer(errandPayer, size)
  errandKind = longer(errandKind, size)
  errandPoint = longer(errandPoint, size)
  errandChannel = longer(errandChannel, size)
  errandBegan = longer(errandBegan, size)
  errandAt = longer(errandAt, size)
  errandTry = longer(errandTry, size)
  errandAgain = longer(errandAgain, size)
  errandRestart = longer(errandRestart, size)
  errandTurn = longer(errandTurn, size)
  errandState = longer(errandState, size)
  errandSerial = longer(errandSerial, size)
  errandStep = longer(errandStep, size)
  errandSent = longer(errandSent, size)
  errandKept = longer(errandKept, size)
  errandFree = longer(errandFree, size)
}

export function newErrand(slot: i32, kind: i32, point: i32, channel: i32, began: i32, restart: i32): i32 {
  let errand: i32 = 0
  if (errandFreeCount > 0) {
    errandFreeCount--
    errand = errandFree[errandFreeCount]!
  } else {
    if (errandUsed === errandVisit.length) growErrands(errandUsed * 2)
    errand = errandUsed++
  }
  const my: i32 = slot << VISIT_SHIFT
  errandVisit[errand] = visits[my + NUMBER]!
  errandSlot[errand] = slot
  errandDrawId[errand] = visits[my + DRAW_ID]!
  errandPayer[errand] = visits[my + PAYER]!
  errandKind[errand] = kind
  errandPoint[errand] = point
  errandChannel[errand] = channel
  errandBegan[errand] = began
  errandAt[errand] = 0
  errandTry[errand] = 0
  errandRestart[errand] = restart
  errandAgain[errand] = restart + visits[my + WAITS]!
  errandState[errand] = 0
  errandKept[errand] = NOT_KEPT
  const turn: i32 = visits[my + TURNS]!
  errandTurn[errand] = turn
  visits[my + TURNS] = turn + 1
  errandSerial[errand] = errandSerial[errand]! + 1
  return errand
}

export function endErrand(errand: i32): void {
  if ((errandState[errand]! & REVERSAL) !== 0) totals[TOTAL_REVERSALS_FAILED] = totals[TOTAL_REVERSALS_FAILED]! - 1
  errandState[errand] = 0
  errandSerial[errand] = errandSerial[errand]! + 1
  errandFree[errandFreeCount++] = errand
}

/** Orders what one visit has pending at one tick: errand, message and try; 0 is left to the visit itself. */
export function turnOf(errand: i32): i32 {
  return (((errandTurn[errand]! + 1) * 16 + errandAt[errand]!) << 8) + tryNumber(errand)
}

export function messageOf(errand: i32): i32 {
  return errandFirst[errandKind[errand]!]! + errandAt[errand]!
}

/** One number per try of one message at one payment point, below 256. */
export function tryNumber(errand: i32): i32 {
  const asking: i32 = (errandState[errand]! & (ASKING | RAISING)) !== 0 ? 32 : 0
  return ((errandPoint[errand]! & 3) << 6) | asking | ((errandAgain[errand]! * 4 + errandTry[errand]!) & 31)
}
