/** The morning on which sites switch over: when the last one was ready, what was lost, and who waited longer for it. */
import type { GoLiveOutcome } from '../../simulators/measures/result-go-live.ts'
import { linesOverDay } from '../charts/lines-over-day.ts'
import { armColour, armDash } from '../charts/palette.ts'
import { formatClock, formatNumber, formatValue, formatWithInterval } from '../format.ts'
import { subjectTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { axisTick } from './compare.ts'
import { goLiveAnswer, type Morning } from './go-live-answer.ts'
import { leftTheLine } from './left-the-line.ts'
import { type Cell, escapeHtml, figure, folded, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function goLiveSection(page: Page): string {
  const { result, words } = page
  const text = words.sections.goLive
  if (result.goLive.length === 0) return ''
  return section(
    page,
    'golive',
    text.title,
    text.intro,
    [sentences(page), readyFigure(page), figuresTable(page), `<p class="note">${escapeHtml(text.delayNote)}</p>`, callsTable(page)].join(
      '\n',
    ),
    'exploratory',
  )
}

const switching = (outcome: GoLiveOutcome): readonly Morning[] => outcome.mornings.filter((morning) => morning.sitesSwitching > 0)

/** A morning that is all of its arm goes by the arm's name. */
function nameOf({ language }: Page, outcome: GoLiveOutcome, morning: Morning): string {
  const title = said(outcome.title, language)
  return outcome.mornings.length === 1 ? title : `${title} · ${said(morning.title, language)}`
}

/** Worst morning and the sum over mornings, which is how waves are compared with all at once. */
function sentences(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.goLive
  const minutes = (value: number): string => formatValue(value, 'min', language, true)
  const lines = result.goLive.flatMap((outcome) => {
    const mornings = switching(outcome)
    if (mornings.length === 0) return []
    const delays = mornings.map((morning) => morning.delayMinutesPerVisit)
    const worst = text.worst(said(outcome.title, language), minutes(Math.max(...delays)))
    const sum =
      mornings.length > 1 ? `${language === 'zh' ? '；' : '; '}${text.sum(minutes(delays.reduce((all, one) => all + one, 0)))}` : ''
    const answers = mornings.flatMap((morning) => {
      const answer = goLiveAnswer(page, morning.name)
      const name = mornings.length > 1 ? `${said(morning.title, language)} · ` : ''
      return answer === undefined ? [] : [`<li class="small">${escapeHtml(name + answer)}</li>`]
    })
    return [`<li>${escapeHtml(worst + sum)}${answers.length === 0 ? '' : `<ul>${answers.join('')}</ul>`}</li>`]
  })
  return lines.length === 0 ? '' : `<ul class="lead">${lines.join('')}</ul>`
}

function readyFigure(page: Page): string {
  const { result, words } = page
  const text = words.sections.goLive
  const shown = result.goLive
    .flatMap((outcome) => switching(outcome).map((morning) => ({ outcome, morning })))
    .filter(({ morning }) => morning.readyByMinute.length > 0)
  if (shown.length === 0) return ''
  const looks = shown.map((one, index) => ({
    title: nameOf(page, one.outcome, one.morning),
    colour: armColour(index + 1),
    dash: armDash(index),
  }))
  const start = 8 * 3600
  // Up to the last site's minute: after it nothing rises.
  const minutes = Math.max(...shown.map(({ morning: { readyByMinute } }) => readyByMinute.indexOf(readyByMinute.at(-1) as number)))
  const end = start + Math.max(1, Math.ceil((minutes + 1) / 30)) * 1800
  const steps = Array.from({ length: Math.floor((end - start) / 300) + 1 }, (_, step) => step * 5)
  return figure(page, {
    id: 'ready',
    title: text.readyByMinute,
    legend: looks,
    draw: linesOverDay(
      shown.map(({ morning }, index) => ({
        colour: looks[index]!.colour,
        dash: looks[index]!.dash,
        points: morning.readyByMinute.map((ready, minute) => [start + minute * 60, ready] as const),
      })),
      axisTick(page),
      0,
      { from: start, to: end },
    ),
    table: table(
      text.readyByMinute,
      [{ title: words.ui.hourOfDay }, ...looks.map(({ title }) => ({ title, numeric: true }))],
      steps.map((minute) => [
        formatClock(start + minute * 60),
        ...shown.map(({ morning }) => String(Math.round(morning.readyByMinute[minute] ?? morning.readyByMinute.at(-1) ?? 0))),
      ]),
    ),
  })
}

function figuresTable(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.goLive
  const whole = (value: number): string => formatNumber(value, language, 0)
  const signed = (value: number | undefined): string =>
    value === undefined ? '–' : `${value < 0 ? '−' : value > 0 ? '+' : ''}${whole(Math.abs(value))}`
  const rows = result.goLive.flatMap((outcome) =>
    outcome.mornings.map((morning): readonly Cell[] => [
      `${nameOf(page, outcome, morning)} (${morning.date})`,
      whole(morning.sitesSwitching),
      morning.lastSiteReadySecond === null ? '–' : formatClock(morning.lastSiteReadySecond),
      whole(morning.sitesNotReadyBy0830),
      morning.delayMinutesInterval === null
        ? formatValue(morning.delayMinutesPerVisit, 'min', language, true)
        : formatWithInterval(morning.delayMinutesPerVisit, morning.delayMinutesInterval, 'min', language, true),
      signed(leftTheLine(page, morning.name)),
      `${whole(morning.signUpsGranted)} / ${whole(morning.signUpsAttempted)}`,
      whole(morning.signUpsLost),
      whole(morning.settlementsHeld),
      whole(morning.paymentsTheOldWay),
      whole(morning.terminals),
      `${formatNumber(morning.directoryBytes / 1e9, language, 1)} GB`,
    ]),
  )
  return table(
    text.title,
    [
      { title: text.morning },
      { title: text.switching, numeric: true },
      { title: text.lastReady, numeric: true },
      { title: text.notReady, numeric: true },
      { title: text.delay, numeric: true },
      { title: text.moreLeft, numeric: true },
      { title: text.signUps, numeric: true },
      { title: text.lost, numeric: true },
      { title: text.held, numeric: true },
      { title: text.oldWay, numeric: true },
      { title: text.terminals, numeric: true },
      { title: text.directory, numeric: true },
    ],
    rows,
  )
}

function callsTable(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.goLive
  const mornings = result.goLive.flatMap((outcome) => outcome.mornings.map((morning) => ({ outcome, morning })))
  const parties = [...new Set(mornings.flatMap(({ morning }) => morning.peakCallsPerSecond.map((row) => row.party)))]
  if (parties.length === 0) return ''
  const title = `${text.peakCalls} (${text.callsPerSecond})`
  const calls = table(
    title,
    [
      { title: words.ui.party },
      ...mornings.map(({ outcome, morning }) => ({
        title: nameOf(page, outcome, morning),
        numeric: true,
      })),
    ],
    parties.map((party) => [
      subjectTitle(party, result, words),
      ...mornings.map(({ morning }) => {
        const calls = morning.peakCallsPerSecond.find((row) => row.party === party)?.calls
        return calls === undefined ? '–' : formatNumber(calls, language, calls < 10 ? 1 : 0)
      }),
    ]),
    'above',
  )
  return folded(title, calls)
}
