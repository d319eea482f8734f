/**
 * The one calendar of the city (portable): what happens next, to the tick.
 *
 * LAYOUT  Pending events stand in buckets of 2^shift ticks on a wheel; a bitmap in two levels finds the next bucket that holds any. A
 *         bucket is a chain of chunks, a line of memory with three events each, so that few readings wait for one another. The bucket at
 *         hand is copied to records and an array in order; a later event of the same bucket is put in its place.
 *         Events beyond the wheel wait in a list of their own and are laid in as the wheel comes round.
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

/** One record of 8 words an event at hand; few are, and they are used again and again. */
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

/** 16 words a chunk, 2^CHUNK_SHIFT: three events of five words, then the chunk behind; a free one's next free one. */
let chunks: I32s = newI32s(0)
const CHUNK_SHIFT: i32 = 4
const CHUNK_EVENTS: i32 = 3
const CHUNK_NEXT: i32 = 15
const LAID_WORDS: i32 = 5
/** Ticks since the bucket's first, and kind in the lowest four bits. */
const LAID_WHEN: i32 = 0
const LAID_OWNER: i32 = 1
const LAID_SERIAL: i32 = 2
const LAID_VISIT: i32 = 3
const LAID_TURN: i32 = 4
let freeChunk: i32 = -1
let chunksUsed: i32 = 0

/** Events beyond the wheel: six words each, as in `events`. */
let far: I32s = newI32s(0)
const FAR_WORDS: i32 = 6
let farEnd: i32 = 0

const WHEEL: i32 = 65536
const WHEEL_MASK: i32 = 65535
const HALF_TURN: i32 = 32768
export const NONE: i32 = -1
export const NEVER: i32 = 2147483647
/** By bucket of the wheel: its first chunk, and in the lowest two bits how many events stand in that; the chunks behind are full. */
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
let beyondEarliest: i32 = NEVER
/** Far events are looked through again from this bucket on: twice a turn of the wheel, so none is missed and few are moved. */
let relayAt: i32 = 0
/** Means nothing; only so that the reading in {@link askFor} is not taken for idle and left out. */
export let touched: i32 = 0
const BUCKETS_AHEAD: i32 = 8
/** 1 when an event would have passed the last tick. */
export let beyondRange: i32 = 0

/**
 * Empties the calendar. Bucket width is 2^bucketShift ticks, 2^12 at most. Events still pending from an unfinished run are dropped. There is
 * room for so many at a time before the pool grows.
 */
export function openCalendar(bucketShift: i32, room: i32): void {
  if (wheelHead.length === 0) {
    wheelHead = newI32s(WHEEL)
    occupied = newI32s(WHEEL >> 5)
    occupiedWords = newI32s(WHEEL >> 10)
    wheelHead.fill(NONE)
    open = newI32s(512)
    events = newI32s(256 << 3)
    far = newI32s(256 * FAR_WORDS)
  } else if (onWheel > 0) {
    wheelHead.fill(NONE)
    occupied.fill(0)
    occupiedWords.fill(0)
  }
  const wanted: i32 = (room + (room >> 5)) >> 1
  if (chunks.length < wanted << CHUNK_SHIFT) chunks = newI32s(wanted << CHUNK_SHIFT)
  shift = bucketShift
  bucket = -1
  openAt = 0
  openEnd = 0
  onWheel = 0
  farEnd = 0
  beyondEarliest = NEVER
  relayAt = HALF_TURN
  beyondRange = 0
  free = NONE
  poolUsed = 0
  freeChunk = NONE
  chunksUsed = 0
}

/** Puts an event in. `tick` is not before the event at hand. */
export function plan(tick: i32, kind: i32, owner: i32, serial: i32, visit: i32, turn: i32): void {
  let within: i32 = i32(tick)
  if (within < 0) {
    // The sum of two ticks passed 2^31.
    within = NEVER
    beyondRange = 1
  }
  const into: i32 = within >> shift
  if (into <= bucket) takeUp(within, kind, owner, serial, visit, turn)
  else if (into - bucket < WHEEL) lay(into, within, kind, owner, serial, visit, turn)
  else {
    if (farEnd === far.length) far = longer(far, farEnd * 2)
    far[farEnd + TICK] = within
    far[farEnd + KIND] = kind
    far[farEnd + OWNER] = owner
    far[farEnd + SERIAL] = serial
    far[farEnd + VISIT] = visit
    far[farEnd + TURN] = turn
    farEnd += FAR_WORDS
    if (into < beyondEarliest) beyondEarliest = into
  }
}

/** An event of the bucket at hand gets a record and its place. */
function takeUp(tick: i32, kind: i32, owner: i32, serial: i32, visit: i32, turn: i32): void {
  let event: i32 = free
  if (event === NONE) {
    if (poolUsed << 3 === events.length) events = longer(events, poolUsed << 4)
    event = poolUsed++
  } else {
    free = events[(event << 3) | NEXT]!
  }
  events[(event << 3) | TICK] = tick
  events[(event << 3) | KIND] = kind
  events[(event << 3) | OWNER] = owner
  events[(event << 3) | SERIAL] = serial
  events[(event << 3) | VISIT] = visit
  events[(event << 3) | TURN] = turn
  insert(orderOf(tick, kind), event)
}

