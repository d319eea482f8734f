/** What happens if windows are closed as patients leave them: at each adoption, beside the same adoption with the windows kept. */
import type { Finding } from '../findings.ts'
import { formatInterval, formatMark } from '../format.ts'
import { displayUnit, measureTitle, sliceTitle } from '../lookup.ts'
import { badge, type Cell, escapeHtml, table } from './markup.ts'
import { type Page, valueText, valueWithInterval } from './page.ts'
import { studyOf } from './ranges.ts'

interface Cut {
  readonly adoption: number
  readonly finding: Finding
  readonly kept: Finding | undefined
  readonly isReduced: boolean
}

/** Part of the answer wherever the scenario asks about it; empty where no arm cuts windows. */
export function windowsCut(page: Page): string {
  const { result, words } = page
  const cuts = cutsOf(page)
  const [first] = cuts
  if (first === undefined || !result.verdict.valid) return ''
  const text = words.sections.windowsCut
  const measure = measureTitle(first.finding.measure, result, words)
  const harmed = cuts.filter(({ finding }) => isHarmed(finding))
  const lead = text.lead(
    measure,
    cuts.map((cut) => text.at(adoptionText(page, cut), valueWithInterval(page, cut.finding.difference, true))),
  )
  const worse = harmed.length === 0 ? text.nobodyHarmed : text.harmed(harmed.length, cuts.length)
  const notes = [
    ...(cuts.some(({ isReduced }) => isReduced) ? [text.reduced] : []),
    ...(cuts.every(({ finding }) => studyOf(page, finding) === undefined) ? [text.notStudied] : []),
  ]
  return `<div class="answer cut ${harmed.length > 0 ? 'bad' : 'plain'}" id="${page.language}-windows-cut"><p><strong>${escapeHtml(text.title)}</strong> ${escapeHtml(lead)}</p><p><strong>${escapeHtml(worse)}</strong></p>
${cutTable(page, cuts, measure)}<p class="small">${escapeHtml(notes.join(page.language === 'zh' ? '' : ' '))}</p></div>`
}

function cutsOf({ result, findings, reducedFindings }: Page): readonly Cut[] {
  const arms = [...result.arms, ...(result.reducedCity?.arms ?? [])]
  const all = [...findings, ...reducedFindings]
  const armOf = (finding: Finding) => arms.find(({ name }) => name === finding.arm)
  return all
    .flatMap((finding): Cut[] => {
      const arm = armOf(finding)
      if (arm?.staffing !== 'windows-cut-in-proportion' || finding.difference === undefined) return []
      const kept = all.find((other) => armOf(other)?.staffing === 'windows-kept' && armOf(other)?.adoption === arm.adoption)
      return [{ adoption: arm.adoption, finding, kept, isReduced: reducedFindings.includes(finding) }]
    })
    .sort((one, other) => one.adoption - other.adoption)
}

/** The question's own measure is surely worse by what matters, or a group that was to be guarded is. */
const isHarmed = (finding: Finding): boolean => finding.outcome === 'harm' || brokenGuards(finding).length > 0
const brokenGuards = ({ guards }: Finding): Finding['guards'] => guards.filter(({ outcome }) => outcome === 'broken')

const adoptionText = ({ language }: Page, { adoption }: Cut): string => formatMark(adoption, '1', language)

function cutTable(page: Page, cuts: readonly Cut[], measure: string): string {
  const { words } = page
  const text = words.sections.windowsCut
  const isStudied = cuts.some(({ finding }) => studyOf(page, finding) !== undefined)
  return table(
    `${text.title} ${measure}`,
    [
      { title: words.ui.adoption, numeric: true },
      { title: text.changeIfKept, numeric: true },
      { title: text.changeIfCut, numeric: true },
      ...(isStudied ? [{ title: words.sections.ranges.assumptionRange, numeric: true }] : []),
      { title: words.ui.verdict },
      { title: text.whoIsWorseOff },
    ],
    cuts.map((cut) => [
      adoptionText(page, cut),
      cut.kept === undefined ? '–' : valueText(page, cut.kept.difference, true),
      valueWithInterval(page, cut.finding.difference, true),
      ...(isStudied ? [assumedText(page, cut.finding)] : []),
      badge(isHarmed(cut.finding) ? 'bad' : cut.finding.outcome === 'effect' ? 'good' : 'open', words.ui.outcomeNames[cut.finding.outcome]),
      worseText(page, cut.finding),
    ]),
    'above',
  )
}

function assumedText(page: Page, finding: Finding): string {
  const study = studyOf(page, finding)
  if (study === undefined || finding.difference === undefined) return '–'
  return formatInterval([study.p5, study.p95], displayUnit(finding.difference), page.language, true)
}

/** Every guarded group that is surely worse off by more than its margin, with how much. */
function worseText(page: Page, finding: Finding): Cell {
  const { result, words, language } = page
  const broken = brokenGuards(finding)
  const open = finding.guards.filter(({ outcome }) => outcome === 'undecided').length
  const parts = [
    ...broken.map((guard) => `${sliceTitle(guard.group, result, words)} ${valueText(page, guard.difference, true)}`),
    ...(open > 0 ? [words.sections.windowsCut.undecided(open)] : []),
  ]
  return parts.length === 0 ? words.sections.windowsCut.nobody : parts.join(language === 'zh' ? '；' : '; ')
}
