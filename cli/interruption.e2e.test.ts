/** Ctrl-C on a real process: it stops, tidies up and says so with its exit code. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { insteadOfTheCity, ownFolder, startMedpay } from './testing/medpay-process.ts'

/** Enough days that the run is still at it when the signal comes. */
const longRun = ['run', 'small-town', '--seed', '5', '--replications', '10000', '--workers', '2']

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} in the middle of a run ends it with code 130 and leaves no file and no process`, async () => {
    const folder = ownFolder()
    const { child, ended, says } = startMedpay([...longRun, '--out', join(folder, 'out')])
    await says(/Provisional|暂定/)
    child.kill(signal)
    const { code, err } = await ended
    expect(code).toBe(exitCodes.interrupted)
    expect(err).toContain('interrupted')
    expect(err).not.toContain('error of our own')
    expect(existsSync(join(folder, 'out'))).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    // `ended` waits until both pipes are closed by everyone who held them: a child left behind would keep them open.
    expect(() => process.kill(child.pid ?? 0, 0)).toThrow('ESRCH')
  })
}

test('through the launcher one Ctrl-C does the same', async () => {
  const folder = ownFolder()
  const { child, ended, says } = startMedpay([...longRun, '--out', join(folder, 'out')], { launcher: true })
  await says(/Provisional|暂定/)
  child.kill('SIGINT')
  const { code, err } = await ended
  expect(code).toBe(exitCodes.interrupted)
  expect(err).toContain('interrupted')
  expect(readdirSync(folder)).toEqual([])
})

test('a second Ctrl-C waits for nothing, not even for a run that does not stop', async () => {
  const folder = ownFolder()
  const stubborn = insteadOfTheCity('process.stderr.write("playing\\n"); setInterval(() => {}, 1000); await new Promise(() => {})')
  const { child, ended, says } = startMedpay([...longRun, '--out', join(folder, 'out')], { env: stubborn })
  await says(/playing/)
  child.kill('SIGINT')
  await says(/stopping/)
  child.kill('SIGINT')
  const { code } = await ended
  expect(code).toBe(exitCodes.interrupted)
  expect(readdirSync(folder)).toEqual([])
})
