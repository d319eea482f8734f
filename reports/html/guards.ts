/** What was said beforehand must not get worse: every guard of the arm the question leads to, the other arms' behind it. */
import type { Finding, Guard, GuardOutcome } from '../findings.ts'
import { formatInterval, formatMark, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle, sliceTitle } from '../lookup.ts'
import { badge, type Cell, escapeHtml, folded, section, table } from './markup.ts'
import { type Page, valueText } from './page.ts'

const guardTones: Readonly<Record<GuardOutcome, 'good' | 'bad' | 'open'>> = {
  kept: 'good',
  broken: 'bad',
  undecided: 'open',
  'no-data': 'open',
}

export function guardsSection(page: Page): string {
  const { result, words, mainArm, language } = page
  const { ui } = words
  if (page.findings.length === 0) return ''
  if (result.scenario.mustNotWorsen.length === 0) return section(page, 'guards', ui.mustNotWorsen, ui.noGuards, '')
  const tested = page.findings.reduce((sum, { guards }) => sum + guards.length, 0)
  const main = page.findings.find(({ arm }) => arm === mainArm)
  const others = page.findings.filter((finding) => finding !== main)
  const reduced = page.reducedFindings
  const body = [
    ...(main === undefined ? [] : [guardTable(page, main)]),
    ...others.map((finding) => folded(armTitle(finding.arm, result, language), guardTable(page, finding))),
    ...(reduced.length === 0 ? [] : [ofReducedCity(page, reduced)]),
  ]
  return section(page, 'guards', ui.mustNotWorsen, ui.guardsTested(tested), body.join('\n'))
}

function guardTable(page: Page, finding: Finding): string {
  const { result, words, language } = page
  const { ui } = words
  return table(
    armTitle(finding.arm, result, language),
    [
      { title: ui.group },
      { title: ui.measure },
      { title: ui.change, numeric: true },
      { title: ui.interval95, numeric: true },
      { title: ui.margin, numeric: true },
      { title: ui.detectable, numeric: true },
      { title: ui.verdict },
    ],
    finding.guards.map((guard) => guardRow(page, guard)),
  )
}

/** Of the many arms there, only what was not kept: the rest is one sentence. */
function ofReducedCity(page: Page, findings: readonly Finding[]): string {
  const { result, words, language } = page
  const { ui } = words
  const all = findings.flatMap(({ arm, guards }) => guards.map((guard) => ({ arm, guard })))
  const rest = all.filter(({ guard }) => guard.outcome !== 'kept')
  const note = `<p class="note">${escapeHtml(ui.guardsOfReducedCity(all.length, all.length - rest.length))}</p>`
  if (rest.length === 0) return note
  const rows = rest.map(({ arm, guard }): readonly Cell[] => {
    const unit = guard.difference === undefined ? undefined : displayUnit(guard.difference)
    return [
      armTitle(arm, result, language),
      `${sliceTitle(guard.group, result, words)} · ${measureTitle(guard.measure, result, words)}`,
      valueText(page, guard.difference, true),
      unit === undefined || guard.interval === null ? '–' : formatInterval(guard.interval, unit, language, true),
      badge(guardTones[guard.outcome], ui.guardOutcomes[guard.outcome]),
    ]
  })
  const columns = [
    { title: ui.arm },
    { title: ui.group },
    { title: ui.change, numeric: true },
    { title: ui.interval95, numeric: true },
    { title: ui.verdict },
  ]
  return note + folded(words.sections.adoption.reducedCity, table(words.sections.adoption.reducedCity, columns, rows, 'above'))
}

function guardRow(page: Page, guard: Guard): readonly Cell[] {
  const { result, words, language } = page
  const unit = guard.difference === undefined ? undefined : displayUnit(guard.difference)
  return [
    sliceTitle(guard.group, result, words),
    measureTitle(guard.measure, result, words),
    valueText(page, guard.difference, true),
    unit === undefined || guard.interval === null ? '–' : formatInterval(guard.interval, unit, language, true),
    unit === undefined ? String(guard.margin) : formatMark(guard.margin, unit, language),
    unit === undefined || guard.detectable === null ? '–' : formatValue(guard.detectable, unit, language),
    badge(guardTones[guard.outcome], words.ui.guardOutcomes[guard.outcome]),
  ]
}
