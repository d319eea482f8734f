import { whole } from './order.ts'
import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** 时钟偏差. The actor's protocol clock is `amount` milliseconds ahead, beyond the signature window: right signatures are refused. */
export const clockSkew: WireFaultKind = {
  title: { zh: '时钟偏差', en: 'Clock skew' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市只有一个时钟', en: 'The virtual city has one clock' } },
  strikes: (fault) => whole(fault, { does: 'clock-skew', skewMs: fault.amount ?? usualSkewMs }),
  leastEffect: { meets: 'requests-until-down', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: { zh: '验签失败的请求什么也没有发生', en: 'A request refused at the gate did nothing' },
}

/** ASSUMPTION: ten minutes, twice the signature window. Tried ±6–60 minutes. */
const usualSkewMs = 600_000
