/** `medpay load` as its users meet it, stopped in the middle: in good order, and by kill -9. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planHash } from '../scenarios/plan-hash.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { ownFolder, processesOf, startMedpay } from './testing/medpay-process.ts'

const resultIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult

const hasPaid = (folder: string): boolean => {
  const path = join(folder, 'wire', 'rows.log')
  return existsSync(path) && readFileSync(path, 'utf8').includes('"outcome":"paid"')
}

test('Ctrl-C while k6 plays stops everything: no process is left, what was measured is kept, and the run is void', {
  timeout: 480_000,
}, async () => {
  const folder = join(ownFolder(), 'out')
  const { child, ended, says } = startMedpay(['load', 'small-town', '--window', '09:00+60s', '--scale', '10', '--out', folder])
  await says(/opening the books[\s\S]*k6 plays the window/)
  await expect.poll(() => hasPaid(folder), { timeout: 300_000 }).toBe(true)
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

test('killed in its day end it leaves no process, and the same command goes on there: nothing is played twice, and the run is told as any other', {
  timeout: 480_000,
}, async () => {
  const folder = join(ownFolder(), 'out')
  const words = ['load', 'small-town', '--window', '09:00+2s', '--scale', '10', '--out', folder]
  mkdirSync(folder)
  writeFileSync(join(folder, 'run-result.json'), JSON.stringify({ planHash: planHash(planOf('small-town')) }))
  const first = startMedpay(words)
  await first.says(/day end/)
  first.child.kill('SIGKILL')
  expect(await first.ended).toMatchObject({ code: null, signal: 'SIGKILL' })
  await expect.poll(() => processesOf(folder), { timeout: 60_000 }).toEqual([])
  const rows = readFileSync(join(folder, 'wire', 'rows.log'), 'utf8')
  expect(existsSync(join(folder, 'run-result.json'))).toBe(false)
  const { code, err } = await startMedpay(words).ended
  expect(err).toContain('going on with the run in')
  expect(err).not.toContain('k6 plays the window')
  // How late starts were is the machine's.
  expect([exitCodes.ok, exitCodes.runVoid]).toContain(code)
  const { verdict, wire } = resultIn(folder)
  expect(verdict.reasons.filter(({ en }) => !en.startsWith('starts were'))).toEqual([])
  expect(wire?.audit.verdict).toBe('passed')
  expect(wire?.closingBooks.equal).toBe(wire?.rows.planned)
  expect(readFileSync(join(folder, 'wire', 'rows.log'), 'utf8')).toBe(rows)
  expect(existsSync(join(folder, 'wire', 'checkpoint.json'))).toBe(false)
  expect(existsSync(join(folder, 'earlier'))).toBe(false)
})
