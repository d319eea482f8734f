/** The wire part of a run as `npm start` asks for it, where it can be had: half a minute of the peak, and the answer computed again. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { storedResult } from './stored-result.ts'
import { ownFolder, processesOf, startMedpay } from './testing/medpay-process.ts'

test('with k6 the spot check is played, every closing book is equal, the answer is computed again, and the virtual one stays what it was', async () => {
  const folder = join(ownFolder(), 'out')
  const path = join(folder, 'run-result.json')
  const { ended, says } = startMedpay(['run', 'small-town', '--quick', '--spot-check', '--lang', 'en', '--out', folder])
  await says(/the virtual answer is in/)
  const { resultHash, spotCheck: none } = storedResult(path)
  expect(none).toBeUndefined()
  const { code, out } = await ended
  expect(code).toBe(exitCodes.ok)

  const result = storedResult(path)
  expect(result.resultHash).toBe(resultHash)
  const { spotCheck } = result
  if (spotCheck?.ran !== true) throw new Error(`not run: ${JSON.stringify(spotCheck)}`)
  expect(spotCheck.errands.sent).toBe(spotCheck.errands.planned)
  expect(spotCheck.platformPaymentsPerSecond).toBeGreaterThan(0)
  expect(spotCheck.closingBooks.compared).toBeGreaterThan(0)
  expect(spotCheck.closingBooks.equal).toBe(spotCheck.closingBooks.compared)
  expect(spotCheck.audit.verdict).toBe('passed')
  expect(out).toContain(`${spotCheck.closingBooks.equal} of ${spotCheck.closingBooks.compared} equal to the fen`)

  // How late starts were is the machine's; nothing else may void it, and only then is nothing fed back.
  expect(spotCheck.voidReasons.filter(({ en }) => !en.startsWith('starts were'))).toEqual([])
  const report = readFileSync(join(folder, 'report.html'), 'utf8')
  if (spotCheck.voidReasons.length > 0) expect(spotCheck.feedback).toBeNull()
  else {
    expect(spotCheck.feedback).toMatchObject({ isSpot: true })
    expect(spotCheck.feedback?.levels[0]?.payments).toBeGreaterThan(0)
  }
  expect(report).toContain('Spot check')
})

test('Ctrl-C in the wire part of a run leaves the virtual report as it was, no process, and no spot check', async () => {
  const folder = join(ownFolder(), 'out')
  const { child, ended } = startMedpay(['run', 'small-town', '--quick', '--spot-check', '--out', folder])
  const isPlaying = () => existsSync(join(folder, 'wire', 'rows.log')) && readFileSync(join(folder, 'wire', 'rows.log'), 'utf8') !== ''
  await vi.waitUntil(isPlaying, { timeout: 600_000, interval: 200 })
  child.kill('SIGINT')
  const { code, err } = await ended
  expect(err).not.toContain('error of our own')
  expect(code).toBe(exitCodes.interrupted)
  expect(processesOf(folder)).toEqual([])
  expect(storedResult(join(folder, 'run-result.json')).spotCheck).toBeUndefined()
})
