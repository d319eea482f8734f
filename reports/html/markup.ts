/** Small pieces of HTML. Text goes in escaped; only what these functions make is markup. */

import type { Colour } from '../charts/palette.ts'
import { type ChartWidth, type Draw, renderSvg } from '../charts/render.ts'
import type { Page } from './page.ts'

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

export interface Column {
  readonly title: string
  readonly numeric?: boolean
}
/** A cell is text, or markup made here. */
export type Cell = string | { readonly html: string }

/**
 * Closing tags that HTML lets a cell and a row go without are left out: a report is mostly tables.
 * @param heading `above` where the caption stands over the table already
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  heading: 'own' | 'above' = 'own',
): string {
  // Where every column but the first is of numbers, the table says so once and not each of its cells.
  const isOfNumbers = columns.every(({ numeric }, index) => index === 0 || numeric === true)
  const kind = (column: Column | undefined): string => (column?.numeric ? ' class=n' : '')
  // The first cell of a row is its name, whatever it holds, and stands at the left; so does its heading.
  const head = columns.map((column, index) => `<th scope=col${index === 0 ? '' : kind(column)}>${escapeHtml(column.title)}`).join('')
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((cell, index) => (index === 0 ? `<th scope=row>${cellHtml(cell)}` : `<td${isOfNumbers ? '' : kind(columns[index])}>${cellHtml(cell)}`)).join('')}`,
    )
    .join('\n')
  const shown = heading === 'own' ? `<p class="caption" aria-hidden="true">${escapeHtml(caption)}</p>` : ''
  return `${shown}<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table${isOfNumbers ? ' class=v' : ''} aria-label="${escapeHtml(caption)}"><thead><tr>${head}<tbody>${body}</table></div>`
}

/** A long table, folded away until it is asked for. */
export const folded = (title: string, html: string): string => `<details><summary>${escapeHtml(title)}</summary>${html}</details>`

const cellHtml = (cell: Cell): string => (typeof cell === 'string' ? escapeHtml(cell) : cell.html)

/** A verdict as a coloured word; the word alone says it, the colour only helps. */
export const badge = (kind: 'good' | 'bad' | 'open' | 'plain', text: string): { readonly html: string } => ({
  html: `<span class="badge ${kind}">${escapeHtml(text)}</span>`,
})

/**
 * One page section: its heading is its address in the table of contents.
 * @param standing `exploratory` is said over everything that is not the question fixed before the run
 */
export function section(
  page: Page,
  id: string,
  title: string,
  intro: string,
  body: string,
  standing: 'exploratory' | 'plain' = 'plain',
): string {
  const anchor = `${page.language}-${id}`
  const mark = standing === 'exploratory' ? `<p class="mark">${escapeHtml(page.words.sections.parts.exploratoryMark)}</p>` : ''
  return `<section id="${anchor}" aria-labelledby="${anchor}-title">${mark}<h2 id="${anchor}-title">${escapeHtml(title)}</h2>${intro === '' ? '' : `<p class="intro">${escapeHtml(intro)}</p>`}\n${body}</section>`
}

export interface LegendItem {
  readonly title: string
  readonly colour: Colour
  /** Given for lines; bars and cells have a filled square. */
  readonly dash?: readonly number[]
}

export interface Figure {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly legend: readonly LegendItem[]
  readonly draw: Draw
  /** Markup between the picture and its table. */
  readonly aside?: string
  /** The table behind the chart. */
  readonly table: string
}

export function figure(page: Page, given: Figure): string {
  const key = `${page.language}-${given.id}`
  const picture = (width: ChartWidth): string =>
    `<div class="chart ${width}">${renderSvg(given.draw, width, `${key}-${width}`, given.title)}</div>`
  return `<figure id="${key}"><figcaption><h3>${escapeHtml(given.title)}</h3>${given.note === undefined ? '' : `<p class="note">${escapeHtml(given.note)}</p>`}</figcaption>
${legend(given.legend)}${picture('narrow')}${picture('wide')}${given.aside ?? ''}
<details><summary>${escapeHtml(page.words.ui.showTable)}</summary>${given.table}</details></figure>`
}

function legend(items: readonly LegendItem[]): string {
  if (items.length === 0) return ''
  return `<ul class="legend">${items.map((item) => `<li>${swatch(item)}${escapeHtml(item.title)}</li>`).join('')}</ul>`
}

function swatch({ colour, dash }: LegendItem): string {
  if (dash === undefined)
    return `<svg aria-hidden="true" width="12" height="12"><rect width="12" height="12" fill="var(--${colour})"/></svg>`
  return `<svg aria-hidden="true" width="28" height="10"><line x1="0" y1="5" x2="28" y2="5" stroke="var(--${colour})" stroke-width="2.5"${dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`}/></svg>`
}
