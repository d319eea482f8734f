/**
 * What happens to errands and to the calls they make (portable). An errand goes message after message, each tried a few times; a call is one
 * message at a party's desk. errands.ts and desks.ts hold their records, parties.ts what ails the parties.
 *
 * DRAWS   A call's service time is keyed by visit, message, payment point and try, where another entry or another coming to the window
 *         begins new tries: the same whoever serves and whatever came before. Which of its requests errs, if any, and how long the pause
 *         before it is, are the two words of the same name in a second stream.
 * RULES   Silence after a message that moves money is followed by a question, not by the message again; so is a bank's error, which says
 *         nothing of the money, while the bureau takes a settlement again under its number. When an errand fails, a
 *         reversal is sent by itself to each party that moved its money or may have: the bureau, the bank or wallet that was used. A reversal
 *         does not give up: its tries used up, or the party held for down, it pauses for a probe's interval and goes on until it is
 *         answered; a reply that comes late answers it too.
 *         A call accepted before an outage begins is answered; a fault concerns calls that arrive while it lasts.
 */
import { drawTicks } from '../../engine/distribution.ts'
import { f64, type I32s, i32, newI32s } from '../../engine/portable.ts'
import { decisionCounter, drawWord, secondWord, uniformOf } from '../../engine/random.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/statistics/histogram.ts'
import {
  CREDIT_BANK_SHIFT,
  KIOSK_WALLET_MASK,
  KIOSK_WALLET_SHIFT,
  OVER_LIMIT_SHIFT,
  OWN_BANK_SHIFT,
  RAISE_SHIFT,
} from '../../patients/traits.ts'
import { CALL_END, CALL_TIMEOUT, ERRAND_STEP, plan } from './calendar.ts'
import {
  callAsks,
  callErrand,
  callErrandSerial,
  callError,
  callGeneration,
  callMessage,
  callOrder,
  callParty,
  callSent,
  callService,
  callTurn,
  callVisit,
  callWaiting,
  freeCall,
  newCall,
  nextCall,
  openDesks,
} from './desks.ts'
import {
  ASKING,
  AT_BUREAU,
  AT_CREDIT_BANK,
  AT_OWN_BANK,
  AT_WALLET,
  CARRIED_OUT,
  endErrand,
  errandAgain,
  errandAt,
  errandBegan,
  errandChannel,
  errandDrawId,
  errandKept,
  errandKind,
  errandPayer,
  errandPoint,
  errandRestart,
  errandSent,
  errandSerial,
  errandSlot,
  errandState,
  errandStep,
  errandTry,
  errandTurn,
  errandVisit,
  messageOf,
  newErrand,
  openErrands,
  RAISING,
  RELEASED,
  REVERSAL,
  tryNumber,
  turnOf,
} from './errands.ts'
import {
  errandByCode,
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
  LEG_BANK,
  LEG_BUREAU,
  LEG_ENTRY,
  LEG_FILES,
  LEG_HIS,
  LEG_PLATFORM,
  lawA,
  lawB,
  lawKind,
  MEASURED_QUANTILES,
  MESSAGE_AT_WALLET,
  MESSAGE_CREDIT_BANK,
  MESSAGE_MOVES_MONEY,
  MESSAGE_NEEDS_CREDIT,
  measuredTicks,
  messageAfter,
  messageBefore,
  messageDecision,
  messageFlags,
  messageLaw,
  messageLeg,
  messageMeasured,
  minuteLevel,
  partyStation,
  RULE_ATTEMPTS,
  RULE_BACKOFF_TICKS,
  RULE_BUREAU,
  RULE_FILES,
  RULE_FILES_TIMEOUT,
  RULE_FIRST_BANK,
  RULE_HEALTH_PROBE,
  RULE_KEY0,
  RULE_KEY1,
  RULE_KEY2,
  RULE_KEY3,
  RULE_LEVEL_TICKS,
  RULE_MEASURED_OPERATIONS,
  RULE_PLATFORM,
  RULE_QUERY_LAW,
  RULE_RAISE_LAW,
  RULE_REFUSAL_TICKS,
  RULE_REVERSE_BUREAU,
  RULE_REVERSE_CREDIT_BANK,
  RULE_REVERSE_OWN_BANK,
  RULE_REVERSE_WALLET,
  RULE_TIMEOUT_FIRST,
  ruleShares,
  rules,
  SHARE_BACKOFF_FACTOR,
  SHARE_JITTER,
  stationServers,
} from './inputs.ts'
import { keepAnswer, keepDone, keepErrand, keepPast } from './keep.ts'
import { addWait, callNext, changeLength, couldStart, endService, hasIdle, setOnDuty, stand, startService } from './lines.ts'
import { longer } from './longer.ts'
import { countCall, faultAt, isOpenTo, noteParty, openParties, partyFault, partyFaultRow, sumUpParty, takeFault } from './parties.ts'
import { NUMBER, ORDERED, PAYER, ROW, VISIT_SHIFT, visits } from './records.ts'
import {
  channelAttempted,
  channelFailed,
  channelSettled,
  faultFirstFailure,
  faultTouched,
  legAssumed,
  legComputed,
  legCount,
  minuteSettled,
  minuteStarted,
  minuteWithin,
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

const STEP_RESEND: i32 = 0
const STEP_REFUSED: i32 = 1
const STEP_SILENT: i32 = 2
const STEP_ANSWERED: i32 = 3
const STEP_MEASURED: i32 = 4

const HOW_ERROR: i32 = 0
const HOW_REFUSED: i32 = 1
const HOW_SILENT: i32 = 2
const HOW_ROUTED: i32 = 3

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
  openParties()
  openErrands()
  openDesks()
  answered = 0
}

