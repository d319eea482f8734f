import type { FaultKindOfHouse } from './fault.ts'

/**
 * 中断. Calls that arrive while it lasts are refused at once or, as a black hole, accepted and never answered.
 * Calls accepted before it began are answered.
 */
export const outage: FaultKindOfHouse = {
  title: { zh: '中断', en: 'Outage' },
  acts: (fault) => ({ does: fault.form === 'refuse' ? 'refuses' : 'swallows', amount: 0 }),
  afterwards: {
    zh: '没有一分钱在途：被拒绝的调用什么也没有发生，无应答的经查询或冲正后归零',
    en: 'No fen is in doubt: a refused call did nothing, a silent one is asked about or undone',
  },
}
