/**
 * Errands and the calls they make to channels, platform, bureau and banks (portable).
 *
 * An errand is one row of the errand table on its way: message after message, each tried a few times. A call is one message at a
 * party's desk. The errand may give a call up (timeout); the party does not know and serves it all the same, so the two are
 * separate rows and a late reply finds nobody.
 *
 * LAYOUT  Rows of two pools; a serial tells whether a reply or timer still concerns the errand's present try.
 * DRAWS   A call's service time is keyed by visit, message, payment point and try, where another entry or another coming to the window
 *         begins new tries: the same whoever serves and whatever came before. Whether it errs, and how long the pause before it is, are
 *         the two words of the same name in a second stream.
 * RULES   Silence after a message that moves money is followed by a question, not by the message again. When an errand fails, a
 *         reversal is sent by itself to each party that moved its money or may have: the bureau, the bank that was used. A reversal
 *         does not give up: its tries used up, or the party held for down, it pauses for a probe's interval and goes on until it is
 *         answered; a reply that comes late answers it too.
 *         A call accepted before an outage begins is answered; a fault concerns calls that arrive while it lasts.
 */
import { HEALTH_WORDS, mayCall, noteOutcome } from '../../channels/health.ts'
import { drawTicks } from '../../engine/distribution.ts'
import { f64, type I32s, i32, newI32s } from '../../engine/portable.ts'
import { decisionCounter, drawWord, secondWord, uniformOf } from '../../engine/random.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/histogram.ts'
import { CREDIT_BANK_SHIFT, OVER_LIMIT_SHIFT, OWN_BANK_SHIFT, RAISE_SHIFT } from '../../patients/traits.ts'
import { CALL_END, CALL_TIMEOUT, ERRAND_STEP, plan } from './calendar.ts'
import {
  errandCount,
  errandFirst,
  errandMode,
  errandReleased,
  FAULT_BLACK_HOLE,
  FAULT_BROWN_OUT,
  FAULT_ERRORS,
  FAULT_NONE,
  FAULT_REFUSE,
  FAULT_SLOW,
  faultAmount,
  faultDoes,
  faultNumber,
  faultParty,
  LEG_BUREAU,
  LEG_ENTRY,
  LEG_FILES,
  LEG_HIS,
  LEG_PLATFORM,
  lawA,
  lawB,
  lawKind,
  MESSAGE_CREDIT_BANK,
  MESSAGE_MOVES_MONEY,
  MESSAGE_NEEDS_CREDIT,
  messageDecision,
  messageFlags,
  messageLaw,
  messageLeg,
  partyStation,
  RULE_ATTEMPTS,
  RULE_BACKOFF_TICKS,
  RULE_BUREAU,
  RULE_FILES,
  RULE_FILES_TIMEOUT,
  RULE_FIRST_BANK,
  RULE_HEALTH_CALLS,
  RULE_HEALTH_PROBE,
  RULE_HEALTH_WINDOW,
  RULE_KEY0,
  RULE_KEY1,
  RULE_KEY2,
  RULE_KEY3,
  RULE_LEVEL_TICKS,
  RULE_PLATFORM,
  RULE_QUERY_LAW,
  RULE_RAISE_LAW,
  RULE_REFUSAL_TICKS,
  RULE_REVERSE_BUREAU,
  RULE_REVERSE_CREDIT_BANK,
  RULE_REVERSE_OWN_BANK,
  RULE_TIMEOUT_FIRST,
  ruleShares,
  rules,
  SHARE_BACKOFF_FACTOR,
  SHARE_HEALTH_FAILURES,
  SHARE_JITTER,
  stationServers,
} from './inputs.ts'
import { addWait, callNext, changeLength, couldStart, endService, hasIdle, setOnDuty, stand, startService, sumUp } from './lines.ts'
import { longer } from './longer.ts'
import { BUSY, DRAW_ID, NUMBER, ON_DUTY, PAYER, STATION_SHIFT, stations, TURNS, VISIT_SHIFT, visits, WAITS } from './records.ts'
import {
  channelAttempted,
  channelFailed,
  channelSettled,
  faultDetected,
  faultFirstFailure,
  faultFirstRouted,
  faultTouched,
  legAssumed,
  legComputed,
  legCount,
  MINUTES,
  minuteSettled,
  minuteStarted,
  minuteWithin,
  partyCalls,
  partyMinuteBusy,
  partyMinuteCalls,
  partyMinuteDuty,
  partyPeakCalls,
  settleHistogram,
  settleSum,
  TOTAL_CALL_JOINS,
  TOTAL_CALLS_NEEDED,
  TOTAL_CALLS_SENT,
  TOTAL_LATE_REPLIES,
  TOTAL_REVERSALS,
  TOTAL_REVERSALS_FAILED,
  totals,
} from './sums.ts'

