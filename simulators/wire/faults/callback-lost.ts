import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 回调丢失. The first try of each callback is lost; the ladder tries again. */
export const callbackLost: WireFaultKind = {
  title: { zh: '回调丢失', en: 'Lost callback' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有回调', en: 'The virtual city has no callbacks' } },
  strikes: (fault) => chosen(fault, { does: 'callback-lost', mostPerKey: fault.amount ?? 1 }, ['callback/*']),
  leastEffect: { meets: 'callbacks' },
  afterwards: {
    zh: '丢失的通知按阶梯重发，或经查询得知',
    en: 'A lost notice is sent again along its ladder, or its matter is asked about',
  },
}
