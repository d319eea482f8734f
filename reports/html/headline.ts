/** The question, the answer in a sentence with its range, what must not worsen, and three key figures. */
import type { Finding, Guard, GuardOutcome, Outcome } from '../findings.ts'
import { headlineOf } from '../findings.ts'
import { formatInterval, formatMark, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle, sliceTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { badge, escapeHtml, table } from './markup.ts'
import { countText, type Page, valueText, valueWithInterval } from './page.ts'

export function headlineSection(page: Page, contents: string): string {
  const { result, language, words } = page
  const { ui } = words
  const { scenario, replication } = result
  const length = !result.verdict.valid
    ? ''
    : replication.provisional
      ? ui.provisionalNote(replication.days)
      : replication.precisionReached
        ? ui.precisionReached(replication.days)
        : ui.precisionNotReached(replication.days)
  return `<h1>${escapeHtml(said(scenario.title, language))}</h1>
<p class="small">${escapeHtml([said(result.city.title, language), result.world === 'virtual' ? ui.virtualWorld : ui.wireWorld, scenario.date, `${ui.seed} ${scenario.seed}`].join(' · '))}</p>
${voidBanner(page)}
<h2>${escapeHtml(ui.question)}</h2><p class="question">${escapeHtml(said(scenario.question, language))}</p>
<h2>${escapeHtml(ui.answer)}</h2>${page.findings.map((finding) => answer(page, finding)).join('\n')}
<p class="small">${escapeHtml(`${length} ${ui.simulationRangeOnly}`.trim())}</p>
<h3>${escapeHtml(ui.keyFigures)}</h3>${keyFigures(page)}
<h3>${escapeHtml(ui.mustNotWorsen)}</h3>${guards(page)}
<p class="small">${escapeHtml(ui.exploratoryNote)} ${escapeHtml(ui.worldNote)}</p>
${contents}`
}

const tones: Readonly<Record<Outcome, 'good' | 'bad' | 'open' | 'plain'>> = {
  effect: 'good',
  'no-effect-that-matters': 'plain',
  harm: 'bad',
  undecided: 'open',
  provisional: 'open',
  'no-data': 'open',
  void: 'bad',
}
const guardTones: Readonly<Record<GuardOutcome, 'good' | 'bad' | 'open'>> = {
  kept: 'good',
  broken: 'bad',
  undecided: 'open',
  'no-data': 'open',
}

function voidBanner({ result, language, words }: Page): string {
  if (result.verdict.valid) return ''
  return `<div class="banner" role="alert"><h2>${escapeHtml(words.ui.voidTitle)}</h2><ul>${result.verdict.reasons.map((reason) => `<li>${escapeHtml(said(reason, language))}</li>`).join('')}</ul></div>`
}

function answer(page: Page, finding: Finding): string {
  const { result, words, language } = page
  const { ui } = words
  const broken = finding.guards.filter((guard) => guard.outcome === 'broken' && result.verdict.valid)
  const worse = broken.map((guard) => `${sliceTitle(guard.group, result, words)} · ${measureTitle(guard.measure, result, words)}`)
  const but = worse.length === 0 ? '' : `<p><strong>${escapeHtml(ui.worseFor(worse))}</strong></p>`
  return `<div class="answer ${worse.length > 0 ? 'bad' : tones[finding.outcome]}"><p>${escapeHtml(headlineOf(finding, result, language))}</p>${but}${armLine(page, finding.arm)}</div>`
}

/** Adoption is a variable: no answer stands without it. */
function armLine({ result, words, language }: Page, name: string): string {
  const arm = result.arms.find((one) => one.name === name)
  if (arm === undefined) return ''
  const staffings: Readonly<Record<string, string>> = words.ui.staffings
  const line = `${words.ui.adoption} ${formatMark(arm.adoption, '1', language)} · ${words.ui.staffing} ${staffings[arm.staffing] ?? arm.staffing}`
  return `<p class="small">${escapeHtml(line)}</p>`
}

/** The primary measure, then queues and the length of the visit, each before and after with its paired change. */
export const keyMeasures = ['payment-lines-waited-over-1-minute', 'clinical-queueing-minutes-per-visit', 'visit-duration-minutes'] as const

function keyFigures(page: Page): string {
  const { result, words, look } = page
  const names = [...new Set([result.scenario.primaryMeasure, ...keyMeasures])]
  const cards = result.arms.slice(1, 4).flatMap(({ name: arm }) =>
    names.map((name) => {
      const first = result.arms[0]?.name ?? ''
      const change = look.difference(name, arm)
      const title =
        result.arms.length > 2
          ? `${measureTitle(name, result, words)} · ${armTitle(arm, result, page.language)}`
          : measureTitle(name, result, words)
      return `<li><div class="name">${escapeHtml(title)}</div><div class="big">${escapeHtml(`${valueText(page, look.measure(name, first))} → ${valueText(page, look.measure(name, arm))}`)}</div><div class="small">${escapeHtml(`${words.ui.change} ${valueWithInterval(page, change, true)}`)}</div><div class="small">n = ${escapeHtml(countText(page, change))}</div></li>`
    }),
  )
  return `<ul class="cards">${cards.join('\n')}</ul>`
}

function guards(page: Page): string {
  const { result, words, language } = page
  const { ui } = words
  if (result.scenario.mustNotWorsen.length === 0) return `<p>${escapeHtml(ui.noGuards)}</p>`
  const rows = page.findings.flatMap((finding) =>
    finding.guards.map((guard: Guard) => [
      sliceTitle(guard.group, result, words),
      measureTitle(guard.measure, result, words),
      armTitle(finding.arm, result, language),
      valueText(page, guard.difference, true),
      guard.difference === undefined || guard.interval === null
        ? '–'
        : formatInterval(guard.interval, displayUnit(guard.difference), language, true),
      guard.difference === undefined ? String(guard.margin) : formatMark(guard.margin, displayUnit(guard.difference), language),
      guard.difference === undefined || guard.detectable === null
        ? '–'
        : formatValue(guard.detectable, displayUnit(guard.difference), language),
      badge(guardTones[guard.outcome], ui.guardOutcomes[guard.outcome]),
    ]),
  )
  return table(
    ui.guardsTested(rows.length),
    [
      { title: ui.group },
      { title: ui.measure },
      { title: ui.arm },
      { title: ui.change, numeric: true },
      { title: ui.interval95, numeric: true },
      { title: ui.margin, numeric: true },
      { title: ui.detectable, numeric: true },
      { title: ui.verdict },
    ],
    rows,
  )
}
