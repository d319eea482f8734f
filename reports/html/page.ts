/** What every section of the page is given: one result, read in one language. */
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { Difference, Measure, RunResult, Slice } from '../../simulators/measures/run-result.ts'
import { type Finding, findingsOf, reducedFindingsOf } from '../findings.ts'
import { formatValue, formatWithInterval } from '../format.ts'
import { displayUnit, type Lookup, lookIn } from '../lookup.ts'
import { type Language, type WordTable, wordsFor } from '../words.ts'

export interface Page {
  readonly result: RunResult
  readonly language: Language
  readonly words: WordTable
  readonly look: Lookup
  readonly findings: readonly Finding[]
  /** Of arms played on the reduced city only. */
  readonly reducedFindings: readonly Finding[]
  /** Arms drawn in charts: all of them while they are few; tables always hold every arm. */
  readonly chartArms: readonly string[]
  /** The arm that single pictures show. */
  readonly mainArm: string
}

/** Groups are shown by the question's own measure where it has groups, else by minutes in payment lines. */
export function slicedMeasure({ result, look }: Page): MeasureName {
  const tier = { dimension: 'tier', name: result.city.slices.tier[0]?.name ?? '' } as const
  const known = look.measure(result.scenario.primaryMeasure, result.arms[0]?.name ?? '', tier)
  return known === undefined ? 'payment-queueing-minutes-per-visit' : (result.scenario.primaryMeasure as MeasureName)
}

export function pageOf(result: RunResult, language: Language): Page {
  const arms = result.arms.map((arm) => arm.name)
  return {
    result,
    language,
    words: wordsFor(language),
    look: lookIn(result),
    findings: findingsOf(result),
    reducedFindings: reducedFindingsOf(result),
    chartArms: chartArmsOf(arms),
    mainArm: mainArmOf(result),
  }
}

/** The last arm, which a scenario's arms lead up to; of a go-live the first that switches, since the waves after it are parts of one. */
function mainArmOf({ arms, goLive }: RunResult): string {
  const switching = goLive.flatMap(({ mornings }) => mornings).find((morning) => morning.sitesSwitching > 0)
  return (arms.find((arm) => arm.name === switching?.name) ?? arms.at(-1))?.name ?? ''
}

/** More lines than these cannot be told apart; the first and the last are always among them. */
const armsDrawn = 4
const chartArmsOf = (arms: readonly string[]): readonly string[] =>
  arms.length <= armsDrawn ? arms : [...arms.slice(0, armsDrawn - 1), ...arms.slice(-1)]

export function valueText(page: Page, row: Measure | undefined, sign = false): string {
  return row === undefined ? page.words.ui.notMeasured : formatValue(row.value, displayUnit(row), page.language, sign)
}

/** `8.2 (7.9 to 8.5)`, or the value alone. */
export function valueWithInterval(page: Page, row: Measure | undefined, sign = false): string {
  if (row === undefined) return page.words.ui.notMeasured
  if (row.interval === null) return valueText(page, row, sign)
  return formatWithInterval(row.value, row.interval, displayUnit(row), page.language, sign)
}

/** Observations in the first arm that has any: before the reform nobody signs up, so what is counted there is in the arms after it. */
export function countText(page: Page, rows: readonly (Measure | undefined)[]): string {
  const row = rows.find((one) => one !== undefined && one.count > 0)
  return row === undefined ? '–' : Math.round(row.count).toLocaleString(page.language === 'zh' ? 'zh-CN' : 'en-GB')
}

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
