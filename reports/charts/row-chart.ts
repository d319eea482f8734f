/**
 * Rows on one scale: a title, marks in the plot (bars, lines, points), a text at the right. Forest plots, tornados and time lines are
 * all rows of marks. On a telephone the title stands above its marks, so that the plot keeps the whole width.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { type Colour, palette } from './palette.ts'
import { axisSteps, chartWidths, type Draw, fontPixels, textPixels, wrapped } from './render.ts'

export type Mark =
  | { readonly kind: 'bar'; readonly from: number; readonly to: number; readonly colour: Colour; readonly pixels?: number }
  | { readonly kind: 'line'; readonly from: number; readonly to: number; readonly colour: Colour; readonly pixels?: number }
  | { readonly kind: 'point'; readonly at: number; readonly colour: Colour; readonly shape: 'dot' | 'ring' | 'diamond' }
  | { readonly kind: 'cut'; readonly at: number; readonly colour: Colour }

export interface ChartRow {
  readonly title: string
  readonly marks: readonly Mark[]
  /** The figure in words, at the right end. */
  readonly text: string
}

export interface RowChart {
  readonly rows: readonly ChartRow[]
  /** Null: every row has a scale of its own (its marks run from 0 to 1), and no axis is drawn. */
  readonly tick: ((value: number) => string) | null
  /** The stretch shown; found from the marks where absent. */
  readonly stretch?: readonly [number, number]
  /** Where ticks stand; found from the stretch where absent. */
  readonly every?: number
  /** A stretch shaded through all rows, such as what was said not to matter. */
  readonly band?: readonly [number, number]
  /** Values marked by a line through all rows, such as zero. */
  readonly references?: readonly number[]
}

const lineHeight = 16
const titlePixels = 250

export function rowChart(given: RowChart): Draw {
  return (width) => {
    const pixels = chartWidths[width]
    const isNarrow = width === 'narrow'
    const textRoom = Math.ceil(Math.max(0, ...given.rows.map((row) => textPixels(row.text)))) + 8
    // A short figure stands beside the title, a long one beneath it.
    const isBeside = isNarrow && textRoom < pixels * 0.45
    const titleRoom = isNarrow
      ? pixels - 4 - (isBeside ? textRoom : 0)
      : Math.min(titlePixels, Math.max(...given.rows.map((row) => textPixels(row.title)), 40))
    const titles = given.rows.map((row) => wrapped(row.title, titleRoom))
    const left = isNarrow ? 10 : Math.ceil(titleRoom) + 14
    const right = isNarrow ? 10 : Math.max(16, textRoom)
    const heights = titles.map((lines, row) =>
      isNarrow
        ? (lines.length + (isBeside || given.rows[row]!.text === '' ? 0 : 1)) * lineHeight + 30
        : Math.max(30, lines.length * lineHeight + 10),
    )
    const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, one) => sum + one, 2))
    const total = heights.reduce((sum, one) => sum + one, 2)
    const { low, high, interval } = scaleOf(given, pixels - left - right, isNarrow)
    const bottom = given.tick === null ? 4 : 24
    const renderItem: CustomSeriesRenderItem = (params, api) => {
      const row = params.dataIndex
      const top = tops[row]!
      const height = heights[row]!
      const lines = titles[row]!
      const y = isNarrow ? top + height - 16 : top + height / 2
      const at = (value: number): number => api.coord([Math.min(high, Math.max(low, value)), 0])[0] ?? 0
      const label = (text: string, x: number, line: number, align: 'left' | 'right', colour: Colour) => ({
        type: 'text' as const,
        style: { text, x, y: line, align, verticalAlign: 'middle' as const, fill: palette[colour], fontSize: fontPixels },
      })
      const titleTop = isNarrow ? top + lineHeight / 2 : y - ((lines.length - 1) * lineHeight) / 2
      return {
        type: 'group',
        children: [
          ...given.rows[row]!.marks.map((mark) => shapeOf(mark, at, y)),
          ...lines.map((line, index) =>
            label(line, isNarrow ? 2 : left - 10, titleTop + index * lineHeight, isNarrow ? 'left' : 'right', 'ink'),
          ),
          ...(given.rows[row]!.text === ''
            ? []
            : isNarrow && !isBeside
              ? [label(given.rows[row]!.text, 2, titleTop + lines.length * lineHeight, 'left', 'muted')]
              : [label(given.rows[row]!.text, pixels - 2, isNarrow ? titleTop : y, 'right', 'ink')]),
        ],
      }
    }
    const option: EChartsOption = {
      grid: { left, right, top: 2, bottom },
      xAxis: {
        type: 'value',
        min: low,
        max: high,
        interval,
        show: given.tick !== null,
        axisLabel: { formatter: given.tick ?? String, color: palette.muted, fontSize: fontPixels - 1, hideOverlap: true },
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: palette.line } },
      },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      series: [
        {
          type: 'custom',
          silent: true,
          data: given.rows.map((_, index) => index),
          encode: { x: -1, y: -1 },
          clip: false,
          renderItem,
          z: 5,
          markArea: {
            silent: true,
            itemStyle: { color: palette.heat1, opacity: 0.6, borderColor: palette.heat1 },
            data: given.band === undefined ? [] : [[{ xAxis: Math.max(low, given.band[0]) }, { xAxis: Math.min(high, given.band[1]) }]],
          },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: palette.muted, width: 1.2, type: 'solid' },
            data: (given.references ?? []).map((value) => ({ xAxis: value })),
          },
        },
      ],
    }
    return { option, height: total + bottom }
  }
}

