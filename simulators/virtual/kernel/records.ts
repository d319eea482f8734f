/**
 * The tables the kernel touches at every event (portable): one record a visit and one a station, so that an event reads a line or
 * two of memory in place of one per field.
 *
 * SLOTS   A visit has a record only while it is in the city; the slot it leaves is the next one given out. A slot is no name: whatever
 *         orders events goes by the visit's number, and the host is told the visit's ticket.
 * PARTS   The host gives the day's visits in parts, in order of arrival, and takes what those who left have left behind; so neither
 *         side holds more of the day than who is in the city.
 */
import { type F64s, type I32s, type i32, newF64s, newI32s } from '../../engine/portable.ts'
import { longer } from './longer.ts'

// ── what the host gives of each visit of the part that arrives next: columns of givenRoom words, one after the other ──
export let given: I32s = newI32s(0)
export let givenRoom: i32 = 0
/** How many, and the number of the first: visits are numbered through the day as they arrive. */
export let givenCount: i32 = 0
export let givenFirst: i32 = 0
/** Tick of arrival, never decreasing from visit to visit. */
export const GIVEN_ARRIVAL: i32 = 0
/** First counter word of every draw of this visit: who, and which visit of theirs. */
export const GIVEN_DRAW_ID: i32 = 1
/** Row of the first step. */
export const GIVEN_FIRST_ROW: i32 = 2
/** Station number of the site's slot 0; a site's stations are numbered in a run. */
export const GIVEN_SITE_FIRST: i32 = 3
/** Site number, for sums by site. */
export const GIVEN_SITE: i32 = 4
/** Slot of the visit's consulting room. */
export const GIVEN_ROOM: i32 = 5
/** Bit fields that branches look at; patients/traits.ts. */
export const GIVEN_TRAITS: i32 = 6
/** Bit fields of who pays: preferred channel, banks, over-limit points; patients/traits.ts. */
export const GIVEN_PAYER: i32 = 7
/** One bit per channel this person holds. */
export const GIVEN_ENTRIES: i32 = 8
/** The host's name for the visit, told when it leaves. */
export const GIVEN_TICKET: i32 = 9
export const GIVEN_COLUMNS: i32 = 10

// ── visits in the city: 32 words a slot, 2^VISIT_SHIFT. The first 16, one line of memory, are what lines and walks need ──
export let visits: I32s = newI32s(0)
export const VISIT_SHIFT: i32 = 5
/** The visit's number among the day's. */
export const NUMBER: i32 = 0
/** Copied from what is given. */
export const DRAW_ID: i32 = 1
export const SITE_FIRST: i32 = 2
export const ROOM: i32 = 3
export const TRAITS: i32 = 4
export const PAYER: i32 = 5
export const ROW: i32 = 6
/** Station in whose line the visit stands; −1 in none, −2 while a server is held. */
export const LINE: i32 = 7
/** Tick of joining the line; once service begins, of that. */
export const SINCE: i32 = 8
/** Who stands behind in the line; in a free slot, the next free one. */
export const BEHIND: i32 = 9
/** What the pending MOVE or the awaited answer is for. */
export const PHASE: i32 = 10
/** Times a row was taken again after waiting for the bureau. */
export const WAITS: i32 = 11
/** Serial of the line joined last, so that patience of an earlier line is not taken for this one's. */
export const LINE_SERIAL: i32 = 12
/** Ticks waited in payment lines and in clinical lines. */
export const PAYMENT_WAIT: i32 = 13
export const CLINICAL_WAIT: i32 = 14
/** Six counts of 5 bits: payment lines joined, with any wait, over a minute; clinical lines likewise. */
export const LINES: i32 = 15
/** The second line of memory, for payments. Tick of the first try at the payment point at hand. */
export const BEGAN: i32 = 16
/** Entries tried at this payment point, one bit each below bit 24; above it the one in use. */
export const TRIED: i32 = 17
/** How many entries were left behind at this payment point. */
export const RESTARTS: i32 = 18
/** The leg and the party at which a payment failed on the way. */
export const WALK_FAILED: i32 = 19
export const WALK_PARTY: i32 = 20
/** Errands sent so far: orders what one visit has pending at one tick. */
export const TURNS: i32 = 21
/** Of the clinical wait, ticks in lines that follow a payment. */
export const AFTER_PAYMENT_WAIT: i32 = 22
/** One word per payment point, three of them; paid.ts. */
export const PAID: i32 = 23
/** Copied from what is given. */
export const SITE: i32 = 26
export const ENTRIES: i32 = 27
export const TICKET: i32 = 28
/** Tick at which a clinical service last ended, 0 if none has: what was ordered there is billed from then on. */
export const ORDERED: i32 = 29

