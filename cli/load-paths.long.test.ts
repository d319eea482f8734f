/** Ways of `medpay load` that one run each must show: words for k6, several platforms on PostgreSQL, a platform of others, a full disk. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { findK6 } from '../tools/resolve-k6.ts'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { medpay, ownFolder, processesOf, startMedpay } from './testing/medpay-process.ts'

const wireOf = (folder: string) => {
  const { verdict, wire } = JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult
  if (wire === undefined) throw new Error('a result without its wire part')
  // How late starts were is the machine's.
  return { wire, reasons: verdict.reasons.map(({ en }) => en).filter((en) => !en.startsWith('starts were')) }
}

/** Numbers of the rows the generator has told to be paid so far. */
const paidIn = (folder: string): readonly string[] => {
  const path = join(folder, 'wire', 'rows.log')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  return lines.flatMap((line) => (line.includes('"outcome":"paid"') ? (/^\{"row":(\d+)/.exec(line)?.slice(1) ?? []) : []))
}

/** What a run that is sound may end with on a busy machine. */
const soundCodes: readonly (number | null)[] = [exitCodes.ok, exitCodes.runVoid]

test('words after -- reach k6, whose file is written, while two platforms share one PostgreSQL and every row is accounted for', async () => {
  const folder = join(ownFolder(), 'out')
  const samples = join(ownFolder(), 'samples.json')
  const platforms = ['--ledger', 'postgres', '--platform-processes', '2']
  const { code, err } = await medpay([
    ...['load', 'small-town', '--window', '09:00+5s', ...platforms, '--out', folder],
    ...['--', '--out', `json=${samples}`],
  ])
  expect(err).not.toContain('error of our own')
  expect(soundCodes).toContain(code)
  const { wire, reasons } = wireOf(folder)
  expect(reasons).toEqual([])
  expect(wire.audit.verdict).toBe('passed')
  expect(wire.target).toMatchObject({ isOurs: true, ledger: 'postgres', processes: 2 })
  const told = readFileSync(samples, 'utf8').trimEnd().split('\n')
  const metrics = told.map((line) => JSON.parse(line) as { readonly type: string; readonly metric: string })
  expect(metrics.filter(({ type, metric }) => type === 'Point' && metric === 'rows_sent')).toHaveLength(wire.rows.sent)
  expect(processesOf(folder)).toEqual([])
})

test('a platform of others is played by the one command, from its start to a passed audit', async () => {
  const folder = join(ownFolder(), 'out')
  const counterparties = join(ownFolder(), 'counterparties.json')
  const port = await firstOfFreePorts(1, '127.0.0.1')
  const clinic = clinicPay(port, counterparties)
  const adapter = 'load/examples/clinic-pay/adapter.ts'
  const target = ['--target', `http://127.0.0.1:${port}`, '--adapter', adapter, '--counterparties', counterparties]
  const { code, err } = await medpay(['load', 'small-town', '--arm', 'what-if-80', '--window', '09:00+5s', ...target, '--out', folder])
  clinic.kill('SIGKILL')
  expect(err).not.toContain('error of our own')
  expect(soundCodes).toContain(code)
  const { wire, reasons } = wireOf(folder)
  expect(reasons).toEqual([])
  expect(wire.audit.verdict).toBe('passed')
  expect(wire.target).toMatchObject({ isOurs: false })
  expect(wire.rows.sent).toBeGreaterThan(0)
  expect(processesOf(folder)).toEqual([])
})

test('a disk that is full before anything plays is told with its remedy, and no process is left', async () => {
  const folder = join(ownFolder(), 'out')
  // Less than the probe of the disk writes.
  const shell = 'prlimit --fsize=700000 $medpay'
  const { code, err } = await medpay(['load', 'small-town', '--window', '09:00+5s', '--out', folder], { shell })
  expect(err).toMatch(/cannot write .*a file may not grow that large here; choose another --out[\s\S]*无法写入/)
  expect(code).toBe(exitCodes.outputProblem)
  expect(processesOf(folder)).toEqual([])
})

test('rows that find no room on the disk in the middle of a run make it void: those before stay, and no process', async () => {
  const folder = join(ownFolder(), 'out')
  const env = { K6_BIN: k6WithRoomFor(roomBytes) }
  const { code, err } = await medpay(['load', 'small-town', '--window', '09:00+40s', '--scale', '4', '--out', folder], { env })
  expect(err).not.toContain('error of our own')
  expect(code).toBe(exitCodes.runVoid)
  const rows = readFileSync(join(folder, 'wire', 'rows.log'))
  expect(rows.length).toBeLessThanOrEqual(roomBytes)
  expect(rows.toString()).toContain('"outcome":"paid"')
  expect(err).toMatch(/no room on the disk for .*rows\.log \(file too large\)[\s\S]*磁盘已无空间/)
  const { wire } = wireOf(folder)
  expect(wire.audit.rules.find(({ name }) => name === 'planned-equals-accounted')?.broken).toBeGreaterThan(0)
  expect(processesOf(folder)).toEqual([])
})

test('kill -9 while k6 plays leaves no process either, and a folder in which `medpay why` reads what was there by then', async () => {
  const folder = join(ownFolder(), 'out')
  const { child, ended, says } = startMedpay(['load', 'small-town', '--window', '09:00+60s', '--scale', '10', '--out', folder])
  await says(/opening the books[\s\S]*k6 plays the window/)
  await expect.poll(() => paidIn(folder).length, { timeout: 600_000 }).toBeGreaterThan(0)
  child.kill('SIGKILL')
  expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL' })
  await expect.poll(() => processesOf(folder), { timeout: 60_000 }).toEqual([])
  const [first = ''] = paidIn(folder)
  const { code, out } = await medpay(['why', first, '--run', folder, '--lang', 'en'])
  expect(out).toMatch(new RegExp(`^bill [\\s\\S]*row ${first} · `))
  expect(code).toBe(exitCodes.ok)
})

/** Of each file the generator writes: more than its summary, less than its rows. */
const roomBytes = 5000

function k6WithRoomFor(bytes: number): string {
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  const path = join(ownFolder(), 'k6')
  writeFileSync(path, `#!/bin/sh\nexec prlimit --fsize=${bytes} '${k6.program}' "$@"\n`, { mode: 0o755 })
  return path
}

function clinicPay(port: number, counterparties: string): ChildProcess {
  const program = join(repositoryRoot, 'load/examples/clinic-pay/platform.ts')
  const clinic = spawn(process.execPath, [program, '--port', String(port), '--counterparties', counterparties], { stdio: 'ignore' })
  onTestFinished(() => {
    clinic.kill('SIGKILL')
  })
  return clinic
}
