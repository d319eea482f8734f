import { chosen } from './order.ts'
import { noticedMs, type WireFaultKind } from './wire-fault.ts'

/** 黑洞. Requests are taken and never answered; callers wait until their patience ends. */
export const blackHole: WireFaultKind = {
  title: { zh: '黑洞', en: 'Black hole' },
  virtually: { is: 'the-same', kind: 'outage', form: 'black-hole' },
  strikes: (fault) => chosen(fault, { does: 'silent' }),
  leastEffect: { meets: 'requests-until-down', patients: { see: 'harm', laterMs: () => noticedMs } },
  afterwards: {
    zh: '无应答的请求经查询后继续、冲正或退回，无一悬而未决',
    en: 'What was not answered is asked about, then goes on or is undone; nothing stays unknown',
  },
}
