import { chosen } from './order.ts'
import type { WireFaultKind } from './wire-fault.ts'

/** 变慢. Every planned service takes `amount` times as long; without a planned service time each answer is as many tenths of a second later. */
export const slow: WireFaultKind = {
  title: { zh: '变慢', en: 'Slow' },
  virtually: { is: 'the-same', kind: 'slow' },
  strikes: (fault) =>
    chosen(fault, { does: 'slow', factor: fault.amount ?? usualSlowFactor, lateMs: Math.round(100 * (fault.amount ?? usualSlowFactor)) }),
  leastEffect: { calls: 1, laterMs: 50 },
  afterwards: { zh: '迟到的应答不产生第二笔付款', en: 'A late answer makes no second payment' },
}

/** ASSUMPTION: four times as slow. Tried 1.5–20. */
export const usualSlowFactor = 4
