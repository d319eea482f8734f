import { expect, test } from 'vitest'
import { type AdmissionState, nextLimit } from './admission.ts'

const most = 512
const next = (state: Partial<AdmissionState>) => nextLimit({ limit: most, underWay: most, meanTurnMs: 0, sinceCut: 10, ...state }, most)

test('late turns take the limit below what is under way, again once what was let in before has had its time, and never to nothing', () => {
  expect(next({ underWay: 100, meanTurnMs: 150 })).toBe(80)
  expect(next({ limit: 80, underWay: 100, meanTurnMs: 150, sinceCut: 3 })).toBe(80)
  expect(next({ limit: 80, underWay: 80, meanTurnMs: 150, sinceCut: 4 })).toBe(64)
  let limit = most
  for (let n = 0; n < 50; n++) limit = next({ limit, underWay: limit, meanTurnMs: 500 })
  expect(limit).toBe(8)
  expect(nextLimit({ limit: 1, underWay: 1, meanTurnMs: 500, sinceCut: 10 }, 1)).toBe(1)
})

test('in time, the limit grows only where it holds somebody back, and up to the most', () => {
  expect(next({ limit: 40, underWay: 10, meanTurnMs: 5 })).toBe(40)
  expect(next({ limit: 40, underWay: 40, meanTurnMs: 5, sinceCut: 0 })).toBe(42)
  let limit = 8
  for (let n = 0; n < 200; n++) limit = next({ limit, underWay: limit })
  expect(limit).toBe(most)
})

test('payments that wait for a silent bank, and burn nothing, close the door to nobody for long', () => {
  let limit = 30
  let turns = 0
  while (limit < 120) {
    limit = next({ limit, underWay: limit, meanTurnMs: 2 })
    turns += 1
  }
  expect(turns).toBeLessThanOrEqual(40)
})
