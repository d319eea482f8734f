import type { Words } from '../scenarios/plan.ts'
import type { WireFaultName } from '../simulators/wire/faults/wire-fault.ts'

/** Faults that a load run cannot carry out, or whose effect it could not prove: refused beforehand rather than played for nothing. */
export const faultsNotPlayed: Readonly<Partial<Record<WireFaultName, Words>>> = {
  'disk-full': { zh: '填满磁盘尚未实现', en: 'filling a disk is not built' },
  'database-restarted': { zh: '重启数据库尚未实现', en: 'restarting the database is not built' },
  'certificate-rotation': { zh: '无从统计受影响的请求，运行必然作废', en: 'nobody counts whom it met, so every such run would be void' },
  'truncated-file': { zh: '日终文件在时段结束之后才读取', en: 'day-end files are read after the window is over' },
  'wrong-amount': { zh: '植入的差错尚未与对账结果逐一核对', en: 'what it plants is not yet matched with what reconciliation finds' },
}
