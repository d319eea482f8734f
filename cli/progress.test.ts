import { expect, test } from 'vitest'
import { duration, progressLine, progressText } from './progress.ts'
import type { Terminal } from './terminal.ts'

const silent: Terminal = { line: () => {}, notice: () => {}, width: 80, env: {} }

test('the time left follows from the days done so far', () => {
  const text = progressText('town', { phase: 'days', daysDone: 10, daysPlanned: 40 }, 25, 20)
  expect(text).toContain('10/40 days')
  expect(text).toContain('≤ 1 min 00 s left')
  expect(text).toContain('██████░')
})

test('before the first day no time left is promised', () => {
  expect(progressText('town', { phase: 'days', daysDone: 0, daysPlanned: 40 }, 25, 0)).not.toContain('left')
  expect(progressText('town', { phase: 'people', daysDone: 0, daysPlanned: 40 }, 3, 0)).toContain('making the people')
})

test('more days than planned never show a bar beyond its end', () => {
  expect(progressText('town', { phase: 'days', daysDone: 50, daysPlanned: 40 }, 25, 20)).toContain('≤ 0 s left')
})

test('the rate counts from the first day, not from the making of the people', () => {
  const said: string[] = []
  let now = 100
  const show = progressLine({ ...silent, status: (text) => said.push(text) }, 'town', () => now)
  now = 130
  show({ phase: 'days', daysDone: 0, daysPlanned: 4 })
  now = 140
  show({ phase: 'days', daysDone: 1, daysPlanned: 4 })
  expect(said.at(-1)).toContain('40 s')
  expect(said.at(-1)).toContain('≤ 30 s left')
})

test('in a pipe nothing is said', () => {
  expect(() => progressLine(silent, 'town', () => 0)({ phase: 'days', daysDone: 1, daysPlanned: 4 })).not.toThrow()
})

test('a duration reads as people say it', () => {
  expect([0, 59.4, 60, 125, 3599.4, 3720].map(duration)).toEqual(['0 s', '59 s', '1 min 00 s', '2 min 05 s', '59 min 59 s', '1 h 02 min'])
})