const NONE: i32 = -1
let freeSlot: i32 = NONE
let slotsUsed: i32 = 0
let inCity: i32 = 0

// ── what visits leave behind, 10 words each, in order of leaving ──
export let left: I32s = newI32s(0)
export let leftCount: i32 = 0
export const LEFT_WORDS: i32 = 10
export const LEFT_END: i32 = 0
/** OUTCOME_… of sums.ts. */
export const LEFT_OUTCOME: i32 = 1
export const LEFT_PAYMENT_WAIT: i32 = 2
export const LEFT_CLINICAL_WAIT: i32 = 3
export const LEFT_AFTER_PAYMENT_WAIT: i32 = 4
export const LEFT_LINES: i32 = 5
export const LEFT_PAID: i32 = 6
export const LEFT_TICKET: i32 = 9
const LEFT_ROOM: i32 = 4096

// ── stations: 16 words and 4 doubles ────────────────────────────────────────
export let stations: I32s = newI32s(0)
export const STATION_SHIFT: i32 = 4
export const ON_DUTY: i32 = 0
export const BUSY: i32 = 1
export const LENGTH: i32 = 2
/** Tick up to which the line's area is summed. */
export const SUMMED_TO: i32 = 3
/** STATION_… flags, and from {@link KIND_SHIFT} on the kind. */
export const FLAGS: i32 = 4
export const KIND_SHIFT: i32 = 8
/** Served ticks not yet in BUSY_AREA, below 2^30: most services touch this line of memory only. */
export const BUSY_TICKS: i32 = 5
export const LONGEST: i32 = 6
export const STARTS: i32 = 7
/** First and last of each of four classes of urgency. */
export const HEAD: i32 = 8
export const TAIL: i32 = 12

export let stationSums: F64s = newF64s(0)
export const SUMS_SHIFT: i32 = 2
/** Integral of the line's length over time. */
export const LINE_AREA: i32 = 0
/** Sum of waits, kept apart from the integral: Little's law makes them equal. */
export const WAIT_SUM: i32 = 1
/** Served ticks, held ones included: the integral of busy servers once nobody is being served. */
export const BUSY_AREA: i32 = 2
/** Integral of servers on duty. */
export const DUTY_AREA: i32 = 3

/** Room for a part of so many visits; the host fills the columns given. */
export function layVisits(room: i32): I32s {
  givenRoom = room
  given = newI32s(room * GIVEN_COLUMNS)
  return given
}

/** The columns hold the next so many visits. Those given before have arrived. */
export function giveVisits(count: i32): void {
  givenFirst += givenCount
  givenCount = count
}

export function leftRecords(): I32s {
  return left
}

export function leftVisits(): i32 {
  return leftCount
}

/** The host has taken what was left. */
export function clearLeft(): void {
  leftCount = 0
}

/** Nobody is in the city, nobody is expected. There is room for so many at a time before the table grows. */
export function openSlots(room: i32): void {
  if (left.length === 0) left = newI32s(LEFT_ROOM * LEFT_WORDS)
  if (visits.length < room << VISIT_SHIFT) visits = newI32s((room + (room >> 5)) << VISIT_SHIFT)
  freeSlot = NONE
  slotsUsed = 0
  inCity = 0
  givenFirst = 0
  givenCount = 0
  leftCount = 0
}

