/** The regulator's chart: what is saved against how many adopt, under each staffing rule, whole and reduced city told apart. */
import type { Staffing } from '../../scenarios/plan.ts'
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { Difference } from '../../simulators/measures/run-result.ts'
import { type AdoptionLine, type AdoptionPoint, adoptionCurve } from '../charts/adoption-curve.ts'
import type { Colour } from '../charts/palette.ts'
import { formatMark, formatNumber, formatValue, formatWithInterval } from '../format.ts'
import { armTitle, displayUnit, measureTitle, subjectTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { axisTick, unitNote } from './compare.ts'
import { type Cell, escapeHtml, figure, folded, type LegendItem, section, table } from './markup.ts'
import type { Page } from './page.ts'

const rules: readonly {
  readonly staffing: Staffing
  readonly colour: Colour
  readonly dash: readonly number[]
  readonly shape: 'circle' | 'square'
}[] = [
  { staffing: 'windows-kept', colour: 'blue', dash: [], shape: 'circle' },
  { staffing: 'windows-cut-in-proportion', colour: 'vermillion', dash: [7, 3], shape: 'square' },
]
const drawn: readonly MeasureName[] = ['payment-queueing-minutes-per-visit', 'payment-lines-waited-over-1-minute']

/** One arm that adopts, in one of the two cities. */
interface Adopting {
  readonly title: string
  readonly adoption: number
  readonly staffing: string
  readonly city: 'whole' | 'reduced'
  readonly difference: Difference
}

export function adoptionSection(page: Page): string {
  const { words } = page
  const figures = drawn.map((measure) => adoptionFigure(page, measure)).filter((html) => html !== '')
  if (figures.length === 0) return ''
  return section(page, 'adoption', words.sections.adoption.title, words.sections.adoption.intro, [...figures, departure(page)].join('\n'))
}

function adoptionFigure(page: Page, measure: MeasureName): string {
  const { words, language, result } = page
  const text = words.sections.adoption
  const arms = adoptingArms(page, measure)
  // A single point is no curve.
  if (new Set(arms.map((arm) => arm.adoption)).size < 2) return ''
  const lines = rules.flatMap(({ staffing, colour, dash, shape }): AdoptionLine[] => {
    const points = arms.filter((arm) => arm.staffing === staffing).map((arm) => pointOf(page, arm))
    return points.length === 0 ? [] : [{ colour, dash, shape, points }]
  })
  const unit = displayUnit(arms[0]!.difference)
  const title = measure === 'payment-queueing-minutes-per-visit' ? text.minutesSaved : text.linesSaved
  const legend = rules
    .filter(({ staffing }) => arms.some((arm) => arm.staffing === staffing))
    .map(
      ({ staffing, colour, dash }): LegendItem => ({
        title: `${words.ui.staffing}${language === 'zh' ? '' : ' '}${words.ui.staffings[staffing]}`,
        colour,
        dash,
      }),
    )
  const rows = [...arms]
    .sort((one, other) => one.staffing.localeCompare(other.staffing, 'en') * -1 || one.adoption - other.adoption)
    .map((arm): readonly Cell[] => [
      arm.title,
      formatMark(arm.adoption, '1', language),
      staffingText(page, arm.staffing),
      arm.city === 'whole' ? text.wholeCity : text.reducedCity,
      savedText(page, arm.difference),
      String(arm.difference.days),
    ])
  const { reducedCity } = result
  return figure(page, {
    id: `adoption-${measure.startsWith('payment-lines') ? 'lines' : 'minutes'}`,
    title,
    note: `${unitNote(page, unit)}${reducedCity === null ? '' : text.curveNote(sites(page, reducedCity.sites), reducedCity.days)}`.trim(),
    legend,
    draw: adoptionCurve(lines, axisTick(page), text.axis),
    table: table(
      title,
      [
        { title: words.ui.arm },
        { title: words.ui.adoption, numeric: true },
        { title: words.ui.staffing },
        { title: text.city },
        { title: `${text.saved} (${words.ui.interval95})`, numeric: true },
        { title: words.ui.days, numeric: true },
      ],
      rows,
    ),
  })
}

function adoptingArms(page: Page, measure: string): readonly Adopting[] {
  const { result, look, language } = page
  const whole = result.arms.slice(1).flatMap((arm): Adopting[] => {
    const difference = look.difference(measure, arm.name)
    return difference === undefined || !arm.reform
      ? []
      : [{ title: armTitle(arm.name, result, language), adoption: arm.adoption, staffing: arm.staffing, city: 'whole', difference }]
  })
  const reduced = (result.reducedCity?.arms ?? []).slice(1).flatMap((arm): Adopting[] => {
    const difference = result.reducedCity?.differences.find(
      (row) => row.name === measure && row.arm === arm.name && row.slice.dimension === 'all',
    )
    return difference === undefined
      ? []
      : [{ title: said(arm.title, language), adoption: arm.adoption, staffing: arm.staffing, city: 'reduced', difference }]
  })
  return [...whole, ...reduced]
}

/** What was really published about 2020 is a small fraction of one per cent; no hypothetical arm lies so low. */
const publishedBelow = 0.05

function pointOf(page: Page, { adoption, city, difference }: Adopting): AdoptionPoint {
  const isPublished = city === 'whole' && adoption > 0 && adoption < publishedBelow
  const { value, interval } = difference
  return {
    adoptionPercent: adoption * 100,
    // Drawn is what goes away: a fall of the figure is a saving.
    value: -value,
    interval: interval === null ? null : [-interval[1], -interval[0]],
    city,
    ...(isPublished ? { label: page.words.sections.adoption.published(formatValue(adoption, '1', page.language)) } : {}),
  }
}

function savedText(page: Page, difference: Difference): string {
  const unit = displayUnit(difference)
  const value = difference.value === 0 ? 0 : -difference.value
  return difference.interval === null
    ? formatValue(value, unit, page.language)
    : formatWithInterval(value, [-difference.interval[1], -difference.interval[0]], unit, page.language)
}

/** The busiest decide whether the reduced city is a fair one; run-result.json holds them all. */
const partiesShown = 12

function departure(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.adoption
  const rows = (result.reducedCity?.departure ?? []).map((row): readonly Cell[] => {
    const unit = row.against !== null && row.unit === '1' ? 'points' : row.unit
    const say = (value: number, interval: readonly [number, number] | null): string =>
      interval === null ? formatValue(value, unit, language) : formatWithInterval(value, interval, unit, language)
    return [
      measureTitle(row.measure, result, words),
      armTitle(row.arm, result, language),
      row.against === null ? text.level : words.ui.change,
      say(row.whole, row.wholeInterval),
      say(row.reduced, row.reducedInterval),
      formatValue(row.reduced - row.whole, unit === '1' ? 'points' : unit, language, true),
    ]
  })
  const busiest = [...(result.reducedCity?.parties ?? [])].sort((one, other) => other.whole - one.whole).slice(0, partiesShown)
  const busy = busiest.map((row): readonly Cell[] => {
    return [
      subjectTitle(row.party, result, words),
      armTitle(row.arm, result, language),
      formatValue(row.whole, '1', language),
      formatValue(row.reduced, '1', language),
      String(row.servers),
      formatNumber(row.slowFactor, language, 2),
    ]
  })
  if (rows.length === 0 && busy.length === 0) return ''
  const cities = [
    { title: text.whole, numeric: true },
    { title: text.reduced, numeric: true },
  ]
  const levels = table(
    text.departureTitle,
    [{ title: words.ui.measure }, { title: words.ui.arm }, { title: '' }, ...cities, { title: text.departure, numeric: true }],
    rows,
  )
  const parties = table(
    text.parties,
    [
      { title: words.ui.party },
      { title: words.ui.arm },
      ...cities,
      { title: words.ui.servers, numeric: true },
      { title: text.slowFactor, numeric: true },
    ],
    busy,
  )
  return folded(
    text.departureTitle,
    `<p class="note">${escapeHtml(text.departureIntro)}</p>${rows.length === 0 ? '' : levels}${busy.length === 0 ? '' : parties}`,
  )
}

function staffingText({ words }: Page, staffing: string): string {
  const known: Readonly<Record<string, string>> = words.ui.staffings
  return known[staffing] ?? staffing
}

/** `204 sites`, `204个执业点`. */
export const sites = (page: Page, count: number): string =>
  `${formatNumber(count, page.language, 0)}${page.language === 'zh' ? '' : ' '}${page.words.sections.units.sites}`