/** An event of a bucket ahead gets a place in the bucket's first chunk, or in a new one before it. */
function lay(into: i32, tick: i32, kind: i32, owner: i32, serial: i32, visit: i32, turn: i32): void {
  const slot: i32 = into & WHEEL_MASK
  const head: i32 = wheelHead[slot]!
  let chunk: i32 = head >> 2
  let count: i32 = head & 3
  if (head === NONE || count === CHUNK_EVENTS) {
    chunk = freeChunk
    if (chunk === NONE) {
      if (chunksUsed << CHUNK_SHIFT === chunks.length) chunks = longer(chunks, chunks.length * 2)
      chunk = chunksUsed++
    } else freeChunk = chunks[(chunk << CHUNK_SHIFT) + CHUNK_NEXT]!
    chunks[(chunk << CHUNK_SHIFT) + CHUNK_NEXT] = head === NONE ? NONE : head >> 2
    count = 0
    if (head === NONE) {
      occupied[slot >> 5] = occupied[slot >> 5]! | (1 << (slot & 31))
      occupiedWords[slot >> 10] = occupiedWords[slot >> 10]! | (1 << ((slot >> 5) & 31))
    }
  }
  wheelHead[slot] = (chunk << 2) | (count + 1)
  const at: i32 = (chunk << CHUNK_SHIFT) + count * LAID_WORDS
  chunks[at + LAID_WHEN] = ((tick - (into << shift)) << 4) | kind
  chunks[at + LAID_OWNER] = owner
  chunks[at + LAID_SERIAL] = serial
  chunks[at + LAID_VISIT] = visit
  chunks[at + LAID_TURN] = turn
  onWheel++
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
    if (farEnd > 0 && beyondEarliest - bucket < WHEEL) layBeyond()
  }
  bucket = into
  openAt = 0
  openEnd = 0
  askFor(into)
  const slot: i32 = into & WHEEL_MASK
  const head: i32 = wheelHead[slot]!
  if (head === NONE) return
  wheelHead[slot] = NONE
  occupied[slot >> 5] = occupied[slot >> 5]! & ~(1 << (slot & 31))
  if (occupied[slot >> 5]! === 0) occupiedWords[slot >> 10] = occupiedWords[slot >> 10]! & ~(1 << ((slot >> 5) & 31))
  const first: i32 = into << shift
  let chunk: i32 = head >> 2
  let count: i32 = head & 3
  while (chunk !== NONE) {
    let at: i32 = chunk << CHUNK_SHIFT
    const after: i32 = chunks[at + CHUNK_NEXT]!
    chunks[at + CHUNK_NEXT] = freeChunk
    freeChunk = chunk
    const end: i32 = at + count * LAID_WORDS
    onWheel -= count
    while (at < end) {
      const when: i32 = chunks[at + LAID_WHEN]!
      const kind: i32 = when & 15
      const owner: i32 = chunks[at + LAID_OWNER]!
      const serial: i32 = chunks[at + LAID_SERIAL]!
      takeUp(first + (when >> 4), kind, owner, serial, chunks[at + LAID_VISIT]!, chunks[at + LAID_TURN]!)
      at += LAID_WORDS
    }
    chunk = after
    count = CHUNK_EVENTS
  }
}

/**
 * Reads a little of what buckets soon to come will need, so that the memory's answer is there when they are opened: the records of the events
 * a few buckets ahead, and the chunk that will tell of those after them. Means nothing for the order.
 */
function askFor(into: i32): void {
  const later: i32 = wheelHead[(into + 2 * BUCKETS_AHEAD) & WHEEL_MASK]!
  if (later !== NONE) touched = touched ^ chunks[(later >> 2) << CHUNK_SHIFT]!
  const head: i32 = wheelHead[(into + BUCKETS_AHEAD) & WHEEL_MASK]!
  if (head === NONE) return
  let chunk: i32 = head >> 2
  let count: i32 = head & 3
  while (chunk !== NONE) {
    let at: i32 = chunk << CHUNK_SHIFT
    const end: i32 = at + count * LAID_WORDS
    chunk = chunks[at + CHUNK_NEXT]!
    while (at < end) {
      const kind: i32 = chunks[at + LAID_WHEN]! & 15
      if (kind === SERVICE_END || kind === MOVE) touched = touched ^ visits[chunks[at + LAID_OWNER]! << VISIT_SHIFT]!
      if (kind === SERVICE_END) touched = touched ^ stations[chunks[at + LAID_SERIAL]! << STATION_SHIFT]!
      at += LAID_WORDS
    }
    count = CHUNK_EVENTS
  }
}

/** Lays far events in that the wheel now reaches. */
function layBeyond(): void {
  const end: i32 = farEnd
  let at: i32 = 0
  farEnd = 0
  beyondEarliest = NEVER
  // What is still too far is put back into the list, at or before the place it comes from.
  while (at < end) {
    plan(far[at + TICK]!, far[at + KIND]!, far[at + OWNER]!, far[at + SERIAL]!, far[at + VISIT]!, far[at + TURN]!)
    at += FAR_WORDS
  }
}

/** Gives the row of a handled event back. */
export function done(event: i32): void {
  events[(event << 3) | NEXT] = free
  free = event
}
