/** A morning on which sites switch over, through real k6 on a small share of the city: sites become ready, their directories are served. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exitCodes } from '../cli/exit-codes.ts'
import { medpay, ownFolder } from '../cli/testing/medpay-process.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { goLiveMeasuredPage } from './testing/go-live-measured-page.ts'

test('one in fifty sites of shanghai-golive signs in, has its directory, and pays: the audit passes', async () => {
  const folder = join(ownFolder(), 'out')
  const { code, err } = await medpay(['load', 'shanghai-golive', '--scale', '0.02', '--window', '08:00+60s', '--out', folder])
  expect([exitCodes.ok, exitCodes.runVoid], err).toContain(code)
  const result = JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult
  if (process.env['MEDPAY_RECORD'] === '1')
    writeFileSync(fileURLToPath(new URL('../docs/go-live-measured.md', import.meta.url)), goLiveMeasuredPage(result))
  const { wire, verdict } = result
  // How late starts were is the machine's; everything else is ours.
  expect(verdict.reasons.filter(({ en }) => !en.startsWith('starts were'))).toEqual([])
  expect(wire?.audit.verdict).toBe('passed')
  const goLive = wire?.goLive
  if (goLive === undefined) throw new Error('the result has no go-live')
  expect(goLive.directories).toBeGreaterThan(10)
  expect(goLive.directoryBytes).toBeGreaterThan(0)
  expect(goLive.wire.readySites).toBeGreaterThan(0)
  // What was not sent within the window nobody can be ready by.
  expect(goLive.wire.readySites + goLive.wire.late).toBe(goLive.sites)
  expect(goLive.wire.unanswered).toBe(0)
}, 900_000)
