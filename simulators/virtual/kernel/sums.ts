/**
 * What the kernel keeps while it runs: the state a visit leaves behind, and sums (portable). The host reads them after a run.
 *
 * EXACT  Every sum is a whole number below 2^53, so it does not depend on the order of adding.
 */
import { type F64s, type I32s, type i32, newF64s, newI32s } from '../../engine/portable.ts'
import { HISTOGRAM_BUCKETS } from '../../measures/statistics/histogram.ts'
import { LEGS, siteGate } from './inputs.ts'

export const OUTCOME_IN_CITY: i32 = 0
export const OUTCOME_DONE: i32 = 1
export const OUTCOME_BALKED: i32 = 2
export const OUTCOME_RENEGED: i32 = 3
export const OUTCOME_UNPAID: i32 = 4
/** A terminal has signed in or a directory is in: what a site that switches waits for. */
export const OUTCOME_SWITCHED: i32 = 5

// ── by site (if RULE_WAIT_SITES asks for it), kind of station and hour of joining ────────────────────────────
export let hourWaitSum: F64s = newF64s(0)
export let hourWaitCount: I32s = newI32s(0)
// ── by kind of station: histogram of waits in milliseconds ──────────────────
export let waitHistogram: I32s = newI32s(0)
// ── by payment mode (5): histogram of settlement in milliseconds ────────────
export let settleHistogram: I32s = newI32s(0)
export let settleSum: F64s = newF64s(0)
/** By leg: service drawn, waiting and trying computed, messages. */
export let legAssumed: F64s = newF64s(0)
export let legComputed: F64s = newF64s(0)
export let legCount: F64s = newF64s(0)
// ── by minute of intended start ─────────────────────────────────────────────
export let minuteStarted: I32s = newI32s(0)
export let minuteSettled: I32s = newI32s(0)
export let minuteWithin: I32s = newI32s(0)
// ── by channel ──────────────────────────────────────────────────────────────
// Tries of payments begun at an entry; another entry or own money after a refused credit is a try of its own.
// When the day is over attempted = settled + failed.
export let channelAttempted: I32s = newI32s(0)
export let channelSettled: I32s = newI32s(0)
export let channelFailed: I32s = newI32s(0)
/** Went on from here at a kiosk or window, or was settled there without the bureau. */
export let channelFellBack: I32s = newI32s(0)
export let channelSpilledIn: I32s = newI32s(0)
// ── by shared party ─────────────────────────────────────────────────────────
export let partyPeakCalls: I32s = newI32s(0)
export let partyCalls: F64s = newF64s(0)
export let partyMinuteCalls: I32s = newI32s(0)
export let partyMinuteBusy: F64s = newF64s(0)
export let partyMinuteDuty: F64s = newF64s(0)
// ── by fault ────────────────────────────────────────────────────────────────
export let faultTouched: I32s = newI32s(0)
/** Tick, or −1. */
export let faultDetected: I32s = newI32s(0)
export let faultFirstFailure: I32s = newI32s(0)
export let faultFirstRouted: I32s = newI32s(0)
// ── by site that switches over ──────────────────────────────────────────────
/** Tick at which the site was ready, −1 for sites that do not switch. */
export let siteReady: I32s = newI32s(0)
// ── single sums ─────────────────────────────────────────────────────────────
export const totals: F64s = newF64s(16)
export const TOTAL_CALLS_SENT: i32 = 0
/** First tries, those of raised limits and reversals too; repeats and questions are the rest. */
export const TOTAL_CALLS_NEEDED: i32 = 1
export const TOTAL_LATE_REPLIES: i32 = 2
/** Payments begun at an entry that failed there at some party, each counted once whatever becomes of it. */
export const TOTAL_PAYMENTS_FAILED: i32 = 3
/** Of these, those that no other entry finished: they left for a kiosk, a window or other money, met a bureau that was down, or were not paid. */
export const TOTAL_BACKUP_COULD_NOT: i32 = 4
export const TOTAL_REVERSALS: i32 = 5
/** Not answered when the day was over. */
export const TOTAL_REVERSALS_FAILED: i32 = 6
export const TOTAL_EVENTS: i32 = 7
export const TOTAL_JOINS: i32 = 8
export const TOTAL_CALL_JOINS: i32 = 9
/** Payments that wanted a way not open at their site yet, and were made the old way. */
export const TOTAL_OLD_WAY: i32 = 10
/** Settlements that waited until their site was ready. */
export const TOTAL_HELD: i32 = 11

