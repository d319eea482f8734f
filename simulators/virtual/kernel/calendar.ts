/**
 * The one calendar of the city (portable): what happens next, to the tick.
 *
 * LAYOUT  Pending events are rows of a pool, chained into buckets of 2^shift ticks on a wheel; a bitmap in two levels finds the
 *         next bucket that holds any. The bucket at hand is an array in order; a later event of the same bucket is put in its place.
 *         Events beyond the wheel wait in a chain of their own and are laid in as the wheel comes round.
 * TIES    Order is (tick, class, visit, turn). Classes: 0 changes of the scenario, 1 ends of service, 2 patience and timeouts,
 *         3 arrivals, joins and what an errand does next (a message, a refusal or a dead party's silence noticed). So a window freed at a tick serves a visit that joins at it, and patience that
 *         ends at the tick service begins is served. What follows from an event without time passing happens inside it.
 * HOLDS   Ticks leave in order. The order of putting in is never seen.
 * RANGE   Ticks below 2^31 (59.6 h of 100 µs). An event beyond is set to the last tick and noted in `beyondRange`; the run is void then.
 */
import { clz, type I32s, i32, newI32s } from '../../engine/portable.ts'
import { longer } from './longer.ts'
import { STATION_SHIFT, stations, VISIT_SHIFT, visits } from './records.ts'

/** Event kinds are class * 4 + which. */
export const SCENARIO_SHIFT: i32 = 0
export const SCENARIO_FAULT: i32 = 1
export const SERVICE_END: i32 = 4
export const CALL_END: i32 = 5
export const PATIENCE_END: i32 = 8
export const CALL_TIMEOUT: i32 = 9
export const MOVE: i32 = 12
export const ERRAND_STEP: i32 = 13

/** One record of 8 words an event, so that handling one touches one line of memory. */
export let events: I32s = newI32s(0)
export const TICK: i32 = 0
export const KIND: i32 = 1
export const OWNER: i32 = 2
/** Tells a living timer from one that time has overtaken; of a service, its station. */
export const SERIAL: i32 = 3
/** Visit and turn for ties: turn orders what one visit has pending at once. */
export const VISIT: i32 = 4
const TURN: i32 = 5
const NEXT: i32 = 6
let free: i32 = -1
let poolUsed: i32 = 0
let poolSize: i32 = 0

const WHEEL: i32 = 65536
const WHEEL_MASK: i32 = 65535
const HALF_TURN: i32 = 32768
export const NONE: i32 = -1
export const NEVER: i32 = 2147483647
let wheelHead: I32s = newI32s(0)
let occupied: I32s = newI32s(0)
let occupiedWords: I32s = newI32s(0)
let shift: i32 = 7
/** Bucket at hand, counted from tick 0 (not from the wheel's start), and its events in order: two words each. */
let bucket: i32 = -1
let open: I32s = newI32s(0)
/** Ticks since the bucket's first, and class. */
const OPEN_ORDER: i32 = 0
/** The event's record, or an arrival ({@link planArrival}). */
const OPEN_EVENT: i32 = 1
let openAt: i32 = 0
let openEnd: i32 = 0
let onWheel: i32 = 0
let beyond: i32 = NONE
let beyondEarliest: i32 = NEVER
/** Far events are looked through again from this bucket on: twice a turn of the wheel, so none is missed and few are moved. */
let relayAt: i32 = 0
/** Means nothing; only so that the reading in {@link openBucket} is not taken for idle and left out. */
export let touched: i32 = 0
/** 1 when an event would have passed the last tick. */
export let beyondRange: i32 = 0

/**
 * Empties the calendar. Bucket width is 2^bucketShift ticks. Events still pending from an unfinished run are dropped. There is room for so
 * many at a time before the pool grows.
 */
