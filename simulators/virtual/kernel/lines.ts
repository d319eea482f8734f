/**
 * Stations: servers on duty, servers busy, and who waits (portable). One form for a cashier's line and a bank's queue of calls.
 *
 * LAYOUT  Up to four classes of urgency a station; each is a chain through the caller's own `nextInLine` table.
 * HOLDS   A server is idle only when nobody waits, unless it is off duty. Within a class the longest waiting goes first.
 *         Who leaves a line early stays in its chain and is passed over; the length counts only those who still wait.
 */
import { f64, type I32s, i32, newI32s } from '../../engine/portable.ts'
import { stationServers } from './inputs.ts'
import { stationBusyArea, stationDutyArea, stationLineArea, stationLongest } from './sums.ts'

export const CLASSES: i32 = 4
const NOBODY: i32 = -1

export let onDuty: I32s = newI32s(0)
export let busy: I32s = newI32s(0)
export let lineLength: I32s = newI32s(0)
let head: I32s = newI32s(0)
let tail: I32s = newI32s(0)
/** Tick up to which the areas are summed. */
let summedTo: I32s = newI32s(0)
let dutySummedTo: I32s = newI32s(0)

/** Empty lines, all servers of round-the-clock stations on duty. */
export function openLines(): void {
  const stations: i32 = stationServers.length
  if (stations !== onDuty.length) {
    onDuty = newI32s(stations)
    busy = newI32s(stations)
    lineLength = newI32s(stations)
    head = newI32s(stations * CLASSES)
    tail = newI32s(stations * CLASSES)
    summedTo = newI32s(stations)
    dutySummedTo = newI32s(stations)
  } else {
    busy.fill(0)
    lineLength.fill(0)
    summedTo.fill(0)
    dutySummedTo.fill(0)
  }
  head.fill(NOBODY)
  tail.fill(NOBODY)
  let station: i32 = 0
  while (station < stations) {
    onDuty[station] = stationServers[station]!
    station++
  }
}

/** Sums the station's areas up to now; called before whatever changes a count. */
export function sumUp(station: i32, tick: i32): void {
  const passed: f64 = f64(tick - summedTo[station]!)
  stationLineArea[station] = stationLineArea[station]! + passed * f64(lineLength[station]!)
  stationBusyArea[station] = stationBusyArea[station]! + passed * f64(busy[station]!)
  summedTo[station] = tick
}

/** Changes the number of servers on duty. Those at work finish; the caller then calls in whoever can start. */
export function setOnDuty(station: i32, tick: i32, servers: i32): void {
  stationDutyArea[station] = stationDutyArea[station]! + f64(tick - dutySummedTo[station]!) * f64(onDuty[station]!)
  dutySummedTo[station] = tick
  onDuty[station] = servers
}

/** Someone joins the end of a class's chain. */
export function stand(nextInLine: I32s, station: i32, urgency: i32, who: i32): void {
  const at: i32 = station * CLASSES + urgency
  nextInLine[who] = NOBODY
  if (head[at]! === NOBODY) head[at] = who
  else nextInLine[tail[at]!] = who
  tail[at] = who
  const length: i32 = lineLength[station]! + 1
  lineLength[station] = length
  if (length > stationLongest[station]!) stationLongest[station] = length
}

/** Takes the first of the most urgent class out of its chain, −1 if the chains are empty. The caller passes over who has left. */
export function callNext(nextInLine: I32s, station: i32): i32 {
  let at: i32 = station * CLASSES
  const end: i32 = at + CLASSES
  while (at < end) {
    const who: i32 = head[at]!
    if (who !== NOBODY) {
      head[at] = nextInLine[who]!
      return who
    }
    at++
  }
  return NOBODY
}