export function clearAnswers(): void {
  answered = 0
}

/**
 * Sends a visit's errand on its way at this tick.
 *
 * @param slot where the visit's record is
 * @param asked the row's errand; whoever shows a wallet's code sends the one by code, where there is one
 * @param point payment point 0…2, 3 for an errand that pays nothing
 * @param began when the patient first tried at this point
 * @param restart entries tried before
 */
export function startErrand(tick: i32, slot: i32, asked: i32, point: i32, channel: i32, began: i32, restart: i32): void {
  const paysByCode: boolean = ((visits[(slot << VISIT_SHIFT) + PAYER]! >> KIOSK_WALLET_SHIFT) & KIOSK_WALLET_MASK) !== 0
  const kind: i32 = paysByCode && errandByCode[asked]! >= 0 ? errandByCode[asked]! : asked
  const errand: i32 = newErrand(slot, kind, point, channel, began, restart)
  const my: i32 = slot << VISIT_SHIFT
  const at: i32 = keepErrand(tick, began, visits[my + NUMBER]!, kind, visits[my + ROW]!, point, channel, restart)
  keepPast(at, errandAgain[errand]!, visits[my + ORDERED]!)
  errandKept[errand] = at
  if (errandMode[kind]! < 4) {
    const minute: i32 = i32(began / MINUTE_TICKS)
    if (restart === 0) minuteStarted[minute] = minuteStarted[minute]! + 1
    if (messageLeg[errandFirst[kind]!]! === LEG_ENTRY) channelAttempted[channel] = channelAttempted[channel]! + 1
  }
  send(errand, tick)
}

/** The errand's own event: a try after a pause, a refused connection noticed, silence noticed, an answer from the hospital's system or a wallet. */
export function stepErrand(errand: i32, serial: i32, tick: i32): boolean {
  if (errandSerial[errand]! !== serial) return false
  const step: i32 = errandStep[errand]!
  if (step === STEP_RESEND) send(errand, tick)
  else if (step === STEP_REFUSED) failTry(errand, tick, HOW_REFUSED)
  else if (step === STEP_SILENT) failTry(errand, tick, HOW_SILENT)
  else if (step === STEP_MEASURED) {
    const message: i32 = messageOf(errand)
    const leg: i32 = messageLeg[message]!
    legComputed[leg] = legComputed[leg]! + f64(tick - errandSent[errand]!)
    noteParty(partyOf(errand, message), tick, false)
    succeed(errand, tick)
  } else {
    const leg: i32 = messageLeg[messageOf(errand)]!
    legAssumed[leg] = legAssumed[leg]! + f64(tick - errandSent[errand]!)
    succeed(errand, tick)
  }
  return true
}

