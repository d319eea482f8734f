import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { TraceRow } from '../../trace/trace.ts'
import { closingBooks, type KindOfPayment } from './closing-books.ts'
import { madeTrace } from './testing/made-trace.ts'

const { rows } = madeTrace(planOf('small-town'), 8, 4)
/** One bill each, so that no order can be another. */
const alone = rows.filter(({ person }) => rows.filter((row) => row.person === person).length === 1)
const onCredit = alone.find(({ mode }) => mode === 'credit') as TraceRow

const paid = ({ row, key, expected }: TraceRow, under = key): SeenRow => {
  const { creditFen = 0, cashFen = 0, fundFen = 0, currentAccountFen = 0, historyAccountFen = 0 } = expected ?? {}
  const split = { fundFen, currentAccountFen, historyAccountFen, cashFen: creditFen + cashFen }
  const answer = { key: under, outcome: 'paid', split, by: 'main-entry', sentMs: 0, heardMs: 1, calls: [] }
  return { row, dueMs: 0, heldMs: 0, sentMs: 0, endMs: 1, answers: [answer] }
}
const asPlanned: KindOfPayment = (_, bill) => (alone.find((row) => row.bill === bill)?.mode === 'credit' ? 'credit' : 'account')
const seen = alone.map((row) => paid(row))

test('equal is what was split alike and paid with the same money', () => {
  expect(closingBooks(alone, seen, asPlanned)).toEqual({ compared: alone.length, equal: alone.length, rest: [] })
})

test('a bill on credit that the own account paid for differs, though the split is the same to the fen', () => {
  const { equal, rest } = closingBooks(alone, seen, () => 'account')
  const credits = alone.filter(({ mode }) => mode === 'credit').length
  expect(credits).toBeGreaterThan(0)
  expect([equal, rest.map(({ reason, rows: count }) => `${reason} ${count}`)]).toEqual([alone.length - credits, [`differs ${credits}`]])
})

test('a bill by phone that the line of credit paid for differs', () => {
  const { rest } = closingBooks(alone, seen, () => 'credit')
  expect(rest.map(({ reason }) => reason)).toEqual(['differs'])
})

test('a patient who turned from credit to own money is counted by itself; a raised limit is credit still', () => {
  const turned = seen.map((one) => (one.row === onCredit.row ? paid(onCredit, `${onCredit.key}-own`) : one))
  expect(closingBooks(alone, turned, () => 'account').rest.find(({ examples }) => examples.includes(onCredit.bill as string))?.reason).toBe(
    'other-way',
  )
  const raised = seen.map((one) => (one.row === onCredit.row ? paid(onCredit, `${onCredit.key}-raised`) : one))
  expect(closingBooks(alone, raised, asPlanned).equal).toBe(alone.length)
})
