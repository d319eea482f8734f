import { expect, test } from 'vitest'
import { creditAfterTerm } from './credit-after-term.ts'
import type { Trace, TraceRow } from './trace.ts'

const row = (person: number, bill: string | null, creditFen: number, more: Partial<TraceRow> = {}) =>
  ({
    person,
    bill,
    expected: bill === null ? null : { fundFen: 5, currentAccountFen: 0, historyAccountFen: 0, creditFen, cashFen: 0 },
    virtual: { outcome: 'settled', failedAt: null, endMs: 0, doneMs: 0 },
    ...more,
  }) as TraceRow
const failed = { virtual: { outcome: 'failed', failedAt: 'bank', endMs: 0, doneMs: null } } as const

test('what is owed is what was owed before and advanced in the window, less what went back; repaid whole or not at all', () => {
  const rows = [
    row(1, 'A', 300),
    row(1, 'B', 200),
    row(2, 'C', 150),
    row(2, 'D', 999, failed),
    row(3, 'E', 70),
    row(3, null, 0, { refunds: 'E' }),
    row(4, 'F', 40),
  ]
  const agreements = [
    { person: 1, kind: 'credit', usedFen: 1000 },
    { person: 1, kind: 'account', usedFen: 7777 },
    { person: 2, kind: 'credit', usedFen: 0 },
    { person: 3, kind: 'credit', usedFen: 5 },
  ]
  const planned = (person: number, afterDays: number | null) => ({ person, afterDays, wallet: 'wechat' as const })
  const term = { days: 59, repayments: [planned(1, 7), planned(2, null), planned(3, null)] }
  const trace = { rows, opening: { agreements }, term } as unknown as Trace
  expect([...creditAfterTerm(trace).values()].map(({ wallet: _, afterDays: __, ...sums }) => sums)).toEqual([
    { person: 1, openingFen: 1000, advancedFen: 500, repaidFen: 1500, owedFen: 0 },
    { person: 2, openingFen: 0, advancedFen: 150, repaidFen: 0, owedFen: 150 },
    { person: 3, openingFen: 5, advancedFen: 0, repaidFen: 0, owedFen: 5 },
  ])
  const { term: _, ...without } = trace
  expect(creditAfterTerm(without).size).toBe(0)
})
