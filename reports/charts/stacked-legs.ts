/** Seconds of each leg in each arm, the assumed part first and the computed part on top of it. */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { namedRows } from './named-rows.ts'
import { palette } from './palette.ts'
import { barAxis, chartWidths, type Draw, fontPixels, textPixels } from './render.ts'

export interface LegRow {
  readonly title: string
  readonly assumed: number
  readonly computed: number
  readonly text: string
}

export function stackedLegs(rows: readonly LegRow[], tick: (value: number) => string): Draw {
  return (width) => {
    const pixels = chartWidths[width]
    const labelPixels = width === 'narrow' ? 120 : 230
    const { left, lines, yAxis } = namedRows(
      rows.map(({ title }) => title),
      labelPixels,
    )
    const right = 14
    const plot = pixels - left - right
    const textRoom = Math.max(0, ...rows.map((row) => textPixels(row.text))) + 10
    const largest = Math.max(0, ...rows.map((row) => row.assumed + row.computed))
    const axis = barAxis(largest, plot, textRoom, width === 'narrow' ? 3 : 6)
    const rowPixels = Math.max(24, lines * 15 + 8)
    const option: EChartsOption = {
      grid: { left, right, top: 4, bottom: 24 },
      xAxis: {
        ...axis,
        axisLabel: { showMaxLabel: false, formatter: tick, color: palette.muted, fontSize: fontPixels - 1 },
        splitLine: { showMaxLine: false, lineStyle: { color: palette.line } },
      },
      yAxis,
      series: [
        {
          type: 'bar',
          silent: true,
          stack: 'leg',
          barCategoryGap: '30%',
          itemStyle: { color: palette.sky },
          data: rows.map((row) => row.assumed),
        },
        { type: 'bar', silent: true, stack: 'leg', itemStyle: { color: palette.vermillion }, data: rows.map((row) => row.computed) },
        { type: 'custom', silent: true, z: 5, data: rows.map((_, row) => row), renderItem: totalText(rows) },
      ],
    }
    return { option, height: rows.length * rowPixels + 28 }
  }
}

function totalText(rows: readonly LegRow[]): CustomSeriesRenderItem {
  return (params, api) => {
    const row = rows[params.dataIndex]
    if (row === undefined) return null
    const [x = 0, y = 0] = api.coord([row.assumed + row.computed, params.dataIndex])
    return { type: 'text', style: { x: x + 6, y, text: row.text, fill: palette.ink, fontSize: fontPixels, verticalAlign: 'middle' } }
  }
}
