/** The question, the answer in a sentence with its two ranges, and what a reader of half a minute takes away. */
import type { Finding, Outcome } from '../findings.ts'
import { headlineOf } from '../findings.ts'
import { formatInterval, formatMark, formatValue } from '../format.ts'
import { displayUnit, measureTitle, sliceTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { heldOut } from './evidence.ts'
import { tollOf } from './fault-toll.ts'
import { goLiveAnswer } from './go-live-answer.ts'
import { escapeHtml } from './markup.ts'
import { countText, type Page, valueText } from './page.ts'
import { rangesFigure } from './ranges.ts'
import { windowsCut } from './windows-cut.ts'

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
  const facts = [
    said(result.city.title, language),
    result.world === 'virtual' ? ui.virtualWorld : ui.wireWorld,
    scenario.date,
    `${ui.seed} ${scenario.seed}`,
  ]
  // The arm that the question leads to speaks first.
  const findings = [...page.findings].sort((one, other) => Number(other.arm === page.mainArm) - Number(one.arm === page.mainArm))
  const about = result.assumptionStudy === null ? `${length} ${ui.simulationRangeOnly}` : length
  return `<div class="hero"><p class="kicker">${escapeHtml(facts.join(' · '))}</p>
<h1>${escapeHtml(said(scenario.title, language))}</h1>
${voidBanner(page)}
<h2>${escapeHtml(ui.question)}</h2><p class="question">${escapeHtml(said(scenario.question, language))}</p>
<h2 id="${language}-answer">${escapeHtml(ui.answer)}</h2>${findings.map((finding) => answer(page, finding)).join('\n')}
${windowsCut(page)}
<p class="small">${escapeHtml(about.trim())}</p>
${rangesFigure(page)}
<h2>${escapeHtml(words.sections.glance.title)}</h2>${keyFigures(page)}
<p class="small">${escapeHtml(ui.exploratoryNote)} ${escapeHtml(ui.worldNote)}</p></div>
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
  return `<div class="answer ${worse.length > 0 ? 'bad' : tones[finding.outcome]}${finding.arm === page.mainArm ? ' main' : ''}"><p>${escapeHtml(headlineOf(finding, result, language))}</p>${but}${besides(page, finding.arm)}${armLine(page, finding.arm)}</div>`
}

/** What else was asked of an arm with a fault or a go-live, where its own section says more. */
function besides(page: Page, arm: string): string {
  if (!page.result.verdict.valid) return ''
  const { language, words } = page
  const told = (id: string, title: string, text: string | undefined): readonly string[] =>
    text === undefined
      ? []
      : [`<p>${escapeHtml(text)} <a class="small" href="#${language}-${id}">${escapeHtml(`${words.ui.exploratory} · ${title}`)}</a></p>`]
  return [
    ...told('faults', words.ui.faultsTitle, tollOf(page, arm)),
    // Of many waves each has its line in the section.
    ...told('golive', words.sections.goLive.title, arm === page.mainArm ? goLiveAnswer(page, arm) : undefined),
  ].join('')
}

/** Adoption is a variable: no answer stands without it. */
function armLine({ result, words, language, look }: Page, name: string): string {
  const arm = result.arms.find((one) => one.name === name)
  if (arm === undefined) return ''
  const staffings: Readonly<Record<string, string>> = words.ui.staffings
  const twoDigits = (share: number): string => formatMark(Number(share.toPrecision(2)), '1', language)
  const [phone, credit] = (['phone', 'credit'] as const).map((mode) => look.measure(`payment-mode-share/${mode}`, name)?.value)
  // Adoption is of patients; what is published is of settlements.
  const paid =
    phone === undefined || credit === undefined || phone + credit === 0
      ? ''
      : ` · ${words.ui.ofSettlements(twoDigits(phone + credit), twoDigits(credit))}`
  const line = `${words.ui.adoption} ${formatMark(arm.adoption, '1', language)}${paid} · ${words.ui.staffing} ${staffings[arm.staffing] ?? arm.staffing}`
  return `<p class="small">${escapeHtml(line)}</p>`
}

/** The primary measure, then queues and the length of the visit, each before and after with its paired change. */
export const keyMeasures = ['payment-lines-waited-over-1-minute', 'clinical-queueing-minutes-per-visit', 'visit-duration-minutes'] as const

function keyFigures(page: Page): string {
  const { result, words, look, mainArm } = page
  const text = words.sections.glance
  const first = result.arms[0]?.name ?? ''
  const names = [...new Set([result.scenario.primaryMeasure, ...keyMeasures])]
  const figures = names.map((name) => {
    const change = look.difference(name, mainArm)
    const level = look.measure(name, first)
    const after = look.measure(name, mainArm)
    const isChange = change !== undefined
    return card(measureTitle(name, result, words), isChange ? valueText(page, change, true) : valueText(page, after), [
      ...(isChange ? [text.beforeAfter(valueText(page, level), valueText(page, after))] : []),
      ...(isChange && change.interval !== null
        ? [`${words.ui.interval95} ${formatInterval(change.interval, displayUnit(change), page.language, true)}`]
        : []),
      `n = ${countText(page, [level, after])}`,
    ])
  })
  return `<ul class="cards">${figures.join('\n')}</ul><p class="small">${escapeHtml(words.ui.observationsNote)}</p><ul class="cards trust">${trust(page).join('\n')}</ul>`
}

/** How far the answer can be relied on, in three short lines, each with the place where more is said. */
function trust(page: Page): readonly string[] {
  const { result, words, language, findings, mainArm } = page
  const text = words.sections.glance
  const guards = findings.find(({ arm }) => arm === mainArm)?.guards ?? []
  const guardsOf = (wanted: (typeof guards)[number]['outcome']) => guards.filter(({ outcome }) => outcome === wanted).length
  const evidence = heldOut(result.evidence)
  const assumed = result.warrants.filter((row) => row.warrant.kind === 'assumption').length
  const study = result.assumptionStudy?.headlines.find((row) => row.arm === mainArm) ?? result.assumptionStudy?.headlines[0]
  const share = (value: number): string => formatValue(value, '1', language)
  const link = (id: string, html: string): string => `<li><a href="#${language}-${id}">${escapeHtml(html)}</a></li>`
  return [
    ...(guards.length === 0 ? [] : [link('guards', text.guardsKept(guardsOf('kept'), guards.length, guardsOf('undecided')))]),
    evidence.all === 0 ? `<li>${escapeHtml(text.noEvidence)}</li>` : link('evidence', text.evidence(evidence.agrees, evidence.all)),
    ...(result.warrants.length === 0 ? [] : [link('assumptions', text.inputs(assumed, result.warrants.length))]),
    ...(study === undefined ? [] : [link('study', words.sections.study.variance(share(study.varianceShare.unverified)))]),
  ]
}

function card(name: string, big: string, small: readonly string[]): string {
  return `<li><div class="name">${escapeHtml(name)}</div><div class="big">${escapeHtml(big)}</div>${small.map((line) => `<div class="small">${escapeHtml(line)}</div>`).join('')}</li>`
}
