/**
 * Patients: from row to row of their pathway, through lines, payments and what happens when a payment fails (portable).
 *
 * HOLDS   A visit is in exactly one place: on its way to a row (one MOVE pending), in a line, being served (one SERVICE_END
 *         pending), with an errand that has not answered, or held with its server until its site is ready. A server whose row has an errand stays held until the answer.
 */

import { onwardFrom, otherEntry, TO_KIOSK, TO_OWN_MONEY } from '../../channels/fallback.ts'
import { type F64s, f64, i32 } from '../../engine/portable.ts'
import { decisionCounter, drawWord, uniformOf } from '../../engine/random.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/statistics/histogram.ts'
import { claimLater, leftOwing, settled, unpaid } from '../../money/payment-status.ts'
import { IMPATIENT_SHIFT, KIOSK_FALLBACK_SHIFT, OWN_BANK_SHIFT, URGENCY_SHIFT } from '../../patients/traits.ts'
import { PATIENCE_END, plan, SERVICE_END } from './calendar.ts'
import { FAILED_LIMIT, startErrand } from './calls.ts'
import { hold, holds, isShut, nextHeld, ticksOff } from './gates.ts'
import {
  BRANCH,
  branchRow,
  channelBackupOrder,
  DELAY,
  errandFirst,
  errandMode,
  LEAVE,
  LEG_BANK,
  LEG_BUREAU,
  LEG_ENTRY,
  messageLeg,
  PATIENCE_ATTEMPTS,
  PAY_WALKING,
  ROOM_SLOT,
  RULE_BALK_PER_SERVER,
  RULE_CHANNELS,
  RULE_DECISION_DOWN,
  RULE_DECISION_SWITCH,
  RULE_DECISION_WAIT,
  RULE_FIRST_BANK,
  RULE_KEY0,
  RULE_KEY1,
  RULE_MUTUAL_BACKUP,
  RULE_SWITCH_LAW,
  RULE_WAIT_LAW,
  RULE_WAIT_TRIES,
  rowDecision,
  rowDoes,
  rowErrand,
  rowKiosk,
  rowLaw,
  rowNext,
  rowPatience,
  rowPhone,
  rowPlace,
  rowPoint,
  rowWindow,
  ruleShares,
  rules,
  SERVE,
  SHARE_DOWN_OWE,
  SHARE_DOWN_PAY,
  SHARE_DOWN_WAIT,
  STATION_BALKING,
  STATION_PAYMENT,
  STATION_PRIORITY,
  shiftMinimum,
  shiftPattern,
  shiftShare,
  stationServers,
  stationShift,
} from './inputs.ts'
import { callNext, changeLength, couldStart, endOvertime, endService, hasIdle, setOnDuty, stand, startService, sumUp } from './lines.ts'
import { PAID_CHANNEL_SHIFT, PAID_MODE_SHIFT, PAID_OTHER_ENTRY } from './paid.ts'
import {
  admit,
  BEGAN,
  BEHIND,
  DRAW_ID,
  dismiss,
  ENTRIES,
  FLAGS,
  freeUp,
  GIVEN_FIRST_ROW,
  given,
  givenFirst,
  givenRoom,
  KIND_SHIFT,
  LENGTH,
  LINE,
  LINE_SERIAL,
  LINES,
  NUMBER,
  ON_DUTY,
  ORDERED,
  PAYER,
  PHASE,
  RESTARTS,
  ROOM,
  ROW,
  SINCE,
  SITE_FIRST,
  STATION_SHIFT,
  slots,
  stations,
  TRAITS,
  TRIED,
  VISIT_SHIFT,
  visits,
  WAITS,
  WALK_FAILED,
  WALK_PARTY,
} from './records.ts'
import {
  channelFellBack,
  channelSpilledIn,
  OUTCOME_BALKED,
  OUTCOME_RENEGED,
  OUTCOME_SWITCHED,
  OUTCOME_UNPAID,
  TOTAL_BACKUP_COULD_NOT,
  TOTAL_JOINS,
  TOTAL_OLD_WAY,
  TOTAL_PAYMENTS_FAILED,
  totals,
  waitHistogram,
} from './sums.ts'
import {
  beginsAtEntry,
  countWait,
  entryInUse,
  lawTicks,
  mark,
  markOtherMode,
  paysAtEntry,
  paysAtPoint,
  planMove,
  pointOf,
  preferredChannel,
  siteOf,
  stationOf,
  tell,
} from './visit-parts.ts'
import {
  note,
  WATCH_ARRIVE,
  WATCH_BALK,
  WATCH_BUREAU_DOWN,
  WATCH_END,
  WATCH_ERRAND,
  WATCH_FAILED,
  WATCH_FALLBACK,
  WATCH_JOIN,
  WATCH_LEAVE,
  WATCH_OTHER_ENTRY,
  WATCH_RENEGE,
  WATCH_SETTLED,
  WATCH_START,
} from './watch.ts'

