import type { FaultKindOfHouse } from './fault.ts'

/** 突发差错. A share of the calls is served and answered with an error; nothing was carried out. */
export const errorBurst: FaultKindOfHouse = {
  title: { zh: '突发差错', en: 'Error burst' },
  acts: (fault) => ({ does: 'errs', amount: fault.errorShare }),
  afterwards: { zh: '报错的调用没有动钱', en: 'A call answered with an error moved no money' },
}
