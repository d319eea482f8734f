/** A level as if it had been played: what searches and levels look at, without a city. */
import type { Trace } from '../../simulators/trace/trace.ts'
import { paysByPlatform } from '../../simulators/wire/replay/level-figures.ts'
import type { PlayedLevel } from '../play-level.ts'

const late = { zh: '起始过迟', en: 'starts were late' }

/** What one try of this rate shows. */
export interface Shows {
  readonly isVoid?: boolean
  readonly paidShare?: number
  readonly refusedBusy?: number
  /** Findings of the auditor. */
  readonly broken?: number
  /** Of the platform, k6. */
  readonly cores?: readonly [number, number]
}

export function playedAs(
  of: Trace,
  { isVoid = false, paidShare = 1, refusedBusy = 0, broken = 0, cores = [0.05, 0.2] }: Shows,
): PlayedLevel {
  const payments = of.rows.filter(paysByPlatform)
  const rows = payments.map(({ row }, place) => ({
    ...{ row, dueMs: of.rows[row]?.startMs ?? 0, endMs: (of.rows[row]?.startMs ?? 0) + 100 },
    answers: [
      {
        ...{ outcome: place < paidShare * payments.length ? 'paid' : 'no-answer', by: 'main-entry' },
        calls: place < refusedBusy ? [{ status: 429 }, { status: 200 }] : [{ status: 200 }],
      },
    ],
  }))
  const wire = {
    level: { platformPaymentsPerSecond: (paidShare * payments.length) / of.window.seconds },
    legs: [{ leg: 'platform', ownMs: { p95: 20, p99: 30 } }],
    rows: { sent: rows.length },
    audit:
      broken === 0
        ? { verdict: 'passed', rules: [] }
        : { verdict: 'failed', rules: [{ title: { zh: '一单一付', en: 'Paid once' }, standing: 'broken', broken }] },
    generator: { cpuShare: cores[1], isHealthy: !isVoid, startLateMs: { p99: isVoid ? 50 : 1 } },
    processes: [{ actors: ['platform'], cores: cores[0], loopDelayMsP99: 5 }],
    machine: { cores: 2 },
  }
  return { trace: of, conducted: { log: { rows } }, wire, reasons: isVoid ? [late] : [] } as unknown as PlayedLevel
}
