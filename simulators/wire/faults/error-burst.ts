import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 突发差错. A share of the requests is answered with an error; nothing is done. */
export const errorBurst: WireFaultKind = {
  title: { zh: '突发差错', en: 'Error burst' },
  virtually: { is: 'the-same', kind: 'error-burst' },
  strikes: (fault) => chosen(fault, { does: 'error-burst' }),
  leastEffect: { meets: 'requests-until-down' },
  afterwards: { zh: '报错的请求没有动钱', en: 'A request answered with an error moved no money' },
}
