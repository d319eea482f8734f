import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 限流. 429 with Retry-After; nothing is done. */
export const quotaFull: WireFaultKind = {
  title: { zh: '额度用尽（429）', en: 'Quota full (429)' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市以排队代替限流', en: 'The virtual city queues instead of refusing' } },
  strikes: (fault) => chosen(fault, { does: 'quota', retryAfterSeconds: fault.amount ?? 1 }),
  leastEffect: { meets: 'requests-until-down' },
  afterwards: { zh: '被限流的请求什么也没有发生', en: 'A request over the quota did nothing' },
}
