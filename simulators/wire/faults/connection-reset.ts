import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 连接重置. The connection breaks before anything is done. */
export const connectionReset: WireFaultKind = {
  title: { zh: '连接重置', en: 'Connection reset' },
  virtually: { is: 'the-same', kind: 'error-burst' },
  strikes: (fault) => chosen(fault, { does: 'reset' }),
  leastEffect: { meets: 'requests-until-down' },
  afterwards: { zh: '断开的请求什么也没有发生，且已经查询确认', en: 'A request whose connection broke did nothing, and was asked about' },
}
