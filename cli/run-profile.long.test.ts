/** Five levels in one command, stopped in the middle and gone on with, on a twentieth of the city's sites; then taken back into a city. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import type { LatencyProfile } from '../simulators/trace/latency-profile.ts'
import { exitCodes } from './exit-codes.ts'
import { medpay, ownFolder, startMedpay } from './testing/medpay-process.ts'

test('what was measured before the interruption is kept and not measured again; the file goes back into the city', async () => {
  const folder = ownFolder()
  const path = join(folder, 'profile.json')
  const words = ['load', 'shanghai-weekday', '--scale', '0.05', '--window', '10s', '--profile', path, '--out', join(folder, 'out')]
  const levels = () => (JSON.parse(readFileSync(path, 'utf8')) as LatencyProfile).levels
  const first = startMedpay(words)
  await vi.waitUntil(() => existsSync(path), { timeout: 600_000, interval: 500 })
  first.child.kill('SIGINT')
  expect((await first.ended).code).toBe(exitCodes.interrupted)
  const kept = levels()
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(5)

  const again = await medpay(words)
  // On a busy machine a level may be void, and is told so; money is never broken.
  expect([exitCodes.ok, exitCodes.runVoid]).toContain(again.code)
  if (kept.every(({ isValid }) => isValid)) expect(again.out).toMatch(/measured before, and not again|此前已测/)
  expect(
    levels()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['double', 'half', 'one-and-a-half', 'peak', 'quarter'])
  for (const one of kept.filter(({ isValid }) => isValid)) expect(levels()).toContainEqual(one)

  // The level played last tells all five, those of before the interruption too, and where the worlds part at each.
  const told = (JSON.parse(readFileSync(join(folder, 'out', 'double', 'run-result.json'), 'utf8')) as RunResult).wire?.levels ?? []
  expect(told.map(({ name }) => name).sort()).toEqual(['double', 'half', 'one-and-a-half', 'peak', 'quarter'])
  for (const { divergence = [] } of told) expect(divergence.map(({ leg }) => leg)).toContain('platform')

  const refused = await medpay(['run', 'small-town', '--quick', '--profile', path, '--out', join(folder, 'refused')])
  expect(refused.err).toContain('isSubSampled')
  const taken = await medpay(['run', 'small-town', '--quick', '--profile', path, '--profile-anyway', '--out', join(folder, 'town')])
  expect(taken.code).toBe(exitCodes.ok)
  expect(readFileSync(join(folder, 'town-measured', 'report.html'), 'utf8')).toContain('Queues with the measured platform')
})
