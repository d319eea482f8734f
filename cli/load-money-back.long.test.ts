/** Errands of `medpay load` that few windows hold: visits settled once on leaving with the days after them, and bills that go back, whole and in part. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { WireOutcome } from '../simulators/measures/result-wire.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { medpay, ownFolder, processesOf } from './testing/medpay-process.ts'

interface Played {
  /** How often each errand was done or paid. */
  readonly ended: ReadonlyMap<string, number>
  readonly wire: WireOutcome
}

/** Plays a window whose every bill must be split on the wire as in the virtual city. */
async function played(scenario: string, ...words: readonly string[]): Promise<Played> {
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
  return { ended, wire }
}

test('visits of Tianjin’s pilot hold what they owe on the way, settle it once on leaving, and repay it or are overdue, to the fen', {
  timeout: 600_000,
}, async () => {
  const { ended, wire } = await played('tianjin-leaving', '--window', '09:10:10+40s')
  expect(ended.get('settle-on-leaving')).toBeGreaterThan(3)
  // Both let the bank ask for their score on the phone, and one tap later have their line.
  expect([ended.get('credit-assessment'), ended.get('credit-signing')]).toEqual([2, 2])
  expect(['hold-registration', 'hold-examination', 'hold-drugs'].reduce((sum, name) => sum + (ended.get(name) ?? 0), 0)).toBeGreaterThan(10)
  const term = wire.creditTerm
  if (term === undefined) throw new Error('the days after were not played')
  expect(term.closingBooks.rest.filter(({ reason }) => reason !== 'other-way')).toEqual([])
  expect(term.closingBooks.equal).toBeGreaterThan(5)
  expect(term.repaidFen).toBeGreaterThan(0)
  expect(term.openingFen + term.advancedFen - term.givenBackFen - term.repaidFen).toBe(term.owedFen)
  expect(term.overdue).toEqual(term.virtual.overdue)
  expect(term.paidOutFen).toBe(term.advancedFen - term.givenBackFen)
  const kept = wire.audit.rules.filter(({ standing }) => standing === 'kept').map(({ name }) => name)
  expect(kept).toEqual(expect.arrayContaining(['advances-add-up', 'repaid-as-paid', 'overdue-is-noted', 'after-term-as-virtual']))
})

test('bills go back whole and in part by the way they were paid, and what stands is paid anew, to the fen', {
  timeout: 400_000,
}, async () => {
  const path = join(ownFolder(), 'more-refunds.yaml')
  const weekday = readFileSync(join(repositoryRoot, 'scenarios/shanghai-weekday.yaml'), 'utf8')
  const more = weekday.replace(/share: \{ value: 0\.01, low: 0\.002, high: 0\.03/, 'share: { value: 0.5, low: 0.2, high: 0.9')
  writeFileSync(path, more.replace('afterSeconds: { value: 45, low: 10', 'afterSeconds: { value: 6, low: 1'))
  const { ended } = await played(path, '--scale', '0.02', '--window', '30s')
  expect((ended.get('entry-refund') ?? 0) + (ended.get('window-refund') ?? 0)).toBeGreaterThan(5)
})
