import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { goldenPath, goldenToday, movedLines } from './golden-day.ts'

test('the golden day of the small town reads as accepted (npm run golden shows what moved)', async () => {
  expect(await goldenToday()).toBe(readFileSync(goldenPath, 'utf8'))
})

test('a moved figure is shown as old and new, a column that only became wider is not', () => {
  const accepted = 'visits 就诊      visits  512  512\nplan hash: ab\n'
  expect(movedLines(accepted, 'visits 就诊  visits   512    513\nplan hash: ab\n')).toEqual([
    { accepted: 'visits 就诊      visits  512  512', now: 'visits 就诊  visits   512    513' },
  ])
  expect(movedLines(accepted, accepted.replaceAll('  512', '     512'))).toEqual([])
  expect(movedLines(accepted, `${accepted}new line  lines  1\n`)).toEqual([{ accepted: undefined, now: 'new line  lines  1' }])
})
