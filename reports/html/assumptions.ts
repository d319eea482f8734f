/** Every number that entered the run with its warrant: a document and place, or an assumption with its range and reason. */
import type { Provenance } from '../../scenarios/plan-provenance.ts'
import { rowChart } from '../charts/row-chart.ts'
import { formatValue } from '../format.ts'
import { reasonIn } from '../words.reasons.ts'
import { badge, type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'
import { groupTitle } from './study.ts'

export function assumptionsSection(page: Page): string {
  const { result, words } = page
  const { ui } = words
  const rows = [...result.warrants].sort((one, other) => rank(one) - rank(other))
  const assumed = rows.filter((row) => row.warrant.kind === 'assumption').length
  const unverified = rows.filter((row) => row.warrant.kind === 'source' && row.warrant.confidence === 'unverified').length
  const id = `${page.language}-numbers`
  const body =
    rows.length === 0
      ? ''
      : `<details><summary>${escapeHtml(page.words.sections.study.allNumbers)}</summary>
<p><label>${escapeHtml(ui.search)} <input type="search" data-filters="${id}"></label> <span class="small" role="status"><span id="${id}-shown">${rows.length}</span> ${escapeHtml(ui.rowsShown)}</span></p>
<div id="${id}" class="numbers">${table(
          ui.assumptionsTitle,
          [
            { title: ui.number },
            { title: ui.value, numeric: true },
            { title: ui.unit },
            { title: ui.confidence },
            { title: ui.range },
            { title: ui.sourceOrReason },
          ],
          rows.map((row) => warrantRow(page, row)),
        )}</div></details>`
  return section(
    page,
    'assumptions',
    ui.assumptionsTitle,
    ui.assumptionsIntro(rows.length, assumed, unverified),
    confidenceFigure(page) + body,
  )
}

const kinds = [
  { kind: 'verified', colour: 'green' },
  { kind: 'likely', colour: 'sky' },
  { kind: 'unverified', colour: 'orange' },
  { kind: 'assumption', colour: 'vermillion' },
] as const

/** How many of the numbers rest on what. */
function confidenceFigure(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.study
  if (result.warrants.length === 0) return ''
  const kindOf = ({ warrant }: Provenance): string => (warrant.kind === 'assumption' ? 'assumption' : warrant.confidence)
  const counts = kinds.map(({ kind, colour }) => ({
    title: kind === 'assumption' ? words.ui.assumption : words.ui.confidences[kind],
    colour,
    count: result.warrants.filter((row) => kindOf(row) === kind).length,
  }))
  const share = (count: number): string => formatValue(count / result.warrants.length, '1', language)
  return figure(page, {
    id: 'confidence',
    title: text.confidence,
    legend: [],
    draw: rowChart({
      tick: null,
      stretch: [0, 1],
      rows: counts.map(({ title, colour, count }) => ({
        title,
        text: `${count} · ${share(count)}`,
        marks: [{ kind: 'bar', from: 0, to: count / result.warrants.length, colour }],
      })),
    }),
    table: table(
      text.confidence,
      [{ title: words.ui.confidence }, { title: text.count, numeric: true }, { title: text.share, numeric: true }],
      counts.map(({ title, count }) => [title, String(count), share(count)]),
    ),
  })
}

/** Assumptions first, then the least certain sources. */
function rank({ warrant }: Provenance): number {
  if (warrant.kind === 'assumption') return 0
  return { unverified: 1, likely: 2, verified: 3 }[warrant.confidence]
}

function warrantRow(page: Page, row: Provenance): readonly Cell[] {
  const { ui } = page.words
  const { warrant } = row
  const path = { html: `<code>${escapeHtml(row.path)}</code>` }
  const value = numbersText(row.value)
  if (warrant.kind === 'assumption') {
    return [
      path,
      value,
      row.unit,
      badge('open', ui.assumption),
      `${plain(warrant.low)} – ${plain(warrant.high)} (${ui.varies[warrant.varies]})`,
      reasonCell(page, warrant.reason, groupTitle(page, warrant.group)),
    ]
  }
  return [
    path,
    value,
    row.unit,
    badge(
      warrant.confidence === 'verified' ? 'good' : warrant.confidence === 'likely' ? 'plain' : 'open',
      ui.confidences[warrant.confidence],
    ),
    '',
    { html: `${escapeHtml(`${warrant.document}${page.language === 'zh' ? '，' : ', '}`)}${inItsLanguage(page, warrant.place)}` },
  ]
}

function reasonCell(page: Page, reason: string, group: string): Cell {
  return { html: `${inItsLanguage(page, reason)} [${escapeHtml(group)}]` }
}

/** A text that has no Chinese here stands as its file has it, marked as what it is for whoever reads it aloud. */
function inItsLanguage({ language }: Page, text: string): string {
  const known = reasonIn(text, language)
  return known.language === language ? escapeHtml(known.text) : `<span lang="${known.language}">${escapeHtml(known.text)}</span>`
}

/** Long lists are shown by their first entries and their length. */
function numbersText(value: number | readonly number[]): string {
  if (typeof value === 'number') return plain(value)
  const shown = value.slice(0, 4).map(plain).join(', ')
  return value.length > 4 ? `${shown} … (${value.length})` : shown
}

const plain = (value: number): string => String(Number(value.toPrecision(6)))
