import type { FaultKindOfHouse } from './fault.ts'

/** Does nothing: the pattern to start from, and the twin a real fault is compared with. */
export const noop: FaultKindOfHouse = {
  title: { zh: '无故障', en: 'No fault' },
  acts: () => ({ does: 'nothing', amount: 0 }),
  afterwards: { zh: '与无故障的一天完全相同', en: 'Everything equals a day without a fault' },
}
