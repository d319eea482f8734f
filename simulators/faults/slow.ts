import type { FaultKindOfHouse } from './fault.ts'

/** 变慢. Every service takes `slowFactor` times as long; callers may give up while the desk still works. */
export const slow: FaultKindOfHouse = {
  title: { zh: '变慢', en: 'Slow' },
  acts: (fault) => ({ does: 'slows', amount: fault.slowFactor }),
  afterwards: { zh: '迟到的应答不产生第二笔付款', en: 'A late answer makes no second payment' },
}
