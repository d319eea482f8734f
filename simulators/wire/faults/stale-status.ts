import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 参保状态过时. The account query tells the deductible of yesterday, `amount` fen less; trial and settlement go by today's. */
export const staleStatus: WireFaultKind = {
  title: { zh: '参保状态过时', en: 'Stale insured status' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有账户查询的副本', en: 'The virtual city keeps no copy of an account query' } },
  strikes: (fault) =>
    chosen(fault, { does: 'wrong-amount', at: 'answer', field: 'deductiblePaidFen', by: 0 - (fault.amount ?? 10_000) }, ['bureau/account']),
  leastEffect: { meets: 'requests' },
  afterwards: { zh: '结算以医保局当日数据为准，分担不变', en: 'The insurer settles by its own figures of today, so no split changes' },
}
