import { expect, test } from 'vitest'
import { businessClock } from './business-clock.ts'

test('the business clock runs with real time from where it is set, or stands there until it is set again', () => {
  let realMs = 5_000_000
  const clock = businessClock(0, () => realMs)
  const after = (ms: number) => {
    realMs += ms
    return clock.nowMs()
  }
  expect(after(1500)).toBe(1500)
  clock.set(60_000, undefined, true)
  expect([clock.nowMs(), after(90_000)]).toEqual([60_000, 60_000])
  clock.set(60_000)
  expect(after(250)).toBe(60_250)
})
