import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 回调乱序. Of two callbacks the later goes first; one alone waits `amount` milliseconds at most. */
export const callbackReordered: WireFaultKind = {
  title: { zh: '回调乱序', en: 'Reordered callback' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有回调', en: 'The virtual city has no callbacks' } },
  strikes: (fault) => chosen(fault, { does: 'callback-reordered', lateMs: fault.amount ?? usualLateMs }, ['callback/*']),
  leastEffect: { meets: 'callbacks' },
  afterwards: { zh: '结果不因通知先后而改变', en: 'No outcome depends on the order of notices' },
}

/** ASSUMPTION: half a second is long enough for another to come. Tried 50 ms – 5 s. */
const usualLateMs = 500
