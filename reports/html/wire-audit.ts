/** The auditor's verdict rule by rule, each finding with the command that tells its story, and the closing books beside the virtual city's. */
import type { WireAudit } from '../../simulators/measures/result-wire.ts'
import { said } from '../words.ts'
import { badge, escapeHtml, folded, section, table } from './markup.ts'
import type { Page } from './page.ts'
import { reviewTable } from './wire-review.ts'

export function wireAuditSection(page: Page): string {
  const { wire } = page.result
  if (wire === undefined) return ''
  const { wire: words } = page.words
  return section(
    page,
    'wireaudit',
    words.auditTitle,
    words.auditIntro,
    [
      verdict(page, wire.audit),
      closingBooks(page),
      reviewTable(page),
      findings(page, wire.audit),
      rules(page, wire.audit),
      books(page, wire.audit),
    ].join('\n'),
  )
}

const tones = { passed: 'good', failed: 'bad', void: 'bad' } as const
const standingTones = { kept: 'good', broken: 'bad', 'not-applicable': 'plain' } as const

function verdict({ words: { wire: words }, language }: Page, audit: WireAudit): string {
  const reasons = audit.voidReasons.map((reason) => `<li>${escapeHtml(said(reason, language))}</li>`).join('')
  return `<p>${badge(tones[audit.verdict], words.verdicts[audit.verdict]).html}</p>${reasons === '' ? '' : `<ul>${reasons}</ul>`}`
}

function rules({ words: { wire: words }, language }: Page, audit: WireAudit): string {
  return table(
    words.rule,
    [{ title: words.rule }, { title: '' }, { title: words.checked, numeric: true }, { title: words.findings, numeric: true }],
    audit.rules.map(({ name, title, standing, checked, broken }) => [
      { html: `${escapeHtml(said(title, language))} <code>${escapeHtml(name)}</code>` },
      badge(standingTones[standing], words.standings[standing]),
      standing === 'not-applicable' ? '–' : checked.toLocaleString('en-GB'),
      standing === 'not-applicable' ? '–' : broken.toLocaleString('en-GB'),
    ]),
  )
}

function findings({ words: { wire: words }, language }: Page, audit: WireAudit): string {
  const rows = audit.rules.flatMap(({ name, findings: found }) =>
    found.map((one) => [
      { html: `<code>${escapeHtml(name)}</code>` },
      said(one.words, language),
      { html: `<code>${escapeHtml(one.why)}</code>` },
    ]),
  )
  if (rows.length === 0) return ''
  return table(words.findings, [{ title: words.rule }, { title: words.finding }, { title: words.story }], rows)
}

function books({ words: { wire: words } }: Page, audit: WireAudit): string {
  const read = audit.books.map(({ actor, entries }) => `${actor} ${entries.toLocaleString('en-GB')}`).join(' · ')
  return `<p class="note">${escapeHtml(words.booksText(read))}</p><p class="note">${escapeHtml(words.replay)}: <code>${escapeHtml(audit.replay)}</code></p>`
}

function closingBooks(page: Page): string {
  const closing = page.result.wire?.closingBooks
  if (closing === undefined) return ''
  const { wire: words } = page.words
  const whole = (value: number) => value.toLocaleString('en-GB')
  const rest =
    closing.rest.length === 0
      ? ''
      : folded(
          words.restTitle,
          table(
            words.restTitle,
            [{ title: words.reason }, { title: words.count, numeric: true }, { title: words.examples }],
            closing.rest.map(({ title, rows, examples }) => [said(title, page.language), whole(rows), examples.join(', ')]),
            'above',
          ),
        )
  return `<h3>${escapeHtml(words.equalTitle)}</h3><p>${escapeHtml(words.equal(whole(closing.equal), whole(closing.compared)))}</p>${rest}`
}
