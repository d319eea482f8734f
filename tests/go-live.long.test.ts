/** A morning on which sites switch over, through real k6 on a small share of the city: sites become ready, their directories are served. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../cli/exit-codes.ts'
import { medpay, ownFolder } from '../cli/testing/medpay-process.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

test('one in fifty sites of shanghai-golive signs in, has its directory, and pays: the audit passes', async () => {
  const folder = join(ownFolder(), 'out')
  const { code, err } = await medpay(['load', 'shanghai-golive', '--scale', '0.02', '--window', '08:00+60s', '--out', folder])
  expect(code, err).toBe(exitCodes.ok)
  const { wire } = JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult
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
