import { expect, test } from 'vitest'
import { firstEntry } from './first-entry.ts'
import type { SeenAnswer } from './seen-row.ts'

const rules = { channels: ['app', 'wallet', 'card'] }
const assessed = (...ends: readonly (readonly [by: string, outcome: string])[]) => ({
  answers: ends.map(([by, outcome]): SeenAnswer => ({ key: 'K', by, outcome, sentMs: 0, heardMs: 1, calls: [] })),
})

test('who was assessed in another app than the usual one signs there, for the offer is that app’s', () => {
  const signing = { errand: 'credit-signing', entry: 0 }
  expect(firstEntry(rules, signing, assessed(['app', 'no-answer'], ['wallet', 'done']))).toBe(1)
  expect(firstEntry(rules, signing, assessed(['app', 'done']))).toBe(0)
})

test('every other row begins where it was planned, and so does a signing whose assessment came to nothing or is not of the window', () => {
  expect(firstEntry(rules, { errand: 'phone-payment', entry: 0 }, assessed(['wallet', 'done']))).toBe(0)
  expect(firstEntry(rules, { errand: 'credit-signing', entry: 2 }, assessed(['wallet', 'no-answer']))).toBe(2)
  expect(firstEntry(rules, { errand: 'credit-signing', entry: 2 }, undefined)).toBe(2)
})
