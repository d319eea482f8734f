import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 日终文件截断. The second half of a day-end file is missing; its control totals no longer fit. */
export const truncatedFile: WireFaultKind = {
  title: { zh: '日终文件截断', en: 'Truncated day-end file' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市不交换文件', en: 'The virtual city exchanges no files' } },
  strikesAt: 'day-end',
  strikes: (fault) => chosen(fault, { does: 'truncated', field: 'csv' }, ['bank/statement']),
  leastEffect: { meets: 'a-file' },
  afterwards: {
    zh: '不完整的文件不作依据，重新索取；不产生差错',
    en: 'A file that is not whole says nothing and is asked for again; it makes no difference',
  },
}