const NOWHERE: i32 = -1
const SERVED: i32 = -2

const TO_ROW: i32 = 0
const TO_OTHER_ENTRY: i32 = 1
const WALKING_PAYING: i32 = 2
const WALKED_PAYING: i32 = 3
const WALKING_PAID: i32 = 4
/** Added to WALKING_PAYING's successor when the payment failed on the way: the failed leg is kept in walkFailed. */
const WALKING_FAILED: i32 = 5

/** A visit arrives: its first row. From here on `visit` is the slot of its record. */
export function arrive(number: i32, tick: i32): void {
  const visit: i32 = admit(number)
  const row: i32 = given[GIVEN_FIRST_ROW * givenRoom + number - givenFirst]!
  note(number, tick, WATCH_ARRIVE, row)
  enter(visit, row, tick)
}

/** A walk, a delay or a change of entry is over. */
export function move(visit: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const why: i32 = visits[my + PHASE]!
  if (why === TO_ROW) enter(visit, visits[my + ROW]!, tick)
  else if (why === TO_OTHER_ENTRY) {
    const row: i32 = visits[my + ROW]!
    visits[my + PHASE] = TO_ROW
    tell(visit, tick, WATCH_ERRAND, row)
    startErrand(tick, visit, rowErrand[row]!, pointOf(row), entryInUse(visit), visits[my + BEGAN]!, visits[my + RESTARTS]!)
  } else if (why === WALKING_PAYING) visits[my + PHASE] = WALKED_PAYING
  else if (why === WALKING_PAID) enter(visit, rowNext[visits[my + ROW]!]!, tick)
  else fail(visit, visits[my + ROW]!, visits[my + WALK_FAILED]!, visits[my + WALK_PARTY]!, tick)
}

function enter(visit: i32, first: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  let row: i32 = first
  visits[my + PHASE] = TO_ROW
  while (rowDoes[row]! === BRANCH) row = branchRow[rowNext[row]! + ((visits[my + TRAITS]! >> rowPlace[row]!) & rowLaw[row]!)]!
  const does: i32 = rowDoes[row]!
  visits[my + ROW] = row
  if (does === SERVE) join(visit, row, tick)
  else if (does === DELAY) {
    visits[my + ROW] = rowNext[row]!
    planMove(visit, tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, visits[my + WAITS]!))
  } else if (does === LEAVE) leave(visit, rowPlace[row]!, tick)
  else if (rowWindow[row]! >= 0 && beginsAtEntry(row) && isShut(siteOf(visit))) goTheOldWay(visit, row, tick)
  else {
    visits[my + BEGAN] = tick
    visits[my + RESTARTS] = 0
    visits[my + TRIED] = 0
    if (does === PAY_WALKING) {
      visits[my + PHASE] = WALKING_PAYING
      planMove(visit, tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, visits[my + WAITS]!))
    }
    tell(visit, tick, WATCH_ERRAND, row)
    startErrand(tick, visit, rowErrand[row]!, pointOf(row), preferredChannel(visit), tick, 0)
  }
}

