import { expect, test } from 'vitest'
import { wireFaultNames } from '../simulators/wire/faults/wire-fault.ts'
import { assertPlayable, type FaultGround, whyNotPlayed } from './load-faults.ts'

const ground: FaultGround = { ledger: 'postgres', givenDatabase: undefined, hasPrlimit: true }

test('every kind of fault can be played by medpay load where the machine allows it, but a wallet’s new certificate, which a trace never meets', () => {
  const refused = wireFaultNames.filter((kind) => whyNotPlayed({ kind, target: 'platform' }, ground) !== undefined)
  expect(refused).toEqual(['certificate-rotation'])
})

test('a database is restarted only where there is one of the run’s own, a disk filled only where that can be done', () => {
  const why = (kind: 'database-restarted' | 'disk-full', target: string, more: Partial<FaultGround>) =>
    whyNotPlayed({ kind, target }, { ...ground, ...more })?.en
  expect(why('database-restarted', 'bank-a', {})).toContain('only the platform')
  expect(why('database-restarted', 'platform', { ledger: 'sqlite' })).toContain('--ledger postgres')
  expect(why('database-restarted', 'platform', { givenDatabase: 'postgres://elsewhere/x' })).toContain('not ours to restart')
  expect(why('disk-full', 'bureau', { hasPrlimit: false })).toContain('prlimit')
})

test('all of them are told at once, in both languages', () => {
  const faults = (['certificate-rotation', 'database-restarted', 'outage'] as const).map((kind) => ({
    ...{ kind, target: 'platform', fromSecond: 1, seconds: 5 },
  }))
  expect(() => assertPlayable(faults, { ...ground, ledger: 'sqlite' })).toThrow(/certificate-rotation: .*\n {2}database-restarted: SQLite/)
})
