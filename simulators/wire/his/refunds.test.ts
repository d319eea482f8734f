import { expect, test } from 'vitest'
import { type Fen, fenOf } from '../../money/fen.ts'
import { calendarDay } from '../reconciliation/accounting-day.ts'
import { totalsOf } from './day-totals.ts'
import { decideInvoice, decideNotice, decideOpen } from './his-decisions.ts'
import { type HospitalEntry, hospitalRules } from './hospital-rules.ts'
import { decidePerform, decideRefund } from './refund-decisions.ts'

const line = (number: number, totalFen: Fen) => ({
  number,
  prescription: 'RX1',
  code: `Y${number}`,
  name: '示例',
  priceFen: totalFen,
  count: 1,
  totalFen,
  coveredFen: totalFen,
})
const bill = { site: 7, bill: 'MX1', visit: 'JZ1', person: 42, totalFen: fenOf(600), coveredFen: fenOf(600) }
const attempt = { site: 7, bill: 'MX1', attempt: 'P1' }

/** A hospital with one bill of three lines, paid and invoiced; whatever is decided happens. */
function hospital() {
  const rules = hospitalRules(calendarDay, { inDoubtAtMostMs: 600_000 })
  const state = rules.empty()
  const does = <Reply>({ entries, reply }: { readonly entries: readonly HospitalEntry[]; readonly reply: Reply }): Reply => {
    for (const entry of entries) rules.apply(state, entry, 0)
    return reply
  }
  does({
    entries: [{ does: 'open-bill', ...bill, lines: [line(1, fenOf(100)), line(2, fenOf(200)), line(3, fenOf(300))] }],
    reply: undefined,
  })
  does(decideOpen(state, { ...attempt, person: 42, by: 'platform' }, 0))
  const split = {
    fundFen: fenOf(600),
    currentAccountFen: fenOf(0),
    historyAccountFen: fenOf(0),
    cashFen: fenOf(0),
    uncoveredFen: fenOf(0),
    deductibleFen: fenOf(0),
  }
  does(decideNotice(state, { ...attempt, totalFen: fenOf(600), split, settlement: 'S1', payer: 'credit' }))
  does(decideInvoice(state, attempt, 0))
  return { state, does }
}

test('a refund voids the invoice by a red one with a number of its own, and raises what stands as a new bill', () => {
  const { state, does } = hospital()
  does(decidePerform(state, { site: 7, bill: 'MX1', lines: [1] }))
  const refund = { ...attempt, refund: 'T1', lines: [2] }
  const reply = does(decideRefund(state, refund))
  expect(reply).toMatchObject({ outcome: 'refunded', redInvoice: '0000000002', rest: { bill: 'MX1-T', totalFen: 400, state: 'unpaid' } })
  expect(decideRefund(state, refund)).toEqual({ entries: [], reply })
  expect(does(decideRefund(state, { ...refund, refund: 'T2' }))).toEqual({ outcome: 'refused', reason: 'already-refunded' })
  expect(does(decideOpen(state, { ...attempt, attempt: 'P2', person: 42, by: 'window' }, 0))).toMatchObject({ reason: 'already-refunded' })
  expect(totalsOf(state.days, 7, '1970-01-01')).toMatchObject({ paidCount: 1, refundedCount: 1, totalFen: 0, invoices: 1, redInvoices: 1 })
  // What was performed stays so under its new bill.
  const rest = { site: 7, bill: 'MX1-T', attempt: 'P3' }
  expect(does(decideOpen(state, { ...rest, person: 42, by: 'platform' }, 0))).toMatchObject({ outcome: 'open' })
  const split = {
    fundFen: fenOf(400),
    currentAccountFen: fenOf(0),
    historyAccountFen: fenOf(0),
    cashFen: fenOf(0),
    uncoveredFen: fenOf(0),
    deductibleFen: fenOf(0),
  }
  does(decideNotice(state, { ...rest, totalFen: fenOf(400), split, settlement: 'S2', payer: 'credit' }))
  expect(does(decideRefund(state, { ...rest, refund: 'T3', lines: [1] }))).toEqual({ outcome: 'refused', reason: 'already-performed' })
})

test('nothing is refunded that was not paid, not charged or performed', () => {
  const { state, does } = hospital()
  expect(does(decideRefund(state, { ...attempt, attempt: 'P9', refund: 'T1' }))).toMatchObject({ reason: 'unknown-attempt' })
  expect(does(decideRefund(state, { ...attempt, refund: 'T1', lines: [9] }))).toMatchObject({ reason: 'unknown-line' })
  expect(does(decideRefund(state, { ...attempt, bill: 'MX9', refund: 'T1' }))).toMatchObject({ reason: 'unknown-bill' })
  does(decidePerform(state, { site: 7, bill: 'MX1', lines: [3] }))
  expect(does(decideRefund(state, { ...attempt, refund: 'T1' }))).toMatchObject({ reason: 'already-performed' })
  expect(does(decidePerform(state, { site: 7, bill: 'MX1', lines: [9] }))).toMatchObject({ reason: 'unknown-line' })
})
