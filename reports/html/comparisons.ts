/** Arms held beside one another as the scenario asks, not only beside the first: what mutual backup is worth, for one. */
import { armTitle, measureTitle } from '../lookup.ts'
import { type Cell, section, table } from './markup.ts'
import { countText, type Page, valueWithInterval } from './page.ts'

export function comparisonsSection(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.comparisons
  const whole = result.furtherDifferences.filter((row) => row.slice.dimension === 'all')
  const pairs = [...new Set(whole.map((row) => `${row.arm}|${row.against}`))]
  if (pairs.length === 0) return ''
  const tables = pairs.map((pair) => {
    const [arm = '', against = ''] = pair.split('|')
    return table(
      text.pair(armTitle(arm, result, language), armTitle(against, result, language)),
      [
        { title: words.ui.measure },
        { title: `${words.ui.change} (${words.ui.interval95})`, numeric: true },
        { title: words.ui.observations, numeric: true },
      ],
      whole
        .filter((row) => row.arm === arm && row.against === against)
        .map((row): readonly Cell[] => [measureTitle(row.name, result, words), valueWithInterval(page, row, true), countText(page, row)]),
    )
  })
  return section(page, 'comparisons', text.title, text.intro, tables.join('\n'), 'exploratory')
}
