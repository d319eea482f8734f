import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HealthRule, PlainHealth } from '../virtual/oracle/health-rule.ts'
import { HEALTH_WORDS, isDown, mayCall, noteOutcome } from './health.ts'

const rule: HealthRule = { windowTicks: 600, minimumCalls: 4, failureShare: 0.5, probeTicks: 50 }
const note = (health: Int32Array, tick: number, failed: boolean, given: HealthRule = rule, party = 0): boolean =>
  noteOutcome(health, party, tick, failed, given.windowTicks, given.minimumCalls, given.failureShare, given.probeTicks)

test('a party is marked down by the call that brings the failures of the window to the threshold, and not before', () => {
  const health = new Int32Array(HEALTH_WORDS)
  expect([note(health, 0, false), note(health, 10, false), note(health, 20, true)]).toEqual([false, false, false])
  expect(isDown(health, 0)).toBe(false)
  expect(note(health, 30, true)).toBe(true)
  expect(isDown(health, 0)).toBe(true)
})

test('while a party is down one call in each probe interval goes through, and the first success brings it back with a clean sheet', () => {
  const health = new Int32Array(HEALTH_WORDS)
  for (const tick of [0, 1, 2, 3]) note(health, tick, true)
  expect([4, 52, 53, 54, 102, 103].map((tick) => mayCall(health, 0, tick, rule.probeTicks))).toEqual([
    false,
    false,
    true,
    false,
    false,
    true,
  ])
  expect(note(health, 110, false)).toBe(false)
  expect(isDown(health, 0)).toBe(false)
  expect([note(health, 111, true), note(health, 112, true)]).toEqual([false, false])
  expect(note(health, 113, true)).toBe(true)
})

test('a failure counts in the sixth it fell in and the five that follow', () => {
  const lastThatCounts = (gap: number): boolean => {
    const health = new Int32Array(HEALTH_WORDS)
    for (const tick of [1200, 1201, 1202]) note(health, tick, true)
    return note(health, 1200 + gap, true)
  }
  expect(lastThatCounts(599)).toBe(true)
  expect(lastThatCounts(600)).toBe(false)
})

test('parties keep their books apart', () => {
  const health = new Int32Array(3 * HEALTH_WORDS)
  for (const tick of [0, 1, 2, 3]) note(health, tick, true, rule, 1)
  expect([0, 1, 2].map((party) => isDown(health, party))).toEqual([false, true, false])
})

test('the six counters give at every call the answer that the list of all calls gives', () => {
  const rules = fc.record({
    windowTicks: fc.integer({ min: 6, max: 2000 }),
    minimumCalls: fc.integer({ min: 1, max: 8 }),
    failureShare: fc.double({ min: 0.05, max: 1, noNaN: true }),
    probeTicks: fc.integer({ min: 1, max: 500 }),
  })
  const calls = fc.array(
    fc.record({ after: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3000 })), failed: fc.boolean() }),
    { maxLength: 120 },
  )
  fc.assert(
    fc.property(rules, calls, (given, made) => {
      const health = new Int32Array(HEALTH_WORDS)
      const plain = new PlainHealth(given)
      let tick = 0
      for (const { after, failed } of made) {
        tick += after
        const goes = plain.mayCall(tick)
        expect(mayCall(health, 0, tick, given.probeTicks)).toBe(goes)
        if (!goes) continue
        expect(note(health, tick, failed, given)).toBe(plain.note(tick, failed))
        expect(isDown(health, 0)).toBe(plain.down)
      }
    }),
    { numRuns: 400 },
  )
})
