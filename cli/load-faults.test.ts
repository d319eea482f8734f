import { expect, test } from 'vitest'
import { type WireFaultName, wireFaultNames } from '../simulators/wire/faults/wire-fault.ts'
import { asFault, assertPlayable, type FaultGround, whyNotPlayed } from './load-faults.ts'

const ground: FaultGround = { ledger: 'postgres', givenDatabase: undefined, hasPrlimit: true, wallets: ['wechat', 'alipay'] }

test('every kind of fault can be played by medpay load where the machine allows it', () => {
  const targetOf = (kind: WireFaultName) => (kind === 'certificate-rotation' ? 'wechat' : 'platform')
  expect(wireFaultNames.filter((kind) => whyNotPlayed({ kind, target: targetOf(kind) }, ground) !== undefined)).toEqual([])
})

test('certificates change at the wallet that has some, in a city whose kiosks read codes', () => {
  const why = (target: string, wallets: readonly string[]) => whyNotPlayed({ kind: 'certificate-rotation', target }, { ...ground, wallets })
  expect(why('wechat', ground.wallets)).toBeUndefined()
  expect(why('alipay', ground.wallets)?.en).toContain('only WeChat Pay')
  expect(why('wechat', [])?.zh).toContain('parties.wallets')
})

test('a database is restarted only where there is one of the run’s own, a disk filled only where that can be done', () => {
  const why = (kind: 'database-restarted' | 'disk-full', target: string, more: Partial<FaultGround>) =>
    whyNotPlayed({ kind, target }, { ...ground, ...more })?.en
  expect(why('database-restarted', 'bank-a', {})).toContain('only the platform')
  expect(why('database-restarted', 'platform', { ledger: 'sqlite' })).toContain('--ledger postgres')
  expect(why('database-restarted', 'platform', { givenDatabase: 'postgres://elsewhere/x' })).toContain('not ours to restart')
  expect(why('disk-full', 'bureau', { hasPrlimit: false })).toContain('prlimit')
})

test('a share or strength is taken where the kind has a use for it, and told as a mistake where it would be left out or cannot be', () => {
  const given = { target: 'bureau', fromSecond: 1, seconds: 5 } as const
  const whyNot = (kind: WireFaultName, size: { readonly share?: number; readonly amount?: number }) => {
    try {
      assertPlayable([{ ...given, kind, ...size }], ground)
    } catch (error) {
      return String((error as Error).message)
    }
    return undefined
  }
  expect(whyNot('error-burst', { share: 0.3 })).toBeUndefined()
  expect(whyNot('slow', { share: 0.3, amount: 6 })).toBeUndefined()
  expect(whyNot('clock-skew', { amount: -400_000 })).toBeUndefined()
  expect(whyNot('process-killed', { share: 0.5 })).toMatch(/share does not go with it[\s\S]*不与 share 同用/)
  expect(whyNot('brown-out', { share: 0.5 })).toMatch(/share does not go/)
  expect(whyNot('outage', { amount: 2 })).toMatch(/amount does not go with it[\s\S]*不与 amount 同用/)
  expect(whyNot('brown-out', { amount: 7 })).toMatch(/amount is out of its range: servers/)
  expect(whyNot('wrong-amount', { amount: 0 })).toMatch(/nothing would be wrong/)
  expect(asFault({ ...given, kind: 'slow', share: 0.3, amount: 6 }, 1, 7)).toEqual({
    ...{ name: 'slow-of-bureau-2', kind: 'slow', target: 'bureau', fromSecond: 1, toSecond: 6, share: 0.3, amount: 6, seed: 7 },
  })
})

test('all of them are told at once, in both languages', () => {
  const faults = (['certificate-rotation', 'database-restarted', 'outage'] as const).map((kind) => ({
    ...{ kind, target: 'platform', fromSecond: 1, seconds: 5 },
  }))
  expect(() => assertPlayable(faults, { ...ground, ledger: 'sqlite' })).toThrow(/certificate-rotation: .*\n {2}database-restarted: SQLite/)
})
