/**
 * What is read off one visit's record and its row, and noted in it (portable): where it is, what it draws, what it has waited and how its
 * payments ended. What a visit does next is visits.ts.
 */
import { drawTicks } from '../../engine/distribution.ts'
import { f64, i32 } from '../../engine/portable.ts'
import { decisionCounter, drawWord } from '../../engine/random.ts'
import { CHANNEL_SHIFT } from '../../patients/traits.ts'
import { MOVE, plan } from './calendar.ts'
import {
  errandFirst,
  errandMode,
  LEG_ENTRY,
  lawA,
  lawB,
  lawKind,
  messageLeg,
  ROOM_SLOT,
  RULE_KEY0,
  RULE_KEY1,
  RULE_WAIT_SITES,
  rowErrand,
  rowPlace,
  rowPoint,
  rules,
  STATION_AFTER_PAYMENT,
  STATION_PAYMENT,
} from './inputs.ts'
import { addWait } from './lines.ts'
import { PAID_OTHER_MODE } from './paid.ts'
import {
  AFTER_PAYMENT_WAIT,
  CLINICAL_WAIT,
  DRAW_ID,
  FLAGS,
  KIND_SHIFT,
  LINES,
  NUMBER,
  PAID,
  PAYER,
  PAYMENT_WAIT,
  RESTARTS,
  ROOM,
  SINCE,
  SITE,
  SITE_FIRST,
  STATION_SHIFT,
  stations,
  TRIED,
  VISIT_SHIFT,
  visits,
} from './records.ts'
import { hourWaitCount, hourWaitSum, KINDS_MAX } from './sums.ts'
import { note } from './watch.ts'

const HOUR_TICKS: i32 = 36000000
const MINUTE_TICKS: i32 = 600000

/** A walk or whatever else keeps the visit until it moves on. */
export function planMove(visit: i32, tick: i32): void {
  plan(tick, MOVE, visit, 0, visits[(visit << VISIT_SHIFT) + NUMBER]!, 0)
}

/** Notes for whoever watches. */
export function tell(visit: i32, tick: i32, what: i32, where: i32): void {
  note(visits[(visit << VISIT_SHIFT) + NUMBER]!, tick, what, where)
}

/** The entry a visit prefers. */
export function preferredChannel(visit: i32): i32 {
  return (visits[(visit << VISIT_SHIFT) + PAYER]! >> CHANNEL_SHIFT) & 31
}

/** 3 for what pays nothing. */
export function pointOf(row: i32): i32 {
  return rowPoint[row]! < 0 ? 3 : rowPoint[row]!
}

/** The entry the visit's errand goes through now. */
export function entryInUse(visit: i32): i32 {
  const my: i32 = visit << VISIT_SHIFT
  return visits[my + RESTARTS]! === 0 ? preferredChannel(visit) : lastEntry(visits[my + TRIED]!, visit)
}

/** The entry tried last is kept above the bits of those tried before. */
function lastEntry(tried: i32, visit: i32): i32 {
  return tried >= 0 ? (tried >> 24) & 31 : preferredChannel(visit)
}

/** A draw of the visit's own from a law. */
export function lawTicks(law: i32, visit: i32, decision: i32, attempt: i32): i32 {
  const my: i32 = visit << VISIT_SHIFT
  const word: i32 = drawWord(rules[RULE_KEY0]!, rules[RULE_KEY1]!, visits[my + DRAW_ID]!, decisionCounter(decision, attempt))
  return drawTicks(lawKind[law]!, lawA[law]!, lawB[law]!, word)
}

/** Its site. */
export function siteOf(visit: i32): i32 {
  return visits[(visit << VISIT_SHIFT) + SITE]!
}

/** Sums a wait that has come to its end, by service or by leaving. */
export function countWait(visit: i32, station: i32, tick: i32): i32 {
  const my: i32 = visit << VISIT_SHIFT
  const joined: i32 = visits[my + SINCE]!
  const wait: i32 = tick - joined
  const flags: i32 = stations[(station << STATION_SHIFT) + FLAGS]!
  let hour: i32 = i32(joined / HOUR_TICKS)
  if (hour > 23) hour = 23
  let at: i32 = (flags >> KIND_SHIFT) * 24 + hour
  if (rules[RULE_WAIT_SITES]! > 1) at += visits[my + SITE]! * (KINDS_MAX * 24)
  hourWaitCount[at] = hourWaitCount[at]! + 1
  if (wait === 0) return 0
  addWait(station, wait)
  hourWaitSum[at] = hourWaitSum[at]! + f64(wait)
  let counts: i32 = 32
  if (wait > MINUTE_TICKS) counts = 1056
  if ((flags & STATION_PAYMENT) !== 0) {
    visits[my + PAYMENT_WAIT] = visits[my + PAYMENT_WAIT]! + wait
    visits[my + LINES] = visits[my + LINES]! + counts
  } else {
    visits[my + CLINICAL_WAIT] = visits[my + CLINICAL_WAIT]! + wait
    visits[my + LINES] = visits[my + LINES]! + (counts << 15)
    if ((flags & STATION_AFTER_PAYMENT) !== 0) visits[my + AFTER_PAYMENT_WAIT] = visits[my + AFTER_PAYMENT_WAIT]! + wait
  }
  return wait
}

/** The line a row is served in. */
export function stationOf(visit: i32, row: i32): i32 {
  const my: i32 = visit << VISIT_SHIFT
  const slot: i32 = rowPlace[row]!
  return visits[my + SITE_FIRST]! + (slot === ROOM_SLOT ? visits[my + ROOM]! : slot)
}

/** The row's errand pays at a payment point. What is held for a visit, to be paid on leaving, pays nothing yet. */
export function paysAtPoint(row: i32): boolean {
  return rowPoint[row]! >= 0 && errandMode[rowErrand[row]!]! < 4
}

/** How a payment point of the visit ended. */
export function mark(visit: i32, row: i32, how: i32): void {
  if (!paysAtPoint(row)) return
  const at: i32 = (visit << VISIT_SHIFT) + PAID + rowPoint[row]!
  const earlier: i32 = visits[at]!
  visits[at] = how | (earlier & PAID_OTHER_MODE)
}

/** It goes on in another mode. */
export function markOtherMode(visit: i32, row: i32): void {
  if (paysAtPoint(row)) visits[(visit << VISIT_SHIFT) + PAID + rowPoint[row]!] = PAID_OTHER_MODE
}

/** The row's errand pays money and begins at an entry. */
export function paysAtEntry(row: i32): boolean {
  return errandMode[rowErrand[row]!]! < 4 && beginsAtEntry(row)
}

/** Its first message goes to an entry. */
export function beginsAtEntry(row: i32): boolean {
  return messageLeg[errandFirst[rowErrand[row]!]!]! === LEG_ENTRY
}
