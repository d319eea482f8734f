/** Utilisation of the shared parties over the day, headroom at the peak, and who saturates first. */
import { type PartyKind, partyKinds } from '../../scenarios/plan-parties.ts'
import type { Measure, RunResult, Series, Slice } from '../../simulators/measures/run-result.ts'
import { heatByHour, heatColours, heatEdges } from '../charts/heat-by-hour.ts'
import { linesOverDay } from '../charts/lines-over-day.ts'
import { armDash, type Colour } from '../charts/palette.ts'
import { type ChartRow, rowChart } from '../charts/row-chart.ts'
import { formatClock, formatValue } from '../format.ts'
import { armTitle, sliceTitle, subjectTitle, wholeCity } from '../lookup.ts'
import { said } from '../words.ts'
import { axisTick } from './compare.ts'
import { type Cell, escapeHtml, figure, folded, section, table } from './markup.ts'
import { type Page, valueText } from './page.ts'

const kindColours: Readonly<Record<PartyKind, Colour>> = { channel: 'orange', platform: 'blue', bureau: 'vermillion', bank: 'green' }
const perParty = ['peak-calls-per-second', 'utilization-peak-minute', 'minutes-above-90-percent', 'headroom-at-peak'] as const
/** More rows than this make a heat map unreadable; the rest stands in the table. */
const heatRowsMaximum = 10

export function capacitySection(page: Page): string {
  const { result, words } = page
  if (page.look.subjects('utilization-peak-minute').length === 0) return ''
  // Pictures of the arm that the question leads to; of the others the figures.
  const others = result.arms.filter((arm) => arm.name !== page.mainArm)
  const arms = [armCapacity(page, page.mainArm, true), ...others.map((arm) => armCapacity(page, arm.name, false))]
  return section(page, 'capacity', words.ui.capacityTitle, words.ui.capacityIntro, arms.join('\n'), 'exploratory')
}

function armCapacity(page: Page, arm: string, drawn: boolean): string {
  const { result, words, look, language } = page
  const { ui } = words
  const peak = (party: string): number => look.measure(`utilization-peak-minute/${party}`, arm)?.value ?? 0
  const saturation = (party: string): Measure | undefined => look.measure(`first-minute-above-90-percent/${party}`, arm)
  const parties = [...result.city.parties].sort((one, other) => peak(other.name) - peak(one.name))
  const busiest = parties[0]
  if (busiest === undefined || peak(busiest.name) === 0) return ''
  const title = armTitle(arm, result, language)
  const rows = parties.map((party): readonly Cell[] => [
    said(party.title, language),
    words.partyKinds[party.kind],
    party.servers.toLocaleString('en-GB'),
    ...perParty.map((name) => valueText(page, look.measure(`${name}/${party.name}`, arm))),
    clockOf(saturation(party.name)) ?? ui.notMeasured,
  ])
  const all = table(
    `${ui.party} · ${title}`,
    [
      { title: ui.party },
      { title: ui.partyKind },
      { title: ui.servers, numeric: true },
      ...perParty.map((name) => ({ title: words.measures[name], numeric: true })),
      { title: ui.firstAbove90, numeric: true },
    ],
    rows,
  )
  const names = parties.map((party) => party.name)
  const pictures = drawn ? resourcesFigure(page, arm) + minutesFigure(page, arm, names) + heatFigure(page, arm, names) : ''
  const sentences = [
    firstToSaturate(page, parties, saturation),
    stationsAtTheirLimit(page, arm),
    ui.busiestParty(said(busiest.title, language), formatValue(peak(busiest.name), '1', language)),
  ]
  return `<h3>${escapeHtml(title)}</h3>${sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('')}
${pictures}${folded(`${ui.party} · ${title}`, all)}`
}

/** The party that is the earliest above 90 %, of equally early ones the busier at its peak. */
function firstToSaturate(page: Page, parties: RunResult['city']['parties'], saturation: (party: string) => Measure | undefined): string {
  const { result, words, language } = page
  const early = parties
    .map((party) => ({ party, first: saturation(party.name) }))
    .filter(({ first }) => first !== undefined)
    .sort((one, other) => (one.first?.value ?? 0) - (other.first?.value ?? 0))[0]
  const clock = clockOf(early?.first)
  if (early?.first === undefined || clock === undefined) return words.ui.nobodySaturates
  return words.ui.firstToSaturate(said(early.party.title, language), clock, early.first.days, result.replication.days)
}

