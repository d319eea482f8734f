/** A figure at the end of each month, one line a shape of growth. */
import type { EChartsOption } from 'echarts'
import { type Colour, palette } from './palette.ts'
import { axisSteps, type Draw, fontPixels, textPixels } from './render.ts'

export interface MonthLine {
  readonly colour: Colour
  readonly dash: readonly number[]
  readonly values: readonly number[]
}

export function linesByMonth(lines: readonly MonthLine[], months: readonly string[], tick: (value: number) => string): Draw {
  return (width) => {
    const { maximum, interval } = axisSteps(Math.max(0, ...lines.flatMap((line) => line.values)), 4)
    const left = Math.ceil(Math.max(textPixels(tick(maximum), fontPixels - 1), textPixels(tick(interval), fontPixels - 1))) + 12
    const every = width === 'narrow' ? 3 : 1
    const option: EChartsOption = {
      grid: { left, right: 24, top: 10, bottom: 26 },
      xAxis: {
        type: 'category',
        data: [...months],
        boundaryGap: false,
        axisLabel: { interval: (index: number) => index % every === 0, color: palette.muted, fontSize: fontPixels - 1 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: palette.muted } },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: maximum,
        interval,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { formatter: tick, color: palette.muted, fontSize: fontPixels - 1 },
        splitLine: { lineStyle: { color: palette.line } },
      },
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
