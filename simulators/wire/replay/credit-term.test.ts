import { expect, test } from 'vitest'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace } from '../../trace/trace.ts'
import { billKey } from '../audit/hospital-facts.ts'
import { comparedPersons, termComparison } from './credit-term.ts'
import type { TermPlayed } from './play-term.ts'

const split = { fundFen: 0, currentAccountFen: 0, historyAccountFen: 0 }
/** Each person pays one bill of 100 fen on credit; the first two repay. */
const persons = [0, 1, 2, 3]
const rows = persons.map((person) => ({
  ...{ row: person, visit: person, person, site: 7, bill: `MX${person}`, key: `K${person}`, mode: 'credit', startMs: 0 },
  expected: { ...split, creditFen: 100, cashFen: 0 },
  virtual: { outcome: 'settled', failedAt: null, endMs: 1, doneMs: 2 },
}))
const trace = {
  rows,
  opening: { agreements: persons.map((person) => ({ person, kind: 'credit', usedFen: 10 })) },
  term: { days: 59, repayments: persons.map((person) => ({ person, afterDays: person < 2 ? 7 : null, wallet: 'alipay' })) },
} as unknown as Trace
const paid = (row: number, outcome = 'paid') =>
  ({ row, endMs: 1, answers: [{ key: `K${row}`, outcome, split: { ...split, cashFen: 100 } }] }) as unknown as SeenRow
const bank = 'bank-a'
const facts = {
  bills: new Map(
    persons.map((person) => [billKey(7, `MX${person}`), { payments: [{ kind: 'credit', atMs: 1, amountFen: 100, refunds: [] }] }]),
  ),
} as unknown as Parameters<typeof comparedPersons>[2]
const statement = (person: number, usedFen: number) => ({
  person,
  bank,
  agreement: `XY${person}`,
  standing: 'good',
  usedFen,
  overpaidFen: 0,
})
const repayment = (person: number, amountFen = 110) => ({
  ...{ person, bank, agreement: `XY${person}`, day: '2024-03-19', wallet: 'alipay' as const, key: `HK${person}`, amountFen },
  outcome: 'repaid',
})
const term: TermPlayed = {
  days: [],
  repayments: [repayment(0), repayment(1)],
  statements: [statement(0, 0), statement(1, 0), statement(2, 110), statement(3, 110)],
  seconds: 1,
}
const compared = (played: TermPlayed = term, seen = persons.map((row) => paid(row))) =>
  comparedPersons(trace, { log: { rows: seen, words: [], beginMs: 0 }, term: played }, facts)

test('whoever repaid and owes what they do in the virtual city is equal', () => {
  expect(compared().map(({ why }) => why)).toEqual([undefined, undefined, undefined, undefined])
  expect(termComparison(compared())).toEqual({ looked: 4, findings: [] })
})

test('a fen more owed, a repayment of nobody who was to repay, and a statement never heard are findings', () => {
  const off = {
    ...term,
    repayments: [...term.repayments, repayment(2)],
    statements: [statement(0, 1), statement(1, 0), statement(2, 0)],
  }
  expect(compared(off).map(({ why }) => why)).toEqual(['differs', undefined, 'differs', 'no-statement'])
  expect(termComparison(compared(off)).findings).toEqual([
    { id: 'XY0', expected: '110 + 0', found: '110 + 1' },
    { id: 'XY2', expected: '0 + 110', found: '110 + 0' },
    { id: 'person 3', expected: '0 + 110', found: '–' },
  ])
})

test('as much owed as in the virtual city is not equal where another sum was repaid', () => {
  const twice = { ...term, repayments: [...term.repayments, repayment(2, 110)], statements: term.statements }
  expect(compared(twice).map(({ why }) => why)).toEqual([undefined, undefined, 'differs', undefined])
})

test('whose bill went another way on the wire is told with that reason, and is no finding', () => {
  const seen = persons.map((row) => paid(row, row === 3 ? 'refused' : 'paid'))
  const played = { ...term, statements: [...term.statements.slice(0, 3), statement(3, 10)] }
  expect(compared(played, seen).map(({ why }) => why)).toEqual([undefined, undefined, undefined, 'other-way'])
  expect(termComparison(compared(played, seen)).findings).toEqual([])
})