function shapeOf(mark: Mark, at: (value: number) => number, y: number) {
  const colour = palette[mark.kind === 'point' || mark.kind === 'cut' ? mark.colour : mark.colour]
  switch (mark.kind) {
    case 'bar': {
      const [from, to] = [at(Math.min(mark.from, mark.to)), at(Math.max(mark.from, mark.to))]
      const tall = mark.pixels ?? 14
      return {
        type: 'rect' as const,
        shape: { x: from, y: y - tall / 2, width: Math.max(0.6, to - from), height: tall },
        style: { fill: colour },
      }
    }
    case 'line':
      return {
        type: 'line' as const,
        shape: { x1: at(mark.from), y1: y, x2: at(mark.to), y2: y },
        style: { stroke: colour, lineWidth: mark.pixels ?? 2, fill: 'none' },
      }
    case 'cut':
      return {
        type: 'line' as const,
        shape: { x1: at(mark.at), y1: y - 10, x2: at(mark.at), y2: y + 10 },
        style: { stroke: colour, lineWidth: 2, fill: 'none' },
      }
    case 'point':
      return mark.shape === 'diamond'
        ? {
            type: 'polygon' as const,
            shape: {
              points: [
                [at(mark.at), y - 7],
                [at(mark.at) + 7, y],
                [at(mark.at), y + 7],
                [at(mark.at) - 7, y],
              ],
            },
            style: { fill: colour },
          }
        : {
            type: 'circle' as const,
            shape: { cx: at(mark.at), cy: y, r: 5 },
            style: { fill: mark.shape === 'ring' ? palette.paper : colour, stroke: colour, lineWidth: 2 },
          }
    default:
      return mark satisfies never
  }
}

function scaleOf(given: RowChart, plotPixels: number, isNarrow: boolean): { low: number; high: number; interval: number } {
  const values = [
    ...(given.references ?? []),
    ...given.rows.flatMap((row) =>
      row.marks.flatMap((mark) => (mark.kind === 'point' || mark.kind === 'cut' ? [mark.at] : [mark.from, mark.to])),
    ),
  ]
  const [least, most] = given.stretch ?? [Math.min(...values), Math.max(...values)]
  const span = most - least > 0 ? most - least : Math.abs(most) || 1
  if (given.stretch !== undefined) return { low: least, high: most, interval: given.every ?? axisSteps(span, isNarrow ? 4 : 8).interval }
  // A little air, so that the mark at the end is whole.
  const air = (span * 10) / Math.max(60, plotPixels - 20)
  const { interval } = axisSteps(span, isNarrow ? 4 : 7)
  return {
    low: Math.floor((least - air) / interval) * interval,
    high: Math.ceil((most + air) / interval) * interval,
    interval: given.every ?? interval,
  }
}
