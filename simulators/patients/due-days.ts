/**
 * On which day of a cycle a person is due: the persons of a stratum are dealt to the days of each cycle like a shuffled deck, every
 * person once a cycle, every day its equal part. Asked both ways: who is due on a day, and when a person was due.
 *
 * The shuffle is place = (multiplier · person + offset) mod persons with a keyed multiplier and offset per cycle: undone by one
 * multiplication, and two persons' places are independent of each other, which is all the sums of a day and of a year rest on;
 * what else a person does is drawn from their own words. A stronger shuffle (permutation.ts) took 30 ns a cycle in place of 4, and a
 * person's year so far looks back through some fifteen cycles.
 */
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import type { Stratum } from './strata.ts'

export interface DueDays {
  readonly stratum: Stratum
  /** First place due on each day of the cycle, and the number of persons behind the last. */
  readonly firstPlace: Float64Array
  /** From this cycle on, one number each. */
  readonly firstCycle: number
  readonly multiplier: Float64Array
  readonly offset: Float64Array
  readonly undoing: Float64Array
}

/** The deals of a stratum for the cycles that hold the days `from` … `to`. */
export function dueDaysOf(stratum: Stratum, index: number, from: number, to: number, key0: number, key1: number): DueDays {
  const { persons, cycleDays } = stratum
  const firstCycle = Math.floor(from / cycleDays)
  const cycles = Math.floor(to / cycleDays) - firstCycle + 1
  const due: DueDays = {
    stratum,
    firstPlace: Float64Array.from({ length: cycleDays + 1 }, (_, day) => Math.floor((persons * day) / cycleDays)),
    firstCycle,
    multiplier: new Float64Array(cycles),
    offset: new Float64Array(cycles),
    undoing: new Float64Array(cycles),
  }
  for (let n = 0; n < cycles; n++) {
    const first = drawWord(key0, key1, index, (firstCycle + n) * 2 + 1)
    due.offset[n] = Math.floor(uniformOf(secondWord()) * persons)
    let multiplier = Math.floor(uniformOf(first) * persons)
    let undoing = inverse(multiplier, persons)
    while (undoing === 0 && persons > 1) {
      multiplier = (multiplier + 1) % persons
      undoing = inverse(multiplier, persons)
    }
    due.multiplier[n] = multiplier
    due.undoing[n] = undoing
  }
  return due
}

/** The day number on which a person of the stratum is due in the nth of its cycles. */
export function dueDay(due: DueDays, n: number, inStratum: number): number {
  const { persons, cycleDays } = due.stratum
  const place = remainder((due.multiplier[n] as number) * inStratum + (due.offset[n] as number), persons)
  let day = Math.floor((place * cycleDays) / persons)
  while ((due.firstPlace[day + 1] as number) <= place) day++
  return (due.firstCycle + n) * cycleDays + day
}

/** The person of the stratum at a place of the nth cycle. */
export function personAt(due: DueDays, n: number, place: number): number {
  const { persons } = due.stratum
  return remainder((due.undoing[n] as number) * remainder(place - (due.offset[n] as number) + persons, persons), persons)
}

/** x mod n for whole 0 ≤ x < 2^52: the quotient in doubles is off by one at most. */
function remainder(x: number, n: number): number {
  const rest = x - Math.floor(x / n) * n
  return rest < 0 ? rest + n : rest >= n ? rest - n : rest
}

/** The y with x · y ≡ 1 (mod n), by Euclid's algorithm; 0 where there is none. */
function inverse(x: number, n: number): number {
  let [a, b] = [n, x]
  let [forA, forB] = [0, 1]
  while (b > 0) {
    const times = Math.floor(a / b)
    ;[a, b] = [b, a - times * b]
    ;[forA, forB] = [forB, forA - times * forB]
  }
  return a === 1 ? (forA < 0 ? forA + n : forA) : 0
}
