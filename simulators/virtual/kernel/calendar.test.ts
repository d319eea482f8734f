import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import {
  beyondRange,
  CALL_END,
  CALL_TIMEOUT,
  done,
  ERRAND_STEP,
  events,
  KIND,
  MOVE,
  NEVER,
  nextOccupied,
  OWNER,
  openBucket,
  openCalendar,
  PATIENCE_END,
  plan,
  SCENARIO_FAULT,
  SCENARIO_SHIFT,
  SERVICE_END,
  TICK,
  take,
} from './calendar.ts'

/** 64 ticks a bucket: the wheel turns once in 4,194,304 ticks, 7 min. */
const SHIFT = 6
const TURN_OF_THE_WHEEL = 2 ** (16 + SHIFT)

interface Event {
  readonly tick: number
  readonly kind: number
  readonly owner: number
  readonly visit: number
  readonly turn: number
}

beforeEach(() => openCalendar(SHIFT, 2))

/** The next event, or null when there is none; what the kernel's loop does. */
function next(): { tick: number; kind: number; owner: number } | null {
  for (;;) {
    const event = take()
    if (event >= 0) {
      const at = event << 3
      const found = { tick: events[at + TICK] as number, kind: events[at + KIND] as number, owner: events[at + OWNER] as number }
      done(event)
      return found
    }
    const bucket = nextOccupied()
    if (bucket === NEVER) return null
    openBucket(bucket)
  }
}

function put(event: Event): void {
  plan(event.tick, event.kind, event.owner, 0, event.visit, event.turn)
}

function rest(): number[] {
  const owners: number[] = []
  for (let event = next(); event !== null; event = next()) owners.push(event.owner)
  return owners
}

/** (tick, class, visit, turn), the documented order. */
function inOrder(list: readonly Event[]): Event[] {
  return [...list].sort((a, b) => a.tick - b.tick || (a.kind >> 2) - (b.kind >> 2) || a.visit - b.visit || a.turn - b.turn)
}

test('at one tick the scenario changes first, then services end, then patience and timeouts, then arrivals, moves and next messages', () => {
  const kinds = [MOVE, CALL_TIMEOUT, SERVICE_END, SCENARIO_FAULT, ERRAND_STEP, PATIENCE_END, CALL_END, SCENARIO_SHIFT]
  // Within a class the visit decides, so each kind is given its own: the later in the list, the earlier.
  for (const [n, kind] of kinds.entries()) put({ tick: 1000, kind, owner: kind, visit: kinds.length - n, turn: 0 })
  expect(rest()).toEqual([SCENARIO_SHIFT, SCENARIO_FAULT, CALL_END, SERVICE_END, PATIENCE_END, CALL_TIMEOUT, ERRAND_STEP, MOVE])
})

test('at one tick and of one class the earlier visit goes first, and of one visit the earlier turn', () => {
  const given = [
    [2, 0],
    [1, 300],
    [1, 1],
    [1, 299],
    [0, 9],
  ] as const
  for (const [visit, turn] of given) put({ tick: 64, kind: MOVE, owner: visit * 1000 + turn, visit, turn })
  expect(rest()).toEqual([9, 1001, 1299, 1300, 2000])
})

test('an event planned for the tick at hand comes before all later ones, whatever lies in the bucket', () => {
  put({ tick: 100, kind: MOVE, owner: 1, visit: 1, turn: 0 })
  put({ tick: 101, kind: MOVE, owner: 3, visit: 1, turn: 0 })
  expect(next()?.owner).toBe(1)
  put({ tick: 100, kind: MOVE, owner: 2, visit: 0, turn: 0 })
  put({ tick: 101, kind: SERVICE_END, owner: 4, visit: 5, turn: 0 })
  expect(rest()).toEqual([2, 4, 3])
})

test('an event a whole turn of the wheel ahead, in the same slot, waits for its own turn', () => {
  for (const turns of [3, 1, 0, 2]) put({ tick: 640 + turns * TURN_OF_THE_WHEEL, kind: MOVE, owner: turns, visit: 0, turn: 0 })
  expect(rest()).toEqual([0, 1, 2, 3])
})

