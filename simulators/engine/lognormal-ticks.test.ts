import { expect, test } from 'vitest'
import { computedTicks, lognormalTicks, PASSED } from './lognormal-ticks.ts'
import { drawWord } from './random.ts'

const laws = [0.05, 0.3, 0.5, 0.9, 1.5, 2.15].flatMap((deviation) => [2, 7.6, 9.9, 12.3, 14.8, 16.4].map((mean) => ({ mean, deviation })))

test('words drawn, words next to the joints of the table and the outermost ones give the tick that the law computes', () => {
  const joints = Array.from({ length: 9 }, (_, octave) =>
    [0, 1, 2, 63].map((cell) => 2 ** (23 + octave) + cell * 2 ** (17 + octave)),
  ).flat()
  const words = [0, 1, 2 ** 31 - 1, ...joints.flatMap((joint) => [joint - 1, joint, joint + 1])].flatMap((word) => [word | 0, ~word])
  for (let n = 0; n < 6000; n++) words.push(drawWord(11, 22, n, 256))
  for (const { mean, deviation } of laws) {
    for (const word of words) {
      if (lognormalTicks(mean, deviation, word) !== computedTicks(mean, deviation, word))
        expect.fail(`mean ${mean}, deviation ${deviation}, word ${word}`)
    }
  }
})

test('what is read off the tables is wrong by less than the margin: none of 200,000 ticks is another where the margin decides of a third', () => {
  let others = 0
  for (let n = 0; n < 200_000; n++) {
    const word = drawWord(3, 4, n, 256)
    if (lognormalTicks(18.9, 0.1, word) !== computedTicks(18.9, 0.1, word)) others++
  }
  expect(others).toBe(0)
})

test('a law that passes 2^30 ticks says so, and one of fractions of a tick is none', () => {
  expect(lognormalTicks(19, 3, -1)).toBe(PASSED)
  expect(lognormalTicks(20.9, 0.1, 0x7fffffff)).toBe(PASSED)
  expect(lognormalTicks(-3, 0.5, 1 << 30)).toBe(0)
})
