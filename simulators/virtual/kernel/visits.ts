/**
 * Patients: from row to row of their pathway, through lines, payments and what happens when a payment fails (portable).
 *
 * HOLDS   A visit is in exactly one place: on its way to a row (one MOVE pending), in a line, being served (one SERVICE_END
 *         pending), or with an errand that has not answered. A server whose row has an errand stays held until the answer.
 */
import { drawTicks } from '../../engine/distribution.ts'
import { f64, type I32s, i32, newI32s } from '../../engine/portable.ts'
import { decisionCounter, drawWord, uniformOf } from '../../engine/random.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/histogram.ts'
import { IMPATIENT_SHIFT, KIOSK_FALLBACK_SHIFT, OWN_BANK_SHIFT, URGENCY_SHIFT } from '../../patients/traits.ts'
import { MOVE, PATIENCE_END, plan, SERVICE_END } from './calendar.ts'
import { FAILED_LIMIT, preferredChannel, startErrand } from './calls.ts'
import {
  BRANCH, branchRow, channelBackupOrder, DELAY, errandFirst, errandMode, LEAVE, LEG_BANK, LEG_BUREAU, LEG_ENTRY, LEG_PLATFORM, lawA, lawB, lawKind, messageLeg, PAY,
  PAY_WALKING, ROOM_SLOT, RULE_BALK_PER_SERVER, RULE_CHANNELS, RULE_DECISION_DOWN, RULE_DECISION_PATIENCE, RULE_DECISION_SWITCH, RULE_DECISION_WAIT, RULE_FIRST_BANK,
  RULE_KEY0, RULE_KEY1, RULE_MUTUAL_BACKUP, RULE_PATIENCE_LAW, RULE_SWITCH_LAW, RULE_WAIT_LAW, RULE_WAIT_TRIES, rowDecision, rowDoes, rowErrand, rowKiosk, rowLaw, rowNext,
  rowPhone, rowPlace, rowPoint, rowWindow, ruleShares, rules, SERVE, SHARE_DOWN_PAY, SHARE_DOWN_WAIT, STATION_AFTER_PAYMENT, STATION_BALKING, STATION_PAYMENT,
  STATION_PRIORITY, STATION_RENEGING, shiftMinimum, shiftPattern, shiftShare, stationFlags, stationKind, stationServers, stationShift, visitDrawId, visitEntries, visitFirstRow,
  visitPayer, visitRoomSlot, visitSite, visitSiteFirst, visitTraits,
} from './inputs.ts'
import { busy, callNext, lineLength, onDuty, setOnDuty, stand, sumUp } from './lines.ts'
import {
  PAID_CHANNEL_SHIFT, PAID_MODE_SHIFT, PAID_OTHER_ENTRY, PAID_OTHER_MODE, STATUS_CLAIM_LATER, STATUS_OWING, STATUS_SETTLED, STATUS_UNPAID,
} from './paid.ts'
import {
  channelFellBack, channelSpilledIn, hourWaitCount, hourWaitSum, KINDS_MAX, OUTCOME_BALKED, OUTCOME_IN_CITY, OUTCOME_RENEGED, OUTCOME_UNPAID, stationStarts, stationWaitSum,
  TOTAL_BACKUP_COULD_NOT, TOTAL_JOINS, TOTAL_PAYMENTS_FAILED, totals, visitAfterPaymentWait, visitClinicalWait, visitEnd, visitLines, visitOutcome, visitPaid,
  visitPaymentWait, waitHistogram,
} from './sums.ts'

const NOWHERE: i32 = -1
const HOUR_TICKS: i32 = 36000000
const MINUTE_TICKS: i32 = 600000

let visitRow: I32s = newI32s(0)
/** Station in whose line the visit stands, −1 otherwise. */
let lineOf: I32s = newI32s(0)
let joinedAt: I32s = newI32s(0)
let nextInLine: I32s = newI32s(0)
/** What the pending MOVE or the awaited answer is for. */
let phase: I32s = newI32s(0)
/** Tick of the first try at the payment point at hand. */
let beganAt: I32s = newI32s(0)
/** Entries tried at this payment point, one bit each, and how many were left behind. */
let triedEntries: I32s = newI32s(0)
let restarts: I32s = newI32s(0)
/** Times a row was taken again after waiting for the bureau. */
let waits: I32s = newI32s(0)
/** Serial of the line joined last, so that patience of an earlier line is not taken for this one's. */
let lineSerial: I32s = newI32s(0)

