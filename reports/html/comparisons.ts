/** Arms held beside one another as the scenario asks, not only beside the first: what mutual backup is worth, for one. */
import type { Difference } from '../../simulators/measures/run-result.ts'
import { armTitle, measureTitle, partsOf } from '../lookup.ts'
import { type Cell, folded, section, table } from './markup.ts'
import { countText, type Page, valueWithInterval } from './page.ts'

export function comparisonsSection(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.comparisons
  const whole = result.furtherDifferences.filter((row) => row.slice.dimension === 'all')
  const pairs = [...new Set(whole.map((row) => `${row.arm}|${row.against}`))]
  if (pairs.length === 0) return ''
  const tables = pairs.map((pair) => {
    const [arm = '', against = ''] = pair.split('|')
    const title = text.pair(armTitle(arm, result, language), armTitle(against, result, language))
    const rows = whole.filter((row) => row.arm === arm && row.against === against)
    const under = rows.filter(({ name }) => partsOf(name).subject !== '')
    return `${pairTable(
      page,
      title,
      rows.filter((row) => !under.includes(row)),
    )}${under.length === 0 ? '' : folded(text.bySubject, pairTable(page, title, under))}`
  })
  return section(page, 'comparisons', text.title, text.intro, tables.join('\n'), 'exploratory')
}

/** Paired changes of one arm beside another. */
export function pairTable(page: Page, title: string, rows: readonly Difference[]): string {
  const { result, words, look } = page
  return table(
    title,
    [
      { title: words.ui.measure },
      { title: `${words.ui.change} (${words.ui.interval95})`, numeric: true },
      { title: words.ui.observations, numeric: true },
    ],
    rows.map((row): readonly Cell[] => [
      measureTitle(row.name, result, words),
      valueWithInterval(page, row, true),
      countText(page, [look.measure(row.name, row.against, row.slice), row]),
    ]),
  )
}