test('a far event is not overtaken by a nearer one planned later, when the wheel has come round to both', () => {
  put({ tick: TURN_OF_THE_WHEEL + 10, kind: MOVE, owner: 2, visit: 0, turn: 0 })
  put({ tick: TURN_OF_THE_WHEEL / 4, kind: MOVE, owner: 1, visit: 0, turn: 0 })
  expect(next()?.owner).toBe(1)
  // Within reach of the wheel now, while the far one still waits beyond it.
  put({ tick: TURN_OF_THE_WHEEL + 1000, kind: MOVE, owner: 3, visit: 0, turn: 0 })
  expect(rest()).toEqual([2, 3])
})

test('the last tick of the clock is a tick like any other', () => {
  put({ tick: NEVER, kind: MOVE, owner: 2, visit: 0, turn: 0 })
  put({ tick: NEVER - 1, kind: MOVE, owner: 1, visit: 0, turn: 0 })
  expect(rest()).toEqual([1, 2])
  expect(beyondRange).toBe(0)
})

test('an event past the last tick is noted, not wrapped into the past', () => {
  put({ tick: 5, kind: MOVE, owner: 1, visit: 0, turn: 0 })
  put({ tick: NEVER + 1, kind: MOVE, owner: 2, visit: 0, turn: 0 })
  expect(beyondRange).toBe(1)
  expect(rest()).toEqual([1, 2])
  openCalendar(SHIFT, 2)
  expect(beyondRange).toBe(0)
})

test('what an unfinished run left behind is gone when the calendar is opened again', () => {
  for (const tick of [5, 70, 5_000_000, TURN_OF_THE_WHEEL * 2]) put({ tick, kind: MOVE, owner: 1, visit: 0, turn: 0 })
  expect(next()?.tick).toBe(5)
  openCalendar(SHIFT, 2)
  put({ tick: 71, kind: MOVE, owner: 7, visit: 0, turn: 0 })
  expect(rest()).toEqual([7])
})

test('events planned while the clock runs come out in the documented order, in whatever order they were put in, near and far', () => {
  const delay = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 3_000_000 }),
    // Around whole turns of the wheel, and far beyond.
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -70, max: 70 })).map(([turns, by]) => turns * TURN_OF_THE_WHEEL + by),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -70, max: 70 }))
      .map(([halves, by]) => (halves * TURN_OF_THE_WHEEL) / 2 + by),
  )
  const kind = fc.constantFrom(SCENARIO_SHIFT, SERVICE_END, CALL_END, PATIENCE_END, CALL_TIMEOUT, MOVE, ERRAND_STEP)
  const later = fc.record({ delay, kind, visit: fc.integer({ min: 0, max: 3 }) })
  // At each event that comes out so many are put in, until the list is used up.
  fc.assert(
    fc.property(
      fc.array(later, { minLength: 1, maxLength: 80 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 80 }),
      (planned, howMany) => {
        openCalendar(SHIFT, 2)
        let waiting: Event[] = []
        let used = 0
        const putNext = (now: number): void => {
          const event = planned[used] as (typeof planned)[number]
          // A turn of its own for each, so that no two are equal in everything: as in the kernel.
          const whole: Event = { tick: now + event.delay, kind: event.kind, owner: used, visit: event.visit, turn: (used * 7919) % 1009 }
          used++
          put(whole)
          waiting.push(whole)
        }
        putNext(0)
        for (let step = 0; waiting.length > 0; step++) {
          const expected = inOrder(waiting)[0] as Event
          const found = next()
          expect(found).toEqual({ tick: expected.tick, kind: expected.kind, owner: expected.owner })
          waiting = waiting.filter((event) => event !== expected)
          const more = waiting.length === 0 ? 1 : (howMany[step] ?? 0)
          for (let n = 0; n < more && used < planned.length; n++) putNext(expected.tick)
        }
        expect(next()).toBeNull()
        expect(used).toBe(planned.length)
      },
    ),
    { numRuns: 300 },
  )
})
