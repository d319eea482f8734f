import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { backAfterSeconds, closeSecondOf, minutesOutside } from './fault-outcome.ts'

const level = { settledShare: 0.99, withinSeconds: 5, backMinutes: 5 }
const TEN = 600

/** A day of 100 payments a minute, all settled in time but for these minutes. */
function dayWith(bad: Readonly<Record<number, { settled?: number; within?: number; started?: number }>>) {
  const day = {
    minuteStarted: new Int32Array(1440).fill(100),
    minuteSettled: new Int32Array(1440).fill(100),
    minuteWithin: new Int32Array(1440).fill(100),
  }
  for (const [minute, { started = 100, settled = started, within = settled }] of Object.entries(bad)) {
    day.minuteStarted[Number(minute)] = started
    day.minuteSettled[Number(minute)] = settled
    day.minuteWithin[Number(minute)] = within
  }
  return day
}
const minutes = (from: number, to: number, how: { settled?: number; within?: number }) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, n) => [from + n, how]))
const failed = { settled: 50 }

test.each([
  ['never left: 0', {}, 0],
  ['left for the ten minutes of the fault', minutes(TEN, TEN + 10, failed), 600],
  ['left at its last minute only', { [TEN + 9]: failed }, 600],
  ['left from the third minute: the good ones before it are not a return', minutes(TEN + 2, TEN + 10, failed), 600],
  ['left after five good minutes', minutes(TEN + 5, TEN + 8, failed), 480],
  ['back while the fault lasts, where others took over', minutes(TEN, TEN + 2, failed), 120],
  ['still out after the fault has ended', minutes(TEN, TEN + 30, failed), 1800],
  ['four good minutes are not a return', { ...minutes(TEN, TEN + 10, failed), ...minutes(TEN + 14, TEN + 16, failed) }, 960],
  ['a bad minute before the fault or long after it is not its own', { [TEN - 1]: failed, [TEN + 200]: failed }, 0],
  ['settled but too late', minutes(TEN, TEN + 4, { within: 94 }), 240],
  ['95 of 100 within five seconds and 99 of 100 settled are inside', minutes(TEN, TEN + 10, { settled: 99, within: 95 }), 0],
  ['98 of 100 settled are outside', minutes(TEN, TEN + 10, { settled: 98 }), 600],
  ['a minute without payments is inside', minutes(TEN, TEN + 10, { started: 0 } as object), 0],
  ['never back before midnight', minutes(TEN, 1436, failed), null],
  ['back for the last five minutes of the day', minutes(TEN, 1435, failed), (1435 - TEN) * 60],
] as const)('%s', (_, bad, seconds) => {
  expect(backAfterSeconds(dayWith(bad), level, { fromSecond: 36_000, toSecond: 36_600 }, 86_400)).toBe(seconds)
})

test('a fault that begins within a minute counts from its own second', () => {
  const bad = minutes(TEN, TEN + 3, failed)
  expect(backAfterSeconds(dayWith(bad), level, { fromSecond: 36_030, toSecond: 36_150 }, 86_400)).toBe(150)
  expect(backAfterSeconds(dayWith({}), level, { fromSecond: 36_030, toSecond: 36_150 }, 86_400)).toBe(0)
})

test('a fault at the end of the day that nobody felt was never left', () => {
  expect(backAfterSeconds(dayWith({}), level, { fromSecond: 86_340, toSecond: 86_400 }, 86_400)).toBe(0)
})

test('minutes after the windows have closed are nobody’s return, unless the fault begins there', () => {
  const bad = minutes(TEN, 1200, failed)
  expect(backAfterSeconds(dayWith(bad), level, { fromSecond: 36_000, toSecond: 36_600 }, 72_000)).toBe(null)
  expect(backAfterSeconds(dayWith(bad), level, { fromSecond: 36_000, toSecond: 36_600 }, 72_300)).toBe(36_000)
  expect(backAfterSeconds(dayWith(minutes(1300, 1310, failed)), level, { fromSecond: 78_000, toSecond: 78_600 }, 72_000)).toBe(600)
})

test('the windows close with the last change of their shift to nobody, else at midnight', () => {
  const { city } = planOf('small-town')
  expect(closeSecondOf(city)).toBe(20 * 3600)
  const open = { ...city.stations, 'cashier-window': { ...city.stations['cashier-window'], shift: 'round-the-clock' } }
  expect(closeSecondOf({ ...city, stations: open })).toBe(86_400)
})

test('minutes outside the level are counted one by one', () => {
  expect(minutesOutside(dayWith({}), level)).toBe(0)
  expect(minutesOutside(dayWith({ ...minutes(TEN, TEN + 7, failed), 900: { within: 94 } }), level)).toBe(8)
})
