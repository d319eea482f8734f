import { whole } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 降容. A share `amount` of the servers goes on; requests wait in line. */
export const brownOut: WireFaultKind = {
  title: { zh: '降容', en: 'Brown-out' },
  virtually: { is: 'the-same', kind: 'brown-out' },
  strikes: (fault) => whole(fault, { does: 'brown-out', servers: fault.amount ?? usualServersShare }),
  leastEffect: {
    meets: 'requests',
    patients: { see: 'a-line', serversLeft: ({ amount = usualServersShare }, servers) => Math.max(1, Math.floor(servers * amount)) },
  },
  afterwards: { zh: '等得太久的请求经查询后继续或冲正', en: 'Requests that waited too long go on after a query, or are undone' },
}

/** ASSUMPTION: a quarter of the servers goes on. Tried 0.05–0.8. */
export const usualServersShare = 0.25
