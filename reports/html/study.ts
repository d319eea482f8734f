/** What the assumptions could change: the effect over all plans, which assumptions matter, and one at a time. */
import type { StudyHeadline } from '../../simulators/measures/result-study.ts'
import { columns } from '../charts/columns.ts'
import { rowChart } from '../charts/row-chart.ts'
import { formatInterval, formatNumber, formatValue } from '../format.ts'
import { armTitle, measureTitle, subjectTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { sites } from './adoption.ts'
import { axisTick, unitNote } from './compare.ts'
import { type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'

/** A picture of more groups than this is a picture of nothing; the table holds them all. */
const groupsDrawn = 12
const classes = 20

export function studySection(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.study
  const study = result.assumptionStudy
  if (study === null) return ''
  const intro = text.intro(study.plans, study.groups.length, sites(page, study.sites), study.days)
  const failed =
    study.failedPlans === 0
      ? ''
      : `<p><strong>${escapeHtml(text.failed(study.failedPlans, study.failure === null ? '–' : forReaders(page, said(study.failure, language))))}</strong></p>`
  return section(
    page,
    'study',
    text.title,
    intro,
    failed + study.headlines.map((headline, index) => ofHeadline(page, headline, index)).join('\n'),
  )
}

/**
 * A plan's failure is told to whoever writes the numbers: with names of the model and with remedies. Who reads the report gets the parties'
 * titles, and no remedies.
 */
function forReaders({ result, words }: Page, failure: string): string {
  const [what = failure] = failure.split(remedies)
  const named = [...result.city.parties]
    .sort((one, other) => other.name.length - one.name.length)
    .reduce(
      (text, { name }) => text.replace(new RegExp(`(?<![\\w-])${RegExp.escape(name)}(?![\\w-])`, 'g'), subjectTitle(name, result, words)),
      what,
    )
  return named.replace(/[.。]?$/, words.language === 'zh' ? '。' : '.')
}
/** Where the advice begins (simulators/virtual/day-too-long.ts). */
const remedies = /\. Give these lines|: look at the timeouts|。请给这些环节|：请检查超时/

function ofHeadline(page: Page, headline: StudyHeadline, index: number): string {
  const { words, result, language } = page
  const text = words.sections.study
  const measure = measureTitle(headline.measure, result, words)
  const arm = armTitle(headline.arm, result, language)
  const heading = (result.assumptionStudy?.headlines.length ?? 0) > 1 ? `<h3>${escapeHtml(`${measure} · ${arm}`)}</h3>` : ''
  const share = (value: number): string => formatValue(value, '1', language)
  const sign = headline.otherSignShare > 0 ? ` ${words.sections.ranges.signChanges(share(headline.otherSignShare))}` : ''
  return `${heading}<p class="lead">${escapeHtml(`${text.variance(share(headline.varianceShare.unverified))} ${text.variesMore}${sign}`)}</p>
${departs(page, headline)}<p class="note">${escapeHtml(text.dice(formatValue(headline.dice.standardDeviation, headline.unit === '1' ? 'points' : headline.unit, language), headline.dice.plays))}</p>
${distribution(page, headline, index, `${text.distribution(measure, arm)}`)}
${ranking(page, headline, index)}
${tornado(page, headline, index)}`
}

/** How far the study's city is from the whole one where nothing was moved: a range of a city that is far off would be another city's. */
function departs({ words, look, language }: Page, { measure, arm, base, dice, unit }: StudyHeadline): string {
  const whole = look.difference(measure, arm)
  if (whole === undefined || whole.interval === null) return ''
  const moved = unit === '1' ? 'points' : unit
  const error = dice.standardDeviation / Math.sqrt(dice.plays)
  const text = words.sections.study.departs(
    formatValue(base, moved, language, true),
    formatValue(error, moved, language),
    dice.plays,
    formatValue(whole.value, moved, language, true),
    formatInterval(whole.interval, moved, language, true),
  )
  return `<p class="note">${escapeHtml(text)}</p>`
}

function distribution(page: Page, { values, p5, p50, p95, unit, base }: StudyHeadline, index: number, title: string): string {
  const { words, language } = page
  const text = words.sections.study
  if (values.length === 0) return ''
  const moved = unit === '1' ? 'points' : unit
  const factor = unit === '1' ? 100 : 1
  const least = Math.min(...values)
  const most = Math.max(...values)
  const step = (most - least) / classes || 1
  const counts = Array.from({ length: classes }, () => 0)
  for (const value of values) counts[Math.min(classes - 1, Math.floor((value - least) / step))]! += 1
  const middle = (at: number): number => least + (at + 0.5) * step
  const rows: readonly (readonly Cell[])[] = [
    ...(
      [
        ['5 %', p5],
        ['50 %', p50],
        ['95 %', p95],
        [words.sections.ranges.base, base],
      ] as const
    ).map(([name, value]): readonly Cell[] => [name, formatValue(value, moved, language, true), '']),
    ...counts.map((count, at): readonly Cell[] => [
      `${text.changeClass} ${at + 1}`,
      formatInterval([least + at * step, least + (at + 1) * step], moved, language, true),
      String(count),
    ]),
  ]
  const tick = axisTick(page)
  return figure(page, {
    id: `plans-${index}`,
    title,
    note: `${unitNote(page, moved)}${text.distributionNote(formatValue(p5, moved, language, true), formatValue(p95, moved, language, true))}`,
    legend: [],
    draw: columns(
      counts.map((count, at) => ({
        title: tick(Number((middle(at) * factor).toPrecision(2))),
        value: count,
        colour: middle(at) >= p5 && middle(at) <= p95 ? 'blue' : 'before',
      })),
      tick,
      { narrow: 6, wide: 3 },
    ),
    table: table(title, [{ title: '' }, { title: text.changeClass, numeric: true }, { title: text.plansInClass, numeric: true }], rows),
  })
}

export function groupTitle({ result, language }: Page, name: string): string {
  const group = result.assumptionStudy?.groups.find((one) => one.group === name)
  return group === undefined ? name : said(group.title, language)
}

function ranking(page: Page, { ranking: ranks }: StudyHeadline, index: number): string {
  const { result, words, language } = page
  const text = words.sections.study
  if (ranks.length === 0) return ''
  const say = (value: number): string => formatNumber(value, language, 2)
  const rows = ranks.map(({ group, correlation, interval }): readonly Cell[] => {
    const about = result.assumptionStudy?.groups.find((one) => one.group === group)
    return [
      groupTitle(page, group),
      say(correlation),
      `${say(interval[0])}${language === 'zh' ? '至' : ' to '}${say(interval[1])}`,
      String(about?.inputs ?? '–'),
      String(about?.unverified ?? '–'),
    ]
  })
  return figure(page, {
    id: `ranking-${index}`,
    title: text.ranking,
    note: text.rankingNote,
    legend: [],
    draw: rowChart({
      tick: axisTick(page),
      stretch: [-1, 1],
      every: 0.5,
      references: [0],
      rows: ranks.slice(0, groupsDrawn).map(({ group, correlation, interval }) => ({
        title: groupTitle(page, group),
        text: say(correlation),
        marks: [
          { kind: 'line', from: Math.max(-1, interval[0]), to: Math.min(1, interval[1]), colour: 'sky', pixels: 3 },
          { kind: 'point', at: correlation, colour: 'blue', shape: 'dot' },
        ],
      })),
    }),
    table: table(
      text.ranking,
      [
        { title: text.group },
        { title: text.correlation, numeric: true },
        { title: words.ui.interval95, numeric: true },
        { title: text.inputs, numeric: true },
        { title: text.unverified, numeric: true },
      ],
      rows,
    ),
  })
}

function tornado(page: Page, { tornado: bars, baseOfTheFirstPlay: base, unit }: StudyHeadline, index: number): string {
  const { words, language } = page
  const text = words.sections.study
  if (bars.length === 0) return ''
  const moved = unit === '1' ? 'points' : unit
  const factor = unit === '1' ? 100 : 1
  const say = (value: number): string => formatValue(value, moved, language, true)
  return figure(page, {
    id: `tornado-${index}`,
    title: text.tornado,
    note: `${unitNote(page, moved)}${text.tornadoNote}`,
    legend: [
      { title: text.atLow, colour: 'sky' },
      { title: text.atHigh, colour: 'vermillion' },
    ],
    draw: rowChart({
      tick: axisTick(page),
      references: [base * factor],
      rows: bars.slice(0, groupsDrawn).map(({ group, atLow, atHigh }) => ({
        title: groupTitle(page, group),
        text: formatInterval([Math.min(atLow, atHigh), Math.max(atLow, atHigh)], moved, language, true),
        marks: tornadoBars(base * factor, atLow * factor, atHigh * factor),
      })),
    }),
    table: table(
      text.tornado,
      [{ title: text.group }, { title: text.atLow, numeric: true }, { title: text.atHigh, numeric: true }],
      bars.map(({ group, atLow, atHigh }) => [groupTitle(page, group), say(atLow), say(atHigh)]),
    ),
  })
}

/** Both ends may lie on one side of the base; the shorter bar is then drawn over the longer one, thinner. */
function tornadoBars(base: number, atLow: number, atHigh: number) {
  const sameSide = (atLow - base) * (atHigh - base) > 0
  const isLowShorter = Math.abs(atLow - base) < Math.abs(atHigh - base)
  const low = { kind: 'bar', from: base, to: atLow, colour: 'sky', pixels: sameSide && isLowShorter ? 7 : 14 } as const
  const high = { kind: 'bar', from: base, to: atHigh, colour: 'vermillion', pixels: sameSide && !isLowShorter ? 7 : 14 } as const
  return isLowShorter ? [high, low] : [low, high]
}
