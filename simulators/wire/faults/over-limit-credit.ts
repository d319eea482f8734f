import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 超出额度. Holds arrive at the bank `amount` fen larger than asked, beyond every line: it refuses them. */
export const overLimitCredit: WireFaultKind = {
  title: { zh: '信用额度不足', en: 'Over-limit credit' },
  virtually: {
    is: 'wire-only',
    why: { zh: '虚拟城市以 isOverLimit 逐笔抽取', en: 'The virtual city draws over-limit payments one by one' },
  },
  strikes: (fault) =>
    chosen(fault, { does: 'wrong-amount', at: 'book', field: 'amountFen', by: fault.amount ?? beyondEveryLineFen }, ['bank/authorize']),
  leastEffect: { meets: 'requests', patients: { see: 'harm' } },
  afterwards: {
    zh: '被拒的预授权不占额度，账单可另行支付',
    en: 'A refused hold takes nothing of the line, and the bill may be paid another way',
  },
}

/** A hundred million yuan: no line is as long. */
const beyondEveryLineFen = 10_000_000_000
