import { TICKS_PER_DAY } from '../engine/time.ts'

/**
 * Visits as they were drawn, before they stand in order of arrival: no more of each than its place, its moment and what draws found.
 * A record of five words each, since they are read in another order than they were written: one miss of the cache, not ten.
 */
export interface DrawnVisits {
  /** How many there are; the records have room for more. */
  count: number
  records: Int32Array
  /** Numbers of the visits in order of arrival, once {@link arrivalOrder} has put them. */
  order: Int32Array
}

export const DRAWN_WORDS = 5
export const DRAWN_TICK = 0
export const DRAWN_PERSON = 1
/** Site of the city, −1 for who comes to none. */
export const DRAWN_SITE = 2
export const DRAWN_BILL_WORD = 3
/** Stratum 8 bits, copy 6, kind 3, ordinal 5, needs 3, department 6. */
export const DRAWN_REST = 4

export const COPY_SHIFT = 8
export const KIND_SHIFT = 14
export const ORDINAL_SHIFT = 17
export const NEEDS_SHIFT = 22
export const DEPARTMENT_SHIFT = 25

export function layDrawnVisits(): DrawnVisits {
  return { count: 0, records: new Int32Array(0), order: new Int32Array(0) }
}

/** Makes room for so many visits in all, keeping those drawn. */
export function makeRoom(drawn: DrawnVisits, room: number): void {
  if (room * DRAWN_WORDS <= drawn.records.length) return
  const records = new Int32Array(Math.ceil(room * 1.1) * DRAWN_WORDS)
  records.set(drawn.records.subarray(0, drawn.count * DRAWN_WORDS))
  drawn.records = records
}

/** Ticks a bucket: a tenth of a second, so that at the busiest hour a handful share one. */
const BUCKET_BITS = 10
const BUCKETS = (TICKS_PER_DAY >> BUCKET_BITS) + 2
let next = new Int32Array(0)

/** Puts the visits in order of arrival; equal ticks keep the order of drawing. A counting sort, then insertion within buckets. */
export function arrivalOrder(drawn: DrawnVisits): Int32Array {
  const { count, records } = drawn
  if (drawn.order.length < count) drawn.order = new Int32Array(Math.ceil(count * 1.1))
  if (next.length === 0) next = new Int32Array(BUCKETS)
  else next.fill(0)
  const { order } = drawn
  const end = count * DRAWN_WORDS
  for (let at = DRAWN_TICK; at < end; at += DRAWN_WORDS) next[((records[at] as number) >> BUCKET_BITS) + 1]!++
  for (let bucket = 1; bucket < BUCKETS; bucket++) next[bucket]! += next[bucket - 1] as number
  for (let at = 0; at < count; at++) order[next[(records[at * DRAWN_WORDS] as number) >> BUCKET_BITS]!++] = at
  for (let i = 1; i < count; i++) {
    const moving = order[i] as number
    const moment = records[moving * DRAWN_WORDS] as number
    let j = i - 1
    while (j >= 0 && (records[(order[j] as number) * DRAWN_WORDS] as number) > moment) {
      order[j + 1] = order[j] as number
      j--
    }
    order[j + 1] = moving
  }
  return order
}
