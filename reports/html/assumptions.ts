/** Every number that entered the run with its warrant: a document and place, or an assumption with its range and reason. */
import type { Provenance } from '../../scenarios/plan.ts'
import { badge, type Cell, escapeHtml, section, table } from './markup.ts'
import type { Page } from './page.ts'

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
      : `<details><summary>${escapeHtml(ui.assumptionsTitle)}</summary>
<p><label>${escapeHtml(ui.search)} <input type="search" data-filters="${id}"></label> <span class="small" role="status"><span id="${id}-shown">${rows.length}</span> ${escapeHtml(ui.rowsShown)}</span></p>
<div id="${id}">${table(
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
  return section(page, 'assumptions', ui.assumptionsTitle, ui.assumptionsIntro(rows.length, assumed, unverified), body)
}

/** Assumptions first, then the least certain sources. */
function rank({ warrant }: Provenance): number {
  if (warrant.kind === 'assumption') return 0
  return { unverified: 1, likely: 2, verified: 3 }[warrant.confidence]
}

function warrantRow(page: Page, row: Provenance): readonly Cell[] {
  const { ui } = page.words
  const { warrant } = row
  const path = { html: `<code class="path">${escapeHtml(row.path).replace(/\./g, '.<wbr>')}</code>` }
  const value = { html: `<span class="values">${escapeHtml(numbersText(row.value))}</span>` }
  if (warrant.kind === 'assumption') {
    return [
      path,
      value,
      row.unit,
      badge('open', ui.assumption),
      `${plain(warrant.low)} – ${plain(warrant.high)} (${ui.varies[warrant.varies]})`,
      { html: `<span class="reason">${escapeHtml(`${warrant.reason} [${warrant.group}]`)}</span>` },
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
    `${warrant.document}, ${warrant.place}`,
  ]
}

/** Long lists are shown by their first entries and their length. */
function numbersText(value: number | readonly number[]): string {
  if (typeof value === 'number') return plain(value)
  const shown = value.slice(0, 4).map(plain).join(', ')
  return value.length > 4 ? `${shown} … (${value.length})` : shown
}

const plain = (value: number): string => String(Number(value.toPrecision(6)))
