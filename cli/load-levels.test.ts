import { expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import type { LoadWords } from './commands/load.ts'
import { levelPlayed } from './load-levels.ts'

const words: LoadWords = { lang: undefined, targetWait: 60, ledger: 'sqlite', platformProcesses: 1, fault: [] } as unknown as LoadWords
const city = madeTrace(planOf('small-town'), 4000, 60)
const town = madeTrace(planOf('small-town'), 400, 2)
const ordinary = { faults: [] }

test('a scenario by its name alone is played at its city’s peak, where that is as much as the level’s name says', () => {
  expect(levelPlayed(words, city, ordinary)).toBe('city-peak')
  expect(levelPlayed(words, town, ordinary)).toBe('as-asked')
})

test('whoever asks for a level has it, and whoever asks for anything else has what was asked', () => {
  expect(levelPlayed({ ...words, level: 'as-asked' }, city, ordinary)).toBe('as-asked')
  expect(levelPlayed({ ...words, level: 'stress', scale: 2 }, town, ordinary)).toBe('stress')
  const fault = [{ kind: 'outage', target: 'bureau', fromSecond: 1, seconds: 5 }] as const
  for (const asked of [
    { window: { seconds: 30 } },
    { scale: 0.5 },
    { arm: 'x' },
    { target: 'http://127.0.0.1:9' },
    { profile: 'p' },
    { fault },
  ])
    expect(levelPlayed({ ...words, ...asked }, city, ordinary)).toBe('as-asked')
})

test('a day with faults and a morning of going live are played as they are', () => {
  expect(levelPlayed(words, city, { faults: ['x'] } as never)).toBe('as-asked')
  expect(levelPlayed(words, city, { faults: [], goLive: {} } as never)).toBe('as-asked')
})
