import { formatInterval, formatValue } from '../reports/format.ts'
import { armTitle, lookIn, measureTitle, subjectTitle } from '../reports/lookup.ts'
import { textTable } from '../reports/text-table.ts'
import { type Language, wordsFor } from '../reports/words.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

/** The primary figure of several scales under each other, and how busy the shared parties got. */
export function scaleTable(results: readonly RunResult[], languages: readonly Language[]): string[] {
  return languages.flatMap((language) => ['', ...oneTable(results, language)])
}

const numericColumns: readonly number[] = [0, 1, 3, 4, 6]
const busyMeasure = 'utilization-peak-minute'

function oneTable(results: readonly RunResult[], language: Language): string[] {
  const words = wordsFor(language)
  const [first] = results
  if (first === undefined) return []
  const { ui } = words
  const heading =
    language === 'zh'
      ? ['规模', '执业点', ui.arm, ui.change, ui.interval95, '最忙的共享方', '最忙一分钟']
      : ['scale', 'sites', ui.arm, ui.change, ui.interval95, 'busiest shared party', 'busiest minute']
  const rows = results.flatMap((result) => {
    const { difference } = lookIn(result)
    // The first arm has no difference and still shows how busy the city is without the reform.
    return result.arms.map(({ name: arm }, index) => {
      const primary = difference(result.scenario.primaryMeasure, arm)
      const busiest = busiestParty(result, arm)
      return [
        index === 0 ? String(result.scenario.scale) : '',
        index === 0 ? String(result.city.sites) : '',
        armTitle(arm, result, language),
        primary === undefined ? '' : formatValue(primary.value, primary.unit, language, true),
        primary === undefined
          ? ''
          : primary.interval === null
            ? ui.noInterval
            : formatInterval(primary.interval, primary.unit, language, true),
        busiest === undefined ? '' : subjectTitle(busiest.party, result, words),
        busiest === undefined ? '' : formatValue(busiest.utilization, '1', language),
      ]
    })
  })
  return [
    measureTitle(first.scenario.primaryMeasure, first, words),
    ...textTable(
      heading.map((title, column) => ({ title, numeric: numericColumns.includes(column) })),
      rows,
    ),
  ]
}

function busiestParty(result: RunResult, arm: string): { readonly party: string; readonly utilization: number } | undefined {
  const { measure, subjects } = lookIn(result)
  return subjects(busyMeasure)
    .map((party) => ({ party, utilization: measure(`${busyMeasure}/${party}`, arm)?.value ?? 0 }))
    .reduce<{ party: string; utilization: number } | undefined>(
      (best, one) => (best === undefined || one.utilization > best.utilization ? one : best),
      undefined,
    )
}
