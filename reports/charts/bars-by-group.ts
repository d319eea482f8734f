/** Before and after, side by side, one group of bars per row, with the 95 % interval as whiskers and the figure behind each bar. */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { namedRows } from './named-rows.ts'
import { armColour, palette } from './palette.ts'
import { barAxis, chartWidths, type Draw, fontPixels, textPixels } from './render.ts'

export interface Bar {
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly text: string
}
export interface BarGroup {
  readonly title: string
  /** One per arm, in the order of the arms; undefined where there is no figure. */
  readonly bars: readonly (Bar | undefined)[]
}

export function barsByGroup(groups: readonly BarGroup[], arms: readonly string[], tick: (value: number) => string): Draw {
  return (width) => {
    const pixels = chartWidths[width]
    const labelPixels = width === 'narrow' ? 100 : 190
    const { left, lines, yAxis } = namedRows(
      groups.map(({ title }) => title),
      labelPixels,
    )
    const right = 14
    const rowPixels = Math.max(arms.length * 17 + 12, lines * 15 + 8)
    const bars = groups.flatMap((group) => group.bars.filter((bar) => bar !== undefined))
    const largest = Math.max(0, ...bars.map((bar) => Math.max(bar.value, bar.interval?.[1] ?? 0)))
    const textRoom = Math.max(0, ...bars.map((bar) => textPixels(bar.text))) + 10
    const plot = pixels - left - right
    const axis = barAxis(largest, plot, textRoom, width === 'narrow' ? 3 : 6)
    const option: EChartsOption = {
      grid: { left, right, top: 4, bottom: 24 },
      xAxis: {
        ...axis,
        axisLabel: { showMaxLabel: false, formatter: tick, color: palette.muted, fontSize: fontPixels - 1 },
        splitLine: { showMaxLine: false, lineStyle: { color: palette.line } },
      },
      yAxis,
      series: arms.flatMap((_, arm) => [
        {
          type: 'bar' as const,
          silent: true,
          barGap: '15%',
          barCategoryGap: '26%',
          itemStyle: { color: palette[armColour(arm)] },
          data: groups.map((group) => group.bars[arm]?.value ?? null),
        },
        { type: 'custom' as const, silent: true, data: groups.map((_, row) => row), renderItem: whisker(groups, arm, arms.length), z: 5 },
      ]),
    }
    return { option, height: groups.length * rowPixels + 28 }
  }
}

function whisker(groups: readonly BarGroup[], arm: number, arms: number): CustomSeriesRenderItem {
  return (params, api) => {
    const bar = groups[params.dataIndex]?.bars[arm]
    if (bar === undefined) return null
    const layout = api.barLayout?.({ barGap: '15%', barCategoryGap: '26%', count: arms })?.[arm]
    const offset = layout?.offsetCenter ?? 0
    const at = (value: number): number => api.coord([value, params.dataIndex])?.[0] ?? 0
    const y = (api.coord([0, params.dataIndex])?.[1] ?? 0) + offset
    const [low, high] = bar.interval ?? [bar.value, bar.value]
    const end = Math.max(at(high), at(bar.value))
    const style = { stroke: palette.ink, fill: 'none', lineWidth: 1.2 }
    const whisker = [
      [at(low), y - 3],
      [at(low), y + 3],
      [at(low), y],
      [at(high), y],
      [at(high), y - 3],
      [at(high), y + 3],
    ]
    const lines = bar.interval === null ? [] : [{ type: 'polyline' as const, shape: { points: whisker }, style }]
    return {
      type: 'group',
      children: [
        ...lines,
        { type: 'text', style: { x: end + 6, y, text: bar.text, fill: palette.ink, fontSize: fontPixels, verticalAlign: 'middle' } },
      ],
    }
  }
}
