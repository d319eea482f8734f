/**
 * FINDINGS: what a result answers, decided only by the question that was fixed before the run.
 * The primary paired difference is held against ± the smallest effect that matters; everything else is exploratory.
 */
import { type MeasureKind, measureKind } from '../simulators/measures/catalogue.ts'
import { type Difference, type Measure, type RunResult, type Slice, sliceDimensions } from '../simulators/measures/run-result.ts'
import { type GroupChange, type GroupVerdict, judgeWorseOff } from '../simulators/measures/statistics/worse-off.ts'
import { formatInterval, formatMark, formatValue } from './format.ts'
import { armTitle, displayUnit, lookIn, measureTitle, wholeCity } from './lookup.ts'
import { type HeadlineParts, type Language, wordsFor } from './words.ts'

export type Outcome = 'effect' | 'no-effect-that-matters' | 'harm' | 'undecided' | 'provisional' | 'no-data' | 'void'
export type GuardOutcome = 'kept' | 'broken' | 'undecided' | 'no-data'

/** A group and a measure that must not get worse by more than a margin. */
export interface Guard {
  readonly group: Slice
  readonly measure: string
  readonly margin: number
  readonly difference: Difference | undefined
  /** Holds together with those of all other guards at 95 %; null below 10 days. */
  readonly interval: readonly [number, number] | null
  /** The smallest worsening beyond the margin that as many days would show four times in five; null below 10 days. */
  readonly detectable: number | null
  readonly outcome: GuardOutcome
}

/** What the result says of one arm beside the first. */
export interface Finding {
  readonly arm: string
  readonly against: string
  readonly outcome: Outcome
  /** Surely better, surely worse, or not sure. */
  readonly direction: 'better' | 'worse' | 'unclear'
  readonly measure: string
  readonly minimum: number
  readonly before: Measure | undefined
  readonly after: Measure | undefined
  readonly difference: Difference | undefined
  readonly guards: readonly Guard[]
}

/** Of every arm that was played on the whole city. */
export const findingsOf = (result: RunResult): readonly Finding[] => findingsAmong(result, result, result.arms.slice(1))

/** Of every arm that was played on the reduced city only, beside the first arm there; their guards are a family of their own. */
export function reducedFindingsOf(result: RunResult): readonly Finding[] {
  const { reducedCity } = result
  if (reducedCity === null) return []
  const alsoWhole = new Set(result.arms.map(({ name }) => name))
  return findingsAmong(
    result,
    reducedCity,
    reducedCity.arms.filter(({ name }) => !alsoWhole.has(name)),
  )
}

function findingsAmong(
  result: RunResult,
  figures: Pick<RunResult, 'measures' | 'differences'>,
  later: readonly { readonly name: string }[],
): readonly Finding[] {
  const look = lookIn(figures)
  const { primaryMeasure, minimumEffectThatMatters, mustNotWorsen } = result.scenario
  const first = result.arms[0]?.name ?? ''
  // All arms' guards are one family: whichever of them speaks, it speaks for what was tested with it.
  const guards = judgedGuards(
    later.flatMap(({ name: arm }) =>
      mustNotWorsen.map(({ group, measure, margin }) => {
        const slice = groupOf(group, result)
        return { arm, group: slice, measure, margin, difference: look.difference(measure, arm, slice) }
      }),
    ),
  )
  return later.map(({ name: arm }) => {
    const difference = look.difference(primaryMeasure, arm)
    return {
      arm,
      against: first,
      ...verdictOf(result, difference, minimumEffectThatMatters),
      measure: primaryMeasure,
      minimum: minimumEffectThatMatters,
      before: look.measure(primaryMeasure, first),
      after: look.measure(primaryMeasure, arm),
      difference,
      guards: guards.filter((guard) => guard.arm === arm),
    }
  })
}

/** The headline sentence of one finding. */
export function headlineOf(finding: Finding, result: RunResult, language: Language): string {
  const { headline } = wordsFor(language)
  if (finding.outcome === 'void') return headline.void()
  const { before, after, difference } = finding
  const measure = measureTitle(finding.measure, result, wordsFor(language))
  const arm = armTitle(finding.arm, result, language)
  if (finding.outcome === 'no-data' || before === undefined || after === undefined || difference === undefined)
    return headline['no-data']({ measure, arm })
  const unit = displayUnit(before)
  const moved = displayUnit(difference)
  const change = formatValue(Math.abs(difference.value), moved, language)
  const parts: HeadlineParts = {
    measure,
    arm,
    against: armTitle(finding.against, result, language),
    before: formatValue(before.value, unit, language),
    after: formatValue(after.value, unit, language),
    change,
    went: change === formatValue(0, moved, language) || difference.value === 0 ? 'nowhere' : difference.value < 0 ? 'down' : 'up',
    interval: difference.interval === null ? wordsFor(language).ui.noInterval : formatInterval(difference.interval, moved, language, true),
    minimum: formatMark(finding.minimum, displayUnit(difference), language),
    days: difference.days,
    direction: finding.direction,
    assumed: assumedRange(finding, result, moved, language),
  }
  return headline[finding.outcome](parts)
}

