/** A user's own observed waits beside the model's, with the error by site, station and hour. */
import { formatSeconds, formatValue } from '../format.ts'
import { subjectTitle } from '../lookup.ts'
import { type Cell, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function observedSection(page: Page): string {
  const { result, words, language } = page
  const { ui } = words
  if (result.observed.length === 0) return ''
  const rows = result.observed.map((one): readonly Cell[] => {
    const model = one.modelMeanWaitSeconds
    return [
      one.site,
      subjectTitle(one.station, result, words),
      ui.hourRange(one.hour),
      `${formatSeconds(one.observedMeanWaitSeconds, language)} (n = ${one.observedCount})`,
      model === null ? ui.notMeasured : `${formatSeconds(model, language)} (n = ${one.modelCount})`,
      model === null ? '–' : formatValue((model - one.observedMeanWaitSeconds) / 60, 'min', language, true),
    ]
  })
  return section(
    page,
    'observed',
    ui.observedTitle,
    ui.observedIntro,
    table(
      ui.observedTitle,
      [
        { title: ui.site },
        { title: ui.station },
        { title: ui.hourOfDay },
        { title: ui.observedWait, numeric: true },
        { title: ui.modelWait, numeric: true },
        { title: ui.error, numeric: true },
      ],
      rows,
    ),
  )
}
