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

test.each(['fundFen', 'currentAccountFen', 'historyAccountFen', 'cashFen'] as const)('one fen more or less of %s differs', (part) => {
  const [row] = alone as [TraceRow]
  const wrong = paid(row)
  const [answer] = wrong.answers
  const told = { ...wrong, answers: [{ ...answer, split: { ...answer?.split, [part]: (answer?.split?.[part] ?? 0) + 1 } }] } as SeenRow
  const { equal, rest } = closingBooks(alone, [told, ...seen.slice(1)], asPlanned)
  expect(equal).toBe(alone.length - 1)
  expect(rest).toMatchObject([{ reason: 'differs', rows: 1, examples: [row.bill] }])
})

test('what was not sent, not paid or told no split is not equal, each by its reason', () => {
  const odd = (change: (one: SeenRow) => SeenRow) => [change(seen[0] as SeenRow), ...seen.slice(1)]
  const answered = (change: object) =>
    odd((one) => ({ ...one, answers: [{ ...(one.answers[0] as SeenRow['answers'][number]), ...change }] }))
  const told = [
    seen.slice(1),
    odd((one) => ({ ...one, notSent: 'no-door' })),
    answered({ outcome: 'refused' }),
    answered({ split: undefined }),
  ]
  const books = told.map((rows) => closingBooks(alone, rows, asPlanned))
  expect(books.map(({ equal }) => equal)).toEqual(told.map(() => alone.length - 1))
  expect(books.map(({ rest }) => rest[0]?.reason)).toEqual(['not-sent', 'not-sent', 'not-paid', 'no-split'])
})

test('two bills of one person split otherwise are excused where they were settled in another order, and only there', () => {
  const person = rows.find(({ person }) => rows.filter((row) => row.person === person).length === 2)?.person
  const both = rows.filter((row) => row.person === person)
  const kind: KindOfPayment = (_, bill) => (both.find((row) => row.bill === bill)?.mode === 'credit' ? 'credit' : 'account')
  const settled = (endsMs: readonly number[]) =>
    both.map((row, at) => {
      const one = paid(row)
      const split = { ...one.answers[0]?.split, fundFen: 1 }
      return { ...one, endMs: endsMs[at] as number, answers: [{ ...one.answers[0], split }] } as SeenRow
    })
  const why = (endsMs: readonly number[]) =>
    closingBooks(both, settled(endsMs), kind).rest.map(({ reason, rows: count }) => `${reason} ${count}`)
  expect(why([1, 2])).toEqual(['differs 2'])
  expect(why([2, 1])).toEqual(['other-order 2'])
})

test('a bill by code is equal only where the very wallet’s book has it, a bill by card only where no wallet’s does', () => {
  const rowsByCode = madeTrace(planOf('small-town'), 16, 4, 'wechat').rows
  const [byCode, byCard] = [
    rowsByCode.find(({ wallet }) => wallet !== undefined),
    rowsByCode.find(({ errand }) => errand === 'kiosk-payment'),
  ]
  if (byCode === undefined || byCard === undefined) throw new Error('nobody comes to a kiosk')
  const equalWhen = (row: TraceRow, kind: string | undefined) => closingBooks([row], [paid(row)], () => kind).equal === 1
  expect(['wechat', 'alipay', 'account', undefined].map((kind) => equalWhen(byCode, kind))).toEqual([true, false, false, false])
  expect(['wechat', 'account'].map((kind) => equalWhen(byCard, kind))).toEqual([false, true])
})
