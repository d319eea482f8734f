import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ShortFormPlan } from '../scenarios/plan-short-form.ts'
import { failoverPage } from './failover-page.ts'
import { type FailoverRecord, readRecord, recordIn, writeRecord } from './failover-record.ts'
import { type FailoverKey, failoverRuns, runName } from './failover-runs.ts'

const shortForm: ShortFormPlan = {
  ...{ fault: 'out', windowSeconds: 120, faultFromSecond: 40, faultSeconds: 40, errorShare: 0.8, siteShare: 1 },
  seeds: { 'black-hole': 3, refuse: 2, errors: 1 },
}
const limitedBackups = { slowFactor: 2, seeds: 2 }
const wish = { scale: 1, seeds: undefined, windowSeconds: undefined }
const wanted = failoverRuns(
  [
    { scenario: 'one', seed: 10, shortForm: { ...shortForm, limitedBackups } },
    { scenario: 'two', seed: 20, shortForm },
  ],
  wish,
)
const folder = mkdtempSync(join(tmpdir(), 'medpay-failover-'))
afterAll(() => rmSync(folder, { recursive: true }))

const figures = (broke: number, detectedAfterSeconds: number | null) => ({
  ...{ payments: 200, broke, notSaved: broke / 4, toHospital: broke / 4, atOtherEntries: 0 },
  ...{ detectedAfterSeconds, firstPatientFailureAfterSeconds: 3 },
})
const runOf = (key: FailoverKey, broke: number, more: Partial<FailoverRecord> = {}): FailoverRecord => ({
  ...{ format: 'medpay-failover-run', version: 1, ...key, planHash: 'p', verdict: 'valid', reasons: [], faultSeconds: 40 },
  ...{ callsTouched: broke, wire: figures(broke, 7), virtual: figures(broke - 10, null), backAfterSeconds: 0.5 },
  ...{ afterHeal: { compared: 90, equal: 90 }, closingBooks: { compared: 100, equal: 100 }, startLateMsP99: 3 },
  ...{ machine: 'a machine', k6: '2.2.0', tookSeconds: 240, endedAt: '2026-11-27T16:00:00.000Z' },
  ...more,
})

describe('the runs of the failover table', () => {
  test('are each form on its own number of following seeds, one round of all before the next, forms of one seed side by side', () => {
    expect(wanted.map(({ scenario, form, isLimited, seed }) => `${scenario} ${form}${isLimited ? '!' : ''} ${seed}`)).toEqual([
      ...[
        'one black-hole 10',
        'one refuse 10',
        'one errors 10',
        'one black-hole! 10',
        'two black-hole 20',
        'two refuse 20',
        'two errors 20',
      ],
      ...['one black-hole 11', 'one refuse 11', 'one black-hole! 11', 'two black-hole 21', 'two refuse 21'],
      ...['one black-hole 12', 'two black-hole 22'],
    ])
    expect(new Set(wanted.map(runName)).size).toBe(wanted.length)
  })

  test('are fewer where fewer seeds are asked for, and of another window and scale where asked', () => {
    const half = { ...shortForm, siteShare: 0.5 }
    const slice = failoverRuns([{ scenario: 'one', seed: 10, shortForm: half }], { scale: 0.1, seeds: 1, windowSeconds: 45 })
    expect(slice.map(({ seed, windowSeconds, scale }) => [seed, windowSeconds, scale])).toEqual(Array(3).fill([10, 45, 0.1]))
    const whole = failoverRuns([{ scenario: 'one', seed: 10, shortForm: half }], wish)
    expect(new Set(whole.map(({ scale }) => scale))).toEqual(new Set([0.5]))
  })
})

describe('the record of a run', () => {
  const [key] = wanted as [FailoverKey, ...FailoverKey[]]
  test('is read as it was written, and what is not there is still to be played', () => {
    const path = recordIn(folder, key)
    expect(readRecord(path)).toBeUndefined()
    const { format: _, version: __, ...run } = runOf(key, 40)
    const written = writeRecord(path, run)
    expect(readRecord(path)).toEqual(written)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ scenario: 'one', verdict: 'valid' })
  })
  test('that is none is told in both languages and not overwritten', () => {
    const path = join(folder, 'half.json')
    writeFileSync(path, '{"format":"medpay-failover-run","version":1')
    expect(() => readRecord(path)).toThrow(/is no record of a failover run/)
    expect(readFileSync(path, 'utf8')).toContain('medpay-failover-run')
  })
})

describe('the failover page', () => {
  const [a, b, c] = wanted.filter(({ scenario, form, isLimited }) => scenario === 'one' && form === 'black-hole' && !isLimited) as [
    FailoverKey,
    FailoverKey,
    FailoverKey,
  ]
  const page = failoverPage(
    [runOf(a, 40), runOf(b, 60), runOf(c, 200, { verdict: 'void', reasons: [{ zh: '起始过迟', en: 'starts were late' }] })],
    wanted,
    'medpay failover',
  )
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  test('has median and range of the valid runs on the wire, and the virtual city’s beneath; a moment that never came is counted', () => {
    expect(rows[1]).toContain('| 2/3 (1 作废 · void) | 线上 · wire | 25.0 (20.0–30.0) | 25.0 (25.0–25.0) |')
    expect(rows[1]).toContain('| 7.0 (7.0–7.0) | 0.5 (0.5–0.5) | 100.0 (100.0–100.0) |')
    expect(rows[2]).toContain('| 虚拟 · virtual | 20.0 (15.0–25.0) |')
    expect(rows[2]).toContain('| – |')
  })
  test('shows void runs with their reason, cells that were not played as empty, and how to play it again', () => {
    expect(page).toContain(`- \`${runName(c)}\` 作废 · void: 起始过迟 · starts were late`)
    expect(rows.filter((row) => row.includes('| 0/')).length).toBe(6)
    expect(page).toContain('`medpay failover`')
  })
  test('says which code gave which side, and of which plan', () => {
    const told = failoverPage([runOf(a, 40, { playedWith: 'abc1', foretoldWith: 'def2' }), runOf(b, 60)], wanted, 'x')
    expect(told).toContain('线上 · wire `abc1` (1), 未记 · not recorded (1); 虚拟 · virtual `def2` (1), 未记 · not recorded (1)')
    expect(told).toContain('`one` 10 `p`')
    expect(told).toContain('`x --foretell`')
  })
  test('says of a slice that it is no answer', () => {
    expect(failoverPage([], [{ ...a, scale: 0.05 }], 'x')).toContain('no answer yet')
    expect(page).not.toContain('no answer yet')
  })
})