const TO_ROW: i32 = 0
const TO_OTHER_ENTRY: i32 = 1
const WALKING_PAYING: i32 = 2
const WALKED_PAYING: i32 = 3
const WALKING_PAID: i32 = 4
/** Added to WALKING_PAYING's successor when the payment failed on the way: the failed leg is kept in walkFailed. */
const WALKING_FAILED: i32 = 5
let walkFailed: I32s = newI32s(0)
let walkParty: I32s = newI32s(0)

export function openVisits(visits: i32): void {
  if (visits > visitRow.length) {
    visitRow = newI32s(visits)
    lineOf = newI32s(visits)
    joinedAt = newI32s(visits)
    nextInLine = newI32s(visits)
    phase = newI32s(visits)
    beganAt = newI32s(visits)
    triedEntries = newI32s(visits)
    restarts = newI32s(visits)
    waits = newI32s(visits)
    lineSerial = newI32s(visits)
    walkFailed = newI32s(visits)
    walkParty = newI32s(visits)
  } else {
    phase.fill(0, 0, visits)
    waits.fill(0, 0, visits)
    lineSerial.fill(0, 0, visits)
  }
  lineOf.fill(NOWHERE, 0, visits)
}

/** A visit arrives: its first row. */
export function arrive(visit: i32, tick: i32): void {
  enter(visit, visitFirstRow[visit]!, tick)
}

/** A walk, a delay or a change of entry is over. */
export function move(visit: i32, tick: i32): void {
  const why: i32 = phase[visit]!
  if (why === TO_ROW) enter(visit, visitRow[visit]!, tick)
  else if (why === TO_OTHER_ENTRY) {
    const row: i32 = visitRow[visit]!
    phase[visit] = TO_ROW
    startErrand(tick, visit, rowErrand[row]!, pointOf(row), entryInUse(visit), beganAt[visit]!, restarts[visit]!)
  } else if (why === WALKING_PAYING) phase[visit] = WALKED_PAYING
  else if (why === WALKING_PAID) enter(visit, rowNext[visitRow[visit]!]!, tick)
  else fail(visit, visitRow[visit]!, walkFailed[visit]!, walkParty[visit]!, tick)
}

function pointOf(row: i32): i32 {
  return rowPoint[row]! < 0 ? 3 : rowPoint[row]!
}

function entryInUse(visit: i32): i32 {
  return restarts[visit]! === 0 ? preferredChannel(visit) : lastEntry(triedEntries[visit]!, visit)
}

/** The entry tried last is kept above the bits of those tried before. */
function lastEntry(tried: i32, visit: i32): i32 {
  return tried >= 0 ? (tried >> 24) & 31 : preferredChannel(visit)
}

function lawTicks(law: i32, visit: i32, decision: i32, attempt: i32): i32 {
  const word: i32 = drawWord(rules[RULE_KEY0]!, rules[RULE_KEY1]!, visitDrawId[visit]!, decisionCounter(decision, attempt))
  return drawTicks(lawKind[law]!, lawA[law]!, lawB[law]!, word)
}

function enter(visit: i32, first: i32, tick: i32): void {
  let row: i32 = first
  phase[visit] = TO_ROW
  while (rowDoes[row]! === BRANCH) row = branchRow[rowNext[row]! + ((visitTraits[visit]! >> rowPlace[row]!) & rowLaw[row]!)]!
  const does: i32 = rowDoes[row]!
  visitRow[visit] = row
  if (does === SERVE) join(visit, row, tick)
  else if (does === DELAY) {
    visitRow[visit] = rowNext[row]!
    plan(tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, waits[visit]!), MOVE, visit, 0, visit, 0)
  } else if (does === LEAVE) leave(visit, rowPlace[row]!, tick)
  else {
    beganAt[visit] = tick
    restarts[visit] = 0
    triedEntries[visit] = 0
    if (does === PAY_WALKING) {
      phase[visit] = WALKING_PAYING
      plan(tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, waits[visit]!), MOVE, visit, 0, visit, 0)
    }
    startErrand(tick, visit, rowErrand[row]!, pointOf(row), preferredChannel(visit), tick, 0)
  }
}

