/** The districts as tiles: how much each saves, where a layout of the city is known, and every district in the table. */
import { heatColours } from '../charts/heat-by-hour.ts'
import { tileLayoutFor } from '../charts/tile-layouts.ts'
import { type Tile, tileMap } from '../charts/tile-map.ts'
import { formatMark, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { barsFigure, compareTable, sliceRows } from './compare.ts'
import { figure, section } from './markup.ts'
import { type Page, slicedMeasure } from './page.ts'

export function districtsSection(page: Page): string {
  const { result, words } = page
  const name = slicedMeasure(page)
  const rows = sliceRows(page, name, 'district')
  if (rows.length === 0) return ''
  const layout = tileLayoutFor(result.city.slices.district.map((district) => district.name))
  const title = measureTitle(name, result, words)
  const body =
    layout === undefined
      ? barsFigure(page, 'by-district', `${title} · ${words.ui.byDistrict}`, words.dimensions.district, rows)
      : map(page, layout, name, title)
  return section(page, 'districts', words.sections.map.title, layout === undefined ? '' : words.sections.map.intro, body, 'exploratory')
}

function map(page: Page, layout: NonNullable<ReturnType<typeof tileLayoutFor>>, name: string, title: string): string {
  const { result, words, language, look, mainArm } = page
  const text = words.sections.map
  const isChange = mainArm !== result.arms[0]?.name
  const figures = result.city.slices.district.map(({ name: district, title: words_ }) => {
    const slice = { dimension: 'district', name: district } as const
    const row = isChange ? look.difference(name, mainArm, slice) : look.measure(name, mainArm, slice)
    return { district, title: said(words_, language), row, value: row === undefined ? null : (isChange ? -1 : 1) * row.value }
  })
  const known = figures.flatMap(({ value }) => (value === null ? [] : [value]))
  const unit = figures.find(({ row }) => row !== undefined)?.row
  if (unit === undefined) return ''
  const shownUnit = displayUnit(unit)
  const { low, step } = classesOf(known)
  const stepOf = (value: number): number => Math.max(0, Math.min(heatColours.length - 1, Math.floor((value - low) / step + 1e-9)))
  const tiles = figures.map(
    ({ district, title: name_, value }): Tile => ({
      district,
      title: shortName(name_),
      text: value === null ? words.ui.notMeasured : formatValue(value === 0 ? 0 : value, shownUnit, language),
      step: value === null ? null : stepOf(value),
    }),
  )
  const edge = (at: number): string => formatMark(Number((low + at * step).toPrecision(6)), shownUnit, language)
  const used = new Set(tiles.map((tile) => tile.step))
  const legend = heatColours.flatMap((colour, at) => (used.has(at) ? [{ colour, title: text.legendTo(edge(at), edge(at + 1)) }] : []))
  const heading = `${isChange ? text.saved(title) : text.level(title)} · ${armTitle(mainArm, result, language)}`
  return figure(page, {
    id: 'tiles',
    title: heading,
    legend,
    draw: tileMap(layout, tiles),
    table: compareTable(page, heading, words.dimensions.district, sliceRows(page, name, 'district')),
  })
}

/** Six classes of one round width that hold every figure. */
function classesOf(values: readonly number[]): { readonly low: number; readonly step: number } {
  const least = Math.min(...values)
  const most = Math.max(...values)
  const rough = Math.max((most - least) / heatColours.length, Math.abs(most) * 0.005, 1e-6)
  const power = 10 ** Math.floor(Math.log10(rough))
  const rounds = [1, 2, 2.5, 5, 10, 20, 25, 50].map((one) => one * power)
  const step = rounds.find((one) => one >= rough && Math.floor(least / one) * one + one * heatColours.length >= most) ?? rough * 2
  return { low: Math.floor(least / step) * step, step }
}

/** A tile holds `浦东`, not `浦东新区`. */
const shortName = (name: string): string => name.replace(/(?:新区|区)$/, '').replace(/ (?:New Area|District)$/, '')