export function visitsInCity(): i32 {
  return inCity
}

/** A slot for a visit that arrives, filled from what is given. */
export function admit(visit: i32): i32 {
  let slot: i32 = freeSlot
  if (slot !== NONE) freeSlot = visits[(slot << VISIT_SHIFT) + BEHIND]!
  else {
    if ((slotsUsed + 1) << VISIT_SHIFT > visits.length) visits = longer(visits, visits.length * 2)
    slot = slotsUsed++
  }
  inCity++
  const my: i32 = slot << VISIT_SHIFT
  const room: i32 = givenRoom
  const at: i32 = visit - givenFirst
  visits[my + NUMBER] = visit
  visits[my + DRAW_ID] = given[GIVEN_DRAW_ID * room + at]!
  visits[my + SITE_FIRST] = given[GIVEN_SITE_FIRST * room + at]!
  visits[my + ROOM] = given[GIVEN_ROOM * room + at]!
  visits[my + TRAITS] = given[GIVEN_TRAITS * room + at]!
  visits[my + PAYER] = given[GIVEN_PAYER * room + at]!
  visits[my + LINE] = NONE
  visits[my + WAITS] = 0
  visits[my + LINE_SERIAL] = 0
  visits[my + PAYMENT_WAIT] = 0
  visits[my + CLINICAL_WAIT] = 0
  visits[my + LINES] = 0
  visits[my + RESTARTS] = 0
  visits[my + TRIED] = 0
  visits[my + TURNS] = 0
  visits[my + AFTER_PAYMENT_WAIT] = 0
  visits[my + PAID] = 0
  visits[my + PAID + 1] = 0
  visits[my + PAID + 2] = 0
  visits[my + ORDERED] = 0
  visits[my + SITE] = given[GIVEN_SITE * room + at]!
  visits[my + ENTRIES] = given[GIVEN_ENTRIES * room + at]!
  visits[my + TICKET] = given[GIVEN_TICKET * room + at]!
  return slot
}

/** Writes down what a visit leaves behind. Its slot may still hang in the chain of a line; {@link freeUp} when it does not. */
export function dismiss(slot: i32, tick: i32, outcome: i32): void {
  const my: i32 = slot << VISIT_SHIFT
  const at: i32 = leftCount * LEFT_WORDS
  if (at === left.length) left = longer(left, at * 2)
  leftCount++
  left[at + LEFT_END] = tick
  left[at + LEFT_OUTCOME] = outcome
  left[at + LEFT_PAYMENT_WAIT] = visits[my + PAYMENT_WAIT]!
  left[at + LEFT_CLINICAL_WAIT] = visits[my + CLINICAL_WAIT]!
  left[at + LEFT_AFTER_PAYMENT_WAIT] = visits[my + AFTER_PAYMENT_WAIT]!
  left[at + LEFT_LINES] = visits[my + LINES]!
  left[at + LEFT_PAID] = visits[my + PAID]!
  left[at + LEFT_PAID + 1] = visits[my + PAID + 1]!
  left[at + LEFT_PAID + 2] = visits[my + PAID + 2]!
  left[at + LEFT_TICKET] = visits[my + TICKET]!
  inCity--
}

/** Gives a slot back. */
export function freeUp(slot: i32): void {
  visits[(slot << VISIT_SHIFT) + BEHIND] = freeSlot
  freeSlot = slot
}

/** Slots that were ever in use; those given back hold no server. */
export function slots(): i32 {
  return slotsUsed
}

/** Clears what a run leaves at the stations, laying the tables anew for another number of them. */
export function clearStations(count: i32): void {
  if (stations.length !== count << STATION_SHIFT) {
    stations = newI32s(count << STATION_SHIFT)
    stationSums = newF64s(count << SUMS_SHIFT)
    return
  }
  stations.fill(0)
  stationSums.fill(0)
}

export function stationRecords(): I32s {
  return stations
}

export function stationSumRecords(): F64s {
  return stationSums
}
