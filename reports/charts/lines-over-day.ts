/** A figure over the hours of the day, one line per arm or party; lines differ by dash as well as by colour. */
import type { EChartsOption } from 'echarts'
import { formatClock } from '../format.ts'
import { type Colour, palette } from './palette.ts'
import { axisSteps, type Draw, fontPixels, textPixels } from './render.ts'

export interface DayLine {
  readonly colour: Colour
  readonly dash: readonly number[]
  /** Second of the day and value; null leaves a gap. */
  readonly points: readonly (readonly [number, number | null])[]
}

/** The stretch of the day that is shown, in seconds; whole hours, or half an hour. */
export interface Stretch {
  readonly from: number
  readonly to: number
}
/** Stretches to shade, such as that of a fault, and moments to mark by an upright line. */
export interface Marked {
  readonly shaded: readonly Stretch[]
  readonly moments: readonly { readonly second: number; readonly colour: Colour }[]
}
const wholeDay: Stretch = { from: 0, to: 86_400 }

export function linesOverDay(
  lines: readonly DayLine[],
  tick: (value: number) => string,
  floor = 0,
  stretch = wholeDay,
  marked: Marked = { shaded: [], moments: [] },
): Draw {
  return (width) => {
    const largest = Math.max(floor, ...lines.flatMap((line) => line.points.map(([, value]) => value ?? 0)))
    const { maximum, interval } = axisSteps(largest, 4)
    const left = Math.ceil(Math.max(textPixels(tick(maximum), fontPixels - 1), textPixels(tick(interval), fontPixels - 1))) + 12
    const option: EChartsOption = {
      grid: { left, right: 20, top: 12, bottom: 26 },
      xAxis: {
        type: 'value',
        min: stretch.from,
        max: stretch.to,
        interval: tickSeconds(stretch, width === 'narrow' ? 4 : 8),
        axisLabel: { formatter: (second: number) => formatClock(second), color: palette.muted, fontSize: fontPixels - 1 },
        axisLine: { lineStyle: { color: palette.muted } },
        axisTick: { lineStyle: { color: palette.muted } },
        splitLine: { lineStyle: { color: palette.line } },
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
      series: lines.map((line, index) => ({
        type: 'line' as const,
        silent: true,
        showSymbol: false,
        lineStyle: { color: palette[line.colour], width: 2, type: line.dash.length === 0 ? ('solid' as const) : [...line.dash] },
        ...(index === 0 ? marksOf(marked) : {}),
        data: line.points.filter(([second]) => second >= stretch.from && second <= stretch.to).map(([second, value]) => [second, value]),
      })),
    }
    return { option, height: width === 'narrow' ? 210 : 260 }
  }
}

/** Between two times named on the axis: whole hours, but ten minutes where no more than an hour is shown. */
function tickSeconds({ from, to }: Stretch, ticks: number): number {
  const hour = 3600
  return to - from <= hour ? hour / 6 : Math.max(1, Math.round((to - from) / hour / ticks)) * hour
}

function marksOf({ shaded, moments }: Marked) {
  return {
    markArea: {
      silent: true,
      itemStyle: { color: palette.heat1, opacity: 0.6, borderColor: palette.heat1 },
      data: shaded.map(({ from, to }): [{ xAxis: number }, { xAxis: number }] => [{ xAxis: from }, { xAxis: to }]),
    },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: moments.map(({ second, colour }) => ({
        xAxis: second,
        lineStyle: { color: palette[colour], width: 1.5, type: 'solid' as const },
      })),
    },
  }
}
