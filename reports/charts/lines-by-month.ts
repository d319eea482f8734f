/** A figure at the end of each month, one line a shape of growth. */
import type { EChartsOption } from 'echarts'
import { categoryAxes } from './category-axes.ts'
import { type Colour, palette } from './palette.ts'
import type { Draw } from './render.ts'

export interface MonthLine {
  readonly colour: Colour
  readonly dash: readonly number[]
  readonly values: readonly number[]
}

export function linesByMonth(lines: readonly MonthLine[], months: readonly string[], tick: (value: number) => string): Draw {
  return (width) => {
    const option: EChartsOption = {
      ...categoryAxes({
        titles: months,
        largest: Math.max(0, ...lines.flatMap((line) => line.values)),
        tick,
        every: width === 'narrow' ? 3 : 1,
        marks: 'lines',
      }),
      series: lines.map((line) => ({
        type: 'line' as const,
        silent: true,
        showSymbol: false,
        lineStyle: { color: palette[line.colour], width: 2, type: line.dash.length === 0 ? ('solid' as const) : [...line.dash] },
        data: [...line.values],
      })),
    }
    return { option, height: width === 'narrow' ? 200 : 240 }
  }
}
