import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { windowOf } from './accounting-day.ts'
import { decidePayOuts } from './payout-decisions.ts'
import { type ReconciliationState, reconciliationRules } from './reconciliation-book.ts'
import { decideMatchDay } from './reconciliation-decisions.ts'
import type { Direction, MoneyRecord } from './records.ts'

const cutOff = { minuteOfDay: 1440 }
const party = { kind: 'payer', name: 'bank-a' } as const

/** A day on which the bank and the platform agree about everything. */
function agreeOn(state: ReconciliationState, day: string, moved: readonly (readonly [string, Direction, number, number])[]): void {
  const window = windowOf(day, cutOff)
  const theirs = moved.map(
    ([key, does, site, fen]): MoneyRecord => ({ key, does, site, atMs: window.fromMs + 1000, amountFen: fenOf(fen) }),
  )
  const ours = theirs.map((one): MoneyRecord => ({ ...one, payment: `P${one.key}`, legs: 1, account: 'advances' }))
  const nothingLate = { oursLater: new Set<string>(), underWay: new Set<string>(), graceMs: 0 }
  const { entries } = decideMatchDay(state, { party, day, window, ours, theirs, ...nothingLate })
  for (const entry of entries) reconciliationRules.apply(state, entry, window.untilMs)
}
/** What is paid out now, and written down. */
function payOuts(state: ReconciliationState) {
  const { entries, reply } = decidePayOuts(state)
  for (const entry of entries) reconciliationRules.apply(state, entry, 0)
  return reply
}

test('a site whose refunds outweigh its payments is paid nothing that day and netted the next, to the fen; no other site waits for it', () => {
  const state = reconciliationRules.empty()
  agreeOn(state, '2020-10-12', [
    ['A', 'pay', 7, 3000],
    ['B', 'refund', 7, 8000],
    ['C', 'pay', 8, 1234],
  ])
  expect(payOuts(state)).toMatchObject([{ payout: 1, payer: 'bank-a', site: 8, amountFen: 1234, movements: ['PC pay'] }])
  expect(Object.fromEntries(state.balances)).toEqual({ 'due-to-site': 1234, advances: -1234 })

  // A fen short of what is owed still waits.
  agreeOn(state, '2020-10-13', [['D', 'pay', 7, 4999]])
  expect(payOuts(state)).toEqual([])

  agreeOn(state, '2020-10-14', [['E', 'pay', 7, 4002]])
  const movements = ['PA pay', 'PB refund', 'PD pay', 'PE pay']
  expect(payOuts(state)).toMatchObject([{ payout: 2, payer: 'bank-a', site: 7, amountFen: 4001, movements }])
  expect(Object.fromEntries(state.balances)).toEqual({ 'due-to-site': 1234 + 4001, advances: -1234 - 4001 })
  expect(payOuts(state)).toEqual([])
})

test('a site whose refunds and payments are even is settled with nothing, so that they never come up again', () => {
  const state = reconciliationRules.empty()
  agreeOn(state, '2020-10-12', [
    ['A', 'pay', 7, 5000],
    ['B', 'refund', 7, 5000],
  ])
  expect(payOuts(state)).toMatchObject([{ site: 7, amountFen: 0, postings: [], movements: ['PA pay', 'PB refund'] }])
  expect(payOuts(state)).toEqual([])
})