function leave(visit: i32, outcome: i32, tick: i32): void {
  tell(visit, tick, WATCH_LEAVE, outcome)
  dismiss(visit, tick, outcome)
  // Who leaves a line early still hangs in its chain; callIn gives the slot back when it comes to it.
  if (outcome !== OUTCOME_RENEGED) freeUp(visit)
  if (outcome === OUTCOME_SWITCHED) {
    const site: i32 = siteOf(visit)
    if (ticksOff(site, tick)) letGo(site, tick)
  }
}

/** The site is ready: the settlements it held are sent, the longest held first. */
function letGo(site: i32, tick: i32): void {
  let visit: i32 = nextHeld(site)
  while (visit >= 0) {
    const my: i32 = visit << VISIT_SHIFT
    const row: i32 = visits[my + ROW]!
    tell(visit, tick, WATCH_ERRAND, row)
    startErrand(tick, visit, rowErrand[row]!, pointOf(row), preferredChannel(visit), visits[my + BEGAN]!, 0)
    visit = nextHeld(site)
  }
}

/** Paying by phone or on credit is not open at the site yet: as before the reform, at a kiosk or window. */
function goTheOldWay(visit: i32, row: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  let onward: i32 = rowWindow[row]!
  if (rowKiosk[row]! >= 0 && ((visits[my + PAYER]! >> KIOSK_FALLBACK_SHIFT) & 1) !== 0) onward = rowKiosk[row]!
  if (paysAtPoint(row)) {
    markOtherMode(visit, row)
    totals[TOTAL_OLD_WAY] = totals[TOTAL_OLD_WAY]! + 1
  }
  tell(visit, tick, WATCH_FALLBACK, onward)
  enter(visit, onward, tick)
}

// ── lines ───────────────────────────────────────────────────────────────────
function join(visit: i32, row: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const slot: i32 = rowPlace[row]!
  const station: i32 = visits[my + SITE_FIRST]! + (slot === ROOM_SLOT ? visits[my + ROOM]! : slot)
  const flags: i32 = stations[(station << STATION_SHIFT) + FLAGS]!
  const duty: i32 = stations[(station << STATION_SHIFT) + ON_DUTY]!
  if (
    (flags & STATION_BALKING) !== 0 &&
    stations[(station << STATION_SHIFT) + LENGTH]! >= rules[RULE_BALK_PER_SERVER]! * (duty > 0 ? duty : 1)
  ) {
    tell(visit, tick, WATCH_BALK, row)
    leaveBill(visit, row)
    leave(visit, OUTCOME_BALKED, tick)
    return
  }
  totals[TOTAL_JOINS] = totals[TOTAL_JOINS]! + 1
  tell(visit, tick, WATCH_JOIN, row)
  visits[my + SINCE] = tick
  visits[my + LINES] = visits[my + LINES]! + ((flags & STATION_PAYMENT) !== 0 ? 1 : 32768)
  if (hasIdle(station)) {
    begin(visit, station, row, tick)
    return
  }
  sumUp(station, tick)
  const urgency: i32 = (flags & STATION_PRIORITY) !== 0 ? (visits[my + PAYER]! >> URGENCY_SHIFT) & 3 : 0
  stand(visits, VISIT_SHIFT, BEHIND, station, urgency, visit)
  visits[my + LINE] = station
  visits[my + LINE_SERIAL] = visits[my + LINE_SERIAL]! + 1
  if (rowPatience[row]! >= 0 && ((visits[my + PAYER]! >> IMPATIENT_SHIFT) & 1) !== 0) {
    const patience: i32 = lawTicks(rowPatience[row]!, visit, rowDecision[row]!, PATIENCE_ATTEMPTS + visits[my + WAITS]!)
    plan(tick + patience, PATIENCE_END, visit, visits[my + LINE_SERIAL]!, visits[my + NUMBER]!, 0)
  }
}

