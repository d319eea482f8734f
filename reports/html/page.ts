/** What every section of the page is given: one result, read in one language. */
import type { Difference, Measure, RunResult, Slice } from '../../simulators/measures/run-result.ts'
import { type Finding, findingsOf } from '../findings.ts'
import { formatValue, formatWithInterval } from '../format.ts'
import { displayUnit, type Lookup, lookIn } from '../lookup.ts'
import { type Language, type WordTable, wordsFor } from '../words.ts'

export interface Page {
  readonly result: RunResult
  readonly language: Language
  readonly words: WordTable
  readonly look: Lookup
  readonly findings: readonly Finding[]
  /** Arms drawn in charts: all of them while they are few; tables always hold every arm. */
  readonly chartArms: readonly string[]
}

export function pageOf(result: RunResult, language: Language): Page {
  const arms = result.arms.map((arm) => arm.name)
  return { result, language, words: wordsFor(language), look: lookIn(result), findings: findingsOf(result), chartArms: arms.slice(0, 4) }
}

export function valueText(page: Page, row: Measure | undefined, sign = false): string {
  return row === undefined ? page.words.ui.notMeasured : formatValue(row.value, displayUnit(row), page.language, sign)
}

/** `8.2 (7.9 to 8.5)`, or the value alone. */
export function valueWithInterval(page: Page, row: Measure | undefined, sign = false): string {
  if (row === undefined) return page.words.ui.notMeasured
  if (row.interval === null) return valueText(page, row, sign)
  return formatWithInterval(row.value, row.interval, displayUnit(row), page.language, sign)
}

export const countText = (page: Page, row: Measure | undefined): string =>
  row === undefined ? '' : row.count.toLocaleString(page.language === 'zh' ? 'zh-CN' : 'en-GB')

/** The first arm, and the paired difference of every other one, of a figure. */
export function ofArms(
  page: Page,
  name: string,
  slice?: Slice,
): readonly { readonly arm: string; readonly measure: Measure | undefined; readonly difference: Difference | undefined }[] {
  return page.result.arms.map(({ name: arm }, index) => ({
    arm,
    measure: page.look.measure(name, arm, slice),
    difference: index === 0 ? undefined : page.look.difference(name, arm, slice),
  }))
}
