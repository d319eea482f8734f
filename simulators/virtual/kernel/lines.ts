/**
 * Stations: servers on duty, servers busy, and who waits (portable). One form for a cashier's line and a bank's queue of calls.
 *
 * LAYOUT  Up to four classes of urgency a station; each is a chain through the records of those who wait (visits or calls).
 * HOLDS   A server is idle only when nobody waits, unless it is off duty. Within a class the longest waiting goes first.
 *         Who leaves a line early stays in its chain and is passed over; the length counts only those who still wait.
 */
import { type F64s, f64, type I32s, type i32, newF64s, newI32s } from '../../engine/portable.ts'
import { stationFlags, stationKind, stationServers } from './inputs.ts'
import {
  BUSY,
  BUSY_AREA,
  BUSY_TICKS,
  clearStations,
  DUTY_AREA,
  FLAGS,
  HEAD,
  KIND_SHIFT,
  LENGTH,
  LINE_AREA,
  LONGEST,
  ON_DUTY,
  STARTS,
  STATION_SHIFT,
  SUMMED_TO,
  SUMS_SHIFT,
  stationSums,
  stations,
  TAIL,
  WAIT_SUM,
} from './records.ts'

const CLASSES: i32 = 4
const NOBODY: i32 = -1
const SPILL_TICKS: i32 = 1073741824
let dutySummedTo: I32s = newI32s(0)
/** Ticks that servers worked past the end of their shift, up to the last change of it or end of a service. */
let overtime: F64s = newF64s(0)

/** Empty lines, everybody on duty until the shifts say otherwise. */
export function openLines(): void {
  const count: i32 = stationServers.length
  clearStations(count)
  if (dutySummedTo.length !== count) {
    dutySummedTo = newI32s(count)
    overtime = newF64s(count)
  } else {
    dutySummedTo.fill(0)
    overtime.fill(0)
  }
  let station: i32 = 0
  while (station < count) {
    const at: i32 = station << STATION_SHIFT
    stations[at + ON_DUTY] = stationServers[station]!
    stations[at + FLAGS] = stationFlags[station]! | (stationKind[station]! << KIND_SHIFT)
    stations.fill(NOBODY, at + HEAD, at + HEAD + CLASSES)
    station++
  }
}

/** Sums the line's area up to now; called before its length changes. */
export function sumUp(station: i32, tick: i32): void {
  const at: i32 = station << STATION_SHIFT
  const length: i32 = stations[at + LENGTH]!
  if (length > 0) {
    const sum: i32 = (station << SUMS_SHIFT) + LINE_AREA
    stationSums[sum] = stationSums[sum]! + f64(tick - stations[at + SUMMED_TO]!) * f64(length)
  }
  stations[at + SUMMED_TO] = tick
}

/** Changes the number of servers on duty. Those at work finish; the caller then calls in whoever can start. */
export function setOnDuty(station: i32, tick: i32, servers: i32): void {
  const at: i32 = station << STATION_SHIFT
  const sums: i32 = (station << SUMS_SHIFT) + DUTY_AREA
  stationSums[sums] = stationSums[sums]! + f64(tick - dutySummedTo[station]!) * f64(stations[at + ON_DUTY]!)
  overtime[station] = overtimeTo(station, tick)
  dutySummedTo[station] = tick
  stations[at + ON_DUTY] = servers
}

/** Ticks of servers on duty up to now. */
export function dutyTo(station: i32, tick: i32): f64 {
  const onDuty: i32 = stations[(station << STATION_SHIFT) + ON_DUTY]!
  return stationSums[(station << SUMS_SHIFT) + DUTY_AREA]! + f64(tick - dutySummedTo[station]!) * f64(onDuty)
}

/** Ticks up to now of servers who finish what they had begun when their shift ended. */
export function overtimeTo(station: i32, tick: i32): f64 {
  const at: i32 = station << STATION_SHIFT
  const past: i32 = stations[at + BUSY]! - stations[at + ON_DUTY]!
  if (past <= 0) return overtime[station]!
  return overtime[station]! + f64(tick - dutySummedTo[station]!) * f64(past)
}

