/** How long each leg took, in all and by the target's own doing, and the load levels beside one another. */
import type { WireLeg, WireOutcome, WireQuantiles } from '../../simulators/measures/result-wire.ts'
import { type ChartRow, rowChart } from '../charts/row-chart.ts'
import { formatNumber, formatValue } from '../format.ts'
import { said } from '../words.ts'
import { badge, type Cell, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'
import { divergenceTable, moneyTable } from './wire-divergence.ts'
import { millisecondsText } from './wire-parts.ts'

export function wireLegsSection(page: Page): string {
  const { wire } = page.result
  if (wire === undefined || wire.legs.length === 0) return ''
  const { wire: words } = page.words
  return section(
    page,
    'wirelegs',
    words.legsTitle,
    words.legsIntro,
    [legsFigure(page, wire.legs), divergence(page, wire), money(page, wire), levelsTable(page)].join('\n'),
  )
}

/** Of each level that tells its own, or of the run. */
function divergence(page: Page, { levels, divergence: found = [] }: WireOutcome): string {
  const ofLevels = levels.map((level) => divergenceTable(page, level.divergence ?? [], said(level.title, page.language))).join('')
  const told = ofLevels === '' ? divergenceTable(page, found) : ofLevels
  return told === '' ? '' : `<p class="intro">${page.words.feedback.divergenceIntro}</p>${told}`
}

function money(page: Page, wire: WireOutcome): string {
  const told = moneyTable(page, wire)
  return told === '' ? '' : `<p class="intro">${page.words.feedback.moneyIntro}</p>${told}`
}

/** Legs of the business clock last hours and would press the others flat; they stand in the table. */
const isDrawn = ({ from }: WireLeg): boolean => from !== 'business-clock'

function legsFigure(page: Page, legs: readonly WireLeg[]): string {
  const { wire: words } = page.words
  const rows = legs
    .filter(isDrawn)
    .flatMap(({ leg, totalMs, ownMs }): ChartRow[] => [
      ...(totalMs === null ? [] : [rowOf(page, `${words.legs[leg]} · ${words.total}`, totalMs, 'sky')]),
      ...(ownMs === null ? [] : [rowOf(page, `${words.legs[leg]} · ${words.own}`, ownMs, 'vermillion')]),
    ])
  const cells = (of: WireQuantiles | null): readonly Cell[] =>
    of === null
      ? ['–', '–', '–', '–', '–']
      : [
          of.count.toLocaleString('en-GB'),
          millisecondsText(page, of.p50),
          millisecondsText(page, of.p95),
          of.p99 === null ? words.belowThousand : millisecondsText(page, of.p99),
          millisecondsText(page, of.max),
        ]
  const behind = table(
    words.legsTitle,
    [
      { title: words.leg },
      ...[words.total, words.own].flatMap((kind) => [
        { title: `n · ${kind}`, numeric: true },
        ...['p50', 'p95', 'p99', 'max'].map((name) => ({ title: `${name} · ${kind}`, numeric: true })),
      ]),
      { title: words.from },
    ],
    legs.map(({ leg, totalMs, ownMs, from }) => [words.legs[leg], ...cells(totalMs), ...cells(ownMs), words.fromWords[from]]),
    'above',
  )
  if (rows.length === 0) return behind
  const drawn = legs.filter(isDrawn).flatMap(({ totalMs, ownMs }) => [totalMs, ownMs].filter((one) => one !== null))
  // Room for the mark at the end.
  const longest = 1.05 * Math.max(1, ...drawn.map(({ p95, p99 }) => p99 ?? p95))
  return figure(page, {
    id: 'wire-legs',
    title: words.legsTitle,
    note: words.milliseconds,
    legend: [
      { title: words.total, colour: 'sky' },
      { title: words.own, colour: 'vermillion' },
    ],
    draw: rowChart({ rows, tick: (value) => formatNumber(value, page.language, 0), stretch: [0, longest] }),
    table: behind,
  })
}

function rowOf(page: Page, title: string, { p50, p95, p99 }: WireQuantiles, colour: 'sky' | 'vermillion'): ChartRow {
  return {
    title,
    text: `${millisecondsText(page, p50)} · ${millisecondsText(page, p95)}`,
    marks: [
      { kind: 'bar', from: p50, to: p95, colour },
      { kind: 'cut', at: p50, colour: 'ink' },
      ...(p99 === null ? [] : [{ kind: 'point', at: p99, colour, shape: 'diamond' } as const]),
    ],
  }
}

function levelsTable(page: Page): string {
  const levels = page.result.wire?.levels ?? []
  const { language } = page
  const { wire: words } = page.words
  if (levels.length === 0) return ''
  const ms = (value: number | null) => (value === null ? '–' : millisecondsText(page, value))
  return `<p class="intro">${words.levelsIntro}</p>${table(
    words.levelsTitle,
    [
      { title: words.level },
      { title: words.errandsPerSecond, numeric: true },
      { title: words.paymentsPerSecond, numeric: true },
      { title: words.settledShare, numeric: true },
      { title: words.refusedBusy, numeric: true },
      { title: `${words.own} p99`, numeric: true },
      { title: `${words.total} p95`, numeric: true },
      { title: page.words.ui.verdict },
    ],
    levels.map((level) => [
      said(level.title, language),
      formatNumber(level.errandsPerSecond, language),
      formatNumber(level.platformPaymentsPerSecond, language),
      formatValue(level.settledShare, '1', language),
      level.refusedBusy.toLocaleString('en-GB'),
      ms(level.ownMsP99),
      ms(level.totalMsP95),
      badge(level.valid ? 'good' : 'bad', words.rateStandings[level.standing ?? (level.valid ? 'held' : 'lost')]),
    ]),
  )}`
}
