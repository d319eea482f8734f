import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 应答丢失. The work is done and the connection breaks before the answer; each key loses one answer. */
export const lostReply: WireFaultKind = {
  title: { zh: '应答丢失', en: 'Lost reply' },
  virtually: {
    is: 'wire-only',
    why: {
      zh: '虚拟城市的呼叫只有答复与超时，没有“做了而未答复”',
      en: 'A call of the virtual city is answered or times out; done and unanswered is not told apart',
    },
  },
  strikes: (fault) => chosen(fault, { does: 'lost-reply', mostPerKey: fault.amount ?? 1 }),
  leastEffect: { meets: 'requests-until-down' },
  afterwards: { zh: '同一业务键只生效一次', en: 'One effect a key, however often it is asked for' },
}