const MINUTE_TICKS: i32 = 600000
const SECOND_TICKS: i32 = 10000

// ── errands on their way ────────────────────────────────────────────────────
let errandVisit: I32s = newI32s(0)
/** The visit's slot; void once the errand is released, for it may outlive the visit. What draws and banks need is copied. */
let errandSlot: I32s = newI32s(0)
let errandDrawId: I32s = newI32s(0)
let errandPayer: I32s = newI32s(0)
let errandKind: I32s = newI32s(0)
let errandPoint: I32s = newI32s(0)
let errandChannel: I32s = newI32s(0)
/** Tick of the patient's first try at this point, before any change of entry. */
let errandBegan: I32s = newI32s(0)
/** Messages answered so far. */
let errandAt: I32s = newI32s(0)
let errandTry: I32s = newI32s(0)
/** Entries tried before, and times the patient came back after waiting for the bureau: keeps the draws of a new coming apart. */
let errandAgain: I32s = newI32s(0)
let errandRestart: I32s = newI32s(0)
let errandTurn: I32s = newI32s(0)
/** Bits: 1 released · 2 asking · 4 raising the limit · 8 the silent call was carried out · 32 is a reversal · money moved, or silence: 16 at the
 *  bureau, 64 at the own bank, 128 at the bank of the credit. */
let errandState: I32s = newI32s(0)
let errandSerial: I32s = newI32s(0)
/** What the pending ERRAND_STEP means. */
let errandStep: I32s = newI32s(0)
let errandSent: I32s = newI32s(0)
let errandFree: I32s = newI32s(0)
let errandFreeCount: i32 = 0
let errandUsed: i32 = 0

const RELEASED: i32 = 1
const ASKING: i32 = 2
const RAISING: i32 = 4
const CARRIED_OUT: i32 = 8
const AT_BUREAU: i32 = 16
const REVERSAL: i32 = 32
const AT_OWN_BANK: i32 = 64
const AT_CREDIT_BANK: i32 = 128

const STEP_RESEND: i32 = 0
const STEP_REFUSED: i32 = 1
const STEP_SILENT: i32 = 2
const STEP_ANSWERED: i32 = 3

const HOW_ERROR: i32 = 0
const HOW_REFUSED: i32 = 1
const HOW_SILENT: i32 = 2
const HOW_ROUTED: i32 = 3

// ── calls at a desk ─────────────────────────────────────────────────────────
let callErrand: I32s = newI32s(0)
let callErrandSerial: I32s = newI32s(0)
/** Which errand of the pool's row, and which message of it: a late call may still tell that money moved. */
let callTurn: I32s = newI32s(0)
/** {@link turnOf} when it was sent. */
let callOrder: I32s = newI32s(0)
let callVisit: I32s = newI32s(0)
let callMessage: I32s = newI32s(0)
let callParty: I32s = newI32s(0)
let callSent: I32s = newI32s(0)
let callService: I32s = newI32s(0)
let callError: I32s = newI32s(0)
/** 1: it only asks what became of an earlier call. */
let callAsks: I32s = newI32s(0)
let callWaiting: I32s = newI32s(0)
let callGeneration: I32s = newI32s(0)
let nextCall: I32s = newI32s(0)
let callFree: I32s = newI32s(0)
let callFreeCount: i32 = 0
let callUsed: i32 = 0

// ── parties ─────────────────────────────────────────────────────────────────
let health: I32s = newI32s(0)
/** Fault at a party now, its number and its row in the fault table. */
let partyFault: I32s = newI32s(0)
let partyFaultRow: I32s = newI32s(0)
/** Last fault that struck the party. What is felt, noticed or avoided is its outcome from its start until a health window after its end. */
let partyLastFault: I32s = newI32s(0)
/** Last tick of that: the end of the clock while it lasts. */
let partyFaultUntil: I32s = newI32s(0)
let partySecond: I32s = newI32s(0)
let partySecondCalls: I32s = newI32s(0)
let partySummedTo: I32s = newI32s(0)

