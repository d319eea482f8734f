import { isOwnKey } from '../platform/movements.ts'
import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 日终文件漏行. A bank's day-end file names a share of its rows no longer and is whole in itself; the bank's own books have them. */
export const lostRow: WireFaultKind = {
  title: { zh: '日终文件漏行', en: 'Lost row of a day-end file' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市不交换文件', en: 'The virtual city exchanges no files' } },
  strikesAt: 'day-end',
  strikes: (fault) => chosen(fault, { does: 'lost-row' }, ['bank/statement']),
  leastEffect: { meets: 'rows-of-a-file' },
  afterwards: {
    zh: '对账恰好查出每一行所缺，经询问银行后由其更正，无人受损',
    en: 'Reconciliation finds each row that is missing, asks the bank, which puts its file right, and nobody loses',
  },
  // What a hospital's till debits is not the platform's to match.
  plants: ({ target }, key) => (isOwnKey(key) ? `${target} ${key.endsWith('-R') ? 'refund' : 'pay'} missing-there ${key}` : undefined),
}
