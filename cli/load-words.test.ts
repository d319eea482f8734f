import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { assertK6Words, assertNoneIdle, usualTargetWait } from './load-words.ts'

const usual = { targetWait: usualTargetWait, ledger: 'sqlite' } as const

test('a word that has nothing to work on is told with what it goes with, all of them at once, in both languages', () => {
  const idle = () => assertNoneIdle({ ...usual, goal: 40, oneLevel: true, counterparties: 'c.json', targetWait: 5 })
  expect(idle).toThrow(expect.objectContaining({ exitCode: exitCodes.badInput }))
  expect(idle).toThrow(
    /--goal goes with --level stress; --one-level goes with --profile; --counterparties goes with --target; --target-wait/,
  )
  expect(idle).toThrow(/--goal 须与 --level stress 同用；--one-level 须与 --profile 同用/)
  expect(() => assertNoneIdle({ ...usual, ledger: 'postgres', target: 'http://h:1' })).toThrow(
    /--ledger is of our platform[\s\S]*--ledger 针对本平台/,
  )
})

test('with what it goes with each is taken', () => {
  const given = {
    ...usual,
    goal: 40,
    level: 'stress',
    profile: 'p.json',
    oneLevel: true,
    target: 'http://h:1',
    counterparties: 'c.json',
    targetWait: 5,
  }
  expect(() => assertNoneIdle({ ...given, level: 'stress', ledger: 'sqlite' })).not.toThrow()
  expect(() => assertNoneIdle({ ...usual, ledger: 'postgres' })).not.toThrow()
})

test.each(['--vus', '-u', '--duration=5s', '-i', '--stage', '--paused', '--log-output=stdout'])(
  '%s of k6 would play something else',
  (word) => {
    expect(() => assertK6Words(['--tag', 'a=b', word, '5'])).toThrow(expect.objectContaining({ exitCode: exitCodes.badInput }))
    expect(() => assertK6Words([word])).toThrow(new RegExp(`${word}: users, moments and[\\s\\S]*虚拟用户、时刻`))
  },
)

test('outputs, thresholds, tags and the dashboard of k6 stay the user’s', () => {
  expect(() =>
    assertK6Words(['--out', 'json=rows.json', '--tag', 'a=b', '--out', 'web-dashboard', '--summary-mode=full', '--no-thresholds']),
  ).not.toThrow()
})
