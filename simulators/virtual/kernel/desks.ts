/**
 * Calls at a party's desk (portable), as records of a pool: one message of an errand, waiting or served. The errand may give a call up; the
 * party does not know and serves it all the same, so the two are separate records and a late reply finds nobody.
 */
import { type I32s, type i32, newI32s } from '../../engine/portable.ts'
import { ASKING, errandSerial, errandState, errandTurn, errandVisit, turnOf } from './errands.ts'
import { longer } from './longer.ts'

export let callErrand: I32s = newI32s(0)
export let callErrandSerial: I32s = newI32s(0)
/** Which errand of the pool's row, and which message of it: a late call may still tell that money moved. */
export let callTurn: I32s = newI32s(0)
/** {@link turnOf} when it was sent. */
export let callOrder: I32s = newI32s(0)
export let callVisit: I32s = newI32s(0)
export let callMessage: I32s = newI32s(0)
export let callParty: I32s = newI32s(0)
export let callSent: I32s = newI32s(0)
export let callService: I32s = newI32s(0)
export let callError: I32s = newI32s(0)
/** 1: it only asks what became of an earlier call. */
export let callAsks: I32s = newI32s(0)
export let callWaiting: I32s = newI32s(0)
export let callGeneration: I32s = newI32s(0)
export let nextCall: I32s = newI32s(0)
let callFree: I32s = newI32s(0)
let callFreeCount: i32 = 0
let callUsed: i32 = 0

export function openDesks(): void {
  if (callErrand.length === 0) growCalls(4096)
  callFreeCount = 0
  callUsed = 0
}

function growCalls(size: i32): void {
  callErrand = longer(callErrand, size)
  callErrandSerial = longer(callErrandSerial, size)
  callTurn = longer(callTurn, size)
  callOrder = longer(callOrder, size)
  callVisit = longer(callVisit, size)
  callMessage = longer(callMessage, size)
  callParty = longer(callParty, size)
  callSent = longer(callSent, size)
  callService = longer(callService, size)
  callError = longer(callError, size)
  callAsks = longer(callAsks, size)
  callWaiting = longer(callWaiting, size)
  callGeneration = longer(callGeneration, size)
  nextCall = longer(nextCall, size)
  callFree = longer(callFree, size)
}

export function newCall(errand: i32, message: i32, party: i32, tick: i32, service: i32, error: i32): i32 {
  let call: i32 = 0
  if (callFreeCount > 0) {
    callFreeCount--
    call = callFree[callFreeCount]!
  } else {
    if (callUsed === callErrand.length) growCalls(callUsed * 2)
    call = callUsed++
  }
  callErrand[call] = errand
  callErrandSerial[call] = errandSerial[errand]!
  callTurn[call] = errandTurn[errand]!
  callOrder[call] = turnOf(errand)
  callVisit[call] = errandVisit[errand]!
  callMessage[call] = message
  callParty[call] = party
  callSent[call] = tick
  callService[call] = service
  callError[call] = error
  callAsks[call] = (errandState[errand]! & ASKING) !== 0 ? 1 : 0
  callWaiting[call] = 0
  return call
}

export function freeCall(call: i32): void {
  callGeneration[call] = callGeneration[call]! + 1
  callFree[callFreeCount++] = call
}
