/** `medpay run --spot-check` where the wire cannot be had, and where it is asked of what it is not of. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { storedResult } from './stored-result.ts'
import { medpay, ownFolder } from './testing/medpay-process.ts'

test('without k6 the virtual answer stands, report and terminal say why the wire part was not run, and the exit code is 0', async () => {
  const folder = join(ownFolder(), 'out')
  const { code, out } = await medpay(['run', 'small-town', '--quick', '--spot-check', '--lang', 'both', '--out', folder], {
    env: { K6_BIN: '/nowhere/k6' },
  })
  expect(code).toBe(exitCodes.ok)
  expect(out).toMatch(
    /线上部分未运行：本机无法取得 k6[\s\S]*Wire part not run: no k6 [\d.]+ can be had here \(K6_BIN=\/nowhere\/k6: no k6\)/,
  )
  const report = readFileSync(join(folder, 'report.html'), 'utf8')
  expect(report).toContain('The wire part was not run: no k6')
  expect(report).toContain('线上部分未运行')
  // The hash is the virtual answer's, so the result counts as unchanged.
  expect((storedResult(join(folder, 'run-result.json')) satisfies RunResult).spotCheck).toMatchObject({ ran: false })
})

test.each([
  [['small-town', '--scale', '0.5'], /--spot-check is of one run/],
  [['shanghai-2020'], /--spot-check is of one run/],
])('it is refused beforehand for %j', async (words, says) => {
  const { code, err } = await medpay(['run', ...words, '--quick', '--spot-check', '--out', join(ownFolder(), 'out')])
  expect(err).toMatch(says)
  expect(code).toBe(exitCodes.badInput)
})