/** Hospitals' own stations, by tier, that are beyond 90 % in their busiest hour; the busiest first. */
function stationsAtTheirLimit(page: Page, arm: string): string {
  const { words, language } = page
  const full = stationsByTier(page, arm)
    .filter(({ tier, busy }) => tier !== undefined && busy >= saturated)
    .sort((one, other) => other.busy - one.busy)
  if (full.length === 0) return words.ui.noStationAtItsLimit
  const shown = full.slice(0, stationsNamed).map(({ title, busy }) => words.ui.stationBusy(title, formatValue(busy, '1', language)))
  return words.ui.stationsAtTheirLimit(shown, full.length - shown.length)
}
const stationsNamed = 8

interface BusyStation {
  readonly name: string
  readonly title: string
  /** Absent for the kind over all tiers. */
  readonly tier: string | undefined
  readonly busy: number
}

/** Every kind of station over all tiers and at each of them, in its busiest hour. */
function stationsByTier({ result, words, look, language }: Page, arm: string): readonly BusyStation[] {
  const tiers = [wholeCity, ...(result.city.slices.tier ?? []).map(({ name }): Slice => ({ dimension: 'tier', name }))]
  return result.city.stations.flatMap(({ name, title }) =>
    tiers.flatMap((slice) => {
      const busy = look.measure(`utilization-busiest-hour/${name}`, arm, slice)?.value
      const where = slice === wholeCity ? '' : ` · ${sliceTitle(slice, result, words)}`
      return busy === undefined
        ? []
        : [{ name, title: `${said(title, language)}${where}`, tier: slice === wholeCity ? undefined : slice.name, busy }]
    }),
  )
}

const clockOf = (minute: Measure | undefined): string | undefined =>
  minute === undefined ? undefined : formatClock(Math.round(minute.value) * 60)

const utilization = (page: Page, arm: string, party: string): Series | undefined =>
  page.result.series.find((series) => series.name === 'utilization-by-minute' && series.arm === arm && series.subject === party)

/** Every kind of station at the tier where it is busiest, and the busiest shared parties, with what is left of each. */
function resourcesFigure(page: Page, arm: string): string {
  const { result, words, look, language } = page
  const text = words.sections.resources
  const byTier = stationsByTier(page, arm).map((station) => ({ ...station, what: text.stations }))
  const stations = result.city.stations.flatMap(({ name }) =>
    byTier
      .filter((one) => one.name === name)
      .sort((one, other) => other.busy - one.busy)
      .slice(0, 1),
  )
  const parties = result.city.parties
    .flatMap(({ name, title }) => {
      const busy = look.measure(`utilization-peak-minute/${name}`, arm)?.value
      return busy === undefined ? [] : [{ title: said(title, language), busy, what: text.parties }]
    })
    .sort((one, other) => other.busy - one.busy)
  const all = [...parties, ...byTier]
  const rowOf = ({ title, busy }: (typeof all)[number]): ChartRow => ({
    title,
    text: `${formatValue(busy, '1', language)} · ${text.headroom(formatValue(Math.max(0, 1 - busy), '1', language))}`,
    marks: [
      { kind: 'bar', from: 0, to: 100, colour: 'line' },
      { kind: 'bar', from: 0, to: Math.min(1, busy) * 100, colour: busy >= saturated ? 'vermillion' : 'blue' },
    ],
  })
  const title = `${text.title} · ${armTitle(arm, result, language)}`
  return figure(page, {
    id: `resources-${arm}`,
    title,
    note: text.note,
    legend: [],
    draw: rowChart({
      tick: axisTick(page, true),
      stretch: [0, 100],
      every: 20,
      references: [saturated * 100],
      rows: [...parties.slice(0, heatRowsMaximum), ...stations].map(rowOf),
    }),
    table: table(
      title,
      [
        { title: '' },
        { title: '' },
        { title: text.utilization, numeric: true },
        { title: words.measures['headroom-at-peak'], numeric: true },
      ],
      all.map(({ title: name, busy, what }) => [
        name,
        what,
        formatValue(busy, '1', language),
        formatValue(Math.max(0, 1 - busy), '1', language),
      ]),
    ),
  })
}