function leave(visit: i32, outcome: i32, tick: i32): void {
  visitOutcome[visit] = outcome
  visitEnd[visit] = tick
}

// ── lines ───────────────────────────────────────────────────────────────────
function join(visit: i32, row: i32, tick: i32): void {
  const slot: i32 = rowPlace[row]!
  const station: i32 = visitSiteFirst[visit]! + (slot === ROOM_SLOT ? visitRoomSlot[visit]! : slot)
  const flags: i32 = stationFlags[station]!
  const duty: i32 = onDuty[station]!
  if ((flags & STATION_BALKING) !== 0 && lineLength[station]! >= rules[RULE_BALK_PER_SERVER]! * (duty > 0 ? duty : 1)) {
    leave(visit, OUTCOME_BALKED, tick)
    return
  }
  totals[TOTAL_JOINS] = totals[TOTAL_JOINS]! + 1
  joinedAt[visit] = tick
  visitLines[visit] = visitLines[visit]! + ((flags & STATION_PAYMENT) !== 0 ? 1 : 32768)
  if (busy[station]! < duty) {
    begin(visit, station, row, tick)
    return
  }
  sumUp(station, tick)
  const urgency: i32 = (flags & STATION_PRIORITY) !== 0 ? (visitPayer[visit]! >> URGENCY_SHIFT) & 3 : 0
  stand(nextInLine, station, urgency, visit)
  lineOf[visit] = station
  lineSerial[visit] = lineSerial[visit]! + 1
  if ((flags & STATION_RENEGING) !== 0 && ((visitPayer[visit]! >> IMPATIENT_SHIFT) & 1) !== 0) {
    const patience: i32 = lawTicks(rules[RULE_PATIENCE_LAW]!, visit, rules[RULE_DECISION_PATIENCE]! + (rowDecision[row]! << 1), waits[visit]!)
    plan(tick + patience, PATIENCE_END, visit, lineSerial[visit]!, visit, 0)
  }
}

function begin(visit: i32, station: i32, row: i32, tick: i32): void {
  sumUp(station, tick)
  busy[station] = busy[station]! + 1
  lineOf[visit] = NOWHERE
  countWait(visit, station, tick)
  stationStarts[station] = stationStarts[station]! + 1
  const kind: i32 = stationKind[station]!
  const wait: i32 = tick - joinedAt[visit]!
  const bucket: i32 = kind * HISTOGRAM_BUCKETS + bucketOf(i32(wait / 10))
  waitHistogram[bucket] = waitHistogram[bucket]! + 1
  plan(tick + lawTicks(rowLaw[row]!, visit, rowDecision[row]!, waits[visit]!), SERVICE_END, visit, 0, visit, 0)
}

/** Sums a wait that has come to its end, by service or by leaving. */
function countWait(visit: i32, station: i32, tick: i32): void {
  const joined: i32 = joinedAt[visit]!
  const wait: i32 = tick - joined
  const flags: i32 = stationFlags[station]!
  let hour: i32 = i32(joined / HOUR_TICKS)
  if (hour > 23) hour = 23
  const at: i32 = (visitSite[visit]! * KINDS_MAX + stationKind[station]!) * 24 + hour
  hourWaitCount[at] = hourWaitCount[at]! + 1
  if (wait === 0) return
  stationWaitSum[station] = stationWaitSum[station]! + f64(wait)
  hourWaitSum[at] = hourWaitSum[at]! + f64(wait)
  let counts: i32 = 32
  if (wait > MINUTE_TICKS) counts = 1056
  if ((flags & STATION_PAYMENT) !== 0) {
    visitPaymentWait[visit] = visitPaymentWait[visit]! + wait
    visitLines[visit] = visitLines[visit]! + counts
  } else {
    visitClinicalWait[visit] = visitClinicalWait[visit]! + wait
    visitLines[visit] = visitLines[visit]! + (counts << 15)
    if ((flags & STATION_AFTER_PAYMENT) !== 0) visitAfterPaymentWait[visit] = visitAfterPaymentWait[visit]! + wait
  }
}

/** Patience is over: who still stands in that line leaves. */
export function losePatience(visit: i32, serial: i32, tick: i32): void {
  const station: i32 = lineOf[visit]!
  if (station === NOWHERE || lineSerial[visit]! !== serial) return
  sumUp(station, tick)
  lineLength[station] = lineLength[station]! - 1
  lineOf[visit] = NOWHERE
  countWait(visit, station, tick)
  leave(visit, OUTCOME_RENEGED, tick)
}

