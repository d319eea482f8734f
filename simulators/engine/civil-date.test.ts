import { expect, test } from 'vitest'
import { dateOf, dayNumber } from './civil-date.ts'

test('a day number and its date are each other over four centuries, leap days and turns of the year with them', () => {
  for (const date of ['1970-01-01', '1999-12-31', '2000-02-29', '2020-02-29', '2020-12-31', '2021-01-01', '1904-03-01', '2100-03-01']) {
    expect(dateOf(dayNumber(date))).toBe(date)
  }
  for (let day = -146_097; day < 146_097; day += 31) expect(dayNumber(dateOf(day))).toBe(day)
})
