import { expect, test } from 'vitest'
import { storyOfBill } from './story-of-bill.ts'

test('a bill’s story tells that its settlement was held back and how the appeal ended, and nothing of the others of the same application', () => {
  const settle = (number: number) => ({
    does: 'settle',
    settlement: `310020201215000000${number}`,
    bills: [{ bill: `MX000000000${number}` }],
    split: { fundFen: 100 * number },
  })
  const questioned = [1, 2].map((number) => ({ settlement: settle(number).settlement, rules: ['repeated-item'], amountFen: 100 * number }))
  const application = { application: 'QS2020120000000001', settlements: questioned.map(({ settlement }) => settlement), questioned }
  const appeal = { settlements: questioned.map(({ settlement }) => ({ settlement })), upheld: [settle(2).settlement] }
  const put = (more: object) => ({ does: 'message', effects: [{ does: 'put-application', application: { ...application, ...more } }] })
  const entries = [settle(1), settle(2), put({}), put({ appeal })].map((entry, at) => ({ number: at + 1, atMs: at, entry }))
  const told = (bill: string) =>
    storyOfBill(bill, [{ actor: 'bureau', entries }])?.rows.map(({ does, amounts }) => [does, ...amounts.map(({ amountFen }) => amountFen)])
  expect(told('MX0000000001')).toEqual([
    ['settle', 100],
    ['hold-back', 100],
    ['appeal-lost', 100],
  ])
  expect(told('MX0000000002')).toEqual([
    ['settle', 200],
    ['hold-back', 200],
    ['appeal-won', 200],
  ])
})
