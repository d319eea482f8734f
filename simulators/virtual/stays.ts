/**
 * What is known of the visits in the city, and no longer than that: what gathering needs of the people once the kernel tells that they
 * left. A visit has a ticket while it is in the city in any arm; the kernels carry it, and the ticket given back last goes out next.
 */
import { type DayVisits, ONCE_PARTS, REST_PARTS } from '../patients/day-visits.ts'

/** Words of a stay. Its number among the day's visits. */
export const STAY_NUMBER = 0
export const STAY_ARRIVAL = 1
export const STAY_SITE = 2
/** Bit fields, FACT_…. */
export const STAY_FACTS = 3
/** Arms in which it has not left yet. */
const STAY_ARMS = 4
/** Three words each, one a payment point: the bill and its parts. */
export const STAY_BILL = 5
export const STAY_FUND = 8
export const STAY_CURRENT_ACCOUNT = 11
export const STAY_HISTORY_ACCOUNT = 14
export const STAY_CASH = 17
/** Four words: fund, current account, history account and cash of all bills settled as one. */
export const STAY_ONCE = 20
/** Five words: what stands of a bill of which a part goes back, and its parts. */
export const STAY_REST = 24
export const STAY_WORDS = 29

/** A visit's mode without what is added to it. */
export const MODE_MASK = 7
/** Added to a visit's mode where its last bill of examination or drugs goes back, should it be settled. */
export const TAKES_BACK = 16
/** … and of which a part stands. */
export const BACK_IN_PART = 32
/** Added to a visit's mode in an arm where all its bills are settled as one. */
export const SETTLES_ONCE = 8

/** Fields of STAY_FACTS, those of {@link DayVisits}: shifts, and masks where a field is no three bits wide. */
export const FACT_MASK = 7
export const FACT_KIND = 0
export const FACT_TIER = 3
export const FACT_AGE = 6
export const FACT_INSURED = 9
/** Two bits, masked by 3. */
export const FACT_EXAMINATION = 12
export const FACT_RESULT = 14
/** One bit. */
export const FACT_DRUGS = 16
/** Four bits, masked by 15. */
export const FACT_BANK = 17
/** The rest. */
export const FACT_DISTRICT = 21

export class Stays {
  /** STAY_WORDS words a ticket. */
  records = new Int32Array(0)
  /** Payment modes, one a ticket and arm of the plan, with {@link SETTLES_ONCE} and {@link TAKES_BACK} where they hold. */
  modes = new Uint8Array(0)
  arms = 0
  /** Means nothing; only so that the reading in {@link askFor} is not taken for idle and left out. */
  touched = 0
  #free = new Int32Array(0)
  #freeCount = 0
  #known = 0

  /**
   * Nobody is in the city. The memory of earlier days is kept.
   *
   * @param arms of the plan, whether they are played abreast or not
   * @param room how many are in the city at a time, if that is known
   */
  open(arms: number, room = 0): void {
    this.#freeCount = 0
    this.#known = 0
    this.arms = arms
    if (this.modes.length < this.#free.length * arms) this.modes = new Uint8Array(this.#free.length * arms)
    if (room > this.#free.length) this.#lay(room)
  }

  /**
   * Takes in a part of a day.
   *
   * @param first number of its first visit
   * @param abreast arms played at once
   * @param modeOf the payment mode of a visit in an arm of the plan
   * @param tickets where the visits' tickets are written
   */
  admit(
    day: DayVisits,
    first: number,
    abreast: number,
    modeOf: (day: DayVisits, visit: number, arm: number) => number,
    tickets: Int32Array,
  ): void {
    this.#makeRoom(day.count)
    const { records, modes, arms } = this
    const { arrival, site, onceFen, restFen } = day
    for (let v = 0; v < day.count; v++) {
      const ticket = this.#freeCount > 0 ? (this.#free[--this.#freeCount] as number) : this.#known++
      tickets[v] = ticket
      const at = ticket * STAY_WORDS
      records[at + STAY_NUMBER] = first + v
      records[at + STAY_ARRIVAL] = arrival[v] as number
      records[at + STAY_SITE] = site[v] as number
      records[at + STAY_FACTS] = factsOf(day, v)
      records[at + STAY_ARMS] = abreast
      copyPoints(records, at + STAY_BILL, day.billFen, v)
      copyPoints(records, at + STAY_FUND, day.fundFen, v)
      copyPoints(records, at + STAY_CURRENT_ACCOUNT, day.currentAccountFen, v)
      copyPoints(records, at + STAY_HISTORY_ACCOUNT, day.historyAccountFen, v)
      copyPoints(records, at + STAY_CASH, day.cashFen, v)
      for (let part = 0; part < REST_PARTS; part++) records[at + STAY_REST + part] = restFen[v * REST_PARTS + part] as number
      for (let part = 0; part < ONCE_PARTS; part++) records[at + STAY_ONCE + part] = onceFen[v * ONCE_PARTS + part] as number
      for (let arm = 0; arm < arms; arm++) modes[ticket * arms + arm] = modeOf(day, v, arm)
    }
  }

  /** Reads a little of each stay that is to be read soon: asked for together, the memory answers in parallel. @param step words between tickets */
  askFor(tickets: Int32Array, from: number, to: number, step: number): void {
    const { records } = this
    let touched = 0
    for (let at = from; at < to; at += step) {
      const stay = (tickets[at] as number) * STAY_WORDS
      touched ^= (records[stay] as number) ^ (records[stay + STAY_WORDS - 1] as number)
    }
    this.touched = touched
  }

  /** A visit has left in one arm; in the last of them its ticket is free. */
  leave(ticket: number): void {
    const at = ticket * STAY_WORDS + STAY_ARMS
    const left = (this.records[at] as number) - 1
    if (left < 0) throw new Error(`ticket ${ticket} was given back more often than there are arms`)
    this.records[at] = left
    if (left === 0) this.#free[this.#freeCount++] = ticket
  }

  /** Room for so many more; it grows by a quarter, since no more than a part is admitted at once. */
  #makeRoom(more: number): void {
    const wanted = this.#known + Math.max(0, more - this.#freeCount)
    if (wanted > this.#free.length) this.#lay(Math.ceil(wanted * 1.25))
  }

  #lay(room: number): void {
    this.records = grown(this.records, new Int32Array(room * STAY_WORDS))
    this.modes = grown(this.modes, new Uint8Array(Math.max(this.modes.length, room * this.arms)))
    this.#free = grown(this.#free, new Int32Array(room))
  }
}

function copyPoints(records: Int32Array, at: number, from: Int32Array, v: number): void {
  const first = v * 3
  records[at] = from[first] as number
  records[at + 1] = from[first + 1] as number
  records[at + 2] = from[first + 2] as number
}

function factsOf(day: DayVisits, v: number): number {
  return (
    ((day.kind[v] as number) << FACT_KIND) |
    ((day.tier[v] as number) << FACT_TIER) |
    ((day.age[v] as number) << FACT_AGE) |
    ((day.insured[v] as number) << FACT_INSURED) |
    ((day.examination[v] as number) << FACT_EXAMINATION) |
    ((day.result[v] as number) << FACT_RESULT) |
    ((day.drugs[v] as number) << FACT_DRUGS) |
    ((day.creditBank[v] as number) << FACT_BANK) |
    ((day.district[v] as number) << FACT_DISTRICT)
  )
}

function grown<Table extends Int32Array | Uint8Array>(from: Table, into: Table): Table {
  into.set(from)
  return into
}
