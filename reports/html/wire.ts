/** What was played over real sockets, by whom, at which load, on which machine, and what became of it. */
import { clockOfSecond } from '../../simulators/engine/time.ts'
import type { WireOutcome } from '../../simulators/measures/result-wire.ts'
import { efficiencyText } from '../efficiency-text.ts'
import { formatMark, formatNumber, formatValue } from '../format.ts'
import { armTitle } from '../lookup.ts'
import { said } from '../words.ts'
import { badge, type Cell, escapeHtml, section, table } from './markup.ts'
import type { Page } from './page.ts'
import { millisecondsText } from './wire-parts.ts'

export function wireSection(page: Page): string {
  const { wire } = page.result
  if (wire === undefined) return ''
  const { wire: words } = page.words
  const { window, level } = wire
  const span = `${window.date} ${clockOfSecond(window.fromSecond)}–${clockOfSecond(window.toSecond)}`
  const intro = words.intro(span, armTitle(window.arm, page.result, page.language), formatMark(level.scale, '1', page.language))
  return section(
    page,
    'wire',
    words.title,
    `${intro} ${page.words.feedback.quick}`,
    [promises(page, wire), ground(page, wire), outcomes(page, wire), notSent(page, wire)].join('\n'),
  )
}

/** What the level's name asks for, and what must be known beside it. */
function promises(page: Page, { verdicts = [], notes = [] }: WireOutcome): string {
  const { language } = page
  const { wire: words } = page.words
  const value = (of: number | null, unit: string) => (of === null ? '–' : `${formatNumber(of, language)}${unit === '' ? '' : ` ${unit}`}`)
  const rows = verdicts.map(({ title, measured, is, goal, unit, standing }): readonly Cell[] => [
    said(title, language),
    value(measured, unit),
    `${is === 'at-least' ? '≥' : '≤'} ${value(goal, unit)}`,
    badge(standing === 'ok' ? 'good' : 'bad', words.promiseStandings[standing]),
  ])
  const titles = [
    { title: words.figure },
    { title: words.measured, numeric: true },
    { title: words.goal, numeric: true },
    { title: page.words.ui.verdict },
  ]
  return [
    ...notes.map((note) => `<p class="note">${escapeHtml(said(note, language))}</p>`),
    ...(rows.length === 0 ? [] : [table(words.promises, titles, rows)]),
  ].join('\n')
}

/** Also of the terminal. */
export function signaturesLine(
  { words: { wire: words } }: Pick<Page, 'words'>,
  signatures: NonNullable<WireOutcome['signatures']>,
): string {
  const told = signatures.map(({ kind, made, checked }) => words.signaturesText(words.signatureKinds[kind], whole(made), whole(checked)))
  return told.length === 0 ? words.noSignatures : told.join('; ')
}

/** Of the processes beside the generator, each value once. */
const nicenesses = ({ processes = [] }: WireOutcome): readonly (number | null)[] => [
  ...new Set(processes.map(({ niceness = null }) => niceness)),
]

function ground(page: Page, wire: WireOutcome): string {
  const { language } = page
  const { wire: words } = page.words
  const { level, target, generator, rows, machine } = wire
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value, language))
  const late = generator.startLateMs
  const lines: readonly (readonly Cell[])[] = [
    [
      words.level,
      level.clockSpeed === 1
        ? said(level.title, language)
        : `${said(level.title, language)} · ${words.clockSpeed(number(level.clockSpeed))}`,
    ],
    [
      words.target,
      `${target.name} (${target.isOurs ? words.ours : words.foreign}) · ${words.ledgers[target.ledger]} · ${words.processes(target.processes)}`,
    ],
    [words.offered, words.offeredText(number(level.errandsPerSecond), number(level.platformPaymentsPerSecond))],
    [
      words.perPayment,
      words.perPaymentText(
        number(level.perPayment.messages),
        number(level.perPayment.commits),
        number(level.perPayment.signatures),
        number(level.perPayment.verifications),
      ),
    ],
    ...(wire.signatures === undefined ? [] : [[words.signatures, signaturesLine(page, wire.signatures)]]),
    ...(level.efficiency === undefined ? [] : [[words.efficiency, efficiencyText(words, level.efficiency, language)]]),
    [words.rows, words.rowsText(whole(rows.planned), whole(rows.sent), whole(rows.planned - rows.sent), whole(rows.heldByPredecessor))],
    [
      words.generator,
      {
        html: `${generator.name} ${generator.version} · ${badge(generator.isHealthy ? 'good' : 'bad', generator.isHealthy ? words.healthy : words.unhealthy).html}`,
      },
    ],
    [
      words.startLateness,
      late === null
        ? '–'
        : words.startLatenessText(
            millisecondsText(page, late.p50),
            millisecondsText(page, late.p99),
            millisecondsText(page, late.max),
            whole(late.count),
          ),
    ],
    [words.droppedStarts, whole(generator.droppedStarts)],
    [words.generatorCpu, generator.cpuShare === null ? '–' : formatValue(generator.cpuShare, '1', language)],
    ...(generator.niceness === undefined
      ? []
      : [[words.niceness, words.nicenessText(wholeOrNone(generator.niceness), nicenesses(wire).map(wholeOrNone).join(', '))]]),
    ...(wire.processes ?? []).map(({ actors, cores, loopDelayMsP99 }, index): readonly Cell[] => [
      index === 0 ? words.eachProcess : '',
      `${actors.join(', ')}: ${number(cores)}, ${loopDelayMsP99 === null ? '–' : millisecondsText(page, loopDelayMsP99)}`,
    ]),
    [words.machine, words.machineText(machine.processor, machine.cores, whole(machine.memoryGigabytes), machine.system)],
    [words.disk, machine.fdatasyncMsP50 === null ? '–' : words.diskText(millisecondsText(page, machine.fdatasyncMsP50))],
  ]
  return table(words.title, [{ title: words.figure }, { title: words.value }], lines)
}

function outcomes(page: Page, { errands }: WireOutcome): string {
  const { wire: words } = page.words
  const kinds = [...new Set(errands.flatMap((one) => one.outcomes.map(({ outcome }) => outcome)))]
  const rows = errands.map(({ errand, outcomes: ends, totalMs }): readonly Cell[] => [
    words.errands[errand] ?? errand,
    ...kinds.map((kind) => whole(ends.find(({ outcome }) => outcome === kind)?.rows ?? 0)),
    totalMs === null ? '–' : millisecondsText(page, totalMs.p50),
    totalMs === null ? '–' : millisecondsText(page, totalMs.p95),
  ])
  if (rows.length === 0) return ''
  return table(
    words.outcomesTitle,
    [
      { title: words.errand },
      ...kinds.map((kind) => ({ title: words.outcomes[kind] ?? kind, numeric: true })),
      { title: 'p50', numeric: true },
      { title: 'p95', numeric: true },
    ],
    rows,
  )
}

function notSent(page: Page, { rows }: WireOutcome): string {
  const { wire: words } = page.words
  if (rows.notSent.length === 0) return ''
  return table(
    words.notSent,
    [{ title: words.reason }, { title: words.count, numeric: true }],
    rows.notSent.map(({ title, rows: count }) => [said(title, page.language), whole(count)]),
  )
}

const whole = (value: number): string => value.toLocaleString('en-GB')
const wholeOrNone = (value: number | null): string => (value === null ? '–' : whole(value))
