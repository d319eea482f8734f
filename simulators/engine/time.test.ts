import { expect, test } from 'vitest'
import {
  clockOfSecond,
  clockOfTick,
  LAST_TICK,
  minuteOfTick,
  secondsOfTicks,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  tickOfClock,
  ticksOfMinutes,
  ticksOfSeconds,
} from './time.ts'

test('decimal seconds lose no tick to the double, and fractions of a tick are dropped', () => {
  for (let hundredths = 0; hundredths < 100_000; hundredths += 7) expect(ticksOfSeconds(hundredths / 100)).toBe(hundredths * 100)
  expect(ticksOfSeconds(0.00019)).toBe(1)
  expect(secondsOfTicks(ticksOfSeconds(86_400))).toBe(86_400)
})

test('a day fits the 32-bit clock, and what does not is refused', () => {
  expect(ticksOfSeconds(86_400)).toBe(TICKS_PER_DAY)
  expect(TICKS_PER_DAY).toBeLessThan(LAST_TICK)
  expect(ticksOfMinutes(90)).toBe(1.5 * TICKS_PER_HOUR)
  for (const seconds of [-1, 214_749, Number.NaN, Infinity]) expect(() => ticksOfSeconds(seconds)).toThrow('outside the virtual clock')
})

test('a clock reading goes to a tick and back', () => {
  expect(tickOfClock('07:30')).toBe(450 * TICKS_PER_MINUTE)
  expect(clockOfTick(tickOfClock('07:30'))).toBe('07:30:00')
  expect(clockOfTick(tickOfClock('24:05') + 599_999)).toBe('24:05:59')
  expect(minuteOfTick(tickOfClock('09:59') + 599_999)).toBe(599)
  for (const text of ['7', '7:60', '', '07:30:00']) expect(() => tickOfClock(text)).toThrow('is not a time of day')
})

test('a second of the day is told to the second, a fraction dropped, and the day runs on after midnight', () => {
  expect([0, 30_605.99, 86_399, 87_010].map(clockOfSecond)).toEqual(['00:00:00', '08:30:05', '23:59:59', '24:10:10'])
})
