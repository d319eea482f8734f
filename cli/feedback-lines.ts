/** Queues as assumed and as measured, for a terminal; a spot check is headed as one. */

import { measureTitle } from '../reports/lookup.ts'
import type { Language } from '../reports/words.ts'
import { wordsFor } from '../reports/words.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

export function feedbackLines(result: RunResult, language: Language): readonly string[] {
  const { feedback } = result
  if (feedback === undefined) return []
  const zh = language === 'zh'
  const words = wordsFor(language)
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  const heading = feedback.isSpot
    ? zh
      ? '抽查：用实测的平台时延重算'
      : "Spot check: the city with the platform's measured times"
    : zh
      ? '用实测的平台时延重算'
      : "The city with the platform's measured times"
  const number = (value: number | null): string => (value === null ? '–' : value.toPrecision(4))
  return [
    heading,
    ...feedback.levels.map(({ offeredPerSecond, payments, ownMsP50, ownMsP95, ownMsMean }) =>
      zh
        ? `  每秒 ${offeredPerSecond.toFixed(1)} 笔（${payments} 笔）：平台自身均值 ${ownMsMean.toFixed(1)} ms，p50 ${ownMsP50} ms，p95 ${ownMsP95} ms；模型假设 ${feedback.assumedMs.toFixed(1)} ms（不含排队）`
        : `  at ${offeredPerSecond.toFixed(1)} payments/s (${payments} of them): platform's own time mean ${ownMsMean.toFixed(1)} ms, p50 ${ownMsP50} ms, p95 ${ownMsP95} ms; assumed ${feedback.assumedMs.toFixed(1)} ms without its queue`,
    ),
    ...feedback.arms.flatMap(({ arm, measuredShare, rows }) => [
      zh
        ? `  ${arm}：平台请求的 ${percent(measuredShare)} 处于实测负载以内，其余仍用假设值`
        : `  ${arm}: ${percent(measuredShare)} of the platform's calls lie within the measured load, the rest keeps what was assumed`,
      ...rows.map(({ measure, assumed, measured }) =>
        zh
          ? `    ${measureTitle(measure, result, words)}：假设 ${number(assumed)}，实测 ${number(measured)}`
          : `    ${measureTitle(measure, result, words)}: assumed ${number(assumed)}, measured ${number(measured)}`,
      ),
    ]),
  ]
}
