/** One column a category: months of a roll-out, classes of a distribution. Columns may be marked by another colour. */
import type { EChartsOption } from 'echarts'
import { categoryAxes } from './category-axes.ts'
import { type Colour, palette } from './palette.ts'
import type { Draw } from './render.ts'

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
    const option: EChartsOption = {
      ...categoryAxes({
        titles: given.map(({ title }) => title),
        largest: Math.max(0, ...given.map(({ value }) => value)),
        tick,
        every: every[width],
        marks: 'columns',
      }),
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
