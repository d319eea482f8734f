import type { Language } from '../reports/words.ts'
import { wordsFor } from '../reports/words.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { table } from './columns.ts'

/** The primary figure of several scales under each other, and how busy the shared parties got. */
export function scaleTable(results: readonly RunResult[], languages: readonly Language[]): string[] {
  return languages.flatMap((language) => ['', ...oneTable(results, language)])
}

function oneTable(results: readonly RunResult[], language: Language): string[] {
  const words = wordsFor(language)
  const heading =
    language === 'zh'
      ? ['规模', '执业点', '方案', '主要指标差值', '95% 区间', '最忙的共享方', '峰值利用率']
      : ['scale', 'sites', 'arm', 'primary difference', '95 % interval', 'busiest shared party', 'peak utilisation']
  const rows = results.flatMap((result) => {
    const { scenario, city } = result
    const primary = result.differences.filter(({ name, slice }) => name === scenario.primaryMeasure && slice.dimension === 'all')
    return primary.map(({ arm, value, unit, interval }, index) => {
      const busiest = busiestParty(result, arm)
      return [
        index === 0 ? String(scenario.scale) : '',
        index === 0 ? String(city.sites) : '',
        result.arms.find(({ name }) => name === arm)?.title[language] ?? arm,
        `${value.toFixed(2)} ${words.units[unit as keyof typeof words.units] ?? unit}`,
        interval === null ? '–' : `${interval[0].toFixed(2)} … ${interval[1].toFixed(2)}`,
        busiest === undefined ? '–' : (city.parties.find(({ name }) => name === busiest.party)?.title[language] ?? busiest.party),
        busiest === undefined ? '–' : `${(busiest.utilization * 100).toFixed(0)} %`,
      ]
    })
  })
  return table([heading, ...rows], [0, 1, 3, 4, 6])
}

function busiestParty(result: RunResult, arm: string): { party: string; utilization: number } | undefined {
  const prefix = 'utilization-peak-minute/'
  let best: { party: string; utilization: number } | undefined
  for (const measure of result.measures) {
    if (measure.arm !== arm || !measure.name.startsWith(prefix)) continue
    if (best === undefined || measure.value > best.utilization)
      best = { party: measure.name.slice(prefix.length), utilization: measure.value }
  }
  return best
}