/** A service is about to end: of servers past the end of their shift one goes home. */
export function endOvertime(station: i32, tick: i32): void {
  const at: i32 = station << STATION_SHIFT
  if (stations[at + BUSY]! > stations[at + ON_DUTY]!) overtime[station] = overtime[station]! + f64(tick - dutySummedTo[station]!)
}

/**
 * Someone joins the end of a class's chain.
 *
 * @param records the table of those who wait, `1 << shift` words each, linked through word `behind`
 */
export function stand(records: I32s, shift: i32, behind: i32, station: i32, urgency: i32, who: i32): void {
  const at: i32 = station << STATION_SHIFT
  records[(who << shift) + behind] = NOBODY
  if (stations[at + HEAD + urgency]! === NOBODY) stations[at + HEAD + urgency] = who
  else records[(stations[at + TAIL + urgency]! << shift) + behind] = who
  stations[at + TAIL + urgency] = who
  const length: i32 = stations[at + LENGTH]! + 1
  stations[at + LENGTH] = length
  if (length > stations[at + LONGEST]!) stations[at + LONGEST] = length
}

/** Takes the first of the most urgent class out of its chain, −1 if the chains are empty. The caller passes over who has left. */
export function callNext(records: I32s, shift: i32, behind: i32, station: i32): i32 {
  let at: i32 = (station << STATION_SHIFT) + HEAD
  const end: i32 = at + CLASSES
  while (at < end) {
    const who: i32 = stations[at]!
    if (who !== NOBODY) {
      stations[at] = records[(who << shift) + behind]!
      return who
    }
    at++
  }
  return NOBODY
}

/** Whether a server could start at once. */
export function hasIdle(station: i32): boolean {
  const at: i32 = station << STATION_SHIFT
  return stations[at + BUSY]! < stations[at + ON_DUTY]!
}

/** Whether somebody waits and a server could start. */
export function couldStart(station: i32): boolean {
  return stations[(station << STATION_SHIFT) + LENGTH]! > 0 && hasIdle(station)
}

/** One more waits (+1), one fewer (−1). */
export function changeLength(station: i32, by: i32): void {
  const at: i32 = (station << STATION_SHIFT) + LENGTH
  stations[at] = stations[at]! + by
}

/** A service begins. */
export function startService(station: i32): void {
  const at: i32 = station << STATION_SHIFT
  stations[at + BUSY] = stations[at + BUSY]! + 1
  stations[at + STARTS] = stations[at + STARTS]! + 1
}

/** A service of so many ticks, 2^30 at most, is over. */
export function endService(station: i32, ticks: i32): void {
  const at: i32 = station << STATION_SHIFT
  stations[at + BUSY] = stations[at + BUSY]! - 1
  const served: i32 = stations[at + BUSY_TICKS]! + ticks
  stations[at + BUSY_TICKS] = served
  if (served >= SPILL_TICKS) spill(station)
}

/** Brings what {@link endService} has kept back into the sum of doubles. */
export function spill(station: i32): void {
  const at: i32 = (station << STATION_SHIFT) + BUSY_TICKS
  const sum: i32 = (station << SUMS_SHIFT) + BUSY_AREA
  stationSums[sum] = stationSums[sum]! + f64(stations[at]!)
  stations[at] = 0
}

/** Ticks of services that have ended. */
export function servedTicks(station: i32): f64 {
  return stationSums[(station << SUMS_SHIFT) + BUSY_AREA]! + f64(stations[(station << STATION_SHIFT) + BUSY_TICKS]!)
}

/** A wait came to its end: the separate sum that Little's law compares. */
export function addWait(station: i32, ticks: i32): void {
  const at: i32 = (station << SUMS_SHIFT) + WAIT_SUM
  stationSums[at] = stationSums[at]! + f64(ticks)
}
