/** Waits by station, and where the wait moved to. */

import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { Difference } from '../../simulators/measures/run-result.ts'
import { linesOverDay } from '../charts/lines-over-day.ts'
import { armColour, armDash } from '../charts/palette.ts'
import { rowChart } from '../charts/row-chart.ts'
import { formatInterval, formatValue } from '../format.ts'
import { armTitle, subjectTitle, wholeCity } from '../lookup.ts'
import { said } from '../words.ts'
import { armLegend, axisTick, barsFigure, type CompareRow, compareTable, countForPicture, unitNote } from './compare.ts'
import { figure, section, table } from './markup.ts'
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
      movedFigure(page),
      barsFigure(page, 'wait-mean', words.measures['wait-seconds-mean'], ui.station, stations('wait-seconds-mean')),
      ...page.result.city.stations.filter((station) => station.payment).map((station) => hoursAtStation(page, station.name)),
      compareTable(page, words.measures['wait-seconds-p95'], ui.station, stations('wait-seconds-p95')),
      compareTable(page, words.measures['utilization-busiest-hour'], ui.station, stations('utilization-busiest-hour')),
      compareTable(page, words.measures['overtime-share'], ui.station, stations('overtime-share')),
    ].join('\n'),
    'exploratory',
  )
}

/** What was saved at the cashier beside what was added behind it, in the arm that the question leads to. */
function movedFigure(page: Page): string {
  const { words, result, language, look, mainArm } = page
  const text = words.sections.moved
  const change = (name: MeasureName): Difference | undefined => look.difference(name, mainArm)
  const payment = change('payment-queueing-minutes-per-visit')
  const after = change('wait-after-payment-minutes-per-visit')
  const clinical = change('clinical-queueing-minutes-per-visit')
  const stay = change('visit-duration-minutes')
  if (payment === undefined || after === undefined || clinical === undefined || stay === undefined) return ''
  const parts = [
    { title: words.measures['payment-queueing-minutes-per-visit'], value: payment.value, interval: payment.interval },
    { title: words.measures['wait-after-payment-minutes-per-visit'], value: after.value, interval: after.interval },
    { title: text.otherClinical, value: clinical.value - after.value, interval: null },
    { title: words.measures['visit-duration-minutes'], value: stay.value, interval: stay.interval },
  ]
  const title = `${text.title} · ${armTitle(mainArm, result, language)}`
  return figure(page, {
    id: 'moved',
    title,
    note: text.note,
    legend: [],
    draw: rowChart({
      tick: axisTick(page),
      references: [0],
      rows: parts.map((part) => ({
        title: part.title,
        text: formatValue(part.value, 'min', language, true),
        marks: [
          { kind: 'bar', from: 0, to: part.value, colour: part.value <= 0 ? 'green' : 'vermillion' },
          ...(part.interval === null ? [] : [{ kind: 'line', from: part.interval[0], to: part.interval[1], colour: 'ink' } as const]),
        ],
      })),
    }),
    table: table(
      title,
      [{ title: words.ui.measure }, { title: words.ui.change, numeric: true }, { title: words.ui.interval95, numeric: true }],
      parts.map((part) => [
        part.title,
        formatValue(part.value, 'min', language, true),
        part.interval === null ? '–' : formatInterval(part.interval, 'min', language, true),
      ]),
    ),
  })
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

/** Mean wait by hour at one kind of station, where the run recorded it; the longest lines are the ones to look at. */
function hoursAtStation(page: Page, station: string): string {
  const { result, words, language } = page
  const series = page.chartArms.map((arm) =>
    result.series.find((one) => one.name === 'wait-seconds-by-hour' && one.arm === arm && one.subject === station),
  )
  if (series.every((one) => one === undefined || one.values.every((value) => value === null))) return ''
  const title = `${subjectTitle(station, result, words)} · ${words.measures['wait-seconds-mean']} · ${words.ui.hourOfDay}`
  const first = result.arms[0]?.name ?? ''
  const isBusy = (hour: number): boolean =>
    (page.look.measure('visits', first, { dimension: 'hour', name: String(hour).padStart(2, '0') })?.count ?? 0) >= countForPicture
  const lines = series.map((one, index) => ({
    colour: armColour(index),
    dash: armDash(index),
    // A series carries no counts; visits of the hour stand for them.
    points: (one?.values ?? []).map((value, hour) => [(hour + 0.5) * 3600, isBusy(hour) ? value : null] as const),
  }))
  const hours = series.find((one) => one !== undefined)?.values.map((_, hour) => hour) ?? []
  const rows = hours.map((hour) => [
    words.ui.hourRange(hour),
    ...series.map((one) => {
      const value = one?.values[hour]
      return value === undefined || value === null ? '–' : formatValue(value, 's', language)
    }),
  ])
  const columns = [
    { title: words.ui.hourOfDay },
    ...page.chartArms.map((arm) => ({ title: armTitle(arm, result, language), numeric: true })),
  ]
  return figure(page, {
    id: `wait-hours-${station}`,
    title,
    note: `${unitNote(page, 's')}${words.ui.rareHours(countForPicture)}`,
    legend: armLegend(page, true),
    draw: linesOverDay(lines, axisTick(page)),
    table: table(title, columns, rows),
  })
}
