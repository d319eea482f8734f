import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** kill -9, and started again at the end. Proves the crash of a process, not of the power. */
export const processKilled: WireFaultKind = {
  title: { zh: '进程被杀', en: 'Process killed' },
  virtually: { is: 'the-same', kind: 'outage', form: 'refuse' },
  strikes: () => ({ by: 'process', does: 'kill' }),
  leastEffect: { meets: 'rows-under-way', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: { zh: '重启后续办或撤销每一笔未了支付', en: 'After the restart every open payment goes on or is undone' },
}