export const KINDS_MAX: i32 = 16
export const MINUTES: i32 = 3600
/** Modes of payment, and one for errands that are none. */
export const MODES: i32 = 5

/** Lays (or clears, if they fit) all sums for a run of this size. */
export function laySums(sites: i32, parties: i32, channels: i32, faults: i32): void {
  const hours: i32 = sites * KINDS_MAX * 24
  if (hours !== hourWaitCount.length) {
    hourWaitSum = newF64s(hours)
    hourWaitCount = newI32s(hours)
  } else {
    hourWaitSum.fill(0)
    hourWaitCount.fill(0)
  }
  if (waitHistogram.length === 0) {
    waitHistogram = newI32s(KINDS_MAX * HISTOGRAM_BUCKETS)
    settleHistogram = newI32s(MODES * HISTOGRAM_BUCKETS)
    settleSum = newF64s(MODES)
    legAssumed = newF64s(LEGS)
    legComputed = newF64s(LEGS)
    legCount = newF64s(LEGS)
    minuteStarted = newI32s(MINUTES)
    minuteSettled = newI32s(MINUTES)
    minuteWithin = newI32s(MINUTES)
  } else {
    waitHistogram.fill(0)
    settleHistogram.fill(0)
    settleSum.fill(0)
    legAssumed.fill(0)
    legComputed.fill(0)
    legCount.fill(0)
    minuteStarted.fill(0)
    minuteSettled.fill(0)
    minuteWithin.fill(0)
  }
  if (channels !== channelAttempted.length || channels === 0) {
    channelAttempted = newI32s(channels)
    channelSettled = newI32s(channels)
    channelFailed = newI32s(channels)
    channelFellBack = newI32s(channels)
    channelSpilledIn = newI32s(channels)
  } else {
    channelAttempted.fill(0)
    channelSettled.fill(0)
    channelFailed.fill(0)
    channelFellBack.fill(0)
    channelSpilledIn.fill(0)
  }
  if (parties !== partyPeakCalls.length || parties === 0) {
    partyPeakCalls = newI32s(parties)
    partyCalls = newF64s(parties)
    partyMinuteCalls = newI32s(parties * MINUTES)
    partyMinuteBusy = newF64s(parties * MINUTES)
    partyMinuteDuty = newF64s(parties * MINUTES)
  } else {
    partyPeakCalls.fill(0)
    partyCalls.fill(0)
    partyMinuteCalls.fill(0)
    partyMinuteBusy.fill(0)
    partyMinuteDuty.fill(0)
  }
  faultTouched = newI32s(faults)
  faultDetected = newI32s(faults)
  faultFirstFailure = newI32s(faults)
  faultFirstRouted = newI32s(faults)
  faultDetected.fill(-1)
  faultFirstFailure.fill(-1)
  faultFirstRouted.fill(-1)
  siteReady = newI32s(siteGate.length)
  siteReady.fill(-1)
  totals.fill(0)
}

/** Tables of whole numbers for the host, by the numbers of sumNames in kernel-tables.ts. */
export function sumI32(table: i32): I32s {
  switch (table) {
    case 0:
      return hourWaitCount
    case 1:
      return waitHistogram
    case 2:
      return settleHistogram
    case 3:
      return minuteStarted
    case 4:
      return minuteSettled
    case 5:
      return minuteWithin
    case 6:
      return channelAttempted
    case 7:
      return channelSettled
    case 8:
      return channelFailed
    case 9:
      return channelFellBack
    case 10:
      return channelSpilledIn
    case 11:
      return partyPeakCalls
    case 12:
      return partyMinuteCalls
    case 13:
      return faultTouched
    case 14:
      return faultDetected
    case 15:
      return faultFirstFailure
    case 16:
      return siteReady
    default:
      return faultFirstRouted
  }
}

/** Tables of doubles for the host. */
export function sumF64(table: i32): F64s {
  switch (table) {
    case 0:
      return hourWaitSum
    case 1:
      return settleSum
    case 2:
      return legAssumed
    case 3:
      return legComputed
    case 4:
      return legCount
    case 5:
      return partyCalls
    case 6:
      return partyMinuteBusy
    case 7:
      return partyMinuteDuty
    default:
      return totals
  }
}
