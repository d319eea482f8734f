import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 回调迟到. Each callback leaves `amount` milliseconds late. */
export const callbackLate: WireFaultKind = {
  title: { zh: '回调迟到', en: 'Late callback' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有回调', en: 'The virtual city has no callbacks' } },
  strikes: (fault) => chosen(fault, { does: 'callback-late', lateMs: fault.amount ?? usualLateMs }, ['callback/*']),
  leastEffect: { meets: 'callbacks' },
  afterwards: { zh: '结果不因通知迟到而改变', en: 'No outcome depends on when a notice comes' },
}

/** ASSUMPTION: two seconds. Tried 100 ms – 60 s. */
const usualLateMs = 2000
