import { expect, test } from 'vitest'
import { sampleWire } from '../reports/testing/sample-wire.ts'
import type { Conducted } from '../simulators/wire/replay/conduct.ts'
import { voidReasons } from '../simulators/wire/replay/wire-outcome.ts'
import { exitCodes } from './exit-codes.ts'
import { assertGood, assertReached } from './play-level.ts'

const title = { zh: '一张账单至多支付一次', en: 'A bill is paid at most once' }
const finding = { id: 'MX1', words: { zh: 'MX1：两次', en: 'MX1: twice' }, why: 'npx medpay why MX1 --run reports/runs/x' }
const broken = { name: 'bill-paid-once', title, standing: 'broken', checked: 4, broken: 1, findings: [finding] } as const
const sound = { ...sampleWire, audit: { ...sampleWire.audit, verdict: 'passed', rules: [] } } as const
const failed = { ...sampleWire, audit: { ...sampleWire.audit, verdict: 'failed', rules: [broken] } } as const
const late = { zh: '起始过迟', en: 'starts were late' }

const thrownBy = (run: () => void): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

test('a sound run ends in nothing', () => {
  expect(thrownBy(() => assertGood(sound, [], 'npx medpay load x'))).toBeUndefined()
})

test('broken money is told with the first finding of each rule, how to look at it, and the command that plays it again', () => {
  const error = thrownBy(() => assertGood(failed, [], 'npx medpay load x'))
  expect(error).toMatchObject({ exitCode: exitCodes.moneyBroken })
  expect(String(error)).toMatch(
    /at most once \(1\)[\s\S]*至多支付一次[\s\S]*bill-paid-once: npx medpay why MX1 [\s\S]*: npx medpay load x$/,
  )
})

test('money that broke at a rate a level only tried ends the command as broken money does', () => {
  const title = { zh: '审计发现', en: 'audit findings' }
  const findings = (measured: number, standing: 'ok' | 'short') =>
    ({ ...sound, verdicts: [{ name: 'audit-findings', title, unit: '', measured, is: 'at-most', goal: 0, standing }] }) as typeof sound
  expect(thrownBy(() => assertGood(findings(0, 'ok'), [], 'npx medpay load x'))).toBeUndefined()
  const error = thrownBy(() => assertGood(findings(2, 'short'), [], 'npx medpay load x'))
  expect(error).toMatchObject({ exitCode: exitCodes.moneyBroken })
  expect(String(error)).toMatch(/broken: audit findings \(2\)[\s\S]*审计发现 \(2\)/)
})

test('a void run in which money is broken says both', () => {
  const error = thrownBy(() => assertGood(failed, [late], 'npx medpay load x'))
  expect(error).toMatchObject({ exitCode: exitCodes.runVoid })
  expect(String(error)).toMatch(/void: starts were late\nrules of money are broken[\s\S]*起始过迟[\s\S]*npx medpay why MX1/)
})

test('a level that must pass and is short of a goal ends the command with a code of its own, and says by how much', () => {
  const own = { name: 'platform-own-p99', title: { zh: '平台自身用时 P99', en: "platform's own time, p99" }, unit: 'ms' } as const
  const of = (measured: number | null, standing: 'ok' | 'short') => ({
    ...sampleWire,
    verdicts: [{ ...own, measured, is: 'at-most', goal: 250, standing } as const],
  })
  expect(thrownBy(() => assertReached(of(240, 'ok'), 'npx medpay load x'))).toBeUndefined()
  const error = thrownBy(() => assertReached(of(311, 'short'), 'npx medpay load x'))
  expect(error).toMatchObject({ exitCode: exitCodes.levelShort })
  expect(String(error)).toMatch(
    /short of: platform's own time, p99 311 \(≤ 250 ms\)[\s\S]*未达到：平台自身用时 P99 311[\s\S]*: npx medpay load x$/,
  )
  expect(thrownBy(() => assertReached(of(null, 'short'), 'npx medpay load x'))).toMatchObject({ exitCode: exitCodes.levelShort })
})

test('a void run names the disk that has no room for the generator’s rows, and the fault whose party was gone, each once', () => {
  const [fault] = sampleWire.faults
  if (fault === undefined) throw new Error('a sample without a fault')
  const wire = { ...sound, faults: [{ ...fault, name: 'late', isToothless: true }] }
  const struck = [{ fault: { ...fault, name: 'late' }, missed: 'begin' }]
  const said = 'time="…" level=error msg="failed to flush buffer" error="write /runs/x/wire/rows.log: no space left on device"'
  const ran = { k6: { status: 0, said }, log: { rows: [], words: [] }, isQuiet: true, lost: [], unready: [], wasInterrupted: false, struck }
  const reasons = voidReasons(wire, ran as unknown as Conducted, 0)
  expect(reasons.map(({ en }) => en).filter((en) => !en.startsWith('starts were'))).toEqual([
    'the generator found no room on the disk for /runs/x/wire/rows.log (no space left on device): rows after that are lost; free some space or choose another --out',
    'the fault late did not strike: bank-1 was no longer there when its moment came (did another fault end it?)',
  ])
  expect(reasons.map(({ zh }) => zh).join()).toMatch(/磁盘已无空间写入 \/runs\/x\/wire\/rows.log[\s\S]*故障 late 未能施加/)
})