/** Beyond this a party has no room for a bad minute. */
const saturated = 0.9

/** The busiest party of each kind, by its highest minute in every ten. */
function minutesFigure(page: Page, arm: string, parties: readonly string[]): string {
  const { result, words, language } = page
  const shown = partyKinds.flatMap((kind, index) => {
    const party = parties.find((name) => result.city.parties.some((one) => one.name === name && one.kind === kind))
    const series = party === undefined ? undefined : utilization(page, arm, party)
    return party === undefined || series === undefined ? [] : [{ party, series, colour: kindColours[kind], dash: armDash(index) }]
  })
  if (shown.length === 0) return ''
  const lines = shown.map(({ series, colour, dash }) => ({
    colour,
    dash,
    points: highest(series, 600).map(([second, value]) => [second, value === null ? null : value * 100] as const),
  }))
  const title = `${words.ui.utilizationByTime} · ${armTitle(arm, result, language)}`
  return figure(page, {
    id: `minutes-${arm}`,
    title,
    legend: shown.map(({ party, colour, dash }) => ({ title: subjectTitle(party, result, words), colour, dash })),
    draw: linesOverDay(lines, axisTick(page, true), 100),
    table: hoursTable(
      page,
      arm,
      title,
      shown.map(({ party }) => party),
    ),
  })
}

function heatFigure(page: Page, arm: string, parties: readonly string[]): string {
  const { words, result, language } = page
  const measured = parties.filter((party) => utilization(page, arm, party) !== undefined)
  if (measured.length === 0) return ''
  const rows = measured
    .slice(0, heatRowsMaximum)
    .map((party) => ({ title: subjectTitle(party, result, words), hours: byHour(utilization(page, arm, party)!) }))
  const title = `${words.ui.utilizationHeat} · ${armTitle(arm, result, language)}`
  const edge = (value: number): string => formatValue(value, '1', language).replace('.0', '')
  const legend = heatColours.map((colour, step) => ({
    colour,
    title:
      step === 0
        ? `< ${edge(heatEdges[0])}`
        : step === heatEdges.length
          ? `≥ ${edge(heatEdges[step - 1]!)}`
          : `${edge(heatEdges[step - 1]!)} – ${edge(heatEdges[step]!)}`,
  }))
  const left = measured.length - rows.length
  return figure(page, {
    id: `heat-${arm}`,
    title,
    ...(left > 0 ? { note: words.ui.otherParties(left) } : {}),
    legend,
    draw: heatByHour(rows),
    table: hoursTable(page, arm, title, measured.slice(0, heatRowsMaximum)),
  })
}

function hoursTable(page: Page, arm: string, title: string, parties: readonly string[]): string {
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  const rows = parties.map((party): readonly Cell[] => {
    const values = byHour(utilization(page, arm, party)!)
    return [
      subjectTitle(party, page.result, page.words),
      ...values.map((value) => (value === null ? '–' : String(Math.round(value * 100)))),
    ]
  })
  return table(`${title} (%)`, [{ title: page.words.ui.party }, ...hours.map((hour) => ({ title: String(hour), numeric: true }))], rows)
}

const byHour = (series: Series): readonly (number | null)[] => {
  const found = new Map(highest(series, 3600).map(([second, value]) => [Math.floor(second / 3600), value]))
  return Array.from({ length: 24 }, (_, hour) => found.get(hour) ?? null)
}

/** Highest value of each stretch of time, placed at its middle. */
function highest(series: Series, seconds: number): readonly (readonly [number, number | null])[] {
  const best = new Map<number, number | null>()
  series.values.forEach((value, index) => {
    const stretch = Math.floor((series.fromSecond + index * series.stepSeconds) / seconds)
    const so = best.get(stretch) ?? null
    best.set(stretch, value === null ? so : so === null ? value : Math.max(so, value))
  })
  return [...best].map(([stretch, value]) => [(stretch + 0.5) * seconds, value] as const)
}
