/** Three simulated patients, each on one time line in two arms, with the events behind it. */
import { clockOfSecond } from '../../simulators/engine/time.ts'
import type { PatientStory } from '../../simulators/measures/result-story.ts'
import type { Colour } from '../charts/palette.ts'
import { type ChartRow, type Mark, rowChart } from '../charts/row-chart.ts'
import { formatClock, formatMark, formatNumber } from '../format.ts'
import { armTitle, sliceTitle, subjectTitle } from '../lookup.ts'
import { type Cell, escapeHtml, figure, section, table } from './markup.ts'
import type { Page } from './page.ts'

type ArmOfStory = PatientStory['arms'][number]
type What = ArmOfStory['spans'][number]['what']
const spanColours: Readonly<Record<What, Colour>> = {
  'payment-wait': 'vermillion',
  'payment-service': 'orange',
  'clinical-wait': 'sky',
  'clinical-service': 'blue',
  elsewhere: 'line',
}
const kinds = Object.keys(spanColours) as What[]

export function storiesSection(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.stories
  if (result.stories.length === 0) return ''
  const part = result.stories.find((story) => story.scale < result.scenario.scale)?.scale
  const intro =
    part === undefined
      ? text.intro
      : `${text.intro} ${text.partOfCity(formatMark(part / Math.max(1, result.scenario.scale), '1', language))}`
  return section(page, 'stories', text.title, intro, result.stories.map((story) => storyFigure(page, story)).join('\n'), 'exploratory')
}

function storyFigure(page: Page, story: PatientStory): string {
  const { words, language } = page
  const text = words.sections.stories
  const minutes = (seconds: number): string => formatMark(Math.round(seconds / 60), 'min', language)
  const arrived = Math.min(...story.arms.map((arm) => arm.arrivedAtSecond))
  const left = Math.max(...story.arms.map((arm) => arm.leftAtSecond))
  // A short visit has ticks of its own, so that it fills the line.
  const step = left - arrived < shortSeconds ? 600 : 1800
  const from = Math.floor(arrived / step) * step
  const to = Math.ceil(left / step) * step
  const title = text.roles[story.role]
  const stays = story.arms.map(
    (arm) =>
      `<li><strong>${escapeHtml(armTitle(arm.arm, page.result, language))}</strong> ${escapeHtml(
        text.stay(
          minutes(arm.leftAtSecond - arm.arrivedAtSecond),
          minutes(arm.paymentWaitMinutes * 60),
          minutes(arm.clinicalWaitMinutes * 60),
        ),
      )}</li>`,
  )
  return `${figure(page, {
    id: `story-${story.role}`,
    title,
    note: `${who(page, story)}${language === 'zh' ? '。' : '. '}${text.why[story.role]}`,
    legend: kinds.map((kind) => ({ title: text.spans[kind], colour: spanColours[kind] })),
    draw: rowChart({
      tick: formatClock,
      stretch: [from, to],
      every: Math.max(1, Math.round((to - from) / step / 6)) * step,
      rows: story.arms.map((arm) => rowOf(page, arm)),
    }),
    aside: `<ul class="plain">${stays.join('')}</ul><p class="note">${escapeHtml(text.show)}${language === 'zh' ? '：' : ': '}<code>${escapeHtml(visitCommand(page, story))}</code></p>`,
    table: spansTable(page, story, title),
  })}`
}

const shortSeconds = 4500

/** `Young adults (18–44) · Employees · Municipal tertiary hospitals`. */
function who({ result, words }: Page, story: PatientStory): string {
  return [
    sliceTitle({ dimension: 'age', name: story.ageGroup }, result, words),
    sliceTitle({ dimension: 'insured', name: story.insuredType }, result, words),
    sliceTitle({ dimension: 'tier', name: story.tier }, result, words),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function rowOf(page: Page, arm: ArmOfStory): ChartRow {
  const { words, language, result } = page
  const modes: Readonly<Record<string, string>> = words.modes
  const bars = arm.spans.map(
    (span): Mark => ({ kind: 'bar', from: span.fromSecond, to: span.toSecond, colour: spanColours[span.what], pixels: 20 }),
  )
  const troubles = arm.marks
    .filter((mark) => mark.what === 'failed' || mark.what === 'fallback')
    .map((mark): Mark => ({ kind: 'cut', at: mark.atSecond, colour: 'ink' }))
  return {
    title: `${armTitle(arm.arm, result, language)} · ${modes[arm.mode] ?? arm.mode}`,
    text: formatMark(Math.round((arm.leftAtSecond - arm.arrivedAtSecond) / 60), 'min', language),
    marks: [...bars, ...troubles],
  }
}

function spansTable(page: Page, story: PatientStory, title: string): string {
  const { words, language, result } = page
  const text = words.sections.stories
  const places: Readonly<Record<string, string>> = text.places
  const marks: Readonly<Record<string, string>> = text.marks
  const rows = story.arms.flatMap((arm) => {
    const spans = arm.spans.map((span) => ({ at: span.fromSecond, cells: spanCells(span) }))
    const moments = arm.marks.map((mark) => ({
      at: mark.atSecond,
      cells: ['', marks[mark.what] ?? mark.what, clockOfSecond(mark.atSecond), '', ''],
    }))
    return [...spans, ...moments]
      .sort((one, other) => one.at - other.at)
      .map(({ cells: [where = '', what = '', begin = '', end = '', minutes = ''] }): readonly Cell[] => [
        armTitle(arm.arm, result, language),
        what,
        where,
        begin,
        end,
        minutes,
      ])
  })
  function spanCells(span: ArmOfStory['spans'][number]): string[] {
    const where = places[span.where] ?? subjectTitle(span.where, result, words)
    const minutes = formatNumber((span.toSecond - span.fromSecond) / 60, language, 1)
    return [where, text.spans[span.what], clockOfSecond(span.fromSecond), clockOfSecond(span.toSecond), minutes]
  }
  return table(
    title,
    [
      { title: words.ui.arm },
      { title: text.what },
      { title: text.where },
      { title: text.from, numeric: true },
      { title: text.until, numeric: true },
      { title: text.minutes, numeric: true },
    ],
    rows,
    'above',
  )
}

/** The scenario as it was named when it was run. */
function visitCommand({ result: { provenance, scenario } }: Page, story: PatientStory): string {
  const named = /\brun ('[^']*'|"[^"]*"|\S+)/.exec(provenance.replay)?.[1] ?? scenario.name
  const scale = story.scale === 1 ? '' : ` --scale ${story.scale}`
  return `npx medpay visit ${named} --seed ${scenario.seed} --day ${story.day} --visit ${story.visit}${scale}`
}
