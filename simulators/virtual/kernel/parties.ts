/**
 * The shared parties (portable): entries, platform, bureau, banks, file desk. What ails each of them now, whether it counts as down, and
 * what is counted of it by second and by minute. Whoever calls them is calls.ts; their desks are stations (lines.ts).
 */
import { HEALTH_WORDS, mayCall, noteOutcome } from '../../channels/health.ts'
import { f64, type I32s, i32, newI32s } from '../../engine/portable.ts'
import {
  FAULT_NONE,
  faultDoes,
  faultNumber,
  faultParty,
  partyStation,
  RULE_HEALTH_CALLS,
  RULE_HEALTH_PROBE,
  RULE_HEALTH_WINDOW,
  ruleShares,
  rules,
  SHARE_HEALTH_FAILURES,
} from './inputs.ts'
import { sumUp } from './lines.ts'
import { BUSY, ON_DUTY, STATION_SHIFT, stations } from './records.ts'
import {
  faultDetected,
  faultFirstRouted,
  MINUTES,
  partyCalls,
  partyMinuteBusy,
  partyMinuteCalls,
  partyMinuteDuty,
  partyPeakCalls,
} from './sums.ts'

const MINUTE_TICKS: i32 = 600000
const SECOND_TICKS: i32 = 10000

let health: I32s = newI32s(0)
/** Fault at a party now, its number and its row in the fault table. */
export let partyFault: I32s = newI32s(0)
export let partyFaultRow: I32s = newI32s(0)
/** Last fault that struck the party. What is felt, noticed or avoided is its outcome from its start until a health window after its end. */
let partyLastFault: I32s = newI32s(0)
/** Last tick of that: the end of the clock while it lasts. */
let partyFaultUntil: I32s = newI32s(0)
let partySecond: I32s = newI32s(0)
let partySecondCalls: I32s = newI32s(0)
let partySummedTo: I32s = newI32s(0)

/** Nothing ails anybody. */
export function openParties(): void {
  const parties: i32 = partyStation.length
  health = newI32s(parties * HEALTH_WORDS)
  partyFault = newI32s(parties)
  partyFaultRow = newI32s(parties)
  partyLastFault = newI32s(parties)
  partyLastFault.fill(-1)
  partyFaultUntil = newI32s(parties)
  partySecond = newI32s(parties)
  partySecondCalls = newI32s(parties)
  partySummedTo = newI32s(parties)
}

/** False where the party counts as down and nobody is to try it now: the caller goes another way. */
export function isOpenTo(party: i32, tick: i32): boolean {
  if (mayCall(health, party, tick, rules[RULE_HEALTH_PROBE]!)) return true
  const fault: i32 = faultAt(party, tick)
  if (fault >= 0 && faultFirstRouted[fault]! < 0) faultFirstRouted[fault] = tick
  return false
}

/** How a call of the party ended. */
export function noteParty(party: i32, tick: i32, failed: boolean): void {
  const marked: boolean = noteOutcome(
    health,
    party,
    tick,
    failed,
    rules[RULE_HEALTH_WINDOW]!,
    rules[RULE_HEALTH_CALLS]!,
    ruleShares[SHARE_HEALTH_FAILURES]!,
    rules[RULE_HEALTH_PROBE]!,
  )
  if (!marked) return
  const fault: i32 = faultAt(party, tick)
  if (fault >= 0 && faultDetected[fault]! < 0) faultDetected[fault] = tick
}

/** The fault that what happens to a party now is put down to, −1 none. */
export function faultAt(party: i32, tick: i32): i32 {
  return tick <= partyFaultUntil[party]! ? partyLastFault[party]! : -1
}

/** A fault begins or ends at its party. What that means for the desks is the caller's. */
export function takeFault(row: i32, tick: i32): void {
  const party: i32 = faultParty[row]!
  const does: i32 = faultDoes[row]!
  partyFault[party] = does
  partyFaultRow[party] = row
  if (does !== FAULT_NONE) {
    partyLastFault[party] = faultNumber[row]!
    partyFaultUntil[party] = 2147483647
  } else partyFaultUntil[party] = tick + rules[RULE_HEALTH_WINDOW]!
}

/** A call arrives. */
export function countCall(party: i32, tick: i32): void {
  partyCalls[party] = partyCalls[party]! + 1
  const minute: i32 = party * MINUTES + i32(tick / MINUTE_TICKS)
  partyMinuteCalls[minute] = partyMinuteCalls[minute]! + 1
  const second: i32 = i32(tick / SECOND_TICKS)
  if (partySecond[party]! !== second) {
    partySecond[party] = second
    partySecondCalls[party] = 0
  }
  const calls: i32 = partySecondCalls[party]! + 1
  partySecondCalls[party] = calls
  if (calls > partyPeakCalls[party]!) partyPeakCalls[party] = calls
}

/** Sums busy desks and desks on duty by minute, then the station's areas. */
export function sumUpParty(party: i32, station: i32, tick: i32): void {
  let from: i32 = partySummedTo[party]!
  while (from < tick) {
    const minute: i32 = i32(from / MINUTE_TICKS)
    // The end of the clock's last minute is past its last tick: i32 makes it negative in both worlds.
    const end: i32 = i32((minute + 1) * MINUTE_TICKS)
    let to: i32 = tick
    if (end > 0 && end < tick) to = end
    const at: i32 = party * MINUTES + minute
    partyMinuteBusy[at] = partyMinuteBusy[at]! + f64(to - from) * f64(stations[(station << STATION_SHIFT) + BUSY]!)
    partyMinuteDuty[at] = partyMinuteDuty[at]! + f64(to - from) * f64(stations[(station << STATION_SHIFT) + ON_DUTY]!)
    from = to
  }
  partySummedTo[party] = tick
  sumUp(station, tick)
}
