/** One tile a district, coloured by a figure in steps, with its name and its figure written on it. */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'
import { heatColours } from './heat-by-hour.ts'
import { type Colour, palette } from './palette.ts'
import { chartWidths, type Draw, fontPixels, textPixels, wrapped } from './render.ts'
import type { TileLayout } from './tile-layouts.ts'

export interface Tile {
  readonly district: string
  readonly title: string
  readonly text: string
  /** Step of the scale, 0 … 5; null where nothing was measured. */
  readonly step: number | null
}

export function tileMap(layout: TileLayout, tiles: readonly Tile[]): Draw {
  const byName = new Map(tiles.map((tile) => [tile.district, tile]))
  const cells = layout.rows.flatMap((row, y) => row.flatMap((name, x) => (byName.has(name) ? [{ tile: byName.get(name)!, x, y }] : [])))
  const columns = Math.max(...layout.rows.map((row) => row.length))
  return (width) => {
    const pixels = chartWidths[width]
    const gap = 4
    const across = Math.min(132, Math.floor(pixels / columns))
    const left = width === 'narrow' ? 0 : Math.floor((pixels - across * columns) / 2)
    const down = 62
    const renderItem: CustomSeriesRenderItem = (params) => {
      const { tile, x, y } = cells[params.dataIndex]!
      const [from, top] = [left + x * across, y * down]
      const middle = from + (across - gap) / 2
      const ink = palette[inkOn(tile.step)]
      const lines = [
        ...wrapped(tile.title, across - gap - 6).slice(0, 2),
        ...(textPixels(tile.text) > across ? wrapped(tile.text, across) : [tile.text]),
      ]
      return {
        type: 'group',
        children: [
          {
            type: 'rect' as const,
            shape: { x: from, y: top, width: across - gap, height: down - gap, r: 4 },
            style: { fill: tile.step === null ? palette.paper : palette[heatColours[tile.step]!], stroke: palette.line },
          },
          ...lines.map((text, index) => ({
            type: 'text' as const,
            style: {
              text,
              x: middle,
              y: top + (down - gap) / 2 + (index - (lines.length - 1) / 2) * 17,
              align: 'center' as const,
              verticalAlign: 'middle' as const,
              fill: ink,
              fontSize: fontPixels,
            },
          })),
        ],
      }
    }
    const option: EChartsOption = {
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', min: 0, max: 1, show: false },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      series: [{ type: 'custom', silent: true, data: cells.map((_, index) => index), encode: { x: -1, y: -1 }, clip: false, renderItem }],
    }
    return { option, height: layout.rows.length * down }
  }
}

/** Dark steps carry the colour of the paper, light ones that of the ink. */
const inkOn = (step: number | null): Colour => (step !== null && step >= 4 ? 'paper' : 'ink')
