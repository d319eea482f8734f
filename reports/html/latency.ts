/** Settlement time by leg, what was assumed apart from what was computed, and the totals by way of payment. */
import { stackedLegs } from '../charts/stacked-legs.ts'
import { formatValue } from '../format.ts'
import { armTitle, subjectTitle, wholeCity } from '../lookup.ts'
import { axisTick, compareTable, unitNote } from './compare.ts'
import { figure, section } from './markup.ts'
import type { Page } from './page.ts'

export function latencySection(page: Page): string {
  const { words, look } = page
  const { ui } = words
  const legs = look.subjects('leg-seconds-assumed')
  const totals = (
    ['settlement-seconds-mean', 'settlement-seconds-p50', 'settlement-seconds-p95', 'settlement-seconds-p99'] as const
  ).flatMap((name) =>
    look.subjects(name).length === 0
      ? []
      : [
          compareTable(
            page,
            words.measures[name],
            ui.mode,
            look
              .subjects(name)
              .map((mode) => ({ title: subjectTitle(mode, page.result, words), name: `${name}/${mode}`, slice: wholeCity })),
          ),
        ],
  )
  if (legs.length === 0 && totals.length === 0) return ''
  return section(page, 'latency', ui.latencyTitle, ui.latencyIntro, [legsFigure(page, legs), ...totals].join('\n'), 'exploratory')
}

function legsFigure(page: Page, legs: readonly string[]): string {
  const { words, look, result, language } = page
  const { ui } = words
  const legTitle = (leg: string): string => {
    const known: Readonly<Record<string, string>> = words.legs
    return known[leg] ?? leg
  }
  const rows = legs.flatMap((leg) =>
    page.chartArms.flatMap((arm) => {
      const assumed = look.measure(`leg-seconds-assumed/${leg}`, arm)?.value
      const computed = look.measure(`leg-seconds-computed/${leg}`, arm)?.value
      if (assumed === undefined && computed === undefined) return []
      const total = (assumed ?? 0) + (computed ?? 0)
      return [
        {
          title: `${legTitle(leg)} · ${armTitle(arm, result, language)}`,
          assumed: assumed ?? 0,
          computed: computed ?? 0,
          text: formatValue(total, 's', language),
        },
      ]
    }),
  )
  if (rows.length === 0) return ''
  const behind = legs.flatMap((leg) => [
    { title: `${legTitle(leg)} · ${ui.assumed}`, name: `leg-seconds-assumed/${leg}`, slice: wholeCity },
    { title: `${legTitle(leg)} · ${ui.computed}`, name: `leg-seconds-computed/${leg}`, slice: wholeCity },
  ])
  return figure(page, {
    id: 'legs',
    title: ui.latencyTitle,
    note: unitNote(page, 's').trim(),
    legend: [
      { title: ui.assumed, colour: 'sky' },
      { title: ui.computed, colour: 'vermillion' },
    ],
    draw: stackedLegs(rows, axisTick(page)),
    table: compareTable(page, ui.latencyTitle, ui.leg, behind),
  })
}
