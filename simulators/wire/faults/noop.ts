import type { WireFaultKind } from './wire-fault.ts'

/** Does nothing: the pattern to start from, and the twin a real fault is compared with. */
export const noop: WireFaultKind = {
  title: { zh: '无故障', en: 'No fault' },
  virtually: { is: 'wire-only', why: { zh: '对照运行自身', en: 'It is the control' } },
  strikes: () => ({ by: 'nothing' }),
  leastEffect: { meets: 'nobody' },
  afterwards: { zh: '与无故障的运行完全相同', en: 'Everything equals a run without a fault' },
}
