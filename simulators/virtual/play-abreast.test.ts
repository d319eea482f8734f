import { expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { layDayVisits } from '../patients/day-visits.ts'
import { type CityPlayer, cityPlayer, type PlayerSetting } from './city-player.ts'
import { usualParts } from './play-abreast.ts'
import { STAY_NUMBER, STAY_WORDS, Stays } from './stays.ts'

const compiled = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const town = planOf('small-town')
// A morning on which sites switch over: settlements are held from part to part.
const morning = planOf('shanghai-golive', { scale: 0.002 })
const partsOf = (partVisits: number): PlayerSetting => ({ parts: { ...usualParts, partVisits } })
const dayOf = (player: CityPlayer) => player.playDay(0)

test.each([
  ['the small town', town],
  ['a morning of going live', morning],
] as [string, Plan][])(
  '%s is the same day in parts of any size, all arms abreast as compiled or each by itself as plain TypeScript',
  (_, plan) => {
    const whole = dayOf(cityPlayer(plan, compiled, partsOf(1_000_000)))
    expect(whole.every(({ audit }) => audit.bills > 100 && audit.findings === 0)).toBe(true)
    for (const size of [1, 300]) expect(dayOf(cityPlayer(plan, compiled, partsOf(size))), `parts of ${size}`).toEqual(whole)
    expect(dayOf(cityPlayer(plan, null, partsOf(100)))).toEqual(whole)
  },
)

test('a visit keeps its ticket until it has left in every arm, and the ticket given back last goes out next', () => {
  const day = { ...layDayVisits(3), count: 3 }
  const stays = new Stays()
  stays.open(2)
  const tickets = new Int32Array(3)
  const admit = (first: number): number[] => {
    stays.admit(day, first, 2, () => 0, tickets)
    return [...tickets]
  }
  expect(admit(0)).toEqual([0, 1, 2])
  stays.leave(0)
  stays.leave(2)
  stays.leave(2)
  expect(admit(3)).toEqual([2, 3, 4])
  expect([0, 1, 2].map((ticket) => stays.records[ticket * STAY_WORDS + STAY_NUMBER])).toEqual([0, 1, 3])
  stays.leave(0)
  expect(() => stays.leave(0)).toThrow('ticket 0 was given back more often than there are arms')
})
