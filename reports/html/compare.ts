/** Before beside after: the table and the charts that several sections share. */
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { Measure, Slice, SliceDimension } from '../../simulators/measures/run-result.ts'
import { barsByGroup } from '../charts/bars-by-group.ts'
import { linesOverDay } from '../charts/lines-over-day.ts'
import { armColour, armDash } from '../charts/palette.ts'
import { formatNumber, unitWord } from '../format.ts'
import { armTitle, measureTitle, sliceTitle, wholeCity } from '../lookup.ts'
import { said } from '../words.ts'
import { type Cell, type Column, figure, type LegendItem, table } from './markup.ts'
import { countText, ofArms, type Page, valueText, valueWithInterval } from './page.ts'

export interface CompareRow {
  readonly title: string
  readonly name: string
  readonly slice: Slice
}

/** One row per figure; per arm its value, per later arm its paired change with the interval; n of the first arm. */
export function compareTable(
  page: Page,
  caption: string,
  rowTitle: string,
  rows: readonly CompareRow[],
  heading: 'own' | 'above' = 'own',
): string {
  const { result, words, language } = page
  const arms = result.arms.map((arm) => said(arm.title, language))
  const columns: Column[] = [
    { title: rowTitle },
    ...arms.map((title) => ({ title, numeric: true })),
    ...arms.slice(1).map((title) => ({
      title: arms.length > 2 ? `${words.ui.change} · ${title}` : `${words.ui.change} (${words.ui.interval95})`,
      numeric: true,
    })),
    { title: words.ui.observations, numeric: true },
  ]
  const body = rows.map((row): readonly Cell[] => {
    const found = ofArms(page, row.name, row.slice)
    return [
      row.title,
      ...found.map(({ measure }) => valueText(page, measure)),
      ...found.slice(1).map(({ difference }) => valueWithInterval(page, difference, true)),
      countText(
        page,
        found.map(({ measure }) => measure),
      ),
    ]
  })
  return table(caption, columns, body, heading)
}

/** Rows of figures for the whole city. */
export const cityRows = (page: Page, names: readonly string[]): readonly CompareRow[] =>
  names.map((name) => ({ title: measureTitle(name, page.result, page.words), name, slice: wholeCity }))

/** The slices of a dimension that have figures under a name. */
export function sliceRows(page: Page, name: string, dimension: SliceDimension): readonly CompareRow[] {
  return (page.result.city.slices[dimension] ?? [])
    .map((row): Slice => ({ dimension, name: row.name }))
    .filter((slice) => page.result.arms.some((arm) => page.look.measure(name, arm.name, slice) !== undefined))
    .map((slice) => ({ title: rowTitle(page, slice), name, slice }))
}

/** With a single later arm there is no doubt whose switchers are meant, and its name is left out. */
function rowTitle(page: Page, slice: Slice): string {
  const switches: Readonly<Record<string, string>> = page.words.switches
  const side =
    slice.dimension === 'switch' && page.result.arms.length === 2 ? switches[slice.name.slice(slice.name.lastIndexOf('/') + 1)] : undefined
  return side ?? sliceTitle(slice, page.result, page.words)
}

export const armLegend = (page: Page, lines = false): readonly LegendItem[] =>
  page.chartArms.map((arm, index) => ({
    title: armTitle(arm, page.result, page.language),
    colour: armColour(index),
    ...(lines ? { dash: armDash(index) } : {}),
  }))

/** Bars before and after, with the table behind them; empty where nothing was measured. */
export function barsFigure(page: Page, id: string, title: string, rowTitle: string, rows: readonly CompareRow[]): string {
  const { words, look } = page
  const present = rows.filter((row) => page.chartArms.some((arm) => look.measure(row.name, arm, row.slice) !== undefined))
  if (present.length === 0) return ''
  const unit =
    page.chartArms.map((arm) => look.measure(present[0]!.name, arm, present[0]!.slice)?.unit).find((one) => one !== undefined) ?? ''
  const percent = unit === '1'
  const factor = percent ? 100 : unit === 'fen' ? 0.01 : 1
  const groups = present.map((row) => ({
    title: row.title,
    bars: page.chartArms.map((arm) => {
      const measure = look.measure(row.name, arm, row.slice)
      if (measure === undefined) return undefined
      return {
        value: measure.value * factor,
        interval: measure.interval === null ? null : ([measure.interval[0] * factor, measure.interval[1] * factor] as const),
        text: valueText(page, measure),
      }
    }),
  }))
  return figure(page, {
    id,
    title,
    note: `${unitNote(page, unit)}${groups.some((group) => group.bars.some((bar) => bar !== undefined && bar.interval !== null)) ? words.ui.whiskerNote : ''}`.trim(),
    legend: armLegend(page),
    draw: barsByGroup(groups, page.chartArms, axisTick(page, percent)),
    table: compareTable(page, title, rowTitle, rows),
  })
}

/** A sliced figure by hour of arrival, one line per arm. */
export function hoursFigure(page: Page, id: string, name: MeasureName): string {
  const { words, look, result } = page
  const rows = sliceRows(page, name, 'hour')
  if (rows.length === 0) return ''
  const unit = look.measure(name, result.arms[0]?.name ?? '')?.unit ?? ''
  const percent = unit === '1'
  const title = `${words.measures[name]} · ${words.ui.byHour}`
  const lines = page.chartArms.map((arm, index) => ({
    colour: armColour(index),
    dash: armDash(index),
    points: rows.map(({ slice }) => [(Number(slice.name) + 0.5) * 3600, scaled(enough(look.measure(name, arm, slice)), percent)] as const),
  }))
  return figure(page, {
    id,
    title,
    note: `${unitNote(page, unit)}${words.ui.rareHours(countForPicture)}`,
    legend: armLegend(page, true),
    draw: linesOverDay(lines, axisTick(page, percent)),
    table: compareTable(page, title, words.ui.hourOfDay, rows),
  })
}

/** Fewer observations than this are chance, and would set the scale of a whole picture. */
export const countForPicture = 30
const enough = (row: Measure | undefined): number | undefined => (row === undefined || row.count < countForPicture ? undefined : row.value)

const scaled = (value: number | undefined, percent: boolean): number | null => (value === undefined ? null : percent ? value * 100 : value)

export function unitNote(page: Page, unit: string): string {
  const word = unit === '1' ? '%' : unitWord(unit, page.language)
  return word === '' ? '' : page.language === 'zh' ? `单位：${word}。` : `Unit: ${word}. `
}

/** Ticks without superfluous zeros. */
export function axisTick(page: Page, percent = false): (value: number) => string {
  const compact = new Intl.NumberFormat(page.language === 'zh' ? 'zh-CN' : 'en-GB', { notation: 'compact' })
  return (value) => {
    if (Math.abs(value) >= 10_000) return compact.format(value)
    // As many decimals as the tick needs, so that no two neighbours read alike.
    const decimals = [0, 1, 2].find((places) => Math.abs(value - Number(value.toFixed(places))) < 1e-6) ?? 3
    const text = formatNumber(value, page.language, decimals)
    return percent ? `${text}%` : text
  }
}