export function openCalendar(bucketShift: i32, room: i32): void {
  if (wheelHead.length === 0) {
    wheelHead = newI32s(WHEEL)
    occupied = newI32s(WHEEL >> 5)
    occupiedWords = newI32s(WHEEL >> 10)
    wheelHead.fill(NONE)
    open = newI32s(512)
  } else if (onWheel > 0) {
    wheelHead.fill(NONE)
    occupied.fill(0)
    occupiedWords.fill(0)
  }
  if (poolSize < room) {
    poolSize = room + (room >> 5)
    events = newI32s(poolSize << 3)
  }
  shift = bucketShift
  bucket = -1
  openAt = 0
  openEnd = 0
  onWheel = 0
  beyond = NONE
  beyondEarliest = NEVER
  relayAt = HALF_TURN
  beyondRange = 0
  free = NONE
  poolUsed = 0
}

/** Puts an event in. `tick` is not before the event at hand. */
export function plan(tick: i32, kind: i32, owner: i32, serial: i32, visit: i32, turn: i32): void {
  let within: i32 = i32(tick)
  if (within < 0) {
    // The sum of two ticks passed 2^31.
    within = NEVER
    beyondRange = 1
  }
  let event: i32 = free
  if (event === NONE) {
    if (poolUsed === poolSize) {
      poolSize *= 2
      events = longer(events, poolSize << 3)
    }
    event = poolUsed++
  } else {
    free = events[(event << 3) | NEXT]!
  }
  events[(event << 3) | TICK] = within
  events[(event << 3) | KIND] = kind
  events[(event << 3) | OWNER] = owner
  events[(event << 3) | SERIAL] = serial
  events[(event << 3) | VISIT] = visit
  events[(event << 3) | TURN] = turn
  lay(event, within >> shift)
}

function lay(event: i32, into: i32): void {
  if (into <= bucket) {
    insert(orderOf(events[(event << 3) | TICK]!, events[(event << 3) | KIND]!), event)
  } else if (into - bucket < WHEEL) {
    const slot: i32 = into & WHEEL_MASK
    const head: i32 = wheelHead[slot]!
    events[(event << 3) | NEXT] = head
    wheelHead[slot] = event
    if (head === NONE) {
      occupied[slot >> 5] = occupied[slot >> 5]! | (1 << (slot & 31))
      occupiedWords[slot >> 10] = occupiedWords[slot >> 10]! | (1 << ((slot >> 5) & 31))
    }
    onWheel++
  } else {
    events[(event << 3) | NEXT] = beyond
    beyond = event
    if (into < beyondEarliest) beyondEarliest = into
  }
}

/** Place within the bucket at hand by tick and class. */
function orderOf(tick: i32, kind: i32): i32 {
  return ((tick - (bucket << shift)) << 2) | (kind >> 2)
}

/** Into the bucket at hand at its place. Few stand there, and a later event is mostly one of the last. */
function insert(order: i32, event: i32): void {
  if (openEnd === open.length) open = longer(open, openEnd * 2)
  let at: i32 = openEnd
  openEnd += 2
  while (at > openAt) {
    const other: i32 = open[at - 2 + OPEN_ORDER]!
    if (other < order || (other === order && !isBefore(event, open[at - 2 + OPEN_EVENT]!))) break
    open[at + OPEN_ORDER] = other
    open[at + OPEN_EVENT] = open[at - 2 + OPEN_EVENT]!
    at -= 2
  }
  open[at + OPEN_ORDER] = order
  open[at + OPEN_EVENT] = event
}

/** Of two events of one tick and class. */
function isBefore(a: i32, b: i32): boolean {
  const visitA: i32 = a < NONE ? arrivalOf(a) : events[(a << 3) | VISIT]!
  const visitB: i32 = b < NONE ? arrivalOf(b) : events[(b << 3) | VISIT]!
  if (visitA !== visitB) return visitA < visitB
  return (a < NONE ? -1 : events[(a << 3) | TURN]!) < (b < NONE ? -1 : events[(b << 3) | TURN]!)
}

/** Puts an arrival into the bucket at hand. It takes no record: {@link take} gives a number below {@link NONE}. */
export function planArrival(tick: i32, visit: i32): void {
  insert(orderOf(tick, MOVE), -2 - visit)
}

