/** Rows that are named at the left: their names broken to fit, the room they need and the axis that bears them. */
import { palette } from './palette.ts'
import { fontPixels, textPixels, wrapped } from './render.ts'

/** @param labelPixels the most a name may take of the width */
export function namedRows(titles: readonly string[], labelPixels: number) {
  const lines = titles.map((title) => wrapped(title, labelPixels))
  return {
    left: Math.min(labelPixels, Math.max(0, ...lines.flat().map((line) => textPixels(line)))) + 12,
    /** Of the name that is broken most. */
    lines: Math.max(1, ...lines.map((of) => of.length)),
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: lines.map((of) => of.join('\n')),
      axisLabel: { color: palette.ink, fontSize: fontPixels, lineHeight: 17, interval: 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.muted } },
    },
  }
}
