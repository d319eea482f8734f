import type { FaultKindOfHouse } from './fault.ts'

/**
 * 突发差错. A share of the requests is served and answered with an error; nothing was carried out. A message that stands for several requests
 * (`besides` in platform/errands.ts) errs with the first of them that does, and is tried again as a whole.
 */
export const errorBurst: FaultKindOfHouse = {
  title: { zh: '突发差错', en: 'Error burst' },
  acts: (fault) => ({ does: 'errs', amount: fault.errorShare }),
  afterwards: { zh: '报错的调用没有动钱', en: 'A call answered with an error moved no money' },
}
