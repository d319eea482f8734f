/** Queues and minutes before and after: the whole city, then by tier, age, hour and the other slices. */
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { SliceDimension } from '../../simulators/measures/run-result.ts'
import { measureTitle } from '../lookup.ts'
import { barsFigure, type CompareRow, cityRows, compareTable, hoursFigure, sliceRows } from './compare.ts'
import { folded, section } from './markup.ts'
import { type Page, slicedMeasure } from './page.ts'

const minutes: readonly MeasureName[] = [
  'payment-queueing-minutes-per-visit',
  'clinical-queueing-minutes-per-visit',
  'wait-after-payment-minutes-per-visit',
]
const lines: readonly MeasureName[] = [
  'payment-lines-waited-over-1-minute',
  'payment-lines-with-any-wait',
  'payment-lines-joined',
  'clinical-lines-waited-over-1-minute',
  'clinical-lines-with-any-wait',
  'clinical-lines-joined',
]
const others: readonly MeasureName[] = [
  'visits',
  'visit-duration-minutes',
  'visit-duration-minutes-p50',
  'visit-duration-minutes-p95',
  'queueing-share-of-visit',
  'share-waiting-under-1-hour',
  'share-waiting-3-hours-or-more',
  'balked-share',
  'reneged-share',
  'left-unpaid-share',
]

export function queuesSection(page: Page): string {
  const { words, result } = page
  const { ui } = words
  const sliced = slicedMeasure(page)
  const bySlice = (dimension: SliceDimension, title: string): string =>
    barsFigure(
      page,
      `by-${dimension}`,
      `${measureTitle(sliced, result, words)} · ${title}`,
      words.dimensions[dimension],
      sliceRows(page, sliced, dimension),
    )
  return section(
    page,
    'queues',
    ui.queuesTitle,
    ui.queuesIntro,
    [
      barsFigure(page, 'minutes', ui.minutesFigure, ui.measure, cityRows(page, minutes)),
      barsFigure(page, 'lines', ui.linesFigure, ui.measure, cityRows(page, lines)),
      compareTable(page, ui.otherFigures, ui.measure, cityRows(page, others)),
      bySlice('tier', ui.byTier),
      bySlice('age', ui.byAge),
      hoursFigure(page, 'by-hour', sliced),
      barsFigure(
        page,
        'by-switch',
        `${measureTitle(sliced, result, words)} · ${ui.bySwitch}`,
        words.dimensions.switch,
        switchRows(page, sliced),
      ),
      slicesBehind(page, sliced),
    ].join('\n'),
    'exploratory',
  )
}

/** Of the arm that the question leads to: who switched and who stayed there, in every arm. */
function switchRows(page: Page, name: string): readonly CompareRow[] {
  const known: Readonly<Record<string, string>> = page.words.switches
  return sliceRows(page, name, 'switch')
    .filter(({ slice }) => slice.name.startsWith(`${page.mainArm}/`))
    .map((row) => ({ ...row, title: known[row.slice.name.slice(row.slice.name.lastIndexOf('/') + 1)] ?? row.title }))
}

function slicesBehind(page: Page, name: string): string {
  const rows = sliceRows(page, name, 'insured')
  if (rows.length === 0) return ''
  const title = `${measureTitle(name, page.result, page.words)} · ${page.words.ui.byInsured}`
  return folded(title, compareTable(page, title, page.words.dimensions.insured, rows, 'above'))
}
