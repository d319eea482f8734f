import { chosen } from './order.ts'
import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** 中断. Every request is refused at once; nothing is done. */
export const outage: WireFaultKind = {
  title: { zh: '中断', en: 'Outage' },
  virtually: { is: 'the-same', kind: 'outage', form: 'refuse' },
  strikes: (fault) => chosen(fault, { does: 'refuse' }),
  leastEffect: { meets: 'requests-until-down', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: { zh: '被拒绝的请求什么也没有发生', en: 'A refused request did nothing' },
}
