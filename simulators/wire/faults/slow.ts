import { chosen } from './order.ts'
import type { FaultOnWire, WireFaultKind } from './wire-fault.ts'

/** 变慢. Every planned service takes `amount` times as long; without a planned service time each answer is as many tenths of a second later. */
export const slow: WireFaultKind = {
  title: { zh: '变慢', en: 'Slow' },
  virtually: { is: 'the-same', kind: 'slow' },
  strikes: (fault) => chosen(fault, { does: 'slow', factor: fault.amount ?? usualSlowFactor, lateMs: lateMs(fault) }),
  leastEffect: { meets: 'a-request-a-row', patients: { see: 'harm', laterMs: (fault) => lateMs(fault) / 2 } },
  afterwards: { zh: '迟到的应答不产生第二笔付款', en: 'A late answer makes no second payment' },
}

const lateMs = ({ amount = usualSlowFactor }: Pick<FaultOnWire, 'amount'>): number => Math.round(100 * amount)

/** ASSUMPTION: four times as slow. Tried 1.5–20. */
export const usualSlowFactor = 4
