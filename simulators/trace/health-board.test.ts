import { expect, test } from 'vitest'
import { healthBoard } from './health-board.ts'

test('patients who share a board leave out the entry that failed them, try it once in a probe’s interval, and keep the others', () => {
  let nowMs = 0
  const board = healthBoard({ windowSeconds: 30, minimumCalls: 4, failureShare: 0.5, probeSeconds: 5 }, 2, () => nowMs)
  const at = (ms: number) => {
    nowMs = ms
    return [board.mayCall(0), board.mayCall(1)]
  }
  for (const isFailed of [false, false, true]) board.note(0, isFailed)
  expect(at(1000.5)).toEqual([true, true])
  board.note(0, true)
  expect([at(1100), at(5999), at(6001), at(6002)].map(([first]) => first)).toEqual([false, false, true, false])
  expect(board.mayCall(1)).toBe(true)
  expect([board.isDown(0), board.isDown(1)]).toEqual([true, false])
  board.note(0, false)
  expect(at(6003)).toEqual([true, true])
})
