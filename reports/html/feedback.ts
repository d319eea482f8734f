/** Queues as assumed and as measured side by side, what of the day was measured, and where both worlds part. */
import { clockOfSecond } from '../../simulators/engine/time.ts'
import type { Feedback, FeedbackArm } from '../../simulators/measures/result-feedback.ts'
import type { SpotCheck } from '../../simulators/measures/result-spot-check.ts'
import { type ChartRow, rowChart } from '../charts/row-chart.ts'
import { formatNumber, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { badge, type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'
import { divergenceTable } from './wire-divergence.ts'
import { intervalMs, millisecondsText } from './wire-parts.ts'

export function feedbackSection(page: Page): string {
  const { feedback, spotCheck } = page.result
  const { feedback: words } = page.words
  if (spotCheck !== undefined) return spotSection(page, spotCheck)
  if (feedback === undefined) return ''
  const oneLoad = feedback.isSpot ? line(words.oneLoad(loadOf(page, feedback))) : ''
  const title = feedback.isSpot ? words.spotTitle : words.title
  return section(page, 'feedback', title, words.intro(feedback.target, feedback.days), oneLoad + bodyOf(page, feedback), 'exploratory')
}

function spotSection(page: Page, spot: SpotCheck): string {
  const { feedback: words, wire } = page.words
  const { language } = page
  const open = (intro: string, body: string) => section(page, 'feedback', words.spotTitle, intro, body, 'exploratory')
  if (!spot.ran) return open('', line(words.notRun(said(spot.reason, language))))
  const { window, errands, generator, closingBooks, audit, platformPaymentsPerSecond, feedback, voidReasons, divergence } = spot
  const facts = [
    words.played(
      `${window.date} ${clockOfSecond(window.fromSecond)}–${clockOfSecond(window.toSecond)}`,
      armTitle(window.arm, page.result, language),
      `${whole(errands.sent)} / ${whole(errands.planned)}`,
      `${generator.name} ${generator.version}`,
      formatNumber(platformPaymentsPerSecond, language, 1),
    ),
    words.checked(whole(closingBooks.equal), whole(closingBooks.compared), wire.verdicts[audit.verdict], whole(audit.rulesKept)),
  ]
    .map(line)
    .join('')
  if (feedback === null) {
    const reasons = voidReasons.map((reason) => said(reason, language)).join(language === 'zh' ? '；' : '; ')
    return open('', `${facts}${line(words.isVoid(reasons))}${divergenceTable(page, divergence)}`)
  }
  return open(words.spotIntro(feedback.target, loadOf(page, feedback)), facts + bodyOf(page, feedback))
}

const line = (text: string): string => `<p class="intro">${escapeHtml(text)}</p>`
const whole = (value: number): string => value.toLocaleString('en-GB')
const loadOf = ({ language }: Page, { levels }: Feedback): string => formatNumber(levels.at(-1)?.offeredPerSecond ?? 0, language, 1)

function bodyOf(page: Page, feedback: Feedback): string {
  const { feedback: words } = page.words
  return [
    ...feedback.arms.map((arm) => armTable(page, feedback, arm)),
    curve(page, feedback),
    line(words.divergenceIntro),
    ...feedback.levels.map(({ divergence, offeredPerSecond }) =>
      divergenceTable(page, divergence, words.perSecond(formatNumber(offeredPerSecond, page.language, 1))),
    ),
  ].join('\n')
}

function armTable(page: Page, { levels }: Feedback, { arm, measuredShare, busiestPerSecond, minutesOutside, rows }: FeedbackArm): string {
  const { feedback: words } = page.words
  const { language, result } = page
  const rate = (value: number) => formatNumber(value, language, 1)
  const flag =
    minutesOutside === 0
      ? badge('good', words.inside(rate(busiestPerSecond)))
      : badge('open', words.outside(whole(minutesOutside), rate(busiestPerSecond), rate(levels.at(-1)?.offeredPerSecond ?? 0)))
  const share = (of: number) => formatValue(of, '1', language)
  const cells = rows.map(({ measure, assumed, measured }): readonly Cell[] => {
    const known = result.measures.find(({ name }) => name === measure)
    const text = (value: number | null, sign = false) =>
      value === null ? '–' : formatValue(value, known === undefined ? 'ratio' : displayUnit(known), language, sign)
    return [
      measureTitle(measure, result, page.words),
      text(assumed),
      text(measured),
      text(assumed === null || measured === null ? null : measured - assumed, true),
    ]
  })
  return `${table(
    words.queuesTitle(armTitle(arm, result, language)),
    [
      { title: words.measure },
      { title: words.assumed, numeric: true },
      { title: words.measured, numeric: true },
      { title: words.difference, numeric: true },
    ],
    cells,
  )}${line(words.range(share(measuredShare), share(1 - measuredShare)))}<p>${flag.html}</p>`
}

function curve(page: Page, { levels, assumedMs }: Feedback): string {
  const { feedback: words } = page.words
  const { language } = page
  const number = (value: number) => formatNumber(value, language, 1)
  const rows = levels.map(
    ({ offeredPerSecond, ownMsP50, ownMsP95 }): ChartRow => ({
      title: words.perSecond(number(offeredPerSecond)),
      text: `${millisecondsText(page, ownMsP50)} · ${millisecondsText(page, ownMsP95)}`,
      marks: [
        { kind: 'bar', from: ownMsP50, to: ownMsP95, colour: 'vermillion' },
        { kind: 'cut', at: ownMsP50, colour: 'ink' },
      ],
    }),
  )
  const behind = table(
    words.curveTitle,
    [
      { title: words.offered },
      ...[words.settled, words.inFlight, words.payments, 'p50', 'p95', words.ownMean, words.assumedMean].map((title) => ({
        title,
        numeric: true,
      })),
    ],
    levels.map(({ offeredPerSecond, achievedPerSecond, inFlight, payments, ownMsP50, ownMsP95, ownMsMean, ownMsInterval }) => [
      number(offeredPerSecond),
      number(achievedPerSecond),
      number(inFlight),
      whole(payments),
      millisecondsText(page, ownMsP50),
      millisecondsText(page, ownMsP95),
      `${millisecondsText(page, ownMsMean)}${ownMsInterval === null ? '' : ` (${intervalMs(page, ownMsInterval)})`}`,
      millisecondsText(page, assumedMs),
    ]),
    'above',
  )
  const longest = 1.05 * Math.max(assumedMs, ...levels.map(({ ownMsP95 }) => ownMsP95))
  return figure(page, {
    id: 'feedback-curve',
    title: words.curveTitle,
    note: words.curveNote,
    legend: [{ title: words.measured, colour: 'vermillion' }],
    draw: rowChart({ rows, tick: (value) => formatNumber(value, language, 0), stretch: [0, longest], references: [assumedMs] }),
    table: behind,
  })
}