function begin(visit: i32, station: i32, row: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  startService(station)
  visits[my + LINE] = SERVED
  tell(visit, tick, WATCH_START, row)
  const wait: i32 = countWait(visit, station, tick)
  const bucket: i32 = (stations[(station << STATION_SHIFT) + FLAGS]! >> KIND_SHIFT) * HISTOGRAM_BUCKETS + bucketOf(i32(wait / 10))
  waitHistogram[bucket] = waitHistogram[bucket]! + 1
  visits[my + SINCE] = tick
  plan(tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, visits[my + WAITS]!), SERVICE_END, visit, station, visits[my + NUMBER]!, 0)
}

/** Patience is over: who still stands in that line leaves; false if nobody does. By now the slot may be another visit's. */
export function losePatience(visit: i32, serial: i32, number: i32, tick: i32): boolean {
  const my: i32 = visit << VISIT_SHIFT
  const station: i32 = visits[my + LINE]!
  if (station < 0 || visits[my + LINE_SERIAL]! !== serial || visits[my + NUMBER]! !== number) return false
  sumUp(station, tick)
  changeLength(station, -1)
  visits[my + LINE] = NOWHERE
  countWait(visit, station, tick)
  tell(visit, tick, WATCH_RENEGE, visits[my + ROW]!)
  leaveBill(visit, visits[my + ROW]!)
  leave(visit, OUTCOME_RENEGED, tick)
  return true
}

/** Who gives up before paying leaves a bill behind, except for the registration itself. */
function leaveBill(visit: i32, row: i32): void {
  if (rowPoint[row]! > 0) mark(visit, row, unpaid)
}

/** A service is over; with an errand the server stays until it is answered. */
export function serviceOver(visit: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const row: i32 = visits[my + ROW]!
  const errand: i32 = rowErrand[row]!
  tell(visit, tick, WATCH_END, row)
  if (errand < 0) {
    if ((stations[(stationOf(visit, row) << STATION_SHIFT) + FLAGS]! & STATION_PAYMENT) === 0) visits[my + ORDERED] = tick
    release(visit, row, tick)
    enter(visit, rowNext[row]!, tick)
    return
  }
  visits[my + BEGAN] = tick
  visits[my + RESTARTS] = 0
  visits[my + TRIED] = 0
  const site: i32 = siteOf(visit)
  if (holds(site, tick)) {
    hold(site, visit)
    return
  }
  tell(visit, tick, WATCH_ERRAND, row)
  startErrand(tick, visit, errand, pointOf(row), preferredChannel(visit), tick, 0)
}

function release(visit: i32, row: i32, tick: i32): void {
  const station: i32 = stationOf(visit, row)
  const my: i32 = visit << VISIT_SHIFT
  endOvertime(station, tick)
  endService(station, tick - visits[my + SINCE]!)
  visits[my + LINE] = NOWHERE
  callIn(station, tick)
}

/** Adds to each station the ticks up to now of its services that are under way. */
export function addUnderWay(into: F64s, width: i32, tick: i32): void {
  const used: i32 = slots()
  for (let visit: i32 = 0; visit < used; visit++) {
    const my: i32 = visit << VISIT_SHIFT
    if (visits[my + LINE]! !== SERVED) continue
    const at: i32 = stationOf(visit, visits[my + ROW]!) * width
    into[at] = into[at]! + f64(tick - visits[my + SINCE]!)
  }
}

function callIn(station: i32, tick: i32): void {
  while (couldStart(station)) {
    const visit: i32 = callNext(visits, VISIT_SHIFT, BEHIND, station)
    // Whoever left the line early is still in its chain.
    if (visits[(visit << VISIT_SHIFT) + LINE]! !== station) {
      freeUp(visit)
      continue
    }
    sumUp(station, tick)
    changeLength(station, -1)
    begin(visit, station, visits[(visit << VISIT_SHIFT) + ROW]!, tick)
  }
}

/** A shift changes the servers on duty at every station that keeps it. */
export function changeShift(change: i32, tick: i32): void {
  const pattern: i32 = shiftPattern[change]!
  const stations: i32 = stationShift.length
  let station: i32 = 0
  while (station < stations) {
    if (stationShift[station]! === pattern && stationServers[station]! > 0) {
      let servers: i32 = i32(Math.ceil(f64(stationServers[station]!) * shiftShare[change]!))
      if (servers < shiftMinimum[change]!) servers = shiftMinimum[change]!
      sumUp(station, tick)
      setOnDuty(station, tick, servers)
      callIn(station, tick)
    }
    station++
  }
}

