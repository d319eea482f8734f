/** The answer's two ranges on one scale: what other days could have given, and what other values of the assumptions could give. */
import type { StudyHeadline } from '../../simulators/measures/result-study.ts'
import { type ChartRow, type Mark, rowChart } from '../charts/row-chart.ts'
import type { Finding } from '../findings.ts'
import { formatInterval, formatMark, formatValue } from '../format.ts'
import { armTitle, displayUnit, measureTitle } from '../lookup.ts'
import { axisTick, unitNote } from './compare.ts'
import { type Cell, figure, type LegendItem, table } from './markup.ts'
import { type Page, valueText } from './page.ts'

/** The study's row for a finding, if the assumptions were varied for it. */
export function studyOf({ result }: Page, finding: Finding): StudyHeadline | undefined {
  return result.assumptionStudy?.headlines.find((row) => row.measure === finding.measure && row.arm === finding.arm)
}

export function rangesFigure(page: Page): string {
  const { result, words, language } = page
  const text = words.sections.ranges
  const shown = page.findings.flatMap((finding) =>
    finding.difference === undefined ? [] : [{ finding, difference: finding.difference, study: studyOf(page, finding) }],
  )
  const [first] = shown
  // Without any range there is no picture of ranges.
  if (first === undefined || shown.every(({ difference, study }) => difference.interval === null && study === undefined)) return ''
  const unit = displayUnit(first.difference)
  const factor = unit === 'points' ? 100 : 1
  const rows = shown.map(({ finding, difference, study }): ChartRow => {
    const marks: readonly Mark[] = [
      ...(study === undefined
        ? []
        : [{ kind: 'bar', from: study.p5 * factor, to: study.p95 * factor, colour: 'sky', pixels: 10 } as const]),
      ...(difference.interval === null
        ? []
        : [
            {
              kind: 'bar',
              from: difference.interval[0] * factor,
              to: difference.interval[1] * factor,
              colour: 'blue',
              pixels: 20,
            } as const,
          ]),
      { kind: 'cut', at: difference.value * factor, colour: 'blue' },
    ]
    return { title: armTitle(finding.arm, result, language), text: formatValue(difference.value, unit, language, true), marks }
  })
  const minimum = first.finding.minimum * factor
  // Plans that could not be played to the end are in no range.
  const plans = shown.find(({ study }) => study !== undefined)?.study?.values.length
  const legend: readonly LegendItem[] = [
    { title: text.noise, colour: 'blue' },
    ...(plans === undefined ? [] : [{ title: text.assumptions(plans), colour: 'sky' } as const]),
  ]
  const title = `${plans === undefined ? text.titleOfOne : text.title} · ${measureTitle(first.finding.measure, result, words)}`
  const band = minimum > 0 ? text.minimum(formatMark(first.finding.minimum, unit, language)) : ''
  const stop = language === 'zh' ? '。' : '. '
  return figure(page, {
    id: 'ranges',
    title,
    note: `${unitNote(page, unit)}${band === '' ? '' : `${band}${stop}`}${plans === undefined ? text.noAssumptions : text.intro}`,
    legend,
    draw: rowChart({
      tick: axisTick(page, unit === 'points'),
      references: [0],
      ...(minimum > 0 ? { band: [-minimum, minimum] as const } : {}),
      rows,
    }),
    table: table(
      title,
      [
        { title: words.ui.arm },
        { title: words.ui.change, numeric: true },
        { title: words.ui.interval95, numeric: true },
        { title: text.assumptionRange, numeric: true },
        { title: text.base, numeric: true },
      ],
      shown.map(({ finding, difference, study }): readonly Cell[] => [
        armTitle(finding.arm, result, language),
        valueText(page, difference, true),
        difference.interval === null ? '–' : formatInterval(difference.interval, unit, language, true),
        study === undefined ? '–' : formatInterval([study.p5, study.p95], unit, language, true),
        study === undefined ? '–' : formatValue(study.base, unit, language, true),
      ]),
    ),
  })
}