/** The visit that arrives. */
export function arrivalOf(event: i32): i32 {
  return -2 - event
}

/** The bucket of the earliest event not yet at hand; {@link NEVER} when there is none. */
export function nextOccupied(): i32 {
  if (onWheel === 0) return beyondEarliest
  const start: i32 = i32(bucket + 1) & WHEEL_MASK
  let word: i32 = start >> 5
  const first: i32 = occupied[word]! & (-1 << (start & 31))
  let slot: i32 = -1
  if (first !== 0) {
    slot = (word << 5) + lowestBit(first)
  } else {
    // Next non-empty word through the upper level; one turn of it always finds one, since the wheel holds events.
    word = (word + 1) & ((WHEEL >> 5) - 1)
    let upper: i32 = word >> 5
    let bits: i32 = occupiedWords[upper]! & (-1 << (word & 31))
    while (bits === 0) {
      upper = (upper + 1) & ((WHEEL >> 10) - 1)
      bits = occupiedWords[upper]!
    }
    word = (upper << 5) + lowestBit(bits)
    slot = (word << 5) + lowestBit(occupied[word]!)
  }
  const ahead: i32 = (slot - start) & WHEEL_MASK
  const found: i32 = bucket + 1 + ahead
  return found < beyondEarliest ? found : beyondEarliest
}

function lowestBit(bits: i32): i32 {
  return 31 - clz(bits & -bits)
}

/** Takes the next event of the bucket at hand; −1 when it has no more. The caller gives the record back with {@link done}. */
export function take(): i32 {
  if (openAt === openEnd) return NONE
  openAt += 2
  return open[openAt - 2 + OPEN_EVENT]!
}

/** The first tick of a bucket. */
export function tickOfBucket(number: i32): i32 {
  return number << shift
}

/** The bucket a tick belongs to. */
export function bucketOfTick(tick: i32): i32 {
  return tick >> shift
}

/** Brings a bucket to hand: the next occupied one or, for arrivals not yet laid in, one before it. */
export function openBucket(into: i32): void {
  bucket = into - 1
  if (bucket >= relayAt) {
    relayAt = bucket + HALF_TURN
    if (beyond !== NONE && beyondEarliest - bucket < WHEEL) layBeyond()
  }
  bucket = into
  openAt = 0
  openEnd = 0
  const slot: i32 = into & WHEEL_MASK
  let event: i32 = wheelHead[slot]!
  if (event === NONE) return
  wheelHead[slot] = NONE
  occupied[slot >> 5] = occupied[slot >> 5]! & ~(1 << (slot & 31))
  if (occupied[slot >> 5]! === 0) occupiedWords[slot >> 10] = occupiedWords[slot >> 10]! & ~(1 << ((slot >> 5) & 31))
  while (event !== NONE) {
    const after: i32 = events[(event << 3) | NEXT]!
    const kind: i32 = events[(event << 3) | KIND]!
    insert(orderOf(events[(event << 3) | TICK]!, kind), event)
    // Records of a whole bucket are asked for together, before they are needed one by one: the memory answers in parallel.
    if (kind === SERVICE_END || kind === MOVE) touched = touched ^ visits[events[(event << 3) | OWNER]! << VISIT_SHIFT]!
    if (kind === SERVICE_END) touched = touched ^ stations[events[(event << 3) | SERIAL]! << STATION_SHIFT]!
    onWheel--
    event = after
  }
}

/** Lays far events in that the wheel now reaches. */
function layBeyond(): void {
  let event: i32 = beyond
  beyond = NONE
  beyondEarliest = NEVER
  while (event !== NONE) {
    const after: i32 = events[(event << 3) | NEXT]!
    lay(event, events[(event << 3) | TICK]! >> shift)
    event = after
  }
}

/** Gives the row of a handled event back. */
export function done(event: i32): void {
  events[(event << 3) | NEXT] = free
  free = event
}
