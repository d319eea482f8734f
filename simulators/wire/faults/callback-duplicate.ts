import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 回调重复. Each callback comes `amount` times at once. */
export const callbackDuplicate: WireFaultKind = {
  title: { zh: '回调重复', en: 'Duplicate callback' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有回调', en: 'The virtual city has no callbacks' } },
  strikes: (fault) => chosen(fault, { does: 'callback-duplicate', copies: fault.amount ?? 3 }, ['callback/*']),
  leastEffect: { meets: 'callbacks' },
  afterwards: { zh: '重复的通知只生效一次', en: 'A notice heard twice has one effect' },
}
