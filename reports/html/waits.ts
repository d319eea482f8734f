/** Waits by station, and where the wait moved to. */

import { wholeCity } from '../lookup.ts'
import { said } from '../words.ts'
import { barsFigure, type CompareRow, compareTable } from './compare.ts'
import { section } from './markup.ts'
import type { Page } from './page.ts'

export function waitsSection(page: Page): string {
  const { words } = page
  const { ui } = words
  const stations = (name: string): readonly CompareRow[] => stationRows(page, name)
  if (stations('wait-seconds-mean').length === 0) return ''
  return section(
    page,
    'waits',
    ui.waitsTitle,
    ui.waitsIntro,
    [
      barsFigure(page, 'wait-mean', words.measures['wait-seconds-mean'], ui.station, stations('wait-seconds-mean')),
      compareTable(page, words.measures['wait-seconds-p95'], ui.station, stations('wait-seconds-p95')),
      compareTable(page, words.measures.utilization, ui.station, stations('utilization')),
    ].join('\n'),
  )
}

function stationRows(page: Page, name: string): readonly CompareRow[] {
  const { result, language, words } = page
  return result.city.stations
    .filter((station) => result.arms.some((arm) => page.look.measure(`${name}/${station.name}`, arm.name) !== undefined))
    .map((station) => ({
      title: `${said(station.title, language)}${language === 'zh' ? '（' : ' ('}${station.payment ? words.ui.paymentLine : words.ui.clinicalLine}${language === 'zh' ? '）' : ')'}`,
      name: `${name}/${station.name}`,
      slice: wholeCity,
    }))
}
