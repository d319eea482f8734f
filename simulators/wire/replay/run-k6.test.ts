import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type K6Options, runK6 } from './run-k6.ts'

/** Stands in for k6: says who it is, and ends in good order when it is asked to. */
function fakeK6(ends: string): Omit<K6Options, 'signal'> & { readonly pid: () => number; readonly said: (name: string) => boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-k6-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'k6')
  writeFileSync(program, `#!/bin/sh\ntrap 'touch ${folder}/asked; exit 105' INT\necho $$ > ${folder}/pid\n${ends}\n`, { mode: 0o755 })
  return {
    ...{ program, script: 'replay.ts', folder, rows: 1, adapter: undefined, words: [] },
    pid: () => Number(existsSync(join(folder, 'pid')) ? readFileSync(join(folder, 'pid'), 'utf8') : 0),
    said: (name) => existsSync(join(folder, name)),
  }
}

const isAlive = (pid: number): boolean => {
  try {
    // A number below zero asks about the whole group.
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const sleepsOn = 'while :; do sleep 0.05; done'

test('k6 is asked to end, and leaves nobody, when the run that started it is killed with kill -9', async () => {
  const { pid, said, ...k6 } = fakeK6(sleepsOn)
  const module = fileURLToPath(new URL('run-k6.ts', import.meta.url))
  const run = `const { runK6 } = await import('${module}'); await runK6({ ...${JSON.stringify(k6)}, signal: new AbortController().signal })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', run], { stdio: 'ignore' })
  await expect.poll(pid, { timeout: 20_000 }).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(-pid()), { timeout: 20_000 }).toBe(false)
  expect(said('asked')).toBe(true)
})

test('k6 that ends by itself leaves nobody and hands back how it ended; one that is interrupted ends in good order', async () => {
  const own = fakeK6('exit 99')
  expect(await runK6({ ...own, signal: new AbortController().signal })).toMatchObject({ status: 99 })
  await expect.poll(() => isAlive(-own.pid()), { timeout: 20_000 }).toBe(false)
  const other = fakeK6(sleepsOn)
  const interruption = new AbortController()
  const running = runK6({ ...other, signal: interruption.signal })
  await expect.poll(other.pid, { timeout: 20_000 }).toBeGreaterThan(0)
  interruption.abort()
  expect(await running).toMatchObject({ status: 105 })
  await expect.poll(() => isAlive(-other.pid()), { timeout: 20_000 }).toBe(false)
})

test('what a shell keeps of users and moments for other scripts is kept from k6, and everything else of k6 reaches it', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('K6_VUS', '3')
  vi.stubEnv('K6_LOG_OUTPUT', 'stdout')
  vi.stubEnv('K6_OUT', 'json=x')
  const heard = await runK6({ ...fakeK6('echo "$K6_VUS,$K6_LOG_OUTPUT,$K6_OUT"'), signal: new AbortController().signal })
  expect(heard.said.trim()).toBe(',,json=x')
})

test('a small play lets the heap of k6 grow, a long one does not, and whoever said so himself has his way', async () => {
  const signal = new AbortController().signal
  const heardOf = async (rows: number) => (await runK6({ ...fakeK6('echo "GOGC=$GOGC"'), rows, signal })).said.trim()
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('GOGC', undefined)
  expect([await heardOf(6_000), await heardOf(146_000)]).toEqual(['GOGC=400', 'GOGC='])
  vi.stubEnv('GOGC', '50')
  expect(await heardOf(6_000)).toBe('GOGC=50')
})
