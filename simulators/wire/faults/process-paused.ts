import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** SIGSTOP, then SIGCONT at the end: the process believes no time has passed. Its leases have ended meanwhile. */
export const processPaused: WireFaultKind = {
  title: { zh: '进程暂停', en: 'Process paused' },
  virtually: { is: 'the-same', kind: 'outage', form: 'black-hole' },
  strikes: () => ({ by: 'process', does: 'pause' }),
  leastEffect: { meets: 'rows-under-way', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: { zh: '醒来的进程不再写入已被接管的支付', en: 'The process that wakes writes nothing to payments that others took over' },
}
