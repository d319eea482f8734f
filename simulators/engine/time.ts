/**
 * Virtual time: whole ticks of 100 µs, counted from the opening of the simulated day. Fine enough for a settlement call of
 * tens of milliseconds, and a day of ticks fits 32 bits, so the kernel needs no second word.
 */
import type { Brand } from './brand.ts'

/** A moment, or a length of time, in ticks. Whole; below 2^31, which is 59 h 39 min. */
export type Tick = Brand<number, 'Tick'>
/** A moment, or a length of time, in seconds; may have a fraction. */
export type Seconds = Brand<number, 'Seconds'>

export const TICKS_PER_SECOND = 10_000
export const TICKS_PER_MINUTE = 600_000
export const TICKS_PER_HOUR = 36_000_000
/** 864,000,000. */
export const TICKS_PER_DAY = 864_000_000
/** The largest tick a 32-bit clock can hold. */
export const LAST_TICK = 2_147_483_647 as Tick

/** The tick in which this many seconds end: a fraction of a tick is dropped. Throws outside 0 … 59 h 39 min. */
export function ticksOfSeconds(seconds: number): Tick {
  // A decimal such as 0.29 s is not exact in a double: 0.29 · 10,000 falls short of 2,900 by a hair, and must not lose a tick for it.
  const exact = seconds * TICKS_PER_SECOND
  const nearest = Math.round(exact)
  const ticks = Math.abs(exact - nearest) < 1e-6 ? nearest : Math.floor(exact)
  if (!(ticks >= 0 && ticks <= LAST_TICK))
    throw new RangeError(`${seconds} s is outside the virtual clock, 0 … ${LAST_TICK / TICKS_PER_SECOND} s`)
  return ticks as Tick
}
export function ticksOfMinutes(minutes: number): Tick {
  return ticksOfSeconds(minutes * 60)
}
export function secondsOfTicks(ticks: number): Seconds {
  return (ticks / TICKS_PER_SECOND) as Seconds
}
/** Which whole minute of the day a tick lies in, 0 … */
export function minuteOfTick(tick: number): number {
  return Math.floor(tick / TICKS_PER_MINUTE)
}
/** "HH:MM" as a tick of the day; "24:00" and later hours count on into the night. Throws on anything else. */
export function tickOfClock(clock: string): Tick {
  const parts = /^(\d{1,2}):([0-5]\d)$/.exec(clock)
  if (parts === null) throw new RangeError(`"${clock}" is not a time of day such as "07:30"`)
  return ticksOfMinutes(Number(parts[1]) * 60 + Number(parts[2]))
}
/** A tick of the day as "HH:MM:SS". */
export function clockOfTick(tick: number): string {
  return clockOfSecond(secondsOfTicks(tick))
}
/** A second of the day as "HH:MM:SS"; a fraction is dropped, and after midnight the day runs on: "24:10:00". */
export function clockOfSecond(second: number): string {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  return `${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`
}