// ── payments ────────────────────────────────────────────────────────────────
/** The errand a visit waited for has settled (failed −1) or failed at a leg. */
export function takeAnswer(visit: i32, errand: i32, failed: i32, channel: i32, party: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const row: i32 = visits[my + ROW]!
  const does: i32 = rowDoes[row]!
  tell(visit, tick, failed < 0 ? WATCH_SETTLED : WATCH_FAILED, failed < 0 ? channel : failed)
  if (failed < 0) {
    const viaEntry: boolean = messageLeg[errandFirst[errand]!]! === LEG_ENTRY
    let how: i32 = settled | (errandMode[errand]! << PAID_MODE_SHIFT)
    if (viaEntry) {
      how |= (channel + 1) << PAID_CHANNEL_SHIFT
      if (visits[my + RESTARTS]! > 0) how |= PAID_OTHER_ENTRY
    }
    mark(visit, row, how)
    if (does === SERVE) release(visit, row, tick)
    if (does === PAY_WALKING && visits[my + PHASE]! === WALKING_PAYING) visits[my + PHASE] = WALKING_PAID
    else enter(visit, rowNext[row]!, tick)
    return
  }
  if (does === SERVE) release(visit, row, tick)
  if (does === PAY_WALKING && visits[my + PHASE]! === WALKING_PAYING) {
    visits[my + PHASE] = WALKING_FAILED
    visits[my + WALK_FAILED] = failed
    visits[my + WALK_PARTY] = party
    return
  }
  fail(visit, row, failed, party, tick)
}

/** What a patient does next when a payment failed: the fallback table, failed part × step. */
function fail(visit: i32, row: i32, failed: i32, party: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const payer: i32 = visits[my + PAYER]!
  const atEntry: boolean = paysAtEntry(row)
  // A refusal for want of credit is an answer, not a failure, unless an entry had failed before.
  const broke: boolean = atEntry && (failed !== FAILED_LIMIT || visits[my + RESTARTS]! > 0)
  if (broke && visits[my + RESTARTS]! === 0) totals[TOTAL_PAYMENTS_FAILED] = totals[TOTAL_PAYMENTS_FAILED]! + 1
  if (failed === LEG_BUREAU && rowPoint[row]! >= 0) {
    if (broke) totals[TOTAL_BACKUP_COULD_NOT] = totals[TOTAL_BACKUP_COULD_NOT]! + 1
    bureauIsDown(visit, row, tick)
    return
  }
  if (failed === LEG_ENTRY && rules[RULE_MUTUAL_BACKUP]! !== 0 && tryOtherEntry(visit, row, tick)) return
  if (broke) totals[TOTAL_BACKUP_COULD_NOT] = totals[TOTAL_BACKUP_COULD_NOT]! + 1
  const ownBank: i32 = rules[RULE_FIRST_BANK]! + ((payer >> OWN_BANK_SHIFT) & 15)
  const to: i32 = onwardFrom(
    failed === LEG_ENTRY,
    failed === LEG_BANK || failed === FAILED_LIMIT,
    rowKiosk[row]! >= 0 && ((payer >> KIOSK_FALLBACK_SHIFT) & 1) !== 0,
    rowPhone[row]! >= 0 && ownBank !== party,
  )
  const byPhone: boolean = to === TO_OWN_MONEY
  let onward: i32 = rowWindow[row]!
  if (to === TO_KIOSK) onward = rowKiosk[row]!
  else if (byPhone) onward = rowPhone[row]!
  if (onward < 0) {
    if (rowPoint[row]! >= 0) mark(visit, row, unpaid)
    leave(visit, OUTCOME_UNPAID, tick)
    return
  }
  if (rowPoint[row]! >= 0) markOtherMode(visit, row)
  // What is tried again until it is done (signing in, loading the directory) draws anew each time.
  else if (rowKiosk[row]! < 0) visits[my + WAITS] = visits[my + WAITS]! + 1
  if (!byPhone) leaveEntry(visit, row)
  tell(visit, tick, WATCH_FALLBACK, onward)
  enter(visit, onward, tick)
}

