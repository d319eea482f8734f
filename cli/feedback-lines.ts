/** Queues as assumed and as measured, for a terminal; a spot check is headed as one. */

import { unitWord } from '../reports/format.ts'
import { armTitle, displayUnit, measureTitle } from '../reports/lookup.ts'
import type { Language } from '../reports/words.ts'
import { wordsFor } from '../reports/words.ts'
import type { Feedback } from '../simulators/measures/result-feedback.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

export const feedbackLines = (result: RunResult, language: Language): readonly string[] =>
  result.feedback === undefined ? [] : linesOfFeedback(result, result.feedback, language)

/** @param result where measures and arms have their titles */
export function linesOfFeedback(result: RunResult, feedback: Feedback, language: Language): readonly string[] {
  const zh = language === 'zh'
  const words = wordsFor(language)
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  const heading = feedback.isSpot
    ? zh
      ? '抽点校核：用实测的平台时延重算'
      : "Spot check: the city with the platform's measured times"
    : zh
      ? '用实测的平台时延重算'
      : "The city with the platform's measured times"
  // Four figures, since what a platform's speed moves may be the third.
  const number = (measure: string, value: number | null): string => {
    const known = result.measures.find(({ name }) => name === measure)
    const unit = known === undefined ? '' : ` ${unitWord(displayUnit(known), language)}`
    return value === null ? '–' : `${value.toPrecision(4)}${unit}`.trimEnd()
  }
  return [
    heading,
    ...feedback.levels.map(({ offeredPerSecond, payments, ownMsP50, ownMsP95, ownMsMean }) =>
      zh
        ? `  每秒 ${offeredPerSecond.toFixed(1)} 笔（${payments} 笔）：平台自身均值 ${ownMsMean.toFixed(1)} ms，p50 ${ownMsP50.toFixed(1)} ms，p95 ${ownMsP95.toFixed(1)} ms；模型假设 ${feedback.assumedMs.toFixed(1)} ms（不含排队）`
        : `  at ${offeredPerSecond.toFixed(1)} payments/s (${payments} of them): platform's own time mean ${ownMsMean.toFixed(1)} ms, p50 ${ownMsP50.toFixed(1)} ms, p95 ${ownMsP95.toFixed(1)} ms; assumed ${feedback.assumedMs.toFixed(1)} ms without its queue`,
    ),
    ...feedback.arms.flatMap(({ arm, measuredShare, minutesOutside, rows }) => [
      `  ${armTitle(arm, result, language)}${zh ? '：' : ': '}${rangeText(percent(measuredShare), minutesOutside, zh)}`,
      ...rows.map(({ measure, assumed, measured }) =>
        zh
          ? `    ${measureTitle(measure, result, words)}：假设 ${number(measure, assumed)}，实测 ${number(measure, measured)}`
          : `    ${measureTitle(measure, result, words)}: assumed ${number(measure, assumed)}, measured ${number(measure, measured)}`,
      ),
    ]),
  ]
}

const rangeText = (share: string, minutesOutside: number, zh: boolean): string =>
  minutesOutside === 0
    ? zh
      ? '平台请求全部处于实测负载以内'
      : "all of the platform's calls lie within the measured load"
    : zh
      ? `平台请求的 ${share} 处于实测负载以内，其余（${minutesOutside} 分钟）超出实测范围，仍用假设值`
      : `${share} of the platform's calls lie within the measured load; the rest (${minutesOutside} minutes) is outside it and keeps what was assumed`
