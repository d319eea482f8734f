import type { WireFaultKind } from './wire-fault.ts'

/** 数据库重启. The database of the target's ledger is stopped and started again. */
export const databaseRestarted: WireFaultKind = {
  title: { zh: '数据库重启', en: 'Database restarted' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市没有数据库', en: 'The virtual city has no database' } },
  strikes: () => ({ by: 'process', does: 'restart-database' }),
  leastEffect: { meets: 'rows-under-way' },
  afterwards: { zh: '未提交者重写一次且只写一次', en: 'A write whose end was unknown is written once' },
}
