/** One column a category: months of a roll-out, classes of a distribution. Columns may be marked by another colour. */
import type { EChartsOption } from 'echarts'
import { type Colour, palette } from './palette.ts'
import { axisSteps, type Draw, fontPixels, textPixels } from './render.ts'

export interface ChartColumn {
  readonly title: string
  readonly value: number
  readonly colour: Colour
}

/** @param every of how many columns one is named, by width */
export function columns(
  given: readonly ChartColumn[],
  tick: (value: number) => string,
  every: { readonly narrow: number; readonly wide: number },
): Draw {
  return (width) => {
    const { maximum, interval } = axisSteps(Math.max(0, ...given.map(({ value }) => value)), 4)
    const left = Math.ceil(Math.max(textPixels(tick(maximum), fontPixels - 1), textPixels(tick(interval), fontPixels - 1))) + 12
    const option: EChartsOption = {
      grid: { left, right: 12, top: 10, bottom: 26 },
      xAxis: {
        type: 'category',
        data: given.map(({ title }) => title),
        axisLabel: { interval: (index: number) => index % every[width] === 0, color: palette.muted, fontSize: fontPixels - 1 },
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
      series: [
        {
          type: 'bar',
          silent: true,
          barCategoryGap: '18%',
          data: given.map(({ value, colour }) => ({ value, itemStyle: { color: palette[colour] } })),
        },
      ],
    }
    return { option, height: width === 'narrow' ? 190 : 220 }
  }
}
