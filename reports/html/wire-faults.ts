/** What each fault did on the wire, beside a run of the same rows without it. */
import type { FailoverFigures, WireFault } from '../../simulators/measures/result-wire.ts'
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
  /** On the wire, and the virtual city's moment behind it. */
  const foretold = (one: WireFault, moment: keyof NonNullable<WireFault['foretold']>, missing: string) =>
    one.foretold === null ? after(one[moment], missing) : words.beside(after(one[moment], missing), after(one.foretold[moment], missing))
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
      { title: words.afterHeal },
      { title: words.planted, numeric: true },
    ],
    faults.map((one) => [
      `${one.target}: ${said(one.title, language)}`,
      `${formatNumber(one.fromSecond, language)}–${formatNumber(one.toSecond, language)} s`,
      one.isToothless ? badge('bad', ui.toothless) : whole(one.callsTouched),
      `${words.effects[one.effect.measure] ?? one.effect.measure}: ${words.twin} ${formatNumber(one.effect.twin, language)}, ${words.found} ${formatNumber(one.effect.found, language)} (${words.least} ${formatNumber(one.effect.leastDifference, language)})`,
      foretold(one, 'detectedAfterSeconds', words.notYet),
      foretold(one, 'firstPatientFailureAfterSeconds', '–'),
      foretold(one, 'firstRoutedAwayAfterSeconds', '–'),
      after(one.backAfterSeconds, words.notYet),
      one.afterHeal === null
        ? '–'
        : words.afterHealText(momentOf(one.afterHeal.fromSecond), whole(one.afterHeal.equal), whole(one.afterHeal.compared)),
      `${one.planted} / ${one.found}`,
    ]),
    'above',
  )
  return section(page, 'wirefaults', words.faultsTitle, words.faultsIntro, [moments, broken(page)].join('\n'))
}

/** Payments that broke, on the wire beside the virtual city. */
function broken({ result, words: { wire: words } }: Page): string {
  const failover = result.wire?.failover
  if (failover === undefined || failover === null) return ''
  const numbers = ({ payments, broke, notSaved, toHospital, atOtherEntries }: FailoverFigures) =>
    [payments, broke, notSaved, toHospital, atOtherEntries].map(whole)
  return table(
    words.brokenTitle,
    [
      { title: '' },
      { title: words.paymentsByEntry, numeric: true },
      { title: words.broke, numeric: true },
      { title: words.notSaved, numeric: true },
      { title: words.toHospital, numeric: true },
      { title: words.atOtherEntries, numeric: true },
    ],
    [
      [words.onTheWire, ...numbers(failover.wire)],
      [words.inTheVirtualCity, ...numbers(failover.virtual)],
    ],
    'above',
  )
}

const whole = (count: number): string => count.toLocaleString('en-GB')

const momentOf = (second: number | undefined): string | undefined => (second === undefined ? undefined : whole(second))
