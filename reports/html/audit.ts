/** The independent count: what it expected, what it found. */
import { said } from '../words.ts'
import { badge, type Cell, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function auditSection(page: Page): string {
  const { result, words, language } = page
  const { ui } = words
  if (result.audit.length === 0) return ''
  const rows = result.audit.map((one): readonly Cell[] => [
    said(one.title, language),
    one.expected.toLocaleString('en-GB'),
    one.found.toLocaleString('en-GB'),
    badge(one.passed ? 'good' : 'bad', one.passed ? ui.passed : ui.failed),
    said(one.detail, language),
  ])
  return section(
    page,
    'audit',
    ui.auditTitle,
    ui.auditIntro,
    table(
      ui.auditTitle,
      [
        { title: ui.auditTitle },
        { title: ui.expected, numeric: true },
        { title: ui.found, numeric: true },
        { title: ui.verdict },
        { title: '' },
      ],
      rows,
    ),
  )
}
