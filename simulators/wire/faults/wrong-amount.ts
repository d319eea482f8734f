import { isOwnKey } from '../platform/movements.ts'
import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 金额错误. The target books `amount` fen less than it was asked for, and does not say so. */
export const wrongAmount: WireFaultKind = {
  title: { zh: '入账金额错误', en: 'Wrong amount' },
  virtually: {
    is: 'wire-only',
    why: { zh: '虚拟城市的账按同一规则自行平衡', en: 'The virtual city keeps one ledger, which cannot disagree with itself' },
  },
  strikes: (fault) =>
    chosen(fault, { does: 'wrong-amount', at: 'book', field: 'amountFen', by: 0 - (fault.amount ?? 1) }, ['bank/debit', 'bank/capture']),
  leastEffect: { meets: 'requests' },
  afterwards: {
    zh: '审计与对账恰好查出每一笔植入的差错',
    en: 'Audit and reconciliation find each planted difference, no more and no fewer',
  },
  plants: ({ target }, key) => (isOwnKey(captured(key)) ? `${target} pay amount-differs ${captured(key)}` : undefined),
}

/** A capture is asked for by the hold's key and booked under one of its own, which ends so. What a hospital's till debits is not the platform's to match. */
const captured = (key: string): string => key.replace(/-A$/, '-C')
