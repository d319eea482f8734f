/**
 * What is saved against how many adopt: a line for each staffing rule through the points of the reduced city (rings), and the whole
 * city's points (filled, with their intervals) over it. The point of a real year has its name beside it.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { type Colour, palette } from './palette.ts'
import { axisSteps, chartWidths, type Draw, fontPixels, textPixels } from './render.ts'

export interface AdoptionPoint {
  /** 0 … 100. */
  readonly adoptionPercent: number
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly city: 'whole' | 'reduced'
  /** Written beside the point. */
  readonly label?: string
}
export interface AdoptionLine {
  readonly colour: Colour
  readonly dash: readonly number[]
  /** Circles for one rule, squares for the other, so that colour is not needed. */
  readonly shape: 'circle' | 'square'
  readonly points: readonly AdoptionPoint[]
}

/** The name stands high over its point, where no curve is yet. */
const labelTop = 36

export function adoptionCurve(lines: readonly AdoptionLine[], tick: (value: number) => string, axisName: string): Draw {
  const points = lines.flatMap((line) => line.points.map((point) => ({ ...point, line })))
  return (width) => {
    const values = points.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
    const least = Math.min(0, ...values)
    const most = Math.max(0, ...values)
    const { interval } = axisSteps(most - least, width === 'narrow' ? 4 : 5)
    const low = Math.floor(least / interval + 1e-9) * interval
    const high = Math.ceil(most / interval - 1e-9) * interval
    const left = Math.ceil(Math.max(...[low, high, interval].map((value) => textPixels(tick(value), fontPixels - 1)))) + 12
    const plot = chartWidths[width] - left - 18
    const renderItem: CustomSeriesRenderItem = (params, api) => {
      const { adoptionPercent, value, interval: range, city, label, line } = points[params.dataIndex]!
      const at = (y: number): readonly [number, number] => {
        const [px, py] = api.coord([adoptionPercent, y])
        return [px ?? 0, py ?? 0]
      }
      const [x, y] = at(value)
      const colour = palette[line.colour]
      const size = city === 'whole' ? 6 : 4
      const style = { fill: city === 'whole' ? colour : palette.paper, stroke: colour, lineWidth: 2 }
      const whisker =
        range === null
          ? []
          : [
              {
                type: 'line' as const,
                shape: { x1: x, y1: at(range[0])[1], x2: x, y2: at(range[1])[1] },
                style: { stroke: colour, lineWidth: 1.4 },
              },
            ]
      const mark =
        line.shape === 'circle'
          ? { type: 'circle' as const, shape: { cx: x, cy: y, r: size }, style }
          : { type: 'rect' as const, shape: { x: x - size, y: y - size, width: size * 2, height: size * 2 }, style }
      const text =
        label === undefined
          ? []
          : [
              { type: 'line' as const, shape: { x1: x, y1: y - 8, x2: x, y2: labelTop + 8 }, style: { stroke: palette.ink, lineWidth: 1 } },
              {
                type: 'text' as const,
                style: {
                  text: label,
                  x: Math.max(left + 4, Math.min(x, left + plot - textPixels(label))),
                  y: labelTop,
                  fill: palette.ink,
                  fontSize: fontPixels,
                  verticalAlign: 'middle' as const,
                },
              },
            ]
      return { type: 'group', children: [...whisker, mark, ...text] }
    }
    const option: EChartsOption = {
      grid: { left, right: 18, top: 12, bottom: 44 },
      xAxis: {
        type: 'value',
        min: 0,
        max: 80,
        interval: width === 'narrow' ? 20 : 10,
        name: axisName,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: palette.muted, fontSize: fontPixels - 1 },
        axisLabel: { formatter: (value: number) => `${value}%`, color: palette.muted, fontSize: fontPixels - 1 },
        axisLine: { onZero: true, lineStyle: { color: palette.muted } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: palette.line } },
      },
      yAxis: {
        type: 'value',
        min: low,
        max: high,
        interval,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { formatter: tick, color: palette.muted, fontSize: fontPixels - 1 },
        splitLine: { lineStyle: { color: palette.line } },
      },
      series: [
        ...lines.map((line) => ({
          type: 'line' as const,
          silent: true,
          showSymbol: false,
          lineStyle: { color: palette[line.colour], width: 2, type: line.dash.length === 0 ? ('solid' as const) : [...line.dash] },
          // A whole-city point beside a reduced one is drawn over the line, not bent into it.
          data: curve(line.points),
        })),
        {
          type: 'custom' as const,
          silent: true,
          data: points.map((_, index) => index),
          encode: { x: -1, y: -1 },
          clip: false,
          renderItem,
          z: 6,
        },
      ],
    }
    return { option, height: width === 'narrow' ? 270 : 330 }
  }
}

/** From nothing adopted, nothing saved, through the reduced city's points; through the whole city's where there is no reduced city. */
function curve(points: readonly AdoptionPoint[]): number[][] {
  const reduced = points.filter(({ city }) => city === 'reduced')
  const through = reduced.length > 0 ? reduced : points
  return [[0, 0], ...through.map(({ adoptionPercent, value }) => [adoptionPercent, value])].sort((one, other) => one[0]! - other[0]!)
}
