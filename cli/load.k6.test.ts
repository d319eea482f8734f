/** `medpay load` as its users meet it: a whole run, and one that is stopped in the middle. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { ownFolder, startMedpay } from './testing/medpay-process.ts'

const resultIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult

/** Processes, other than the run's own, whose command names this folder. */
const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return words.includes(folder) && readlinkSync(`/proc/${pid}/exe`) !== '' ? [words] : []
      } catch {
        return []
      }
    })

test('Ctrl-C while k6 plays stops everything: no process is left, what was measured is kept, and the run is void', {
  timeout: 120_000,
}, async () => {
  const folder = join(ownFolder(), 'out')
  const { child, ended, says } = startMedpay(['load', 'small-town', '--window', '09:00+60s', '--out', folder])
  await says(/opening the books[\s\S]*k6 plays the window/)
  await new Promise((resolve) => setTimeout(resolve, 4500))
  child.kill('SIGINT')
  const { code, err } = await ended
  expect(err).not.toContain('error of our own')
  expect(code).toBe(exitCodes.interrupted)
  expect(processesOf(folder)).toEqual([])
  const { verdict, wire } = resultIn(folder)
  expect(verdict.valid).toBe(false)
  expect(verdict.reasons.map(({ en }) => en)).toContain('the run was interrupted')
  expect(wire?.rows.planned).toBeGreaterThan(wire?.rows.sent ?? 0)
  expect(existsSync(join(folder, 'report.html'))).toBe(true)
})
