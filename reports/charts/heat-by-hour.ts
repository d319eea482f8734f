/** Utilisation of each party by hour, darker where it is busier; the figures stand in the table behind it. */
import type { EChartsOption } from 'echarts'
import { namedRows } from './named-rows.ts'
import { type Colour, palette } from './palette.ts'
import { type Draw, fontPixels } from './render.ts'

/** Upper edges of the steps of the scale; above the last one is the darkest. */
export const heatEdges = [0.2, 0.4, 0.6, 0.8, 0.9] as const
export const heatColours: readonly Colour[] = ['heat0', 'heat1', 'heat2', 'heat3', 'heat4', 'heat5']

export interface HeatRow {
  readonly title: string
  /** 24 values 0…1, hour 0 first. */
  readonly hours: readonly (number | null)[]
}

export function heatByHour(rows: readonly HeatRow[]): Draw {
  return (width) => {
    const labelPixels = width === 'narrow' ? 96 : 190
    const { left, lines, yAxis } = namedRows(
      rows.map(({ title }) => title),
      labelPixels,
    )
    const rowPixels = Math.max(22, lines * 14 + 8)
    const every = width === 'narrow' ? 6 : 2
    const option: EChartsOption = {
      grid: { left, right: 14, top: 4, bottom: 24 },
      xAxis: {
        type: 'category',
        data: Array.from({ length: 24 }, (_, hour) => String(hour)),
        axisLabel: { interval: (index: number) => index % every === 0, color: palette.muted, fontSize: fontPixels - 1 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: palette.muted } },
      },
      yAxis,
      series: heatColours.map((colour, step) => ({
        type: 'heatmap' as const,
        silent: true,
        itemStyle: { color: palette[colour], borderColor: palette.paper, borderWidth: 1 },
        data: rows.flatMap((row, y) =>
          row.hours.flatMap((value, hour) => (value !== null && heatStep(value) === step ? [[hour, y, value]] : [])),
        ),
      })),
      visualMap: {
        show: false,
        type: 'piecewise',
        dimension: 2,
        pieces: heatColours.map((colour, step) => ({
          min: step === 0 ? -1 : heatEdges[step - 1]!,
          max: heatEdges[step] ?? 1e9,
          color: palette[colour],
        })),
      },
    }
    return { option, height: rows.length * rowPixels + 28 }
  }
}

export function heatStep(value: number): number {
  const step = heatEdges.findIndex((edge) => value < edge)
  return step < 0 ? heatEdges.length : step
}
