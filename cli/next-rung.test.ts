import { expect, test } from 'vitest'
import type { RateStanding } from '../simulators/measures/result-wire.ts'
import { ladder } from './highest-rung.ts'
import { nextRung, type RungPlayed } from './next-rung.ts'

/** Every rung that is played where each shows this, from the first one on. */
function rungsPlayed(shows: (rung: number, before: number) => RateStanding, first = 4): readonly number[] {
  const plays: RungPlayed[] = []
  for (let rung: number | undefined = first; rung !== undefined; rung = nextRung(plays)) {
    const before = plays.filter((one) => one.rung === rung).length
    plays.push({ rung, standing: shows(rung, before) })
  }
  return plays.map(({ rung }) => rung)
}

test('a rate that is held ends the level, and one void only once is played again and held', () => {
  expect(rungsPlayed(() => 'held')).toEqual([4])
  expect(rungsPlayed((_, before) => (before === 0 ? 'void' : 'held'))).toEqual([4, 4])
})

test('a rate whose plays are all void gives way to the next below it, and so does one that was played and not held, at once', () => {
  expect(rungsPlayed((rung) => (rung === 4 ? 'void' : 'held'))).toEqual([4, 4, 5])
  expect(rungsPlayed((rung) => (rung === 4 ? 'lost' : 'held'))).toEqual([4, 5])
  expect(rungsPlayed((rung, before) => (rung > 4 ? 'held' : before === 0 ? 'void' : 'lost'))).toEqual([4, 4, 5])
})

test('no rung lies below the lowest, and the time of five plays is all there is', () => {
  const lowest = ladder.length - 1
  expect(rungsPlayed(() => 'void', lowest)).toEqual([lowest, lowest])
  expect(rungsPlayed(() => 'lost', lowest)).toEqual([lowest])
  expect(rungsPlayed(() => 'void')).toEqual([4, 4, 5, 5, 6])
  expect(rungsPlayed(() => 'lost', 0)).toEqual([0, 1, 2, 3, 4])
})