/** A service is over; with an errand the server stays until it is answered. */
export function endService(visit: i32, tick: i32): void {
  const row: i32 = visitRow[visit]!
  const errand: i32 = rowErrand[row]!
  if (errand < 0) {
    release(stationOf(visit, row), tick)
    enter(visit, rowNext[row]!, tick)
    return
  }
  beganAt[visit] = tick
  restarts[visit] = 0
  triedEntries[visit] = 0
  startErrand(tick, visit, errand, pointOf(row), preferredChannel(visit), tick, 0)
}

function stationOf(visit: i32, row: i32): i32 {
  const slot: i32 = rowPlace[row]!
  return visitSiteFirst[visit]! + (slot === ROOM_SLOT ? visitRoomSlot[visit]! : slot)
}

function release(station: i32, tick: i32): void {
  sumUp(station, tick)
  busy[station] = busy[station]! - 1
  callIn(station, tick)
}

function callIn(station: i32, tick: i32): void {
  while (lineLength[station]! > 0 && busy[station]! < onDuty[station]!) {
    const visit: i32 = callNext(nextInLine, station)
    // Whoever left the line early is still in its chain.
    if (lineOf[visit]! !== station) continue
    sumUp(station, tick)
    lineLength[station] = lineLength[station]! - 1
    begin(visit, station, visitRow[visit]!, tick)
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
  const row: i32 = visitRow[visit]!
  const does: i32 = rowDoes[row]!
  if (failed < 0) {
    const viaEntry: boolean = messageLeg[errandFirst[errand]!]! === LEG_ENTRY
    let how: i32 = STATUS_SETTLED | (errandMode[errand]! << PAID_MODE_SHIFT)
    if (viaEntry) {
      how |= (channel + 1) << PAID_CHANNEL_SHIFT
      if (restarts[visit]! > 0) how |= PAID_OTHER_ENTRY
    }
    mark(visit, row, how)
    if (does === SERVE) release(stationOf(visit, row), tick)
    if (does === PAY_WALKING && phase[visit]! === WALKING_PAYING) phase[visit] = WALKING_PAID
    else enter(visit, rowNext[row]!, tick)
    return
  }
  if (does === SERVE) release(stationOf(visit, row), tick)
  if (does === PAY_WALKING && phase[visit]! === WALKING_PAYING) {
    phase[visit] = WALKING_FAILED
    walkFailed[visit] = failed
    walkParty[visit] = party
    return
  }
  fail(visit, row, failed, party, tick)
}

function mark(visit: i32, row: i32, how: i32): void {
  const point: i32 = rowPoint[row]!
  if (point < 0) return
  const at: i32 = visit * 3 + point
  const earlier: i32 = visitPaid[at]!
  visitPaid[at] = how | (earlier & PAID_OTHER_MODE)
}

/** What a patient does next when a payment failed: the fallback table, failed part × step. */
function fail(visit: i32, row: i32, failed: i32, party: i32, tick: i32): void {
  const payer: i32 = visitPayer[visit]!
  const paysMoney: boolean = errandMode[rowErrand[row]!]! < 4
  if (paysMoney) totals[TOTAL_PAYMENTS_FAILED] = totals[TOTAL_PAYMENTS_FAILED]! + 1
  if (failed === LEG_BUREAU && rowPoint[row]! >= 0) {
    if (paysMoney) totals[TOTAL_BACKUP_COULD_NOT] = totals[TOTAL_BACKUP_COULD_NOT]! + 1
    bureauIsDown(visit, row, tick)
    return
  }
  if (failed === LEG_ENTRY && rules[RULE_MUTUAL_BACKUP]! !== 0 && tryOtherEntry(visit, row, tick)) return
  if (paysMoney && failed !== LEG_ENTRY) totals[TOTAL_BACKUP_COULD_NOT] = totals[TOTAL_BACKUP_COULD_NOT]! + 1
  let onward: i32 = rowWindow[row]!
  if (failed === LEG_ENTRY && rowKiosk[row]! >= 0 && ((payer >> KIOSK_FALLBACK_SHIFT) & 1) !== 0) onward = rowKiosk[row]!
  else if ((failed === LEG_BANK || failed === FAILED_LIMIT) && rowPhone[row]! >= 0) {
    // Own money by phone, unless it lies at the very bank that is down.
    const ownBank: i32 = rules[RULE_FIRST_BANK]! + ((payer >> OWN_BANK_SHIFT) & 15)
    if (ownBank !== party) onward = rowPhone[row]!
  }
  if (messageLeg[errandFirst[rowErrand[row]!]!]! === LEG_ENTRY && paysMoney) {
    const channel: i32 = entryInUse(visit)
    channelFellBack[channel] = channelFellBack[channel]! + 1
  }
  if (onward < 0) {
    if (rowPoint[row]! >= 0) mark(visit, row, STATUS_UNPAID)
    leave(visit, OUTCOME_UNPAID, tick)
    return
  }
  if (rowPoint[row]! >= 0) visitPaid[visit * 3 + rowPoint[row]!] = PAID_OTHER_MODE
  enter(visit, onward, tick)
}

/** Another entry this patient holds and has not tried: the first in backup order. False when there is none. */
function tryOtherEntry(visit: i32, row: i32, tick: i32): boolean {
  const channels: i32 = rules[RULE_CHANNELS]!
  const used: i32 = entryInUse(visit)
  const tried: i32 = (triedEntries[visit]! & 16777215) | (1 << used)
  let best: i32 = -1
  let channel: i32 = 0
  while (channel < channels) {
    const order: i32 = channelBackupOrder[channel]!
    if (order >= 0 && ((visitEntries[visit]! >> channel) & 1) !== 0 && ((tried >> channel) & 1) === 0) {
      if (best < 0 || order < channelBackupOrder[best]!) best = channel
    }
    channel++
  }
  if (best < 0 || restarts[visit]! >= 7) return false
  triedEntries[visit] = tried | (best << 24)
  restarts[visit] = restarts[visit]! + 1
  channelSpilledIn[best] = channelSpilledIn[best]! + 1
  phase[visit] = TO_OTHER_ENTRY
  const attempt: i32 = (pointOf(row) << 3) | restarts[visit]!
  plan(tick + lawTicks(rules[RULE_SWITCH_LAW]!, visit, rules[RULE_DECISION_SWITCH]!, attempt), MOVE, visit, 0, visit, 0)
  return true
}

/** The window needs the bureau too: wait and come back, pay in full and claim later, or leave owing, in stated shares. */
function bureauIsDown(visit: i32, row: i32, tick: i32): void {
  const attempt: i32 = (pointOf(row) << 4) | (waits[visit]! & 15)
  const word: i32 = drawWord(rules[RULE_KEY0]!, rules[RULE_KEY1]!, visitDrawId[visit]!, decisionCounter(rules[RULE_DECISION_DOWN]!, attempt))
  const u: f64 = uniformOf(word)
  if (u < ruleShares[SHARE_DOWN_WAIT]! && waits[visit]! < rules[RULE_WAIT_TRIES]!) {
    phase[visit] = TO_ROW
    visitRow[visit] = rowWindow[row]! >= 0 ? rowWindow[row]! : row
    plan(tick + lawTicks(rules[RULE_WAIT_LAW]!, visit, rules[RULE_DECISION_WAIT]!, attempt), MOVE, visit, 0, visit, 0)
    waits[visit] = waits[visit]! + 1
    return
  }
  if (rowWindow[row]! < 0 && rowDoes[row]! !== SERVE) {
    mark(visit, row, STATUS_UNPAID)
    leave(visit, OUTCOME_UNPAID, tick)
    return
  }
  const pays: boolean = u < ruleShares[SHARE_DOWN_WAIT]! + ruleShares[SHARE_DOWN_PAY]!
  mark(visit, row, (pays ? STATUS_CLAIM_LATER : STATUS_OWING) | (errandMode[rowErrand[row]!]! << PAID_MODE_SHIFT))
  enter(visit, rowNext[row]!, tick)
}

/** Whoever is still in the city when nothing more can happen: a defect of the plan, told to the host. */
export function leftInCity(visits: i32): i32 {
  let left: i32 = 0
  let visit: i32 = 0
  while (visit < visits) {
    if (visitOutcome[visit]! === OUTCOME_IN_CITY) left++
    visit++
  }
  return left
}
