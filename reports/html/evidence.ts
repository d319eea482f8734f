/** The model beside what is published: the target table, the published totals, the record of the calibration. */
import type { EvidenceRow, PublishedTotal } from '../../simulators/measures/result-evidence.ts'
import { rowChart } from '../charts/row-chart.ts'
import { formatInterval, formatMark, formatNumber, formatValue } from '../format.ts'
import { reasonIn } from '../words.reasons.ts'
import { said } from '../words.ts'
import { badge, type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function evidenceSection(page: Page): string {
  const { result, words } = page
  const text = words.sections.evidence
  const body = [evidence(page), totals(page), calibration(page)].filter((html) => html !== '')
  if (body.length === 0) return ''
  return section(page, 'evidence', text.title, result.evidence.length === 0 ? '' : text.intro, body.join('\n'))
}

/** Held-out findings with which the model agrees, and those it could be held against at all. */
export function heldOut(rows: readonly EvidenceRow[]): { readonly agrees: number; readonly all: number } {
  return agreement(rows, 'held-out')
}

function agreement(rows: readonly EvidenceRow[], use: EvidenceRow['use']): { readonly agrees: number; readonly all: number } {
  const measured = rows.filter((row) => row.use === use && row.verdict !== 'not-measured')
  return { agrees: measured.filter((row) => row.verdict === 'agrees').length, all: measured.length }
}

function evidence(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.evidence
  const rows = result.evidence
  if (rows.length === 0) return ''
  const out = heldOut(rows)
  const fitted = agreement(rows, 'calibrated')
  const body = rows.map((row): readonly Cell[] => [
    said(row.title, language),
    badge('plain', text.uses[row.use]),
    targetText(page, row),
    modelText(page, row),
    badge(row.verdict === 'agrees' ? 'good' : row.verdict === 'disagrees' ? 'bad' : 'open', text.verdicts[row.verdict]),
    `±${formatMark(row.tolerance, unitOf(row), language)}${said(row.toleranceReason, language) === '' ? '' : `: ${said(row.toleranceReason, language)}`}`,
    sourceText(page, row.source),
  ])
  // Those that disagree first; of the others, what the comparison leaves out.
  const differing = rows
    .filter((row) => said(row.remark, language) !== '')
    .sort((one, other) => Number(other.verdict === 'disagrees') - Number(one.verdict === 'disagrees'))
  const remarks =
    differing.length === 0
      ? ''
      : `<h3>${escapeHtml(text.disagreements)}</h3><ul>${differing
          .map(
            (row) =>
              `<li><strong>${escapeHtml(said(row.title, language))}</strong> <span>${escapeHtml(`${text.verdicts[row.verdict]}${language === 'zh' ? '。' : '. '}${said(row.remark, language)}`)}</span></li>`,
          )
          .join('')}</ul>`
  return `<p class="lead">${escapeHtml(text.summary(out.agrees, out.all, fitted.agrees, fitted.all))}</p>
${figure(page, {
  id: 'targets',
  title: text.figure,
  note: text.figureNote,
  legend: [
    { title: text.document, colour: 'before' },
    { title: text.model, colour: 'blue' },
  ],
  draw: rowChart({ tick: null, stretch: [0, 1], rows: rows.map((row) => drawnRow(page, row)) }),
  table: table(
    text.title,
    [
      { title: text.row },
      { title: text.use },
      { title: text.document, numeric: true },
      { title: text.model, numeric: true },
      { title: text.verdict },
      { title: text.tolerance },
      { title: text.source },
    ],
    body,
  ),
})}
${remarks}`
}

function drawnRow(page: Page, row: EvidenceRow) {
  const { words, language } = page
  const { low, high } = row.target
  const most = Math.max(high + row.tolerance, row.model ?? 0, row.interval?.[1] ?? 0) * 1.1 || 1
  const at = (value: number): number => Math.max(0, value) / most
  const text = words.sections.evidence
  return {
    title: `${said(row.title, language)}${language === 'zh' ? '（' : ' ('}${text.uses[row.use]}${language === 'zh' ? '）' : ')'}`,
    text: `${modelText(page, row)} · ${text.verdicts[row.verdict]}`,
    marks: [
      { kind: 'line', from: 0, to: 1, colour: 'line', pixels: 1 },
      { kind: 'bar', from: at(low - row.tolerance), to: at(high + row.tolerance), colour: 'heat1', pixels: 14 },
      { kind: 'bar', from: at(low) - 0.003, to: at(high) + 0.003, colour: 'before', pixels: 14 },
      ...(row.interval === null ? [] : [{ kind: 'line', from: at(row.interval[0]), to: at(row.interval[1]), colour: 'blue' } as const]),
      ...(row.model === null ? [] : [{ kind: 'point', at: at(row.model), colour: 'blue', shape: 'dot' } as const]),
    ],
  } as const
}

/** A change of a share is told in points. */
const unitOf = (row: EvidenceRow): string => (row.against !== null && row.unit === '1' ? 'points' : row.unit)

function targetText({ language }: Page, row: EvidenceRow): string {
  const { low, high } = row.target
  return low === high ? formatMark(low, unitOf(row), language) : formatInterval([low, high], unitOf(row), language)
}

const modelText = ({ language, words }: Page, row: EvidenceRow): string =>
  row.model === null ? words.ui.notMeasured : formatValue(row.model, unitOf(row), language)

function sourceText({ words, language }: Page, source: EvidenceRow['source']): Cell {
  const between = language === 'zh' ? '，' : ', '
  const text = [source.document, reasonIn(source.place, language).text, words.ui.confidences[source.confidence]]
    .filter((part) => part !== '')
    .join(between)
  return { html: `<span class="reason">${escapeHtml(text)}</span>` }
}

function totals(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.evidence
  if (result.publishedTotals.length === 0) return ''
  const rows = result.publishedTotals.map((total): readonly Cell[] => [
    said(total.title, language),
    totalText(page, total.published, total.unit),
    badge(total.use === 'predicted' ? 'open' : 'plain', text.totalUses[total.use]),
    said(total.from, language),
    total.model === null ? text.notPlayed : totalText(page, total.model, total.unit),
    total.model === null || total.published === 0 ? '–' : formatNumber(total.model / total.published, language, 2),
    sourceText(page, total.source),
  ])
  return `<h3>${escapeHtml(text.totals)}</h3><p class="note">${escapeHtml(text.totalsIntro)}</p>${table(
    text.totals,
    [
      { title: text.total },
      { title: text.published, numeric: true },
      { title: text.use },
      { title: text.from },
      { title: text.model, numeric: true },
      { title: text.ratio, numeric: true },
      { title: text.source },
    ],
    rows,
    'above',
  )}`
}

/** Large totals as people say them: `176.63 million transactions`, `1.7663 亿笔`. */
export function totalText({ language, words }: Page, value: number, unit: PublishedTotal['unit']): string {
  if (unit === 'fen' || unit === 'yuan') return formatValue(unit === 'yuan' ? value * 100 : value, 'fen', language)
  const known: Readonly<Record<string, string>> = { ...words.units, ...words.sections.units }
  const word = known[unit] ?? unit
  const [factor, scale, decimals] =
    language === 'zh'
      ? value >= 1e8
        ? [1e8, '亿', 4]
        : value >= 1e4
          ? [1e4, '万', 2]
          : [1, '', 0]
      : value >= 1e6
        ? [1e6, 'm', 2]
        : [1, '', 0]
  const digits = formatNumber(value / factor, language, decimals)
  return language === 'zh' ? `${digits}${scale}${word}` : [digits, scale, word].filter((part) => part !== '').join(' ')
}

function calibration(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.evidence
  const record = result.calibration
  if (record === null) return ''
  const plain = (value: number): string => String(Number(value.toPrecision(5)))
  return `<h3>${escapeHtml(text.calibration)}</h3><p class="note">${escapeHtml(text.calibrationIntro(record.evaluations))} <code>${escapeHtml(record.command)}</code></p>
${record.converged ? '' : `<p><strong>${escapeHtml(text.notConverged)}</strong></p>`}${table(
  text.calibration,
  [
    { title: text.parameter },
    { title: text.start, numeric: true },
    { title: text.fitted, numeric: true },
    { title: text.bounds, numeric: true },
  ],
  record.parameters.map((parameter) => [
    said(parameter.title, language),
    plain(parameter.start),
    plain(parameter.fitted),
    `${plain(parameter.low)} – ${plain(parameter.high)}`,
  ]),
  'above',
)}`
}
