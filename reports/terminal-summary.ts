/** A result in at most 25 lines for a terminal: the answer, key figures with interval and n, the queue counts, what must not worsen. */
import type { MeasureName } from '../simulators/measures/catalogue.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { type Finding, findingsOf, headlineOf } from './findings.ts'
import { formatInterval, formatValue } from './format.ts'
import { armTitle, displayUnit, lookIn, measureTitle, sliceTitle } from './lookup.ts'
import { textTable } from './text-table.ts'
import { type Language, said, type WordTable, wordsFor } from './words.ts'

export interface SummaryOptions {
  /** Said on the last line, where the report is known already. */
  readonly reportPath?: string
  /** Only for a terminal that shows it; a pipe gets plain text. */
  readonly colour?: boolean
}

export function terminalSummary(result: RunResult, language: Language, { reportPath, colour = false }: SummaryOptions = {}): string {
  const words = wordsFor(language)
  const { ui } = words
  const findings = findingsOf(result)
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const { replication, scenario } = result
  const reasons = result.verdict.valid
    ? []
    : [paint(31, ui.voidTitle), ...result.verdict.reasons.slice(0, reasonsShown).map((reason) => `  ${said(reason, language)}`)]
  const more = result.verdict.reasons.length - reasonsShown
  // A verdict of void stands once, however many arms there are.
  const headlines = result.verdict.valid
    ? findings.map((finding) => paint(tone(finding), headlineOf(finding, result, language)))
    : [headlineVoid(words)]
  return [
    paint(1, `${said(scenario.title, language)} · ${said(result.city.title, language)} · ${scenario.date} · ${ui.seed} ${scenario.seed}`),
    said(scenario.question, language),
    ...reasons,
    ...(more > 0 ? [`  ${ui.diffMore(more)}`] : []),
    ...headlines.slice(0, headlinesShown),
    ...(headlines.length > headlinesShown ? [`  ${ui.diffMore(headlines.length - headlinesShown)}`] : []),
    ...figures(result, language, findings),
    ...guardLines(findings, result, words),
    replication.provisional
      ? ui.provisionalNote(replication.days)
      : replication.precisionReached
        ? ui.precisionReached(replication.days)
        : ui.precisionNotReached(replication.days),
    ...(reportPath === undefined ? [] : [`${ui.reportAt}${language === 'zh' ? '：' : ': '}${reportPath}`]),
  ].join('\n')
}

const headlinesShown = 3
const reasonsShown = 3
const guardsShown = 3

const headlineVoid = (words: WordTable): string => words.headline.void()

function tone({ outcome }: Finding): number {
  return outcome === 'effect' ? 32 : outcome === 'harm' || outcome === 'void' ? 31 : 33
}

const queueMeasures: readonly MeasureName[] = [
  'payment-lines-joined',
  'payment-lines-with-any-wait',
  'payment-lines-waited-over-1-minute',
  'clinical-lines-joined',
  'clinical-lines-with-any-wait',
  'clinical-lines-waited-over-1-minute',
]

/** The first arm beside the one whose finding speaks loudest: the last, where the arms rise. */
function figures(result: RunResult, language: Language, findings: readonly Finding[]): readonly string[] {
  const words = wordsFor(language)
  const { ui } = words
  const look = lookIn(result)
  const first = result.arms[0]?.name ?? ''
  const arm = findings.at(-1)?.arm
  const names = [
    ...new Set<string>([result.scenario.primaryMeasure, 'clinical-queueing-minutes-per-visit', 'visit-duration-minutes', ...queueMeasures]),
  ]
  const rows = names.flatMap((name) => {
    const before = look.measure(name, first)
    if (before === undefined) return []
    const value = (row: typeof before | undefined): string => (row === undefined ? '–' : formatValue(row.value, displayUnit(row), language))
    const change = arm === undefined ? undefined : look.difference(name, arm)
    return [
      [
        measureTitle(name, result, words),
        value(before),
        ...(arm === undefined
          ? []
          : [
              value(look.measure(name, arm)),
              change === undefined ? '–' : formatValue(change.value, displayUnit(change), language, true),
              change === undefined || change.interval === null ? '–' : formatInterval(change.interval, displayUnit(change), language, true),
            ]),
        Math.round(before.count).toLocaleString('en-GB'),
      ],
    ]
  })
  if (rows.length === 0) return []
  const columns = [
    { title: '' },
    { title: armTitle(first, result, language), numeric: true },
    ...(arm === undefined
      ? []
      : [
          { title: armTitle(arm, result, language), numeric: true },
          { title: ui.change, numeric: true },
          { title: ui.interval95, numeric: true },
        ]),
    { title: ui.observations, numeric: true },
  ]
  return textTable(columns, rows)
}

function guardLines(findings: readonly Finding[], result: RunResult, words: WordTable): readonly string[] {
  const guards = findings.flatMap((finding) => finding.guards.map((guard) => ({ arm: finding.arm, ...guard })))
  if (guards.length === 0) return []
  const { ui } = words
  const open = guards.filter((guard) => guard.outcome !== 'kept')
  const between = words.language === 'zh' ? '：' : ': '
  const lines = open
    .slice(0, guardsShown)
    .map(
      (guard) =>
        `  ${sliceTitle(guard.group, result, words)} · ${measureTitle(guard.measure, result, words)} · ${armTitle(guard.arm, result, words.language)}${between}${ui.guardOutcomes[guard.outcome]}`,
    )
  return [
    `${ui.mustNotWorsen}${between}${guards.length - open.length} / ${guards.length} ${ui.guardOutcomes.kept}`,
    ...lines,
    ...(open.length > guardsShown ? [`  ${ui.diffMore(open.length - guardsShown)}`] : []),
  ]
}
