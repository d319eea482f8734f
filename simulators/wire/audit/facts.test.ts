import { expect, test } from 'vitest'
import type { NumberedBook } from './audit-input.ts'
import { factsOf } from './facts.ts'

const debit = { number: 1, atMs: 0, entry: { does: 'debit', key: 'P1', agreement: 'A1', site: 7, amountFen: 500 } }
const paymentsIn = (...books: readonly Pick<NumberedBook, 'actor' | 'kind'>[]) =>
  factsOf({ books: books.map((book) => ({ ...book, entries: [debit] })), planned: [], seen: [] }).strayPayments

test('a party is a payer by what it says it is, whatever it is called', () => {
  expect(paymentsIn({ actor: 'credit-union', kind: 'bank' }, { actor: 'bank-of-scores', kind: 'credit-score' })).toMatchObject([
    { payer: 'credit-union', amountFen: 500 },
  ])
})

test('a party of a kind the auditor was never taught is an error that names it, in both languages', () => {
  expect(() => paymentsIn({ actor: 'courier', kind: 'delivery' })).toThrow(
    /book of courier says that it is a delivery.*courier 的账簿自称 delivery/,
  )
  expect(() => paymentsIn({ actor: 'courier' } as NumberedBook)).toThrow(/says nothing of what it is.*未说明其种类/)
})
