/** How long a wallet remembers: the last millisecond of each term, and the one after it. */
import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type WalletEntry, walletRules } from './wallet-book.ts'
import { decideConfirm, decideMovements, decideOrder, decideRefund } from './wallet-decisions.ts'

const [merchant, payer, order] = ['1900000001', 'o-payer-42', 'M20201012000001']
const at = (words: string, moreMs = 0): number => {
  const ms = momentMs(words)
  if (ms === undefined) throw new Error(`${words} is no moment`)
  return ms + moreMs
}
const moment = (businessMs: number) => ({ businessMs, protocolMs: 0 })
const paidAt = '2020-10-12 12:00:00'

/** A wallet with one order of a yuan, paid at noon. */
function paid() {
  const state = walletRules.empty()
  const write = <Reply>({ entries, reply }: Decision<WalletEntry, Reply>): Reply => {
    for (const entry of entries) walletRules.apply(state, entry, at(paidAt))
    return reply
  }
  walletRules.apply(state, { does: 'open-payer', payer }, 0)
  const asked = { merchant, app: 'app', order, way: 'in-app', amountFen: fenOf(100), description: '挂号', payer } as const
  const said = write(decideOrder(state, asked, moment(at(paidAt))))
  const prepay = said.outcome === 'order' ? said.order.prepay : ''
  expect(write(decideConfirm(state, { payer, prepay, does: 'pay' }, moment(at(paidAt))))).toMatchObject({ order: { state: 'paid' } })
  return state
}

test('a refund may be asked for until a year after the payment, to the millisecond; after that it is refused and nothing is written', () => {
  const state = paid()
  const asked = { merchant, order, refund: 'R1', amountFen: fenOf(40) }
  const lastMoment = '2021-10-12 12:00:00'
  expect(decideRefund(state, asked, moment(at(lastMoment)))).toMatchObject({ reply: { outcome: 'refund', refund: { amountFen: 40 } } })
  expect(decideRefund(state, asked, moment(at(lastMoment, 1)))).toEqual({
    entries: [],
    reply: { outcome: 'refused', reason: 'refund-too-late' },
  })
})

test('the bill of a day is there from nine the next morning until three months of 31 days after the day began, and then no more', () => {
  const state = paid()
  const billAt = (nowMs: number) => decideMovements(state, merchant, '2020-10-12', nowMs).reply
  expect(billAt(at('2020-10-13 09:00:00', -1))).toEqual({ outcome: 'refused', reason: 'bill-not-ready' })
  for (const words of ['2020-10-13 09:00:00', '2021-01-13 00:00:00'])
    expect(billAt(at(words))).toMatchObject({ outcome: 'movements', movements: [{ order: { order, state: 'paid' } }] })
  expect(billAt(at('2021-01-13 00:00:00', 1))).toEqual({ outcome: 'refused', reason: 'bill-too-old' })
})