function later(errand: i32, tick: i32, step: i32): void {
  errandStep[errand] = step
  plan(tick, ERRAND_STEP, errand, errandSerial[errand]!, errandVisit[errand]!, turnOf(errand))
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

function send(errand: i32, tick: i32): void {
  const message: i32 = messageOf(errand)
  let law: i32 = messageLaw[message]!
  const state: i32 = errandState[errand]!
  if ((state & ASKING) !== 0) law = rules[RULE_QUERY_LAW]!
  else if ((state & RAISING) !== 0) law = rules[RULE_RAISE_LAW]!
  errandSent[errand] = tick
  const counter: i32 = decisionCounter(messageDecision[message]!, tryNumber(errand))
  const word: i32 = drawWord(rules[RULE_KEY0]!, rules[RULE_KEY1]!, errandDrawId[errand]!, counter)
  const service: i32 = drawTicks(lawKind[law]!, lawA[law]!, lawB[law]!, word)
  if (messageLeg[message]! === LEG_HIS || (messageFlags[message]! & MESSAGE_AT_WALLET) !== 0) {
    later(errand, tick + service, STEP_ANSWERED)
    return
  }
  const party: i32 = partyOf(errand, message)
  if (!isOpenTo(party, tick)) {
    failTry(errand, tick, HOW_ROUTED)
    return
  }
  totals[TOTAL_CALLS_SENT] = totals[TOTAL_CALLS_SENT]! + 1
  // A first try is needed, that of a raise or a reversal too; a repeat or a question is not.
  if (errandTry[errand]! === 0) totals[TOTAL_CALLS_NEEDED] = totals[TOTAL_CALLS_NEEDED]! + 1
  countCall(party, tick)
  const does: i32 = partyFault[party]!
  if (does === FAULT_NONE) {
    const measured: i32 = measuredTime(message, tick, word)
    if (measured >= 0) {
      if (measured < timeoutOf(message)) later(errand, tick + measured, STEP_MEASURED)
      else later(errand, tick + timeoutOf(message), STEP_SILENT)
      return
    }
  }
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
      const isWhole: boolean = (state & (ASKING | RAISING)) === 0
      const before: i32 = isWhole ? messageBefore[message]! : 0
      const after: i32 = isWhole ? messageAfter[message]! : 0
      const erring: i32 = erringRequest(uniformOf(word), faultAmount[row]!, before + 1 + after)
      if (erring >= 0) {
        faultTouched[fault] = faultTouched[fault]! + 1
        error = 1
        // What goes before the request that takes the time takes none.
        if (erring < before) work = 0
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

/** The first of so many requests that is answered with an error, each with the same chance by itself; −1: none is. One uniform decides. */
function erringRequest(u: f64, share: f64, requests: i32): i32 {
  let allWell: f64 = 1.0
  for (let request: i32 = 0; request < requests; request++) {
    allWell *= 1.0 - share
    if (u < 1.0 - allWell) return request
  }
  return -1
}

/** A call's whole time where it was measured at this minute's load, −1 elsewhere. It stands for service and queue, so no desk is held. */
function measuredTime(message: i32, tick: i32, word: i32): i32 {
  if (minuteLevel.length === 0) return -1
  const operation: i32 = messageMeasured[message]!
  const minute: i32 = i32(tick / MINUTE_TICKS)
  if (operation < 0 || minute >= minuteLevel.length || minuteLevel[minute]! < 0) return -1
  const operations: i32 = rules[RULE_MEASURED_OPERATIONS]!
  return measuredTicks[(minuteLevel[minute]! * operations + operation) * MEASURED_QUANTILES + ((word >> 24) & 255)]!
}

function planTimeout(call: i32, sent: i32): void {
  plan(sent + timeoutOf(callMessage[call]!), CALL_TIMEOUT, call, callGeneration[call]!, callVisit[call]!, callOrder[call]!)
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
  else {
    keepDone(errandKept[errand]!, tick)
    endErrand(errand)
  }
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
  keepAnswer(errandKept[errand]!, tick, -1)
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
  const isInDoubt: boolean = how === HOW_SILENT || (how === HOW_ERROR && leg === LEG_BANK)
  if (isInDoubt && (messageFlags[message]! & MESSAGE_MOVES_MONEY) !== 0)
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
  keepAnswer(errandKept[errand]!, tick, failed)
  answer(errand, failed, party)
  endErrand(errand)
  if ((state & AT_BUREAU) !== 0) reverse(slot, rules[RULE_REVERSE_BUREAU]!, point, channel, began, restart, tick)
  if ((state & AT_OWN_BANK) !== 0) reverse(slot, rules[RULE_REVERSE_OWN_BANK]!, point, channel, began, restart, tick)
  if ((state & AT_CREDIT_BANK) !== 0) reverse(slot, rules[RULE_REVERSE_CREDIT_BANK]!, point, channel, began, restart, tick)
  if ((state & AT_WALLET) !== 0) reverse(slot, rules[RULE_REVERSE_WALLET]!, point, channel, began, restart, tick)
}

/** Where this message moves money, as a bit of the errand's state. */
function placeOfMoney(message: i32): i32 {
  if (messageLeg[message]! === LEG_BUREAU) return AT_BUREAU
  if ((messageFlags[message]! & MESSAGE_AT_WALLET) !== 0) return AT_WALLET
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

/** A fault begins or ends at a party. */
export function changeFault(row: i32, tick: i32): void {
  const party: i32 = faultParty[row]!
  const station: i32 = partyStation[party]!
  takeFault(row, tick)
  const full: i32 = stationServers[station]!
  sumUpParty(party, station, tick)
  setOnDuty(station, tick, faultDoes[row]! === FAULT_BROWN_OUT ? i32(f64(full) * faultAmount[row]!) : full)
  callIn(party, station, tick)
}
