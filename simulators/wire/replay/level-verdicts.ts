/** What a level's name promises beside what was measured. */
import type { WireOutcome, WireVerdict } from '../../measures/result-wire.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace } from '../../trace/trace.ts'
import { callsWith, isPaidByPlatform, leastSettledShare, paysByPlatform } from './level-figures.ts'

export function verdict(given: Omit<WireVerdict, 'standing'>): WireVerdict {
  const { measured, is, goal } = given
  const isMet = measured !== null && (is === 'at-least' ? measured >= goal : measured <= goal)
  return { ...given, standing: isMet ? 'ok' : 'short' }
}

/** The busiest minutes of the city (docs/load-levels.md). */
export function cityPeakVerdicts(wire: WireOutcome): readonly WireVerdict[] {
  const own = wire.legs.find(({ leg }) => leg === 'platform')?.ownMs
  return [
    verdict({
      name: 'payments-per-second',
      title: { zh: '平台每秒支付', en: 'platform payments a second' },
      ...{ measured: wire.level.platformPaymentsPerSecond, is: 'at-least', goal: 15, unit: '/s' },
    }),
    noneLost(wire),
    verdict({
      name: 'dropped-starts',
      title: { zh: '未发出的起始', en: 'starts dropped' },
      ...{ measured: wire.generator.droppedStarts, is: 'at-most', goal: 0, unit: '' },
    }),
    verdict({
      name: 'start-late-p99',
      title: { zh: '起始延迟 P99', en: 'starts late by, p99' },
      ...{ measured: wire.generator.startLateMs?.p99 ?? null, is: 'at-most', goal: 20, unit: 'ms' },
    }),
    verdict({
      name: 'platform-own-p99',
      title: { zh: '平台自身用时 P99', en: "platform's own time, p99" },
      ...{ measured: own?.p99 ?? null, is: 'at-most', goal: 250, unit: 'ms' },
    }),
  ]
}

/** What the auditor found of bills paid twice, money lost or left unknown: of every rule, all findings. */
export const noneLost = ({ audit }: WireOutcome): WireVerdict =>
  verdict({
    name: 'audit-findings',
    title: { zh: '审计发现（丢失、重复、未知）', en: 'audit findings (lost, doubled, unknown)' },
    ...{
      measured: audit.verdict === 'void' ? null : audit.rules.reduce((sum, { broken }) => sum + broken, 0),
      is: 'at-most',
      goal: 0,
      unit: '',
    },
  })

export interface Overload {
  /** Payments a second the target paid at its knee. */
  readonly kneePerSecond: number
  readonly overSeconds: number
}

/** ASSUMPTION: what was begun before the overload is paid by then. */
const settlingSeconds = 3
/** The service level: of a bin's payments at least so many settled, and p95 answered within this (docs/load-levels.md). */
const mostAnswerMs = 5000
const binSeconds = 5
const binsInside = 3

export function overloadVerdicts(trace: Trace, rows: readonly SeenRow[], wire: WireOutcome, over: Overload): readonly WireVerdict[] {
  const { kneePerSecond, overSeconds } = over
  const asked = rows.filter(({ row, notSent }) => {
    const planned = trace.rows[row]
    return notSent === undefined && planned !== undefined && paysByPlatform(planned) && planned.virtual.outcome === 'settled'
  })
  const duringMs = (ms: number | undefined) => ms !== undefined && ms >= settlingSeconds * 1000 && ms < overSeconds * 1000
  const good = asked.filter((one) => isPaidByPlatform(one) && duringMs(one.endMs)).length / (overSeconds - settlingSeconds)
  const offered = asked.filter(({ dueMs }) => dueMs < overSeconds * 1000).length / overSeconds
  return [
    noneLost(wire),
    verdict({
      name: 'offered-over-knee',
      title: { zh: '所发与拐点之比', en: 'offered over the knee' },
      ...{ measured: offered / kneePerSecond, is: 'at-least', goal: 2.7, unit: '×' },
    }),
    verdict({
      name: 'refusals-other-than-429',
      title: { zh: '429 以外的拒绝与无应答', en: 'refusals other than 429, and silence' },
      ...{ measured: callsWith(rows, (status) => status !== 429 && (status < 200 || status >= 300)), is: 'at-most', goal: 0, unit: '' },
    }),
    verdict({
      name: 'goodput-over-knee',
      title: { zh: '过载时办成与拐点之比', en: 'paid a second in overload, over the knee' },
      ...{ measured: good / kneePerSecond, is: 'at-least', goal: 0.8, unit: '×' },
    }),
    verdict({
      name: 'back-inside-slo',
      title: { zh: '过载结束后恢复服务水平', en: 'inside the service level after the end' },
      ...{ measured: secondsOut(asked, overSeconds, trace.window.seconds), is: 'at-most', goal: 10, unit: 's' },
    }),
  ]
}

/**
 * From the overload's end to the first of three bins of intended starts inside the service level (docs/load-levels.md); null where there are
 * no such three by the end of the window.
 */
function secondsOut(asked: readonly SeenRow[], overSeconds: number, seconds: number): number | null {
  const isInside = (from: number) => {
    const bin = asked.filter(({ dueMs }) => dueMs >= from * 1000 && dueMs < (from + binSeconds) * 1000)
    const times = bin.map((one) => (isPaidByPlatform(one) ? (one.endMs ?? Number.POSITIVE_INFINITY) - one.dueMs : Number.POSITIVE_INFINITY))
    const sorted = times.toSorted((a, b) => a - b)
    const settled = times.filter((ms) => ms < Number.POSITIVE_INFINITY).length
    return (
      bin.length > 0 && settled >= leastSettledShare * bin.length && (sorted[Math.ceil(0.95 * sorted.length) - 1] as number) <= mostAnswerMs
    )
  }
  for (let from = overSeconds; from + binsInside * binSeconds <= seconds; from += binSeconds)
    if (Array.from({ length: binsInside }, (_, n) => n).every((n) => isInside(from + n * binSeconds))) return from - overSeconds
  return null
}
