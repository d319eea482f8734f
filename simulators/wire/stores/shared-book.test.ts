import { expect, test } from 'vitest'
import type { BookRules } from './kept-book.ts'
import { SharedBook } from './shared-book.ts'
import { openSqliteLedger } from './sqlite-ledger.ts'

interface Counted {
  total: number
}
const rules: BookRules<Counted, number> = {
  empty: () => ({ total: 0 }),
  apply: (state, add) => {
    state.total += add
  },
}

test('processes that decide at once on one book each decide on what the others wrote, and a new one reads it all', async () => {
  const ledger = await openSqliteLedger(':memory:')
  const open = () => new SharedBook<Counted, number>(ledger, 'sums', rules, () => 1)
  const [one, two] = [open(), open()]
  // At most 10, whoever adds: without a second look two could each add the tenth.
  const addOne = (book: SharedBook<Counted, number>) =>
    book.answer(({ total }) => (total < 10 ? { entries: [1], reply: total + 1 } : { entries: [], reply: -1 }))
  const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => addOne(n % 2 === 0 ? one : two)))
  expect(replies.toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 10 }, () => -1),
    ...Array.from({ length: 10 }, (_, n) => n + 1),
  ])
  expect((await open().read()).total).toBe(10)
  await ledger.clear()
  one.forget()
  expect((await one.read()).total).toBe(0)
  await ledger.close()
})
