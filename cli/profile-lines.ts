/** The levels of a latency profile, one a line. */
import { textTable } from '../reports/text-table.ts'
import type { Language } from '../reports/words.ts'
import { type LatencyProfile, type ProfileLevel, settledOwnBuckets } from '../simulators/trace/latency-profile.ts'
import { quantilesOfBuckets } from '../simulators/wire/replay/latency-by-leg.ts'

export function profileLines({ levels }: LatencyProfile, language: Language): readonly string[] {
  const zh = language === 'zh'
  const titles = zh
    ? ['负载级', '计划笔/秒', '完成笔/秒', '在途', '自身均值 ms（95%）', 'p50', 'p95', '被拒', '无应答', '平台核数', '有效']
    : ['level', 'offered/s', 'settled/s', 'in flight', 'own mean ms (95 %)', 'p50', 'p95', 'refused', 'silent', 'platform cores', 'valid']
  return textTable(
    titles.map((title, column) => ({ title, numeric: column > 0 && column < titles.length - 1 })),
    levels.map((level) => cellsOf(level, language)),
  )
}

function cellsOf(level: ProfileLevel, language: Language): readonly string[] {
  const { title, offeredPerSecond, achievedPerSecond, inFlight, settled, isValid, cpu } = level
  const own = quantilesOfBuckets(settledOwnBuckets(level))
  const number = (value: number | null | undefined, decimals = 1) => (value === null || value === undefined ? '–' : value.toFixed(decimals))
  const interval = settled.ownMsInterval === null ? '' : ` (${settled.ownMsInterval.map((end) => end.toFixed(1)).join('–')})`
  const cores = cpu.find(({ actors }) => actors.includes('platform'))?.cores
  return [
    title[language],
    number(offeredPerSecond),
    number(achievedPerSecond),
    number(inFlight.mean),
    `${number(settled.ownMsMean)}${interval}`,
    own.count === 0 ? '–' : number(own.p50, 0),
    own.count === 0 ? '–' : number(own.p95, 0),
    shareOf(level, 'refused'),
    shareOf(level, 'no-answer'),
    number(cores, 2),
    isValid ? (language === 'zh' ? '有效' : 'yes') : language === 'zh' ? '作废' : 'void',
  ]
}

/** Of what the target was asked. */
function shareOf({ legs }: ProfileLevel, outcome: string): string {
  const own = legs.filter(({ isMeasured }) => isMeasured)
  const all = own.reduce((sum, { count }) => sum + count, 0)
  const found = own.filter((leg) => leg.outcome === outcome).reduce((sum, { count }) => sum + count, 0)
  return all === 0 ? '–' : `${((100 * found) / all).toFixed(2)} %`
}
