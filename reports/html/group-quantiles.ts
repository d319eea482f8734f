/** How long the median and the slowest tenth of each group wait to pay, and how that changes: differences of percentiles, not of patients. */
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { SliceDimension } from '../../simulators/measures/run-result.ts'
import { formatNumber } from '../format.ts'
import { armTitle } from '../lookup.ts'
import { sliceRows, unitNote } from './compare.ts'
import { type Cell, escapeHtml, table } from './markup.ts'
import type { Page } from './page.ts'

/** The 95th percentile and the finer groups stand in measures.csv. */
const shown: readonly MeasureName[] = ['payment-queueing-minutes-p50', 'payment-queueing-minutes-p90']
const families: readonly SliceDimension[] = ['all', 'age', 'tier', 'insured', 'switch']

/** Of the arm that the question leads to; empty where no waits are kept by group. */
export function groupQuantilesTable(page: Page): string {
  const { words, result, look, language, mainArm } = page
  const text = words.sections.worseOff
  const first = result.arms[0]?.name ?? ''
  const groups = families
    .flatMap((dimension) => sliceRows(page, shown[0] as MeasureName, dimension))
    .filter(({ slice }) => slice.dimension !== 'switch' || slice.name.startsWith(`${mainArm}/`))
  if (groups.length === 0) return ''
  const minutes = (value: number | undefined, sign = false): string => (value === undefined ? '–' : formatNumber(value, language, 1, sign))
  const rows = groups.map(({ title, slice }): readonly Cell[] => [
    title,
    ...shown.flatMap((name) => {
      const change = look.difference(name, mainArm, slice)
      const [low, high] = change?.interval ?? []
      return [
        minutes(look.measure(name, first, slice)?.value),
        minutes(look.measure(name, mainArm, slice)?.value),
        low === undefined || high === undefined
          ? minutes(change?.value, true)
          : text.changeOfQuantile(minutes(change?.value, true), minutes(low, true), minutes(high, true)),
      ]
    }),
  ])
  const columns = [
    { title: words.ui.group },
    ...text.quantiles.flatMap((quantile) =>
      [armTitle(first, result, language), armTitle(mainArm, result, language), words.ui.change].map((title) => ({
        title: `${quantile} · ${title}`,
        numeric: true,
      })),
    ),
  ]
  return `<h3>${escapeHtml(text.quantilesTitle)}</h3><p class="note">${escapeHtml(unitNote(page, 'min') + text.quantilesNote)}</p>
${table(text.quantilesTitle, columns, rows, 'above')}`
}
