/** What came of the wire part of a run, for a terminal. */
import { formatClock } from '../reports/format.ts'
import { armTitle } from '../reports/lookup.ts'
import type { Language } from '../reports/words.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { linesOfFeedback } from './feedback-lines.ts'

export function spotCheckLines(result: RunResult, language: Language): readonly string[] {
  const { spotCheck } = result
  const zh = language === 'zh'
  if (spotCheck === undefined) return []
  if (!spotCheck.ran)
    return [
      zh
        ? `线上部分未运行：${spotCheck.reason.zh}。以上虚拟城市的结果不受影响。`
        : `Wire part not run: ${spotCheck.reason.en}. The virtual answer above stands.`,
    ]
  const { window, errands, closingBooks, audit, generator, voidReasons, platformPaymentsPerSecond, feedback } = spotCheck
  const clock = formatClock(window.fromSecond)
  const seconds = window.toSecond - window.fromSecond
  const arm = armTitle(window.arm, result, language)
  const rate = platformPaymentsPerSecond.toFixed(1)
  const played = zh
    ? `抽点校核：${clock} 起 ${seconds} 秒，${arm}，由 ${generator.name} ${generator.version} 以真实 HTTP 回放 ${errands.sent} / ${errands.planned} 笔业务，平台每秒完成 ${rate} 笔支付`
    : `Spot check: ${seconds} s from ${clock}, ${arm}: ${errands.sent} of ${errands.planned} errands over real HTTP by ${generator.name} ${generator.version}, ${rate} platform payments/s`
  const books = zh
    ? `  期末账簿 ${closingBooks.compared} 行中 ${closingBooks.equal} 行到分一致；审计${audit.verdict === 'passed' ? '通过' : '未能作出结论'}，${audit.rulesKept} 条规则成立`
    : `  closing books: ${closingBooks.equal} of ${closingBooks.compared} equal to the fen; audit ${audit.verdict}, ${audit.rulesKept} rules kept`
  if (feedback === null)
    return [
      played,
      books,
      zh
        ? `  作废，不作任何结论：${voidReasons.map((reason) => reason.zh).join('；')}。以上虚拟城市的结果不受影响。`
        : `  void, nothing is concluded from it: ${voidReasons.map((reason) => reason.en).join('; ')}. The virtual answer above stands.`,
    ]
  const basis = zh
    ? '  以下只重算该方案在全市的一个模拟日（同一批患者），不带区间'
    : '  computed again: this arm alone, one day of the whole city, the same people in both; no interval'
  return [played, books, ...linesOfFeedback(result, feedback, language), basis]
}
