/** A roll-out of many days: what ties its choices together, month by month, and how adoption may have grown. */
import { linesByMonth } from '../charts/lines-by-month.ts'
import { armColour, armDash } from '../charts/palette.ts'
import { formatMark, formatNumber, formatValue, formatWithInterval } from '../format.ts'
import { said } from '../words.ts'
import { axisTick } from './compare.ts'
import { totalText } from './evidence.ts'
import { badge, type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function rollOutSection(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.rollOut
  const out = result.rollOut
  if (out === null) return ''
  const { value, interval, sampledDays } = out.patientHoursSaved
  const saved = interval === null ? formatValue(value, text.hours, language) : formatWithInterval(value, interval, text.hours, language)
  const facts = [
    `${totalText(page, out.transactions, 'transactions')} · ${totalText(page, out.visits, 'visits')} · ${text.transactionsPerVisit} ${formatNumber(out.transactionsPerVisit, language, 2)}`,
    text.notCarriedOver(formatNumber(out.notCarriedOver.billsLeft, language, 0), formatNumber(out.notCarriedOver.signUpsLost, language, 0)),
    text.memory(`${formatNumber(out.sharedTableBytes / 1e6, language, 0)} MB`, formatMark(out.sharedTableBytesPerPerson, '', language)),
    `${text.features}${language === 'zh' ? '：' : ': '}${out.features.map((feature) => said(feature, language)).join(language === 'zh' ? '、' : ', ')}`,
  ]
  return section(
    page,
    'rollout',
    text.title,
    text.intro(out.fromDate, out.toDate, out.days),
    `<p class="lead">${escapeHtml(text.hoursSaved(saved, sampledDays))}</p>
<ul>${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>
${[months(page), shapes(page), choices(page)].join('\n')}`,
    'exploratory',
  )
}

function months(page: Page): string {
  const { words, language, result } = page
  const text = words.sections.rollOut
  const out = result.rollOut!
  const whole = (value: number): string => formatNumber(value, language, 0)
  const counts = ['transactions', 'credentialTransactions', 'creditPayments', 'signUps'] as const
  const sums = ['billFen', 'credentialFen', 'creditFen'] as const
  const total = (name: (typeof counts)[number] | (typeof sums)[number]): number => out.months.reduce((sum, month) => sum + month[name], 0)
  const rows = [
    ...out.months.map((month): readonly Cell[] => [
      month.month,
      ...counts.map((name) => whole(month[name])),
      whole(month.sitesLive),
      whole(month.channelsOpen),
      ...sums.map((name) => formatValue(month[name], 'fen', language)),
    ]),
    [text.total, ...counts.map((name) => whole(total(name))), '', '', ...sums.map((name) => formatValue(total(name), 'fen', language))],
  ]
  return table(
    text.months,
    [
      { title: text.month },
      ...counts.map((name) => ({ title: text[name], numeric: true })),
      { title: text.sitesLive, numeric: true },
      { title: text.channelsOpen, numeric: true },
      { title: text.amount, numeric: true },
      { title: text.credentialAmount, numeric: true },
      { title: text.creditAmount, numeric: true },
    ],
    rows,
  )
}

function shapes(page: Page): string {
  const { words, language, result } = page
  const text = words.sections.rollOut
  const out = result.rollOut!
  if (out.shapes.length === 0) return ''
  const whole = (value: number): string => formatNumber(value, language, 0)
  const looks = out.shapes.map((shape, index) => ({
    title: `${said(shape.title, language)}${shape.chosen ? ` (${text.chosen})` : ''}`,
    colour: armColour(index + 1),
    dash: armDash(index),
  }))
  return figure(page, {
    id: 'shapes',
    title: text.shapes,
    note: text.shapesNote,
    legend: looks,
    draw: linesByMonth(
      out.shapes.map((shape, index) => ({
        colour: looks[index]!.colour,
        dash: looks[index]!.dash,
        values: shape.adoptionAtMonthEnd.map((one) => one * 100),
      })),
      out.months.map(({ month }) => month.slice(2)),
      axisTick(page, true),
    ),
    table: table(
      text.shapes,
      [
        { title: text.shape },
        ...out.months.map(({ month }) => ({ title: month, numeric: true })),
        { title: text.credentialTransactions, numeric: true },
        { title: text.creditPayments, numeric: true },
        { title: text.signUps, numeric: true },
        { title: `${text.patientHours} (${text.hours})`, numeric: true },
      ],
      out.shapes.map((shape, index) => [
        looks[index]!.title,
        ...shape.adoptionAtMonthEnd.map((one) => formatValue(one, '1', language)),
        whole(shape.meets.credentialTransactions),
        whole(shape.meets.creditPayments),
        whole(shape.meets.signUps),
        shape.patientHoursSaved === null ? '–' : whole(shape.patientHoursSaved),
      ]),
    ),
  })
}

function choices(page: Page): string {
  const { words, language, result } = page
  const text = words.sections.rollOut
  const out = result.rollOut!
  if (out.choices.length === 0) return ''
  const rows = out.choices.map((choice): readonly Cell[] => [
    said(choice.title, language),
    choice.startDate,
    formatNumber(choice.transactionsPerDay, language, 0),
    formatNumber(choice.transactionsPerVisit, language, 2),
    formatValue(choice.insuredShare, '1', language),
    choice.chosen ? badge('good', text.chosen) : '',
    said(choice.changes, language),
  ])
  return `<h3>${escapeHtml(text.equation)}</h3><p>${escapeHtml(said(out.equation, language))}</p>${table(
    text.choices,
    [
      { title: text.choice },
      { title: text.start },
      { title: text.transactionsPerDay, numeric: true },
      { title: text.transactionsPerVisit, numeric: true },
      { title: text.insuredShare, numeric: true },
      { title: '' },
      { title: text.changes },
    ],
    rows,
  )}`
}
