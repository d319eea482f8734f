/** What a fault cost: payments that broke, what another entry saved of them, where the rest went on, and who queued for it. */
import type { FaultOutcome, RunResult, Slice } from '../../simulators/measures/run-result.ts'
import { formatNumber, formatValue } from '../format.ts'
import { armTitle, measureTitle, wholeCity } from '../lookup.ts'
import { type CompareRow, compareTable } from './compare.ts'
import { pairTable } from './comparisons.ts'
import { leftTheLine } from './left-the-line.ts'
import { escapeHtml } from './markup.ts'
import { type Page, slicedMeasure } from './page.ts'

export function faultSentences(page: Page): string {
  const { result, words } = page
  const text = words.sections.faults
  const kinds = [...new Set(result.faults.map(({ fault }) => fault.target.party))]
  const between = words.language === 'zh' ? '：' : ': '
  const lines = [...new Set(result.faults.map(({ arm }) => arm))].map(
    (arm) => `${armTitle(arm, result, words.language)}${between}${tollOf(page, arm)}`,
  )
  return `<ul class="lead">${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>
<p class="note">${escapeHtml([text.saved, ...kinds.map((kind) => text.whatIsLeft[kind])].join(words.language === 'zh' ? '' : ' '))}</p>`
}

export const tollTable = (page: Page): string => compareTable(page, page.words.sections.faults.toll, page.words.ui.measure, tollRows(page))

/** What an arm that a fault strikes lost and saved on a day; undefined for any other. */
export function tollOf(page: Page, arm: string): string | undefined {
  const { result, words, language, look } = page
  if (!result.faults.some((one) => one.arm === arm)) return undefined
  const text = words.sections.faults
  const share = look.measure('failed-share-backup-could-not-save', arm)
  const between = language === 'zh' ? '' : ' '
  const left = leftTheLine(page, arm) ?? 0
  // Beside what broke: a line that grows sends people home, and what is counted of visits is of those who stay.
  const andLeft =
    Math.round(Math.abs(left)) === 0
      ? ''
      : between + text.leftTheLine(formatNumber(Math.abs(left), language, 0), left < 0 ? 'fewer' : 'more')
  if (share === undefined) return text.noneBroken + andLeft
  const whole = (value: number): string => formatNumber(value, language, 0)
  // The share's count is of all days together.
  const broken = share.count / share.days
  const fellBack = look
    .subjects('payments-fallen-back')
    .reduce((sum, channel) => sum + (look.measure(`payments-fallen-back/${channel}`, arm)?.value ?? 0), 0)
  if (share.value === 1) return text.noneSaved(whole(broken), whole(fellBack)) + andLeft
  return text.broken(whole(broken), formatValue(1 - share.value, '1', language), whole(broken * share.value), whole(fellBack)) + andLeft
}

const ofTheDay = [
  'failed-share-backup-could-not-save',
  'minutes-outside-service-level',
  'settlement-seconds-p95/window',
  'settlement-seconds-p95/kiosk',
  'settlement-seconds-p95/phone',
  'settlement-seconds-p95/credit',
  'retry-amplification',
  'claim-later-fen',
  'owing-fen',
  'left-unpaid-share',
  'balked-share',
  'reneged-share',
] as const

function tollRows(page: Page): readonly CompareRow[] {
  const { result, words, look } = page
  const { primaryMeasure } = result.scenario
  const row = (name: string, slice: Slice = wholeCity): CompareRow => ({
    title:
      slice.dimension === 'hour' ? words.sections.faults.arrivals(titleOf(name), words.ui.hourRange(Number(slice.name))) : titleOf(name),
    name,
    slice,
  })
  const titleOf = (name: string): string => measureTitle(name, result, words)
  const sliced = slicedMeasure(page)
  const rows = [
    ...ofTheDay.map((name) => row(name)),
    row(primaryMeasure),
    ...(primaryMeasure === 'visit-duration-minutes' ? [] : [row('visit-duration-minutes')]),
    ...hoursStruck(result).map((name) => row(sliced, { dimension: 'hour', name })),
  ]
  // What is nothing in every arm is not worth a line.
  return rows.filter(({ name, slice }) => result.arms.some((arm) => (look.measure(name, arm.name, slice)?.value ?? 0) !== 0))
}

/** Hours of arrival whose patients pay while a fault lasts: those it touches, and the one before them. */
function hoursStruck({ faults, city }: RunResult): readonly string[] {
  const hour = 3600
  const struck = (name: string, { fromSecond, toSecond }: FaultOutcome['fault']): boolean =>
    Number(name) * hour < toSecond && (Number(name) + 2) * hour > fromSecond
  return city.slices.hour.map(({ name }) => name).filter((name) => faults.some(({ fault }) => struck(name, fault)))
}

/** The same figures of the whole city, arm against arm as the scenario asks: with backups beside without. */
export function backupWorth(page: Page): string {
  const { result, words, language } = page
  const struck = new Set(result.faults.map(({ arm }) => arm))
  const names = new Set(tollRows(page).map(({ name }) => name))
  const found = result.furtherDifferences.filter(
    ({ name, slice, arm, against }) => slice.dimension === 'all' && names.has(name) && struck.has(arm) && struck.has(against),
  )
  const pairs = [...new Set(found.map(({ arm, against }) => `${arm}|${against}`))]
  return pairs
    .map((pair) => {
      const [arm = '', against = ''] = pair.split('|')
      const title = words.sections.faults.worth(armTitle(arm, result, language), armTitle(against, result, language))
      return pairTable(
        page,
        title,
        found.filter((row) => row.arm === arm && row.against === against),
      )
    })
    .join('\n')
}
