/**
 * The virtual city's clock: one day of every site, channel, platform, bureau and bank on one exact calendar (portable).
 * Read pathways/ first: this only walks the tables that compile-city.ts made from it.
 *
 * ROOMS   inputs (what it is given) · calendar (what is next) · lines (servers and who waits) · calls (errands at the desks of shared
 *         parties) · visits (patients) · sums (what it leaves behind).
 * TIES    see calendar.ts.
 * ORACLE  ../oracle keeps the same rules with plain objects and real lists; oracle.test.ts asks both.
 */
import { type F64s, i32, newF64s } from '../../engine/portable.ts'
import {
  arrivalOf,
  beyondRange,
  bucketOfTick,
  CALL_END,
  CALL_TIMEOUT,
  done,
  ERRAND_STEP,
  events,
  KIND,
  MOVE,
  NEVER,
  NONE,
  nextOccupied,
  OWNER,
  openBucket,
  openCalendar,
  PATIENCE_END,
  plan,
  planArrival,
  SCENARIO_FAULT,
  SCENARIO_SHIFT,
  SERIAL,
  SERVICE_END,
  TICK,
  take,
  tickOfBucket,
  VISIT,
} from './calendar.ts'
import {
  answerChannel,
  answerErrand,
  answered,
  answerFailed,
  answerParty,
  answerVisit,
  changeFault,
  clearAnswers,
  endCall,
  openCalls,
  stepErrand,
  timeOutCall,
} from './calls.ts'
import { openGates } from './gates.ts'
import { faultTick, partyStation, RULE_BUCKET_SHIFT, RULE_CHANNELS, RULE_WAIT_SITES, rules, shiftTick, stationServers } from './inputs.ts'
import { openKept } from './keep.ts'
import { dutyTo, openLines, overtimeTo, servedTicks, setOnDuty, spill, sumUp } from './lines.ts'
import { sumUpParty } from './parties.ts'
import {
  GIVEN_ARRIVAL,
  given,
  givenCount,
  givenFirst,
  givenRoom,
  giveVisits,
  ON_DUTY,
  openSlots,
  STATION_SHIFT,
  stations,
  visitsInCity,
} from './records.ts'
import { laySums, TOTAL_EVENTS, totals } from './sums.ts'
import { addUnderWay, arrive, changeShift, losePatience, move, serviceOver, takeAnswer } from './visits.ts'

export { inputF64, inputI32 } from './inputs.ts'
export { errandsBySecond, keep, keptCount, keptErrands } from './keep.ts'
export { clearLeft, layVisits, leftRecords, leftVisits, stationRecords, stationSumRecords } from './records.ts'
export { sumF64, sumI32 } from './sums.ts'
export { watch, watchLog, watchWords } from './watch.ts'

/** Of the visits given. */
let arrived: i32 = 0
let handled: i32 = 0
/** The last tick at which anything happened: a timer that time has overtaken does not make the day longer. */
let now: i32 = 0

/**
 * Opens the day whose tables are laid in.
 *
 * @param faults number of different faults
 * @param expected visits of the busiest day to come. Of Shanghai's a seventh are in the city at a time and a tenth have an event pending;
 *   tables that begin so large need not grow, which leaves the smaller ones behind for good where memory is never given back
 */
export function openDay(faults: i32, expected: i32): void {
  openCalendar(rules[RULE_BUCKET_SHIFT]!, 8192 + i32(expected / 10))
  laySums(rules[RULE_WAIT_SITES]!, partyStation.length, rules[RULE_CHANNELS]!, faults)
  openLines()
  openCalls()
  openSlots(4096 + i32(expected / 7))
  openGates()
  openKept()
  arrived = 0
  handled = 0
  now = 0
  let change: i32 = 0
  while (change < shiftTick.length) {
    plan(shiftTick[change]!, SCENARIO_SHIFT, change, 0, change, 0)
    change++
  }
  change = 0
  while (change < faultTick.length) {
    plan(faultTick[change]!, SCENARIO_FAULT, change, 0, 100000 + change, 0)
    change++
  }
}

/**
 * The next visits to arrive stand in the columns given, so many of them. All that share a bucket of the calendar come in one part, so a
 * part ends where a bucket does.
 */
export function expectVisits(count: i32): void {
  giveVisits(count)
  arrived = 0
}

/**
 * Plays on while the next bucket begins at this tick or earlier; false when nothing is left to happen. The host comes back every
 * simulated minute: V8 exchanges a function's first quick code for good code only when it is called anew.
 */
