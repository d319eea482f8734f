/**
 * The virtual city's clock: one day of every site, channel, platform, bureau and bank on one exact calendar (portable).
 * Read pathways/ first: this only walks the tables that compile-city.ts made from it.
 *
 * ROOMS   inputs (what it is given) · calendar (what is next) · lines (servers and who waits) · calls (errands at shared parties)
 *         · visits (patients) · sums (what it leaves behind).
 * TIES    see calendar.ts.
 * ORACLE  ../oracle keeps the same rules with plain objects and real lists; oracle.test.ts asks both.
 */
import type { i32 } from '../../engine/portable.ts'
import {
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
  nextOccupied,
  OWNER,
  openBucket,
  openCalendar,
  PATIENCE_END,
  plan,
  SCENARIO_FAULT,
  SCENARIO_SHIFT,
  SERIAL,
  SERVICE_END,
  TICK,
  take,
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
  sumUpParty,
  timeOutCall,
} from './calls.ts'
import { faultTick, partyStation, RULE_BUCKET_SHIFT, RULE_CHANNELS, RULE_SITES, rules, shiftTick, stationServers } from './inputs.ts'
import { openLines, setOnDuty, sumUp } from './lines.ts'
import { ARRIVAL, clearVisits, ON_DUTY, STATION_SHIFT, stations, VISIT_SHIFT, visits } from './records.ts'
import { laySums, TOTAL_EVENTS, totals } from './sums.ts'
import { arrive, changeShift, endService, leftInCity, losePatience, move, takeAnswer } from './visits.ts'

export { inputF64, inputI32 } from './inputs.ts'
export { layVisits, stationRecords, stationSumRecords } from './records.ts'
export { sumF64, sumI32 } from './sums.ts'
export { watch, watchLog, watchWords } from './watch.ts'

/**
 * Plays the day whose tables are laid in, to its last event.
 *
 * @param count rows of the visit tables in use
 * @param faults number of different faults
 * @returns visits that never left, 0 when all is well; −1 when the day passed the last tick of the clock
 */
export function runDay(count: i32, faults: i32): i32 {
  openCalendar(rules[RULE_BUCKET_SHIFT]!)
  laySums(rules[RULE_SITES]!, partyStation.length, rules[RULE_CHANNELS]!, faults)
  openLines()
  openCalls()
  clearVisits(count)
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
  let arrived: i32 = 0
  let tick: i32 = 0
  /** The last tick at which anything happened: a timer that time has overtaken does not make the day longer. */
  let last: i32 = 0
  let handled: i32 = 0
  while (true) {
    const event: i32 = take()
    if (event < 0) {
      let bucket: i32 = nextOccupied()
      if (arrived < count) {
        const first: i32 = bucketOfTick(visits[(arrived << VISIT_SHIFT) + ARRIVAL]!)
        if (first <= bucket) {
          bucket = first
          while (arrived < count && bucketOfTick(visits[(arrived << VISIT_SHIFT) + ARRIVAL]!) === first) {
            plan(visits[(arrived << VISIT_SHIFT) + ARRIVAL]!, MOVE, arrived, ARRIVING, arrived, -1)
            arrived++
          }
        }
      }
      if (bucket === NEVER) break
      openBucket(bucket)
      continue
    }
    tick = events[(event << 3) | TICK]!
    const kind: i32 = events[(event << 3) | KIND]!
    const owner: i32 = events[(event << 3) | OWNER]!
    const serial: i32 = events[(event << 3) | SERIAL]!
    done(event)
    handled++
    let happened: boolean = true
    switch (kind) {
      case MOVE:
        if (serial === ARRIVING) arrive(owner, tick)
        else move(owner, tick)
        break
      case SERVICE_END:
        endService(owner, tick)
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
        happened = losePatience(owner, serial, tick)
        break
      case SCENARIO_SHIFT:
        changeShift(owner, tick)
        break
      case SCENARIO_FAULT:
        changeFault(owner, tick)
        break
    }
    if (happened) last = tick
    let taken: i32 = 0
    // An answer may start the next errand, which may fail at once: the list can grow while it is read.
    while (taken < answered) {
      takeAnswer(answerVisit[taken]!, answerErrand[taken]!, answerFailed[taken]!, answerChannel[taken]!, answerParty[taken]!, tick)
      taken++
    }
    if (taken > 0) clearAnswers()
  }
  closeAreas(last)
  totals[TOTAL_EVENTS] = handled
  return beyondRange !== 0 ? -1 : leftInCity(count)
}

const ARRIVING: i32 = 1

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
    setOnDuty(station, tick, stations[(station << STATION_SHIFT) + ON_DUTY]!)
    station++
  }
}
