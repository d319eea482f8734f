import { expect, test } from 'vitest'
import type { WireAudit, WireVerdict } from '../simulators/measures/result-wire.ts'
import { withBrokenOnTheWay } from './broken-on-the-way.ts'

const audit = (verdict: WireAudit['verdict'], broken: number) =>
  ({
    verdict,
    rules: [
      { title: { zh: '一单一付', en: 'Paid once' }, standing: broken > 0 ? 'broken' : 'kept', broken },
      { title: { zh: '账平', en: 'Books add up' }, standing: 'kept', broken: 0 },
    ],
  }) as unknown as WireAudit
const findings = { name: 'audit-findings', is: 'at-most', goal: 0, unit: '' } as unknown as WireVerdict
const other = { name: 'payments-per-second', measured: 9, standing: 'ok' } as unknown as WireVerdict

test('rules of money that broke at a rate on the way make the level short of its promise, and are named with the rate', () => {
  const note = { zh: '注', en: 'note' }
  const wire = { verdicts: [other, { ...findings, measured: 0, standing: 'ok' as const }], notes: [note] }
  const told = withBrokenOnTheWay(wire, [
    { perSecond: 214.6, audit: audit('passed', 0) },
    { perSecond: 253.8, audit: audit('failed', 2) },
    { perSecond: 297, audit: audit('failed', 1) },
  ])
  expect(told.verdicts).toEqual([other, { ...findings, measured: 3, standing: 'short' }])
  expect(told.notes).toEqual([
    note,
    {
      en: 'rules of money were broken at 254/s, on the way to the rate told here: Paid once (2)',
      zh: '途经每秒 254 笔时资金规则被破坏：一单一付 (2)',
    },
    expect.objectContaining({ en: expect.stringContaining('297/s') }),
  ])
})

test('where every rate kept them, or was void for a reason of its own, the level is told as it is', () => {
  const wire = { verdicts: [{ ...findings, measured: 0, standing: 'ok' as const }] }
  expect(
    withBrokenOnTheWay(wire, [
      { perSecond: 1, audit: audit('passed', 0) },
      { perSecond: 2, audit: audit('void', 1) },
    ]),
  ).toBe(wire)
})
