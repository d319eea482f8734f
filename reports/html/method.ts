/** How the figures were earned, and what it takes to make them again. */
import { formatMark, formatNumber, formatValue } from '../format.ts'
import { wholeCity } from '../lookup.ts'
import { said } from '../words.ts'
import { escapeHtml, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function methodSection(page: Page): string {
  const { result, words, language, look } = page
  const { ui } = words
  const { replication, scenario, provenance, city } = result
  const unit = look.measure(scenario.primaryMeasure, result.arms[0]?.name ?? '', wholeCity)?.unit ?? ''
  const ratio = result.arms
    .slice(1)
    .map((arm) => look.difference(scenario.primaryMeasure, arm.name)?.varianceRatio)
    .filter((one) => one !== undefined && one !== null)
  const facts: readonly (readonly [string, string])[] = [
    [ui.city, `${said(city.title, language)}: ${ui.citySize(city.institutions, city.sites)}`],
    [ui.date, scenario.date],
    [ui.seed, String(scenario.seed)],
    [ui.scale, String(scenario.scale)],
    [ui.replication, ui.replicationRow(replication.pilotDays, replication.days, replication.maximumDays)],
    [ui.wantedPrecision, formatValue(replication.precision, unit, language)],
    [ui.halfWidths, replication.halfWidths.map((half) => formatValue(half, unit, language)).join(' → ')],
    [ui.varianceRatio, ratio.map((one) => formatNumber(one, language, 2)).join(', ')],
    [ui.replay, provenance.replay],
    [ui.planHash, result.planHash],
    [ui.resultHash, result.resultHash],
    [ui.version, provenance.version],
    [ui.kernel, ui.kernels[provenance.kernel]],
    [ui.machine, `${provenance.machine}, Node ${provenance.node}`],
    [ui.workers, String(provenance.workers)],
    [ui.time, `${provenance.wallSeconds.toFixed(1)} s / ${provenance.cpuSeconds.toFixed(1)} s`],
    [ui.startedAt, provenance.startedAt],
  ]
  const arms = table(
    ui.arm,
    [{ title: ui.arm }, { title: ui.reform }, { title: ui.adoption, numeric: true }, { title: ui.staffing }],
    result.arms.map((arm) => [
      said(arm.title, language),
      arm.reform ? ui.yes : ui.no,
      formatMark(arm.adoption, '1', language),
      staffingText(page, arm.staffing),
    ]),
  )
  return section(
    page,
    'method',
    ui.methodTitle,
    ui.methodPairing,
    `<ul>${[...ui.methodDefinitions, ...words.sections.method.units].map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>
${arms}<h3>${escapeHtml(words.sections.method.manifest)}</h3><p class="note">${escapeHtml(words.sections.method.readAgain)}</p><dl class="facts">${facts
      .filter(([, value]) => value !== '')
      .map(
        ([name, value]) =>
          `<dt>${escapeHtml(name)}</dt><dd>${codeLike(name, page) ? `<code>${escapeHtml(value)}</code>` : escapeHtml(value)}</dd>`,
      )
      .join('')}</dl>`,
  )
}

const codeLike = (name: string, { words: { ui } }: Page): boolean => name === ui.replay || name === ui.planHash || name === ui.resultHash

function staffingText({ words }: Page, staffing: string): string {
  const known: Readonly<Record<string, string>> = words.ui.staffings
  return known[staffing] ?? staffing
}
