/** Errands of `medpay load` that few windows hold: visits settled once on leaving, and bills that go back, whole and in part. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { medpay, ownFolder, processesOf } from './testing/medpay-process.ts'

/** Plays a window whose every bill must be split on the wire as in the virtual city; returns how often each errand was done or paid. */
async function played(scenario: string, ...words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const folder = join(ownFolder(), 'out')
  const { code, err } = await medpay(['load', scenario, ...words, '--out', folder])
  expect(err).not.toContain('error of our own')
  // How late starts were is the machine's.
  expect([exitCodes.ok, exitCodes.runVoid] as (number | null)[]).toContain(code)
  const { wire } = JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult
  if (wire === undefined) throw new Error('a result without its wire part')
  expect(wire.audit.verdict).toBe('passed')
  // A busy machine may turn a patient to another way of paying; the split is the same whichever it is.
  expect(wire.closingBooks.rest.filter(({ reason }) => ['differs', 'no-split'].includes(reason))).toEqual([])
  expect(wire.closingBooks.equal).toBeGreaterThan(20)
  expect(processesOf(folder)).toEqual([])
  const ended = new Map<string, number>()
  for (const { errand, outcomes } of wire.errands) {
    const well = outcomes.filter(({ outcome }) => outcome === 'paid' || outcome === 'done')
    ended.set(
      errand,
      well.reduce((sum, { rows }) => sum + rows, 0),
    )
  }
  return ended
}

test('visits of Tianjin’s pilot hold what they owe on the way and settle it once on leaving, to the fen', {
  timeout: 400_000,
}, async () => {
  const ended = await played('tianjin-leaving', '--window', '10:00+40s')
  expect(ended.get('settle-on-leaving')).toBeGreaterThan(3)
  expect(['hold-registration', 'hold-examination', 'hold-drugs'].reduce((sum, name) => sum + (ended.get(name) ?? 0), 0)).toBeGreaterThan(10)
})

test('bills go back whole and in part by the way they were paid, and what stands is paid anew, to the fen', {
  timeout: 400_000,
}, async () => {
  const path = join(ownFolder(), 'more-refunds.yaml')
  const weekday = readFileSync(join(repositoryRoot, 'scenarios/shanghai-weekday.yaml'), 'utf8')
  const more = weekday.replace(/share: \{ value: 0\.01, low: 0\.002, high: 0\.03/, 'share: { value: 0.5, low: 0.2, high: 0.9')
  writeFileSync(path, more.replace('afterSeconds: { value: 45, low: 10', 'afterSeconds: { value: 6, low: 1'))
  const ended = await played(path, '--scale', '0.02', '--window', '30s')
  expect((ended.get('entry-refund') ?? 0) + (ended.get('window-refund') ?? 0)).toBeGreaterThan(5)
})
