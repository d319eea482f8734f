/** The command as a whole: help, pipes, streams. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { insteadOfTheCity, medpay, ownFolder } from './testing/medpay-process.ts'

test('help lists every command and every exit code', async () => {
  const { code, out } = await medpay(['--help'])
  expect(code).toBe(exitCodes.ok)
  for (const name of ['run', 'validate', 'scenarios', 'explain', 'report', 'diff', 'visit', 'city', 'serve', 'doctor'])
    expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  for (const number of Object.values(exitCodes)) expect(out).toMatch(new RegExp(`^ +${number} {2}\\S`, 'm'))
})

test('a reader who leaves early, or before the first line, is no error', async () => {
  for (const lines of [1, 0]) {
    const { code, out, err } = await medpay(['explain', 'shanghai-weekday'], { shell: `set -o pipefail; $medpay | head -n ${lines}` })
    expect(err).toBe('')
    expect(code).toBe(exitCodes.ok)
    expect(out.split('\n')).toHaveLength(lines + 1)
  }
})

test('a standard output that takes nothing is an output problem', async () => {
  const { code, err } = await medpay(['scenarios'], { shell: '$medpay > /dev/full' })
  expect(code).toBe(exitCodes.outputProblem)
  expect(err).toContain('the disk is full')
})

test('scenarios come with their questions, in the language asked for', async () => {
  const english = await medpay(['scenarios', '--lang', 'en'])
  const chinese = await medpay(['scenarios'], { env: { LANG: 'zh_CN.UTF-8' } })
  expect(english.out).toContain('shanghai-weekday\n')
  expect(english.out).toContain('?')
  expect(chinese.out).toMatch(/[？吗]/)
  expect(chinese.out).not.toContain('?')
})

const withBrokenCity = insteadOfTheCity('throw new TypeError("the till is empty")')

test('an error of our own is one clear message with the command that replays it', async () => {
  const out = join(ownFolder('看病 '), 'out')
  const { code, err } = await medpay(['run', 'small-town', '--seed', '5', '--out', out], { env: withBrokenCity })
  expect(code).toBe(exitCodes.internalError)
  expect(err).toContain('the till is empty')
  expect(err).toContain(`npx medpay run small-town --seed 5 --out '${out}'`)
  expect(err).not.toContain('at runOnePlan')
  expect(existsSync(out)).toBe(false)
})

test('where in the code it broke is shown to whoever asks', async () => {
  const { err } = await medpay(['run', 'small-town', '--out', join(ownFolder(), 'out')], { env: { ...withBrokenCity, MEDPAY_DEBUG: '1' } })
  expect(err).toContain('at runOnePlan')
})