// ── errands that reached the patient's answer within the event at hand ──────
export let answered: i32 = 0
/** Slots of the visits. */
export let answerVisit: I32s = newI32s(64)
/** −1 settled; otherwise the leg that failed, or FAILED_LIMIT. */
export let answerFailed: I32s = newI32s(64)
export let answerChannel: I32s = newI32s(64)
export let answerErrand: I32s = newI32s(64)
export let answerParty: I32s = newI32s(64)
export const FAILED_LIMIT: i32 = 6

export function openCalls(): void {
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
  if (errandVisit.length === 0) {
    growErrands(4096)
    growCalls(4096)
  }
  errandFreeCount = 0
  errandUsed = 0
  callFreeCount = 0
  callUsed = 0
  answered = 0
}

export function clearAnswers(): void {
  answered = 0
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
  errandFree = longer(errandFree, size)
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

/**
 * Sends a visit's errand on its way at this tick.
 *
 * @param slot where the visit's record is
 * @param point payment point 0…2, 3 for an errand that pays nothing
 * @param began when the patient first tried at this point
 * @param restart entries tried before
 */
export function startErrand(tick: i32, slot: i32, kind: i32, point: i32, channel: i32, began: i32, restart: i32): void {
  const errand: i32 = newErrand(slot, kind, point, channel, began, restart)
  if (errandMode[kind]! < 4) {
    const minute: i32 = i32(began / MINUTE_TICKS)
    if (restart === 0) minuteStarted[minute] = minuteStarted[minute]! + 1
    if (messageLeg[errandFirst[kind]!]! === LEG_ENTRY) channelAttempted[channel] = channelAttempted[channel]! + 1
  }
  send(errand, tick)
}

function newErrand(slot: i32, kind: i32, point: i32, channel: i32, began: i32, restart: i32): i32 {
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
  const turn: i32 = visits[my + TURNS]!
  errandTurn[errand] = turn
  visits[my + TURNS] = turn + 1
  errandSerial[errand] = errandSerial[errand]! + 1
  return errand
}

function endErrand(errand: i32): void {
  if ((errandState[errand]! & REVERSAL) !== 0) totals[TOTAL_REVERSALS_FAILED] = totals[TOTAL_REVERSALS_FAILED]! - 1
  errandState[errand] = 0
  errandSerial[errand] = errandSerial[errand]! + 1
  errandFree[errandFreeCount++] = errand
}

/** The errand's own event: a try after a pause, a refused connection noticed, silence noticed, an answer from the hospital's system. */
export function stepErrand(errand: i32, serial: i32, tick: i32): boolean {
  if (errandSerial[errand]! !== serial) return false
  const step: i32 = errandStep[errand]!
  if (step === STEP_RESEND) send(errand, tick)
  else if (step === STEP_REFUSED) failTry(errand, tick, HOW_REFUSED)
  else if (step === STEP_SILENT) failTry(errand, tick, HOW_SILENT)
  else {
    legAssumed[LEG_HIS] = legAssumed[LEG_HIS]! + f64(tick - errandSent[errand]!)
    succeed(errand, tick)
  }
  return true
}

function later(errand: i32, tick: i32, step: i32): void {
  errandStep[errand] = step
  plan(tick, ERRAND_STEP, errand, errandSerial[errand]!, errandVisit[errand]!, turnOf(errand))
}

/** Orders what one visit has pending at one tick: errand, message and try; 0 is left to the visit itself. */
function turnOf(errand: i32): i32 {
  return (((errandTurn[errand]! + 1) * 16 + errandAt[errand]!) << 8) + tryNumber(errand)
}

function messageOf(errand: i32): i32 {
  return errandFirst[errandKind[errand]!]! + errandAt[errand]!
}

function partyOf(errand: i32, message: i32): i32 {
  const leg: i32 = messageLeg[message]!
  if (leg === LEG_ENTRY) return errandChannel[errand]!
  if (leg === LEG_PLATFORM) return rules[RULE_PLATFORM]!
  if (leg === LEG_BUREAU) return rules[RULE_BUREAU]!
  if (leg === LEG_FILES) return rules[RULE_FILES]!
  const shift: i32 = (messageFlags[message]! & MESSAGE_CREDIT_BANK) !== 0 ? CREDIT_BANK_SHIFT : OWN_BANK_SHIFT
  return rules[RULE_FIRST_BANK]! + ((errandPayer[errand]! >> shift) & 15)
}

function timeoutOf(message: i32): i32 {
  const leg: i32 = messageLeg[message]!
  return leg === LEG_FILES ? rules[RULE_FILES_TIMEOUT]! : rules[RULE_TIMEOUT_FIRST + leg]!
}

/** One number per try of one message at one payment point, below 256. */
function tryNumber(errand: i32): i32 {
  const asking: i32 = (errandState[errand]! & (ASKING | RAISING)) !== 0 ? 32 : 0
  return ((errandPoint[errand]! & 3) << 6) | asking | ((errandAgain[errand]! * 4 + errandTry[errand]!) & 31)
}

function send(errand: i32, tick: i32): void {
  const message: i32 = messageOf(errand)
  let law: i32 = messageLaw[message]!
  const state: i32 = errandState[errand]!
  if ((state & ASKING) !== 0) law = rules[RULE_QUERY_LAW]!
  else if ((state & RAISING) !== 0) law = rules[RULE_RAISE_LAW]!
  errandSent[errand] = tick
  const counter: i32 = decisionCounter(messageDecision[message]!, tryNumber(errand))
  const service: i32 = drawTicks(
    lawKind[law]!,
    lawA[law]!,
    lawB[law]!,
    drawWord(rules[RULE_KEY0]!, rules[RULE_KEY1]!, errandDrawId[errand]!, counter),
  )
  if (messageLeg[message]! === LEG_HIS) {
    later(errand, tick + service, STEP_ANSWERED)
    return
  }
  const party: i32 = partyOf(errand, message)
  if (!mayCall(health, party, tick, rules[RULE_HEALTH_PROBE]!)) {
    const fault: i32 = faultAt(party, tick)
    if (fault >= 0 && faultFirstRouted[fault]! < 0) faultFirstRouted[fault] = tick
    failTry(errand, tick, HOW_ROUTED)
    return
  }
  totals[TOTAL_CALLS_SENT] = totals[TOTAL_CALLS_SENT]! + 1
  // A first try is needed, that of a raise or a reversal too; a repeat or a question is not.
  if (errandTry[errand]! === 0) totals[TOTAL_CALLS_NEEDED] = totals[TOTAL_CALLS_NEEDED]! + 1
  countCall(party, tick)
  const does: i32 = partyFault[party]!
  let work: i32 = service
  let error: i32 = 0
  if (does !== FAULT_NONE) {
    const row: i32 = partyFaultRow[party]!
    const fault: i32 = faultNumber[row]!
    if (does === FAULT_REFUSE || does === FAULT_BLACK_HOLE) {
      faultTouched[fault] = faultTouched[fault]! + 1
      if (does === FAULT_REFUSE) later(errand, tick + rules[RULE_REFUSAL_TICKS]!, STEP_REFUSED)
      else later(errand, tick + timeoutOf(message), STEP_SILENT)
      return
    }
    if (does === FAULT_SLOW) {
      faultTouched[fault] = faultTouched[fault]! + 1
      const slowed: f64 = f64(service) * faultAmount[row]!
      work = slowed < 1e9 ? i32(slowed) : 1000000000
    } else if (does === FAULT_ERRORS) {
      const word: i32 = drawWord(rules[RULE_KEY2]!, rules[RULE_KEY3]!, errandDrawId[errand]!, counter)
      if (uniformOf(word) < faultAmount[row]!) {
        faultTouched[fault] = faultTouched[fault]! + 1
        error = 1
      }
    }
  }
  const call: i32 = newCall(errand, message, party, tick, work, error)
  totals[TOTAL_CALL_JOINS] = totals[TOTAL_CALL_JOINS]! + 1
  const station: i32 = partyStation[party]!
  if (hasIdle(station)) {
    serve(call, party, station, tick)
  } else {
    if (does === FAULT_BROWN_OUT) {
      const fault: i32 = faultNumber[partyFaultRow[party]!]!
      faultTouched[fault] = faultTouched[fault]! + 1
    }
    sumUpParty(party, station, tick)
    stand(nextCall, 0, 0, station, 0, call)
    callWaiting[call] = 1
    planTimeout(call, tick)
  }
}

function planTimeout(call: i32, sent: i32): void {
  plan(sent + timeoutOf(callMessage[call]!), CALL_TIMEOUT, call, callGeneration[call]!, callVisit[call]!, callOrder[call]!)
}

function newCall(errand: i32, message: i32, party: i32, tick: i32, service: i32, error: i32): i32 {
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

/** A desk takes the call up. */
function serve(call: i32, party: i32, station: i32, tick: i32): void {
  sumUpParty(party, station, tick)
  startService(station)
  const end: i32 = tick + callService[call]!
  const waited: i32 = callWaiting[call]!
  if (waited !== 0) addWait(station, tick - callSent[call]!)
  callWaiting[call] = 0
  // A call that waited has its timer already.
  if (waited === 0 && callService[call]! >= timeoutOf(callMessage[call]!)) planTimeout(call, callSent[call]!)
  plan(end, CALL_END, call, 0, callVisit[call]!, callOrder[call]!)
}

/** A desk is done with a call; the next one is taken up. */
export function endCall(call: i32, tick: i32): void {
  const party: i32 = callParty[call]!
  const station: i32 = partyStation[party]!
  sumUpParty(party, station, tick)
  endService(station, callService[call]!)
  callIn(party, station, tick)
  const errand: i32 = callErrand[call]!
  const error: i32 = callError[call]!
  if (errandSerial[errand]! === callErrandSerial[call]!) {
    const leg: i32 = messageLeg[callMessage[call]!]!
    legAssumed[leg] = legAssumed[leg]! + f64(callService[call]!)
    legComputed[leg] = legComputed[leg]! + f64(tick - callSent[call]! - callService[call]!)
    freeCall(call)
    if (error !== 0) failTry(errand, tick, HOW_ERROR)
    else {
      noteParty(party, tick, false)
      succeed(errand, tick)
    }
  } else {
    totals[TOTAL_LATE_REPLIES] = totals[TOTAL_LATE_REPLIES]! + 1
    // The errand is still at this very message: what it did not hear was done all the same, unless it was only a question.
    if (
      error === 0 &&
      callAsks[call]! === 0 &&
      errandVisit[errand]! === callVisit[call]! &&
      errandTurn[errand]! === callTurn[call]! &&
      messageOf(errand) === callMessage[call]!
    ) {
      if ((errandState[errand]! & REVERSAL) !== 0) succeed(errand, tick)
      else errandState[errand] = errandState[errand]! | CARRIED_OUT
    }
    freeCall(call)
  }
}

function callIn(party: i32, station: i32, tick: i32): void {
  while (couldStart(station)) {
    const next: i32 = callNext(nextCall, 0, 0, station)
    sumUpParty(party, station, tick)
    changeLength(station, -1)
    callWaiting[next] = 1
    serve(next, party, station, tick)
  }
}

function freeCall(call: i32): void {
  callGeneration[call] = callGeneration[call]! + 1
  callFree[callFreeCount++] = call
}

/** The caller stops waiting for a call. It stays at the desk. False if it was answered in time. */
export function timeOutCall(call: i32, generation: i32, tick: i32): boolean {
  if (callGeneration[call]! !== generation) return false
  const errand: i32 = callErrand[call]!
  if (errandSerial[errand]! !== callErrandSerial[call]!) return false
  failTry(errand, tick, HOW_SILENT)
  return true
}

/** The message at hand was answered well. */
function succeed(errand: i32, tick: i32): void {
  const message: i32 = messageOf(errand)
  const flags: i32 = messageFlags[message]!
  let state: i32 = errandState[errand]!
  errandSerial[errand] = errandSerial[errand]! + 1
  if ((state & ASKING) !== 0) {
    errandState[errand] = state & ~ASKING
    if ((state & CARRIED_OUT) === 0) {
      // Known now: it was not done. It may be sent again.
      send(errand, tick)
      return
    }
  }
  state = errandState[errand]! & ~CARRIED_OUT
  // The bank's word, heard now or on being asked, may be that the bill is above the limit.
  if ((flags & MESSAGE_NEEDS_CREDIT) !== 0 && (state & RAISING) === 0) {
    const point: i32 = errandPoint[errand]!
    if (((errandPayer[errand]! >> (OVER_LIMIT_SHIFT + point)) & 1) !== 0) {
      if (((errandPayer[errand]! >> RAISE_SHIFT) & 1) === 0) {
        errandState[errand] = state & ~placeOfMoney(message)
        failErrand(errand, tick, FAILED_LIMIT)
        return
      }
      errandState[errand] = state | RAISING
      errandTry[errand] = 0
      send(errand, tick)
      return
    }
  }
  state &= ~RAISING
  if ((flags & MESSAGE_MOVES_MONEY) !== 0) state |= placeOfMoney(message)
  errandState[errand] = state
  legCount[messageLeg[message]!] = legCount[messageLeg[message]!]! + 1
  errandTry[errand] = 0
  const kind: i32 = errandKind[errand]!
  const at: i32 = errandAt[errand]! + 1
  errandAt[errand] = at
  if (at === errandReleased[kind]! && (state & REVERSAL) === 0) {
    errandState[errand] = state | RELEASED
    settled(errand, kind, tick)
  }
  if (at < errandCount[kind]!) send(errand, tick)
  else endErrand(errand)
}

function settled(errand: i32, kind: i32, tick: i32): void {
  const mode: i32 = errandMode[kind]!
  const took: i32 = tick - errandBegan[errand]!
  const bucket: i32 = mode * HISTOGRAM_BUCKETS + bucketOf(i32(took / 10))
  settleHistogram[bucket] = settleHistogram[bucket]! + 1
  settleSum[mode] = settleSum[mode]! + f64(took)
  if (mode < 4) {
    const minute: i32 = i32(errandBegan[errand]! / MINUTE_TICKS)
    minuteSettled[minute] = minuteSettled[minute]! + 1
    if (took <= rules[RULE_LEVEL_TICKS]!) minuteWithin[minute] = minuteWithin[minute]! + 1
    if (messageLeg[errandFirst[kind]!]! === LEG_ENTRY) channelSettled[errandChannel[errand]!] = channelSettled[errandChannel[errand]!]! + 1
  }
  answer(errand, -1, -1)
}

function answer(errand: i32, failed: i32, party: i32): void {
  if (answered === answerVisit.length) {
    answerVisit = longer(answerVisit, answered * 2)
    answerFailed = longer(answerFailed, answered * 2)
    answerChannel = longer(answerChannel, answered * 2)
    answerErrand = longer(answerErrand, answered * 2)
    answerParty = longer(answerParty, answered * 2)
  }
  answerVisit[answered] = errandSlot[errand]!
  answerFailed[answered] = failed
  answerChannel[answered] = errandChannel[errand]!
  answerErrand[answered] = errandKind[errand]!
  answerParty[answered] = party
  answered++
}

/** A try came to nothing: again after a pause, or the errand fails. */
function failTry(errand: i32, tick: i32, how: i32): void {
  const message: i32 = messageOf(errand)
  const leg: i32 = messageLeg[message]!
  const party: i32 = partyOf(errand, message)
  errandSerial[errand] = errandSerial[errand]! + 1
  if (how !== HOW_ROUTED) {
    legComputed[leg] = legComputed[leg]! + f64(tick - errandSent[errand]!)
    noteParty(party, tick, true)
  }
  let tried: i32 = errandTry[errand]! + 1
  if ((errandState[errand]! & REVERSAL) !== 0) {
    // A try that was not made is none.
    if (how === HOW_ROUTED) tried--
    errandTry[errand] = tried
    const round: i32 = tried % rules[RULE_ATTEMPTS]!
    if (how === HOW_ROUTED || round === 0) {
      later(errand, tick + rules[RULE_HEALTH_PROBE]!, STEP_RESEND)
      return
    }
    tried = round
  } else errandTry[errand] = tried
  if (how === HOW_SILENT && (messageFlags[message]! & MESSAGE_MOVES_MONEY) !== 0)
    errandState[errand] = errandState[errand]! | ASKING | placeOfMoney(message)
  if (how !== HOW_ROUTED && tried < rules[RULE_ATTEMPTS]!) {
    const pause: i32 = pauseTicks(errand, message, tried)
    legComputed[leg] = legComputed[leg]! + f64(pause)
    later(errand, tick + pause, STEP_RESEND)
    return
  }
  failErrand(errand, tick, leg)
}

function pauseTicks(errand: i32, message: i32, tried: i32): i32 {
  let pause: f64 = f64(rules[RULE_BACKOFF_TICKS]!)
  let n: i32 = 1
  while (n < tried) {
    pause *= ruleShares[SHARE_BACKOFF_FACTOR]!
    n++
  }
  drawWord(rules[RULE_KEY2]!, rules[RULE_KEY3]!, errandDrawId[errand]!, decisionCounter(messageDecision[message]!, tryNumber(errand)))
  return i32(pause * (1.0 + ruleShares[SHARE_JITTER]! * (2.0 * uniformOf(secondWord()) - 1.0)))
}

function failErrand(errand: i32, tick: i32, failed: i32): void {
  const state: i32 = errandState[errand]!
  const kind: i32 = errandKind[errand]!
  if ((state & RELEASED) !== 0) {
    endErrand(errand)
    return
  }
  const slot: i32 = errandSlot[errand]!
  const point: i32 = errandPoint[errand]!
  const channel: i32 = errandChannel[errand]!
  const began: i32 = errandBegan[errand]!
  const restart: i32 = errandRestart[errand]!
  let party: i32 = -1
  if (failed !== FAILED_LIMIT) party = partyOf(errand, messageOf(errand))
  if (party >= 0) {
    const fault: i32 = faultAt(party, tick)
    if (fault >= 0 && faultFirstFailure[fault]! < 0) faultFirstFailure[fault] = tick
  }
  if (errandMode[kind]! < 4 && messageLeg[errandFirst[kind]!]! === LEG_ENTRY) channelFailed[channel] = channelFailed[channel]! + 1
  answer(errand, failed, party)
  endErrand(errand)
  if ((state & AT_BUREAU) !== 0) reverse(slot, rules[RULE_REVERSE_BUREAU]!, point, channel, began, restart, tick)
  if ((state & AT_OWN_BANK) !== 0) reverse(slot, rules[RULE_REVERSE_OWN_BANK]!, point, channel, began, restart, tick)
  if ((state & AT_CREDIT_BANK) !== 0) reverse(slot, rules[RULE_REVERSE_CREDIT_BANK]!, point, channel, began, restart, tick)
}

/** Where this message moves money, as a bit of the errand's state. */
function placeOfMoney(message: i32): i32 {
  if (messageLeg[message]! === LEG_BUREAU) return AT_BUREAU
  return (messageFlags[message]! & MESSAGE_CREDIT_BANK) !== 0 ? AT_CREDIT_BANK : AT_OWN_BANK
}

function reverse(slot: i32, kind: i32, point: i32, channel: i32, began: i32, restart: i32, tick: i32): void {
  if (kind < 0) return
  totals[TOTAL_REVERSALS] = totals[TOTAL_REVERSALS]! + 1
  // Until it is answered.
  totals[TOTAL_REVERSALS_FAILED] = totals[TOTAL_REVERSALS_FAILED]! + 1
  const reversal: i32 = newErrand(slot, kind, point, channel, began, restart)
  errandState[reversal] = REVERSAL
  send(reversal, tick)
}

function noteParty(party: i32, tick: i32, failed: boolean): void {
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
function faultAt(party: i32, tick: i32): i32 {
  return tick <= partyFaultUntil[party]! ? partyLastFault[party]! : -1
}

/** A fault begins or ends at a party. */
export function changeFault(row: i32, tick: i32): void {
  const party: i32 = faultParty[row]!
  const station: i32 = partyStation[party]!
  const does: i32 = faultDoes[row]!
  partyFault[party] = does
  partyFaultRow[party] = row
  if (does !== FAULT_NONE) {
    partyLastFault[party] = faultNumber[row]!
    partyFaultUntil[party] = 2147483647
  } else partyFaultUntil[party] = tick + rules[RULE_HEALTH_WINDOW]!
  const full: i32 = stationServers[station]!
  sumUpParty(party, station, tick)
  setOnDuty(station, tick, does === FAULT_BROWN_OUT ? i32(f64(full) * faultAmount[row]!) : full)
  callIn(party, station, tick)
}

function countCall(party: i32, tick: i32): void {
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
