import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** 磁盘写满. The actor's books can no longer be written: it confirms nothing more until its process starts again with room. */
export const diskFull: WireFaultKind = {
  title: { zh: '磁盘写满', en: 'Disk full' },
  virtually: { is: 'the-same', kind: 'outage', form: 'refuse' },
  strikes: () => ({ by: 'process', does: 'fill-disk' }),
  leastEffect: { meets: 'rows-under-way', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: { zh: '未落盘者一律未确认', en: 'Nothing was confirmed that is not on the disk' },
}
