/** Which stage a run on the wire is in, for a reader at a terminal. A pipe hears of each stage once, so that a log shows where time went. */
import type { Stage } from '../simulators/wire/replay/conduct.ts'
import { duration } from './progress.ts'
import type { Terminal } from './terminal.ts'

const stages = {
  k6: 'building k6 · 编译 k6',
  virtual: 'the virtual city · 虚拟城市',
  cut: 'cutting the trace · 截取业务',
  twin: 'first its fault-free twin · 先回放无故障的对照',
  start: 'starting the wire city · 启动线上城市',
  target: 'waiting for the target, seconds · 等待被测平台，秒',
  'warm-up': 'warming up, then forgetting it · 预热后清空',
  provision: 'opening the books · 载入期初账簿',
  play: 'k6 plays the window, seconds · k6 回放，秒',
  drain: 'waiting until money is quiet · 等待资金静止',
  'day-end': 'day end: reconciliation, payout · 日终：对账、拨付',
  term: 'the credit term: statements, repayments, what is overdue · 信用还款期：账单、还款、逾期',
  books: 'taking the books · 取出账簿',
  recompute: 'the city again, as measured · 用实测时延重算',
  stop: 'stopping the wire city · 停止线上城市',
  audit: 'the auditor · 审计',
} as const satisfies Record<Stage, string> & Record<string, string>

export type StageLine = (stage: keyof typeof stages, done: number, of: number) => void

/** @param secondsNow any steady clock */
export function stageLine({ status, notice }: Terminal, label: string, secondsNow: () => number): StageLine {
  const began = secondsNow()
  let last = ''
  return (stage, done, of) => {
    const elapsed = duration(secondsNow() - began)
    if (status !== undefined) status(`${label}  ${stages[stage]}${of > 1 ? `  ${done}/${of}` : ''}  ${elapsed}`)
    else if (stage !== last) notice(`${elapsed.padStart(12)}  ${stages[stage]}`)
    last = stage
  }
}
