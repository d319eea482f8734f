/** Two results side by side: which inputs differ, which figures moved, and whether their intervals still overlap. */
import type { Provenance } from '../scenarios/plan-provenance.ts'
import type { Difference, Measure, RunResult } from '../simulators/measures/run-result.ts'
import { formatInterval, formatNumber, formatValue } from './format.ts'
import { armTitle, displayUnit, keyOf, measureTitle, sliceTitle } from './lookup.ts'
import { textTable } from './text-table.ts'
import { type Language, wordsFor } from './words.ts'

export interface MovedFigure {
  readonly first: Measure | Difference
  readonly second: Measure | Difference
  readonly change: number
  /** Change ÷ first value; null where the first is zero. */
  readonly relative: number | null
  /** null where one of the two has no interval. */
  readonly overlap: boolean | null
}
export interface ChangedInput {
  readonly path: string
  /** JSON of each side; undefined where the side does not have it. */
  readonly first: string | undefined
  readonly second: string | undefined
}
export interface ResultDiff {
  readonly equal: boolean
  readonly samePlan: boolean
  readonly inputs: readonly ChangedInput[]
  /** Those whose intervals part first, then the whole city, then by relative size. */
  readonly moved: readonly MovedFigure[]
  readonly onlyFirst: number
  readonly onlySecond: number
}

export function diffResults(first: RunResult, second: RunResult): ResultDiff {
  const before = figuresOf(first)
  const after = figuresOf(second)
  const moved = [...before].flatMap(([key, one]) => {
    const other = after.get(key)
    return other === undefined || other.value === one.value ? [] : [movedFigure(one, other)]
  })
  return {
    equal: first.resultHash === second.resultHash,
    samePlan: first.planHash === second.planHash,
    inputs: [
      ...changed(leavesOf('scenario', first.scenario), leavesOf('scenario', second.scenario)),
      ...changed(warrantsOf(first), warrantsOf(second)),
    ],
    moved: moved.sort(byWeight),
    onlyFirst: [...before.keys()].filter((key) => !after.has(key)).length,
    onlySecond: [...after.keys()].filter((key) => !before.has(key)).length,
  }
}

/** The difference as lines for a terminal. */
export function diffText(first: RunResult, second: RunResult, language: Language): string {
  const words = wordsFor(language)
  const { ui } = words
  const colon = language === 'zh' ? '：' : ': '
  const diff = diffResults(first, second)
  if (diff.equal) return ui.diffSame
  const inputs = diff.inputs.slice(0, rowsShown).map((input) => [input.path, input.first ?? '–', input.second ?? '–'])
  const moved = diff.moved.slice(0, rowsShown).map(({ first: one, second: other, change, relative, overlap }) => {
    const unit = displayUnit(one)
    const value = (row: Measure): string =>
      row.interval === null
        ? formatValue(row.value, unit, language)
        : `${formatValue(row.value, unit, language)} [${formatInterval(row.interval, unit, language)}]`
    const changeUnit = unit === '1' ? 'points' : unit
    return [
      `${measureTitle(one.name, first, words)} · ${armTitle(one.arm, first, language)}${'against' in one ? ` − ${armTitle(one.against, first, language)}` : ''} · ${sliceTitle(one.slice, first, words)}`,
      value(one),
      value(other),
      formatValue(change, changeUnit, language, true),
      relative === null ? '–' : `${formatNumber(relative * 100, language, 1, true)}%`,
      overlap === null ? '–' : overlap ? ui.intervalsOverlap : ui.intervalsApart,
    ]
  })
  const more = (all: number): readonly string[] => (all > rowsShown ? [`  ${ui.diffMore(all - rowsShown)}`] : [])
  return [
    ui.diffTitle,
    `  ${ui.first}${colon}${first.scenario.name}, ${ui.seed} ${first.scenario.seed}, ${ui.resultHash} ${first.resultHash.slice(0, 12)}`,
    `  ${ui.second}${colon}${second.scenario.name}, ${ui.seed} ${second.scenario.seed}, ${ui.resultHash} ${second.resultHash.slice(0, 12)}`,
    ...(inputs.length === 0
      ? [ui.diffSameInputs]
      : [
          `${ui.diffInputs} (${diff.inputs.length})`,
          ...textTable([{ title: ui.input }, { title: ui.first }, { title: ui.second }], inputs),
          ...more(diff.inputs.length),
        ]),
    `${ui.diffMoved} (${diff.moved.length})`,
    ...(moved.length === 0
      ? []
      : textTable(
          [
            { title: ui.measure },
            { title: ui.first, numeric: true },
            { title: ui.second, numeric: true },
            { title: ui.change, numeric: true },
            { title: ui.relative, numeric: true },
            { title: ui.overlap },
          ],
          moved,
        )),
    ...more(diff.moved.length),
    ...(diff.onlyFirst > 0 ? [`${ui.diffOnlyIn(ui.first)}${colon}${diff.onlyFirst}`] : []),
    ...(diff.onlySecond > 0 ? [`${ui.diffOnlyIn(ui.second)}${colon}${diff.onlySecond}`] : []),
  ].join('\n')
}

const rowsShown = 40

/** Levels and paired differences by what they are of. */
function figuresOf(result: RunResult): Map<string, Measure | Difference> {
  const level = result.measures.map((row): [string, Measure] => [keyOf(row.name, row.arm, row.slice), row])
  const paired = result.differences.map((row): [string, Difference] => [`${keyOf(row.name, row.arm, row.slice)}|${row.against}`, row])
  return new Map<string, Measure | Difference>([...level, ...paired])
}

function movedFigure(first: Measure, second: Measure): MovedFigure {
  const change = second.value - first.value
  const overlap =
    first.interval === null || second.interval === null
      ? null
      : first.interval[0] <= second.interval[1] && second.interval[0] <= first.interval[1]
  return { first, second, change, relative: first.value === 0 ? null : change / Math.abs(first.value), overlap }
}

function byWeight(one: MovedFigure, other: MovedFigure): number {
  const apart = (row: MovedFigure): number => (row.overlap === false ? 0 : 1)
  const whole = (row: MovedFigure): number => (row.first.slice.dimension === 'all' ? 0 : 1)
  const size = (row: MovedFigure): number => Math.abs(row.relative ?? Number.MAX_VALUE)
  return apart(one) - apart(other) || whole(one) - whole(other) || size(other) - size(one)
}

/** Every plain value inside, by its path: `scenario.arms[1].adoption`. */
function leavesOf(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesOf(`${path}[${index}]`, entry))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, entry]) => leavesOf(`${path}.${name}`, entry))
  return [[path, JSON.stringify(value)]]
}

const warrantsOf = (result: RunResult): readonly (readonly [string, string])[] => result.warrants.map((row) => [row.path, warrantText(row)])

function warrantText({ value, unit, warrant }: Provenance): string {
  const from =
    warrant.kind === 'source'
      ? `${warrant.document}, ${warrant.place}, ${warrant.confidence}`
      : `${warrant.low}–${warrant.high}, ${warrant.varies}, ${warrant.group}`
  return `${JSON.stringify(value)} ${unit} (${from})`
}

function changed(first: readonly (readonly [string, string])[], second: readonly (readonly [string, string])[]): readonly ChangedInput[] {
  const before = new Map(first)
  const after = new Map(second)
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, first: before.get(path), second: after.get(path) }))
}