/** What other values of the assumptions could give, in the unit of the change. */
function assumedRange(
  { measure, arm }: Finding,
  { assumptionStudy: study }: RunResult,
  unit: string,
  language: Language,
): HeadlineParts['assumed'] {
  const row = study?.headlines.find((one) => one.measure === measure && one.arm === arm)
  if (study === null || row === undefined) return null
  return {
    range: formatInterval([row.p5, row.p95], unit, language, true),
    plans: row.values.length,
    needed: row.values.length < study.plansForPublication ? study.plansForPublication : null,
    otherSign: row.p5 < 0 && row.p95 > 0 ? formatValue(row.otherSignShare, '1', language) : null,
  }
}

function verdictOf(result: RunResult, difference: Difference | undefined, minimum: number): Pick<Finding, 'outcome' | 'direction'> {
  if (!result.verdict.valid) return { outcome: 'void', direction: 'unclear' }
  if (difference === undefined) return { outcome: 'no-data', direction: 'unclear' }
  if (result.replication.provisional || difference.interval === null) return { outcome: 'provisional', direction: 'unclear' }
  const better = measureKind(difference.name)?.better ?? 'neither'
  const [worst, best] = gain(difference.interval, better)
  const direction = worst > 0 ? 'better' : best < 0 ? 'worse' : 'unclear'
  // A measure without a better side can change, not harm.
  if (better === 'neither') return { outcome: decideChange(worst, best, minimum), direction: 'unclear' }
  if (worst >= minimum && worst > 0) return { outcome: 'effect', direction }
  if (best <= -minimum && best < 0) return { outcome: 'harm', direction }
  if (worst > -minimum && best < minimum) return { outcome: 'no-effect-that-matters', direction }
  // Equal to nothing at all, where even the smallest change was said to matter.
  if (worst === 0 && best === 0) return { outcome: 'no-effect-that-matters', direction }
  return { outcome: 'undecided', direction }
}

function decideChange(low: number, high: number, minimum: number): Outcome {
  if (low >= minimum || high <= -minimum) return 'effect'
  return low > -minimum && high < minimum ? 'no-effect-that-matters' : 'undecided'
}

/** The interval turned so that more is better. */
function gain([low, high]: readonly [number, number], better: MeasureKind['better']): readonly [number, number] {
  return better === 'less' ? [-high, -low] : [low, high]
}

type Guarded = Pick<Guard, 'group' | 'measure' | 'margin' | 'difference'>

function judgedGuards<One extends Guarded>(guarded: readonly One[]): readonly (One & Guard)[] {
  const turned = guarded.map(({ difference, margin }) => ({ ...worseningOf(difference), margin }))
  return judgeWorseOff(turned).map(({ interval, verdict, smallestDetectableChange }, index) => {
    const one = guarded[index] as One
    return {
      ...one,
      interval: interval === null || !isMoreBetter(one.difference) ? interval : [-interval[1], -interval[0]],
      detectable: smallestDetectableChange,
      outcome: one.difference === undefined ? 'no-data' : guardOutcomes[verdict],
    }
  })
}

const guardOutcomes: Readonly<Record<GroupVerdict['verdict'], GuardOutcome>> = {
  'no-harm-found': 'kept',
  harm: 'broken',
  'too-few-to-tell': 'undecided',
}

/** A paired change turned so that above zero is worse; without any, a group of which nothing is known. */
export function worseningOf(difference: Difference | undefined): Omit<GroupChange, 'margin'> {
  if (difference === undefined) return { days: 0, worsening: 0, interval: null }
  const { days, value, interval } = difference
  if (!isMoreBetter(difference)) return { days, worsening: value, interval }
  return { days, worsening: -value, interval: interval === null ? null : [-interval[1], -interval[0]] }
}

const isMoreBetter = (difference: Difference | undefined): boolean =>
  difference !== undefined && measureKind(difference.name)?.better === 'more'

/** `age/elderly`, `tier-age/community/child`, or a bare name that some dimension knows. */
export function groupOf(group: string, result: RunResult): Slice {
  const dimension = sliceDimensions.find((one) => group.startsWith(`${one}/`))
  if (dimension !== undefined) return { dimension, name: group.slice(dimension.length + 1) }
  const home = sliceDimensions.find((one) => (result.city.slices[one] ?? []).some((row) => row.name === group))
  if (group === 'all' || group === 'everybody') return wholeCity
  // An unknown group finds no figure and is reported as such; it never stands for the whole city.
  return home === undefined ? { dimension: 'all', name: group } : { dimension: home, name: group }
}
