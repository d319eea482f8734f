/** What each fault did, when it was noticed, and when the service was back. */
import { allFaults } from '../../simulators/faults/all-faults.ts'
import type { FaultOutcome } from '../../simulators/measures/run-result.ts'
import { linesOverDay } from '../charts/lines-over-day.ts'
import { armColour, armDash } from '../charts/palette.ts'
import { rowChart } from '../charts/row-chart.ts'
import { formatClock, formatSeconds } from '../format.ts'
import { armTitle, subjectTitle } from '../lookup.ts'
import { armLegend, axisTick, unitNote } from './compare.ts'
import { backupWorth, faultSentences, tollTable } from './fault-toll.ts'
import { badge, type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function faultsSection(page: Page): string {
  const { result, words, language } = page
  const { ui } = words
  if (result.faults.length === 0) return ''
  const rows = result.faults.map((one): readonly Cell[] => [
    `${subjectTitle(one.fault.target.name, result, words)}: ${allFaults[one.fault.kind].title[language]}`,
    armTitle(one.arm, result, language),
    `${formatClock(one.fault.fromSecond)}–${formatClock(one.fault.toSecond)}`,
    one.tookEffect ? one.callsTouched.toLocaleString('en-GB') : badge('bad', ui.toothless),
    ...(['detectedAfterSeconds', 'firstPatientFailureAfterSeconds', 'firstRoutedAwayAfterSeconds'] as const).map((name) =>
      spread(page, one[name], ui.notDetected),
    ),
    spread(page, one.backAfterSeconds, ui.notBack),
  ])
  const whenItHappened = table(
    words.sections.faults.moments,
    [
      { title: ui.fault },
      { title: ui.arm },
      { title: ui.faultWindow },
      { title: ui.callsTouched, numeric: true },
      { title: ui.detected },
      { title: ui.firstPatientFailure },
      { title: ui.firstRoutedAway },
      { title: ui.back },
    ],
    rows,
    'above',
  )
  return section(
    page,
    'faults',
    ui.faultsTitle,
    ui.faultsIntro,
    [
      faultSentences(page),
      settledFigure(page),
      tollTable(page),
      backupWorth(page),
      momentsFigure(page),
      whenItHappened,
      afterwards(page),
    ].join('\n'),
    'exploratory',
  )
}

/** What the audit holds the money to, one line a kind. */
function afterwards(page: Page): string {
  const { words, language } = page
  const kinds = [...new Set(windowsOf(page).map(({ kind }) => kind))]
  const lines = kinds.map((kind) => `<li>${escapeHtml(`${allFaults[kind].title[language]}: ${allFaults[kind].afterwards[language]}.`)}`)
  return `<p class=note>${escapeHtml(words.sections.faults.afterwards)}</p><ul class=plain>${lines.join('')}</ul>`
}

/** Each fault once, however many arms it strikes. */
function windowsOf({ result }: Page): readonly FaultOutcome['fault'][] {
  const byName = new Map(result.faults.map(({ fault }) => [fault.name, fault]))
  return [...byName.values()]
}

const moments = [
  { of: 'firstPatientFailureAfterSeconds', colour: 'vermillion', shape: 'diamond' },
  { of: 'detectedAfterSeconds', colour: 'blue', shape: 'ring' },
  { of: 'firstRoutedAwayAfterSeconds', colour: 'purple', shape: 'ring' },
  { of: 'backAfterSeconds', colour: 'green', shape: 'dot' },
] as const

/** From the start of the fault to the return, by arm: medians over the days that have the moment. */
function momentsFigure(page: Page): string {
  const { result, words, language } = page
  const { ui } = words
  const names = {
    firstPatientFailureAfterSeconds: ui.firstPatientFailure,
    detectedAfterSeconds: ui.detected,
    firstRoutedAwayAfterSeconds: ui.firstRoutedAway,
    backAfterSeconds: ui.back,
  }
  const middle = (days: FaultOutcome['backAfterSeconds']): number | null => {
    const known = days.filter((value) => value !== null).sort((one, other) => one - other)
    return known.length === 0 ? null : median(known)
  }
  const say = (seconds: number | null): string => (seconds === null ? '–' : formatSeconds(seconds, language))
  const rows = result.faults.map((one) => {
    const found = moments.map((moment) => ({ ...moment, at: middle(one[moment.of]) }))
    return {
      title: `${subjectTitle(one.fault.target.name, result, words)} · ${armTitle(one.arm, result, language)}`,
      text: `${ui.detected} ${say(middle(one.detectedAfterSeconds))} · ${ui.back} ${say(middle(one.backAfterSeconds))}`,
      marks: [
        { kind: 'bar', from: 0, to: (one.fault.toSecond - one.fault.fromSecond) / 60, colour: 'heat2', pixels: 12 } as const,
        ...found.flatMap(({ at, colour, shape }) => (at === null ? [] : [{ kind: 'point', at: at / 60, colour, shape } as const])),
      ],
    }
  })
  return figure(page, {
    id: 'moments',
    title: words.sections.faults.moments,
    note: unitNote(page, 'min').trim(),
    legend: [{ title: words.sections.faults.window, colour: 'heat2' }, ...moments.map(({ of, colour }) => ({ title: names[of], colour }))],
    draw: rowChart({ tick: axisTick(page), references: [0], rows }),
    table: table(
      words.sections.faults.moments,
      [{ title: ui.fault }, ...moments.map(({ of }) => ({ title: names[of], numeric: true }))],
      result.faults.map((one, index) => [rows[index]!.title, ...moments.map(({ of }) => say(middle(one[of])))]),
    ),
  })
}

/** Median and range over days; days without an answer are counted, never averaged away. */
function spread(page: Page, days: FaultOutcome['backAfterSeconds'], missing: (days: number) => string): string {
  const known = days.filter((value) => value !== null).sort((one, other) => one - other)
  const absent = days.length - known.length
  const say = (seconds: number): string => formatSeconds(seconds, page.language)
  const middle =
    known.length === 0
      ? []
      : [
          known.length === 1 || known[0] === known.at(-1)
            ? say(known[0]!)
            : `${say(median(known))} (${say(known[0]!)}–${say(known.at(-1)!)})`,
        ]
  return [...middle, ...(absent > 0 ? [missing(absent)] : [])].join('; ')
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Share of payments settled by minute of the day, where the run recorded it. */
function settledFigure(page: Page): string {
  const { result, words } = page
  const hour = 3600
  const stretch = {
    from: Math.max(0, Math.floor(Math.min(...result.faults.map(({ fault }) => fault.fromSecond)) / hour - 1) * hour),
    to: Math.min(24 * hour, Math.ceil(Math.max(...result.faults.map(({ fault }) => fault.toSecond)) / hour + 2) * hour),
  }
  const lines = page.chartArms.flatMap((arm, index) => {
    const series = result.series.find((one) => one.name === 'payments-settled-share-by-minute' && one.arm === arm)
    return series === undefined
      ? []
      : [
          {
            colour: armColour(index),
            dash: armDash(index),
            points: series.values.map(
              (value, step) => [series.fromSecond + (step + 0.5) * series.stepSeconds, value === null ? null : value * 100] as const,
            ),
          },
        ]
  })
  if (lines.length === 0) return ''
  const title = words.sections.faults.timeline
  const rows = result.faults.map(({ fault, arm }): readonly Cell[] => {
    const series = result.series.find((one) => one.name === 'payments-settled-share-by-minute' && one.arm === arm)
    const within = (series?.values ?? []).filter(
      (value, step) =>
        value !== null &&
        series !== undefined &&
        series.fromSecond + step * series.stepSeconds >= fault.fromSecond &&
        series.fromSecond + step * series.stepSeconds < fault.toSecond,
    ) as number[]
    const lowest = within.length === 0 ? words.ui.notMeasured : `${(Math.min(...within) * 100).toFixed(1)}%`
    return [subjectTitle(fault.target.name, result, words), armTitle(arm, result, page.language), lowest]
  })
  return figure(page, {
    id: 'settled',
    title,
    note: words.sections.faults.timelineNote,
    legend: armLegend(page, true),
    draw: linesOverDay(lines, axisTick(page, true), 100, stretch, {
      shaded: windowsOf(page).map(({ fromSecond, toSecond }) => ({ from: fromSecond, to: toSecond })),
      moments: [],
    }),
    table: table(title, [{ title: words.ui.fault }, { title: words.ui.arm }, { title: words.ui.lowestDuringFault, numeric: true }], rows),
  })
}
