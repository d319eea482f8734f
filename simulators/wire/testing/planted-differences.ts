/** Differences planted in a party's statement, and what the platform made of them: for tests of reconciliation. */
import { expect } from 'vitest'
import type { ReconciliationEntry, ReconciliationState } from '../reconciliation/reconciliation-book.ts'
import type { DifferenceKind } from '../reconciliation/records.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { SharedBook } from '../stores/shared-book.ts'

type ReconciliationBook = SharedBook<ReconciliationState, ReconciliationEntry>

export async function balances(ledger: Ledger, book: ReconciliationBook): Promise<Map<string, number>> {
  const all = new Map((await book.read()).balances)
  for (const { account, amountFen } of (await ledger.books()).postings) all.set(account, (all.get(account) ?? 0) + amountFen)
  return all
}
/** Nothing of the first day is open, the second has no difference, and no money hangs. */
export async function expectSecondDayClean(ledger: Ledger, book: ReconciliationBook): Promise<void> {
  const state = await book.read()
  expect([...state.differences.values()].filter(({ ending }) => ending === undefined)).toEqual([])
  expect([...state.days.values()].filter(({ day, differences }) => day === '2020-10-13' && differences > 0)).toEqual([])
  const all = await balances(ledger, book)
  expect(all.get('suspense') ?? 0).toBe(0)
  expect([...all.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0)
}
export const found = (state: ReconciliationState) =>
  [...state.differences.values()].map(({ difference: { party, kind, does, key } }) => `${party.name} ${kind} ${does} ${key}`).sort()

/** Takes k rows away, changes k, doubles k and adds k that nobody else has. */
export function plant<Row extends object>(rows: readonly Row[], k: number, change: (row: Row) => Row, alien: (row: Row, n: number) => Row) {
  const planted = (from: number) => rows.slice(from * k, (from + 1) * k)
  const kinds: Readonly<Record<DifferenceKind, readonly Row[]>> = {
    'missing-there': planted(0),
    'amount-differs': planted(1),
    'twice-there': planted(2),
    'missing-here': planted(3).map(alien),
  }
  const told = rows.flatMap((row) => {
    if (kinds['missing-there'].includes(row)) return []
    if (kinds['amount-differs'].includes(row)) return [change(row)]
    return kinds['twice-there'].includes(row) ? [row, row] : [row]
  })
  return { kinds, told: [...told, ...kinds['missing-here']] }
}
export const onFirstDay = (day: string) => day === '2020-10-12'
