import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import { comparisons } from './comparisons.ts'
import { madeTrace } from './testing/made-trace.ts'

const plan = planOf('small-town')
const { health } = plan.city.parties
const trace = madeTrace(plan, 4, 4)
const paid = (row: number, moreFen = 0): SeenRow => {
  const { key, startMs, expected } = trace.rows[row] as (typeof trace.rows)[number]
  const { fundFen = 0, currentAccountFen = 0, historyAccountFen = 0, creditFen = 0, cashFen = 0 } = expected ?? {}
  const split = { fundFen: fundFen + moreFen, currentAccountFen, historyAccountFen, cashFen: creditFen + cashFen }
  const answer = { key, outcome: 'paid', split, by: 'main-entry', sentMs: startMs, heardMs: startMs + 1, calls: [] }
  return { row, dueMs: startMs, heldMs: 0, sentMs: startMs, endMs: startMs + 1, answers: [answer] }
}
/** Without a bank's book nobody was seen to pay on credit. */
const noCredit = { ...trace, rows: trace.rows.filter(({ mode }) => mode !== 'credit') }
const conducted = (rows: readonly SeenRow[], struck: Parameters<typeof comparisons>[1]['struck'] = []) => ({
  log: { rows, words: [], beginMs: 0 } as unknown as Parameters<typeof comparisons>[1]['log'],
  books: [],
  struck,
  wasInterrupted: false,
})
const all = noCredit.rows.map(({ row }) => row)
const otherwise = all[0] as number

test('without a fault every bill of our own platform is compared, and one split otherwise by a fen is found with both splits', () => {
  const { virtual, twin } = comparisons(
    noCredit,
    conducted(all.map((row) => paid(row, row === otherwise ? 1 : 0))),
    undefined,
    true,
    health,
  )
  expect([virtual?.looked, twin]).toEqual([all.length, undefined])
  expect(virtual?.findings.map(({ id }) => id)).toEqual([trace.rows[otherwise]?.bill])
  const [{ expected, found: was } = { expected: '', found: '' }] = virtual?.findings ?? []
  expect(Number(was.split(' + ')[0]) - Number(expected.split(' + ')[0])).toBe(1)
})

test('a platform of others is not judged by our splits, nor is what was interrupted', () => {
  const rows = all.map((row) => paid(row, 1))
  expect(comparisons(noCredit, conducted(rows), undefined, false, health)).toEqual({})
  expect(comparisons(noCredit, { ...conducted(rows), wasInterrupted: true }, undefined, true, health)).toEqual({})
})

test('with a fault, who came after it was healed is compared with the twin, and nobody who came before', () => {
  const fault = { name: 'f', kind: 'outage', target: 'his', fromSecond: 0, toSecond: 0.5, share: 1, seed: 1 } as const
  const struck = [{ fault, toll: { callsTouched: 1, keysTouched: [], metAtMs: [] } }] as unknown as Parameters<typeof conducted>[1]
  const twin = trace.rows.map(({ row }) => paid(row))
  const with1 = (odd: number) =>
    comparisons(
      trace,
      conducted(
        twin.map(({ row }) => paid(row, row === odd ? 1 : 0)),
        struck,
      ),
      twin,
      true,
      health,
    )
  const after = trace.rows.find(({ startMs }) => startMs >= 500)?.row as number
  expect(with1(after).twin?.findings.map(({ id }) => id)).toEqual([trace.rows[after]?.bill])
  expect(with1(0).twin?.findings).toEqual([])
  expect(with1(after).virtual).toBeUndefined()
})