export function playUntil(until: i32): boolean {
  const arrivals: i32 = GIVEN_ARRIVAL * givenRoom
  while (true) {
    const event: i32 = take()
    if (event === NONE) {
      let bucket: i32 = nextOccupied()
      let next: i32 = NEVER
      if (arrived < givenCount) {
        next = bucketOfTick(given[arrivals + arrived]!)
        if (next < bucket) bucket = next
      }
      if (bucket === NEVER) return false
      if (tickOfBucket(bucket) > until) return true
      openBucket(bucket)
      if (next === bucket) {
        while (arrived < givenCount && bucketOfTick(given[arrivals + arrived]!) === bucket) {
          planArrival(given[arrivals + arrived]!, givenFirst + arrived)
          arrived++
        }
      }
      continue
    }
    handled++
    if (event < NONE) {
      const visit: i32 = arrivalOf(event)
      now = given[arrivals + visit - givenFirst]!
      arrive(visit, now)
      if (answered > 0) takeAnswers(now)
      continue
    }
    const tick: i32 = events[(event << 3) | TICK]!
    const kind: i32 = events[(event << 3) | KIND]!
    const owner: i32 = events[(event << 3) | OWNER]!
    const serial: i32 = events[(event << 3) | SERIAL]!
    const visit: i32 = events[(event << 3) | VISIT]!
    done(event)
    let happened: boolean = true
    switch (kind) {
      case MOVE:
        move(owner, tick)
        break
      case SERVICE_END:
        serviceOver(owner, tick)
        break
      case CALL_END:
        endCall(owner, tick)
        break
      case ERRAND_STEP:
        happened = stepErrand(owner, serial, tick)
        break
      case CALL_TIMEOUT:
        happened = timeOutCall(owner, serial, tick)
        break
      case PATIENCE_END:
        happened = losePatience(owner, serial, visit, tick)
        break
      case SCENARIO_SHIFT:
        changeShift(owner, tick)
        break
      case SCENARIO_FAULT:
        changeFault(owner, tick)
        break
    }
    if (happened) now = tick
    if (answered > 0) takeAnswers(tick)
  }
}

/** An answer may start the next errand, which may fail at once: the list can grow while it is read. */
function takeAnswers(tick: i32): void {
  let taken: i32 = 0
  while (taken < answered) {
    takeAnswer(answerVisit[taken]!, answerErrand[taken]!, answerFailed[taken]!, answerChannel[taken]!, answerParty[taken]!, tick)
    taken++
  }
  clearAnswers()
}

/**
 * Closes the day after its last event.
 *
 * @returns visits that never left, 0 when all is well; −1 when the day passed the last tick of the clock
 */
export function closeDay(): i32 {
  closeAreas(now)
  totals[TOTAL_EVENTS] = handled
  return beyondRange !== 0 ? -1 : givenCount - arrived + visitsInCity()
}

/** By station: served ticks, ticks of servers on duty, ticks of servers past the end of their shift. */
const HOUR_WORDS: i32 = 3
let hourSums: F64s = newF64s(0)

/**
 * What every station's servers have done by this tick, to which all is played; read between two calls of {@link playUntil}. A bucket that
 * begins by then is played whole, so the reading is of the last event where that lies later.
 */
export function sumsAt(tick: i32): F64s {
  const at: i32 = tick > now ? tick : now
  const count: i32 = stationServers.length
  if (hourSums.length !== count * HOUR_WORDS) hourSums = newF64s(count * HOUR_WORDS)
  for (let station: i32 = 0; station < count; station++) {
    const my: i32 = station * HOUR_WORDS
    hourSums[my] = servedTicks(station)
    hourSums[my + 1] = dutyTo(station, at)
    hourSums[my + 2] = overtimeTo(station, at)
  }
  addUnderWay(hourSums, HOUR_WORDS, at)
  return hourSums
}

/** Sums every station's areas up to the last tick. */
function closeAreas(tick: i32): void {
  let party: i32 = 0
  while (party < partyStation.length) {
    sumUpParty(party, partyStation[party]!, tick)
    party++
  }
  let station: i32 = 0
  while (station < stationServers.length) {
    sumUp(station, tick)
    spill(station)
    setOnDuty(station, tick, stations[(station << STATION_SHIFT) + ON_DUTY]!)
    station++
  }
}
