/** One result as one HTML file: no network, both languages (or one), every section from a file of its own. */
import type { RunResult } from '../../simulators/measures/run-result.ts'
import { type Language, said, wordsFor } from '../words.ts'
import { adoptionSection } from './adoption.ts'
import { assumptionsSection } from './assumptions.ts'
import { auditSection } from './audit.ts'
import { capacitySection } from './capacity.ts'
import { comparisonsSection } from './comparisons.ts'
import { districtsSection } from './districts.ts'
import { evidenceSection } from './evidence.ts'
import { faultsSection } from './faults.ts'
import { feedbackSection } from './feedback.ts'
import { goLiveSection } from './go-live.ts'
import { guardsSection } from './guards.ts'
import { headlineSection } from './headline.ts'
import { latencySection } from './latency.ts'
import { escapeHtml } from './markup.ts'
import { methodSection } from './method.ts'
import { moneySection } from './money.ts'
import { observedSection } from './observed.ts'
import { type Page, pageOf } from './page.ts'
import { paymentsSection } from './payments.ts'
import { queuesSection } from './queues.ts'
import { rollOutSection } from './roll-out.ts'
import { script } from './script.ts'
import { storiesSection } from './stories.ts'
import { studySection } from './study.ts'
import { style } from './style.ts'
import { waitsSection } from './waits.ts'
import { wireSection } from './wire.ts'
import { wireAuditSection } from './wire-audit.ts'
import { wireFaultsSection } from './wire-faults.ts'
import { wireGoLiveSection } from './wire-go-live.ts'
import { wireLegsSection } from './wire-legs.ts'
import { wireTermSection } from './wire-term.ts'
import { worseOffSection } from './worse-off.ts'

export interface ReportOptions {
  readonly languages: readonly Language[]
}

/** The sections in the order a reader meets them; one that has nothing to say returns an empty text. */
const sections: readonly ((page: Page) => string)[] = [
  // Of a run over real sockets, what they showed comes before what was computed.
  wireSection,
  wireGoLiveSection,
  wireTermSection,
  wireAuditSection,
  wireFaultsSection,
  wireLegsSection,
  guardsSection,
  // Where a scenario has a fault or a go-live, that is what it was asked for.
  faultsSection,
  goLiveSection,
  comparisonsSection,
  adoptionSection,
  queuesSection,
  districtsSection,
  waitsSection,
  latencySection,
  feedbackSection,
  worseOffSection,
  storiesSection,
  capacitySection,
  paymentsSection,
  moneySection,
  rollOutSection,
  evidenceSection,
  observedSection,
  studySection,
  assumptionsSection,
  auditSection,
  methodSection,
]

export function htmlReport(result: RunResult, { languages }: ReportOptions): string {
  const first = languages[0] ?? 'zh'
  return `<!doctype html>
<html lang="${wordsFor(first).htmlLanguage}" data-language="${first}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="generator" content="medpay-testbed ${escapeHtml(result.provenance.version)}">
<link rel="icon" href="data:,"><title>${escapeHtml(pageTitle(result, first))}</title><style>${style}</style>${languages.length > 1 ? withoutScript : ''}</head>
<body>${switches(languages)}
${languages.map((language) => body(result, language)).join('\n')}
<script>${script}</script></body></html>
`
}

/** Nothing can be switched then: every language stands, one after the other. */
const withoutScript = '<noscript><style>html[data-language] main[lang]{display:grid}.bar{display:none}</style></noscript>'

const pageTitle = (result: RunResult, language: Language): string =>
  `${said(result.scenario.title, language)} · ${wordsFor(language).ui.reportTitle}`

function body(result: RunResult, language: Language): string {
  const page = pageOf(result, language)
  const { ui, htmlLanguage } = page.words
  const parts = sections.map((make) => make(page)).filter((text) => text !== '')
  return `<main lang="${htmlLanguage}" data-language="${language}" data-title="${escapeHtml(pageTitle(result, language))}">
${headlineSection(page, contents(parts, ui.contents))}
<div class="sections">${parts.join('\n')}</div>
</main>`
}

/** The table of contents is read from the sections themselves, so that it cannot name one that is absent. */
function contents(parts: readonly string[], title: string): string {
  const links = parts.map((text) => {
    const [, id = '', heading = ''] = /<h2 id="([^"]+)-title">(.*?)<\/h2>/.exec(text) ?? []
    return `<li><a href="#${id}">${heading}</a></li>`
  })
  return `<nav aria-label="${escapeHtml(title)}"><ul>${links.join('')}</ul></nav>`
}

function switches(languages: readonly Language[]): string {
  const skip = languages
    .map(
      (language) =>
        `<a class="skip${languages.length > 1 ? ` only-${language}` : ''}" href="#${language}-answer">${escapeHtml(wordsFor(language).ui.skipToContent)}</a>`,
    )
    .join('')
  const label = (key: 'language' | 'theme' | 'themeAuto' | 'themeLight' | 'themeDark'): string =>
    languages
      .map((language) => `<span class="${languages.length > 1 ? `only-${language}` : ''}">${escapeHtml(wordsFor(language).ui[key])}</span>`)
      .join('')
  const languageSwitch =
    languages.length < 2
      ? ''
      : `<fieldset><legend>${label('language')}</legend>${languages.map((language) => `<button type="button" lang="${wordsFor(language).htmlLanguage}" data-set-language="${language}" aria-pressed="${language === languages[0]}">${language === 'zh' ? '中文' : 'English'}</button>`).join('')}</fieldset>`
  const themes = [
    ['auto', 'themeAuto'],
    ['light', 'themeLight'],
    ['dark', 'themeDark'],
  ] as const
  return `${skip}<header class="bar">${languageSwitch}<fieldset><legend>${label('theme')}</legend>${themes.map(([name, key]) => `<button type="button" data-set-theme="${name}" aria-pressed="${name === 'auto'}">${label(key)}</button>`).join('')}</fieldset></header>`
}
