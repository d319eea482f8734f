import type { FaultKindOfHouse } from './fault.ts'

/** 降容. Only a share of the desks goes on; those at work finish, and calls wait. */
export const brownOut: FaultKindOfHouse = {
  title: { zh: '降容', en: 'Brown-out' },
  acts: (fault) => ({ does: 'loses-desks', amount: fault.capacityShare }),
  afterwards: { zh: '等得太久的调用经查询后继续或冲正', en: 'Calls that waited too long go on after a query, or are undone' },
}