/** A payment that began at an entry goes on at a kiosk or window, or is settled there without the bureau. */
function leaveEntry(visit: i32, row: i32): void {
  if (!paysAtEntry(row)) return
  const channel: i32 = entryInUse(visit)
  channelFellBack[channel] = channelFellBack[channel]! + 1
}

/** Another entry this patient holds and has not tried: the first in backup order. False when there is none. */
function tryOtherEntry(visit: i32, row: i32, tick: i32): boolean {
  const my: i32 = visit << VISIT_SHIFT
  const tried: i32 = (visits[my + TRIED]! & 16777215) | (1 << entryInUse(visit))
  const best: i32 = otherEntry(visits[my + ENTRIES]!, tried, visits[my + RESTARTS]!, rules[RULE_CHANNELS]!, channelBackupOrder)
  if (best < 0) return false
  visits[my + TRIED] = tried | (best << 24)
  visits[my + RESTARTS] = visits[my + RESTARTS]! + 1
  tell(visit, tick, WATCH_OTHER_ENTRY, best)
  channelSpilledIn[best] = channelSpilledIn[best]! + 1
  visits[my + PHASE] = TO_OTHER_ENTRY
  const attempt: i32 = (pointOf(row) << 3) | visits[my + RESTARTS]!
  planMove(visit, tick + lawTicks(rules[RULE_SWITCH_LAW]!, visit, rules[RULE_DECISION_SWITCH]!, attempt))
  return true
}

/** The window needs the bureau too: wait and come back, pay in full and claim later, or leave owing, in stated shares. */
function bureauIsDown(visit: i32, row: i32, tick: i32): void {
  const my: i32 = visit << VISIT_SHIFT
  const attempt: i32 = (pointOf(row) << 4) | (visits[my + WAITS]! & 15)
  const word: i32 = drawWord(
    rules[RULE_KEY0]!,
    rules[RULE_KEY1]!,
    visits[my + DRAW_ID]!,
    decisionCounter(rules[RULE_DECISION_DOWN]!, attempt),
  )
  const u: f64 = uniformOf(word)
  if (u < ruleShares[SHARE_DOWN_WAIT]! && visits[my + WAITS]! < rules[RULE_WAIT_TRIES]!) {
    if (rowWindow[row]! >= 0) leaveEntry(visit, row)
    visits[my + PHASE] = TO_ROW
    visits[my + ROW] = rowWindow[row]! >= 0 ? rowWindow[row]! : row
    tell(visit, tick, WATCH_BUREAU_DOWN, 0)
    planMove(visit, tick + lawTicks(rules[RULE_WAIT_LAW]!, visit, rules[RULE_DECISION_WAIT]!, attempt))
    visits[my + WAITS] = visits[my + WAITS]! + 1
    return
  }
  if (rowWindow[row]! < 0 && rowDoes[row]! !== SERVE) {
    mark(visit, row, unpaid)
    leave(visit, OUTCOME_UNPAID, tick)
    return
  }
  leaveEntry(visit, row)
  const wait: f64 = ruleShares[SHARE_DOWN_WAIT]!
  const pay: f64 = ruleShares[SHARE_DOWN_PAY]!
  // Who would wait once more after the last time does one of the others, in their proportion.
  const pays: boolean = u < wait ? u * (pay + ruleShares[SHARE_DOWN_OWE]!) < wait * pay : u < wait + pay
  tell(visit, tick, WATCH_BUREAU_DOWN, pays ? 1 : 2)
  mark(visit, row, (pays ? claimLater : leftOwing) | (errandMode[rowErrand[row]!]! << PAID_MODE_SHIFT))
  enter(visit, rowNext[row]!, tick)
}
