/** What `medpay load` says where nothing can be sent: before anything is started, with its own exit code. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planHash } from '../scenarios/plan-hash.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { Counterparties } from '../simulators/wire/replay/counterparties.ts'
import { exitCodes } from './exit-codes.ts'
import { targetIsReady, targetOf } from './load-target.ts'
import { medpay, ownFolder, processesOf } from './testing/medpay-process.ts'

test('without k6 nothing is run and nothing is passed, loudly, in both languages, with a code of its own', async () => {
  const { code, err, out } = await medpay(['load', 'small-town', '--out', join(ownFolder(), 'out')], { env: { K6_BIN: '/nowhere/k6' } })
  expect(code).toBe(exitCodes.wireNotRun)
  expect(err).toMatch(/NOT RUN[\s\S]*K6_BIN=\/nowhere\/k6[\s\S]*未运行/)
  expect(out).toBe('')
})

test.each([
  [['--window', 'noon'], /seconds from 1 to 3600/],
  [['--arm', 'what-if-99'], /has no arm what-if-99; it has[\s\S]*没有方案 what-if-99/],
  [['--platform-processes', '2'], /2 platform processes share one ledger[\s\S]*--ledger postgres/],
  [['--platform-processes', 'many'], /a whole number from 1 to 8/],
  [['--arm', 'what-if-99', '--profile', 'profile.json'], /has no arm what-if-99; it has/],
  [['--profile', 'profile.json', '--scale', '2', '--fault', 'slow@bureau:1+1'], /five levels .* --scale 2, --fault goes with --one-level/],
  [['--fault', 'outage@nobody:1+1'], /there is no nobody to strike in this run; there are platform, bureau, /],
  [['--fault', 'disc-full@bureau:1+1'], /a kind, a party and seconds/],
  [['--fault', 'outage@bureau:1+1,share=1.5'], /behind the seconds: share=S, above 0 and up to 1/],
  [['--fault', 'process-killed@bureau:1+1,share=0.5,amount=2'], /share does not go with it[\s\S]*amount does not go with it/],
  [['--level', 'overload', '--goal', '40'], /--goal goes with --level stress/],
  [['--port', '80000'], /a number from 1 to 65000/],
  [['--window', '03:00+10s'], /no errand is sent from 03:00:00 on for 10 s[\s\S]*自 03:00:00 起 10 秒内没有业务发出/],
] as const)('%j is told with its remedy and starts nothing', async (words, says) => {
  const { code, err } = await medpay(['load', 'small-town', ...words, '--out', join(ownFolder(), 'out')], { env: { K6_BIN: fakeK6() } })
  expect(err).toMatch(says)
  expect(code).toBe(exitCodes.badInput)
})

test.each([
  [{ target: 'http://127.0.0.1:9' }, /--target and --adapter go together/],
  [{ adapter: 'load/adapters/medpay.ts' }, /--target and --adapter go together/],
  [{ target: 'ftp://elsewhere', adapter: 'load/adapters/medpay.ts' }, /--target is http:\/\/host:port/],
  [{ target: 'http://127.0.0.1:9', adapter: 'nowhere.ts' }, /nowhere\.ts cannot be read/],
  [{ target: 'http://127.0.0.1:9', adapter: 'load/adapter.ts' }, /exports no adapter/],
] as const)('a target given as %j is told with its remedy', async (words, says) => {
  await expect(targetOf(words)).rejects.toThrow(says)
})

test('a port that is in use is told with whose it is, and nobody is left running', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number }
  const folder = join(ownFolder(), 'out')
  const words = ['load', 'small-town', '--window', '09:00+60s', '--port', String(port), '--out', folder]
  const { code, err } = await medpay(words, { env: { K6_BIN: fakeK6() } })
  holder.close()
  expect(err).toMatch(new RegExp(`port ${port} for bureau is in use[\\s\\S]*端口 ${port} 已被占用`))
  expect(code).toBe(exitCodes.outputProblem)
  expect(processesOf(folder)).toEqual([])
})

test('a platform of others that never comes up is not run, by its code, after our side was up and had told where it listens', {
  timeout: 120_000,
}, async () => {
  const folder = join(ownFolder(), 'out')
  mkdirSync(folder)
  const earlier = JSON.stringify({ planHash: planHash(planOf('small-town')) })
  writeFileSync(join(folder, 'run-result.json'), earlier)
  const target = ['--target', 'http://127.0.0.1:9', '--adapter', 'load/examples/clinic-pay/adapter.ts', '--target-wait', '1']
  const words = ['load', 'small-town', '--arm', 'what-if-80', '--window', '09:00+60s', ...target, '--out', folder]
  const { code, err } = await medpay(words, { env: { K6_BIN: fakeK6() } })
  expect(err).toMatch(/bureau +http:\/\/127[\s\S]*\/health was not ready within 1 s[\s\S]*未运行/)
  expect(code).toBe(exitCodes.wireNotRun)
  expect(processesOf(folder)).toEqual([])
  const { caller, counterparties } = JSON.parse(readFileSync(join(folder, 'wire', 'counterparties.json'), 'utf8')) as Counterparties
  expect(caller).toBe('platform')
  expect(Object.keys(counterparties)).toEqual(expect.arrayContaining(['bureau', 'his', 'bank-a', 'identity']))
  expect(Object.keys(counterparties)).not.toContain('platform')
  // What the folder told before is not taken for what this play would have told.
  expect(existsSync(join(folder, 'run-result.json'))).toBe(false)
  expect(readFileSync(join(folder, 'earlier', 'run-result.json'), 'utf8')).toBe(earlier)
  expect(err).toMatch(/waits in earlier\/ until this one is written[\s\S]*移至 earlier\//)
})

test('a target that does not answer in time is told with its address, what was heard, and a code that says “not run”', async () => {
  const target = { origin: 'http://127.0.0.1:9', adapter: '', name: 'x', readyPath: '/health' }
  const waited: number[] = []
  const waiting = targetIsReady(target, { seconds: 0.3, signal: new AbortController().signal, tell: (seconds) => waited.push(seconds) })
  await expect(waiting).rejects.toMatchObject({ exitCode: exitCodes.wireNotRun })
  await expect(waiting).rejects.toThrow(/127\.0\.0\.1:9\/health was not ready within 0\.3 s \(.+\)[\s\S]*NOT RUN[\s\S]*未运行/)
  expect(waited.length).toBeGreaterThan(1)
})

/** Answers as the right version would, and is never asked to run. */
function fakeK6(): string {
  const path = join(ownFolder(), 'k6')
  writeFileSync(path, "#!/bin/sh\necho 'k6 v2.2.0 (go1.25.12, linux/amd64)'\n", { mode: 0o755 })
  return path
}
