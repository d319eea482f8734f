/**
 * The two tables the kernel touches at every event (portable), one record a visit and one a station, so that an event reads a line
 * or two of memory in place of one per field. `records.test.ts` keeps the fields apart.
 */
import { type F64s, type I32s, type i32, newF64s, newI32s } from '../../engine/portable.ts'

// ── visits: 32 words, 2^VISIT_SHIFT ─────────────────────────────────────────
export let visits: I32s = newI32s(0)
export const VISIT_SHIFT: i32 = 5
/** Given by the host. Tick of arrival, never decreasing from visit to visit. */
export const ARRIVAL: i32 = 0
/** First counter word of every draw of this visit: who, and which visit of theirs. */
export const DRAW_ID: i32 = 1
/** Row of the first step. */
export const FIRST_ROW: i32 = 2
/** Station number of the site's slot 0; a site's stations are numbered in a run. */
export const SITE_FIRST: i32 = 3
/** Site number, for sums by site. */
export const SITE: i32 = 4
/** Slot of the visit's consulting room. */
export const ROOM: i32 = 5
/** Bit fields that branches look at; patients/traits.ts. */
export const TRAITS: i32 = 6
/** Bit fields of who pays: preferred channel, banks, over-limit points; patients/traits.ts. */
export const PAYER: i32 = 7
/** One bit per channel this person holds. */
export const ENTRIES: i32 = 8
export const GIVEN_FIELDS: i32 = 9

/** Kept while the visit lasts. */
export const ROW: i32 = 9
/** Station in whose line the visit stands, −1 otherwise. */
export const LINE: i32 = 10
export const JOINED: i32 = 11
/** Who stands behind in the line. */
export const BEHIND: i32 = 12
/** What the pending MOVE or the awaited answer is for. */
export const PHASE: i32 = 13
/** Tick of the first try at the payment point at hand. */
export const BEGAN: i32 = 14
/** Entries tried at this payment point, one bit each below bit 24; above it the one in use. */
export const TRIED: i32 = 15
/** How many entries were left behind at this payment point. */
export const RESTARTS: i32 = 16
/** Times a row was taken again after waiting for the bureau. */
export const WAITS: i32 = 17
/** Serial of the line joined last, so that patience of an earlier line is not taken for this one's. */
export const LINE_SERIAL: i32 = 18
/** The leg and the party at which a payment failed on the way. */
export const WALK_FAILED: i32 = 19
export const WALK_PARTY: i32 = 20
/** Errands sent so far: orders what one visit has pending at one tick. */
export const TURNS: i32 = 21

/** Left behind for the host. */
export const END: i32 = 22
/** OUTCOME_… of sums.ts. */
export const OUTCOME: i32 = 23
/** Ticks waited in payment lines, in clinical lines, and of these in lines that follow a payment. */
export const PAYMENT_WAIT: i32 = 24
export const CLINICAL_WAIT: i32 = 25
export const AFTER_PAYMENT_WAIT: i32 = 26
/** Six counts of 5 bits: payment lines joined, with any wait, over a minute; clinical lines likewise. */
export const LINES: i32 = 27
/** One word per payment point, three of them; paid.ts. */
export const PAID: i32 = 28

// ── stations: 16 words and 4 doubles ────────────────────────────────────────
export let stations: I32s = newI32s(0)
export const STATION_SHIFT: i32 = 4
export const ON_DUTY: i32 = 0
export const BUSY: i32 = 1
export const LENGTH: i32 = 2
/** Tick up to which the areas are summed. */
export const SUMMED_TO: i32 = 3
export const FLAGS: i32 = 4
export const KIND_OF: i32 = 5
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
/** Integral of busy servers. */
export const BUSY_AREA: i32 = 2
/** Integral of servers on duty. */
export const DUTY_AREA: i32 = 3

/** Room for this many visits; the host fills the given fields, the rest is cleared at the start of each run. */
export function layVisits(count: i32): I32s {
  visits = newI32s(count << VISIT_SHIFT)
  return visits
}

/** Clears what a run leaves in the visit records. */
export function clearVisits(count: i32): void {
  let at: i32 = 0
  const end: i32 = count << VISIT_SHIFT
  while (at < end) {
    visits.fill(0, at + GIVEN_FIELDS, at + 32)
    visits[at + LINE] = -1
    at += 32
  }
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
