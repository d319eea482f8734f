/** The two axes of a chart over named categories: names along the foot, a value from zero up the side. */
import type { EChartsOption } from 'echarts'
import { palette } from './palette.ts'
import { axisSteps, fontPixels, textPixels } from './render.ts'

export interface CategoryAxes {
  readonly titles: readonly string[]
  /** The largest value drawn. */
  readonly largest: number
  readonly tick: (value: number) => string
  /** Of how many categories one is named. */
  readonly every: number
  /** Columns stand between the ticks, points of a line on them. */
  readonly marks: 'columns' | 'lines'
}

export function categoryAxes({ titles, largest, tick, every, marks }: CategoryAxes): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  const { maximum, interval } = axisSteps(largest, 4)
  const left = Math.ceil(Math.max(textPixels(tick(maximum), fontPixels - 1), textPixels(tick(interval), fontPixels - 1))) + 12
  const label = { color: palette.muted, fontSize: fontPixels - 1 }
  return {
    // The name of the last point of a line reaches beyond it.
    grid: { left, right: marks === 'lines' ? 24 : 12, top: 10, bottom: 26 },
    xAxis: {
      type: 'category',
      data: [...titles],
      boundaryGap: marks === 'columns',
      axisLabel: { interval: (index: number) => index % every === 0, ...label },
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
      axisLabel: { formatter: tick, ...label },
      splitLine: { lineStyle: { color: palette.line } },
    },
  }
}
