/** Who is worse off: every group tested at once, harm told apart from "no harm found" and from "too few to tell". */
import type { MeasureName } from '../../simulators/measures/catalogue.ts'
import type { Difference, Slice, SliceDimension } from '../../simulators/measures/run-result.ts'
import { type GroupVerdict, judgeWorseOff } from '../../simulators/measures/statistics/worse-off.ts'
import type { Colour } from '../charts/palette.ts'
import { type ChartRow, rowChart } from '../charts/row-chart.ts'
import { worseningOf } from '../findings.ts'
import { formatInterval, formatMark, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle, sliceTitle } from '../lookup.ts'
import { axisTick, sliceRows, unitNote } from './compare.ts'
import { groupQuantilesTable } from './group-quantiles.ts'
import { badge, type Cell, escapeHtml, figure, folded, section, table } from './markup.ts'
import type { Page } from './page.ts'

/** A patient's whole time: what is saved at the cashier and waited elsewhere is both in it. */
const measure: MeasureName = 'visit-duration-minutes'
const tested: readonly SliceDimension[] = ['age', 'tier', 'insured', 'switch', 'district', 'tier-age']
/** Of these every group is drawn; of the others those that are not surely unharmed. */
const drawn: readonly SliceDimension[] = ['age', 'tier', 'insured', 'switch']

type Verdict = GroupVerdict['verdict']
interface Tested extends GroupVerdict {
  readonly title: string
  readonly slice: Slice
  readonly difference: Difference
}
const colours: Readonly<Record<Verdict, Colour>> = { harm: 'vermillion', 'no-harm-found': 'green', 'too-few-to-tell': 'before' }

export function worseOffSection(page: Page): string {
  const { words, result, language, mainArm } = page
  const text = words.sections.worseOff
  const groups = testedGroups(page)
  const of = (arm: string): readonly Tested[] => groups.filter((group) => group.difference.arm === arm)
  if (of(mainArm).length === 0) return ''
  const count = (verdict: Verdict): number => of(mainArm).filter((group) => group.verdict === verdict).length
  const others = armsTested(page).filter((arm) => arm !== mainArm && of(arm).length > 0)
  const body = `<p class="lead">${escapeHtml(text.summary(count('harm'), count('no-harm-found'), count('too-few-to-tell')))}</p>
${groupsFigure(page, mainArm, of(mainArm), groups.length)}
${others.map((arm) => folded(armTitle(arm, result, language), groupsFigure(page, arm, of(arm), groups.length))).join('\n')}
<p class="note">${escapeHtml(text.coupling)}</p>
${groupQuantilesTable(page)}`
  return section(page, 'worse', text.title, text.intro, body, 'exploratory')
}

/** The arm that the question leads to; of few arms all, since a fault is felt in each of its own way. */
function armsTested({ result: { arms }, mainArm }: Page): readonly string[] {
  return arms.length > armsShown ? [mainArm] : arms.slice(1).map(({ name }) => name)
}
const armsShown = 4

function groupsFigure(page: Page, arm: string, groups: readonly Tested[], tests: number): string {
  const { words, result, language } = page
  const text = words.sections.worseOff
  const margin = marginOf(page)
  const unit = displayUnit(groups[0]!.difference)
  const title = text.family(measureTitle(measure, result, words), armTitle(arm, result, language))
  const rows = groups.map((group): readonly Cell[] => [
    `${words.dimensions[group.slice.dimension]} · ${group.title}`,
    formatValue(group.difference.value, unit, language, true),
    group.interval === null ? '–' : formatInterval(group.interval, unit, language, true),
    group.smallestDetectableChange === null ? '–' : formatValue(group.smallestDetectableChange, unit, language),
    badge(group.verdict === 'harm' ? 'bad' : group.verdict === 'no-harm-found' ? 'good' : 'open', text.verdicts[group.verdict]),
  ])
  const shown = groups.filter((group) => drawn.includes(group.slice.dimension) || group.verdict !== 'no-harm-found')
  return figure(page, {
    id: arm === page.mainArm ? 'groups' : `groups-${arm}`,
    title,
    note: `${unitNote(page, unit)}${text.familyNote(tests, formatMark(margin, unit, language))}`,
    legend: (['harm', 'no-harm-found', 'too-few-to-tell'] as const)
      .filter((verdict) => shown.some((group) => group.verdict === verdict))
      .map((verdict) => ({ title: text.verdicts[verdict], colour: colours[verdict] })),
    draw: rowChart({
      tick: axisTick(page),
      references: [0],
      band: [0, margin],
      rows: shown.slice(0, rowsDrawn).map((group) => rowOf(page, group, unit)),
    }),
    table: table(
      title,
      [
        { title: words.ui.group },
        { title: words.ui.change, numeric: true },
        { title: text.simultaneous, numeric: true },
        { title: words.ui.detectable, numeric: true },
        { title: words.ui.verdict },
      ],
      rows,
    ),
  })
}

const rowsDrawn = 26

function rowOf(page: Page, { title, difference, interval, verdict }: Tested, unit: string): ChartRow {
  const colour = colours[verdict]
  return {
    title,
    text: formatValue(difference.value, unit, page.language, true),
    marks: [
      ...(interval === null ? [] : [{ kind: 'line', from: interval[0], to: interval[1], colour, pixels: 3 } as const]),
      { kind: 'point', at: difference.value, colour, shape: verdict === 'harm' ? 'diamond' : verdict === 'no-harm-found' ? 'dot' : 'ring' },
    ],
  }
}

/** Groups of all arms shown are one family. */
function testedGroups(page: Page): readonly Tested[] {
  const { look, result } = page
  if (page.mainArm === result.arms[0]?.name || !result.verdict.valid) return []
  const slices = tested.flatMap((dimension) => sliceRows(page, measure, dimension))
  const found = armsTested(page).flatMap((arm) =>
    slices
      .filter(({ slice }) => slice.dimension !== 'switch' || slice.name.startsWith(`${arm}/`))
      .flatMap(({ slice }) => {
        const difference = look.difference(measure, arm, slice)
        return difference === undefined ? [] : [{ slice, difference }]
      }),
  )
  const margin = marginOf(page)
  // The measure is a time, of which less is better, so the intervals need no turning back.
  const judged = judgeWorseOff(found.map(({ difference }) => ({ ...worseningOf(difference), margin })))
  return found.map(({ slice, difference }, index) => ({
    title: titleOf(page, slice),
    slice,
    difference,
    ...(judged[index] as GroupVerdict),
  }))
}

/** The strictest margin that the scenario allows on this measure; where it names none, the smallest change that matters. */
function marginOf({ result: { scenario } }: Page): number {
  const margins = scenario.mustNotWorsen.filter((guard) => guard.measure === measure).map((guard) => guard.margin)
  return margins.length > 0 ? Math.min(...margins) : scenario.minimumEffectThatMatters
}

function titleOf(page: Page, slice: Slice): string {
  const known: Readonly<Record<string, string>> = page.words.switches
  const side = slice.dimension === 'switch' ? known[slice.name.slice(slice.name.lastIndexOf('/') + 1)] : undefined
  return side ?? sliceTitle(slice, page.result, page.words)
}
