/** What each fault did on the wire, beside a run of the same rows without it. */
import { formatNumber, formatSeconds } from '../format.ts'
import { said } from '../words.ts'
import { badge, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function wireFaultsSection(page: Page): string {
  const faults = page.result.wire?.faults ?? []
  if (faults.length === 0) return ''
  const { language } = page
  const { wire: words, ui } = page.words
  const after = (seconds: number | null, missing: string) => (seconds === null ? missing : formatSeconds(seconds, language))
  const moments = table(
    words.faultsTitle,
    [
      { title: ui.fault },
      { title: ui.faultWindow },
      { title: ui.callsTouched, numeric: true },
      { title: words.effect },
      { title: ui.detected },
      { title: ui.firstPatientFailure },
      { title: ui.firstRoutedAway },
      { title: ui.back },
      { title: words.planted, numeric: true },
    ],
    faults.map((one) => [
      `${one.target}: ${said(one.title, language)}`,
      `${formatNumber(one.fromSecond, language)}–${formatNumber(one.toSecond, language)} s`,
      one.isToothless ? badge('bad', ui.toothless) : one.callsTouched.toLocaleString('en-GB'),
      `${one.effect.measure}: ${words.twin} ${formatNumber(one.effect.twin, language)}, ${words.found} ${formatNumber(one.effect.found, language)} (${words.least} ${formatNumber(one.effect.leastDifference, language)})`,
      after(one.detectedAfterSeconds, words.notYet),
      after(one.firstPatientFailureAfterSeconds, '–'),
      after(one.firstRoutedAwayAfterSeconds, '–'),
      after(one.backAfterSeconds, words.notYet),
      `${one.planted} / ${one.found}`,
    ]),
    'above',
  )
  return section(page, 'wirefaults', words.faultsTitle, words.faultsIntro, moments)
}
