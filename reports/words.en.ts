/** English words. Chinese ones: words.zh.ts. */

import { englishFeedback } from './words.feedback.en.ts'
import { englishSections } from './words.sections.en.ts'
import type { HeadlineParts, WordTable } from './words.ts'
import { englishUi } from './words.ui.en.ts'
import { englishWire } from './words.wire.en.ts'

export const english: WordTable = {
  language: 'en',
  htmlLanguage: 'en',
  measures: {
    visits: 'Visits',
    'payment-queueing-minutes-per-visit': 'Payment queueing per visit',
    'clinical-queueing-minutes-per-visit': 'Clinical queueing per visit',
    'wait-after-payment-minutes-per-visit': 'Wait after payment per visit',
    'visit-duration-minutes': 'Duration of a visit',
    'queueing-share-of-visit': 'Queueing as share of the visit',
    'payment-lines-joined': 'Payment lines joined',
    'payment-lines-with-any-wait': 'Payment lines with any wait',
    'payment-lines-waited-over-1-minute': 'Payment lines waited over 1 minute',
    'clinical-lines-joined': 'Clinical lines joined',
    'clinical-lines-with-any-wait': 'Clinical lines with any wait',
    'clinical-lines-waited-over-1-minute': 'Clinical lines waited over 1 minute',
    'share-waiting-under-1-hour': 'Visits waiting under 1 hour in all',
    'share-waiting-3-hours-or-more': 'Visits waiting 3 hours or more in all',
    'balked-share': 'Turned away by the length of a line',
    'reneged-share': 'Left a line before being served',
    'left-unpaid-share': 'Left without paying',
    'morning-visit-minutes': 'Visit duration of arrivals from 07:00 to 10:00',
    'payment-queueing-minutes-p50': 'Payment queueing of a visit, median',
    'payment-queueing-minutes-p90': 'Payment queueing of a visit, 90th percentile',
    'payment-queueing-minutes-p95': 'Payment queueing of a visit, 95th percentile',
    'visit-duration-minutes-p50': 'Duration of a visit, median',
    'visit-duration-minutes-p95': 'Duration of a visit, 95th percentile',
    'wait-seconds-mean': 'Wait, mean',
    'wait-seconds-p50': 'Wait, median',
    'wait-seconds-p95': 'Wait, 95th percentile',
    'utilization-busiest-hour': 'Utilisation in the busiest hour',
    'overtime-share': 'Overtime, as a share of the hours on duty',
    'payment-mode-share': 'Share of insured settlements by way of paying',
    'settlement-seconds-mean': 'Settlement time, mean',
    'settlement-seconds-p50': 'Settlement time, median',
    'settlement-seconds-p95': 'Settlement time, 95th percentile',
    'settlement-seconds-p99': 'Settlement time, 99th percentile',
    'leg-seconds-assumed': 'Time on the leg, assumed',
    'leg-seconds-computed': 'Time on the leg, computed',
    'payments-attempted': 'Payments attempted',
    'payments-settled': 'Payments settled',
    'payments-failed': 'Payments failed',
    'payments-fallen-back': 'Payments fallen back to kiosk or window',
    'payments-spilled-over': 'Payments taken over from another entry',
    'minutes-outside-service-level': 'Minutes outside the service level',
    'retry-amplification': 'Retry amplification (calls sent ÷ needed)',
    'failed-share-backup-could-not-save': 'Failures mutual backup could not save',
    'peak-calls-per-second': 'Peak calls per second',
    'utilization-peak-minute': 'Utilisation in the busiest minute',
    'minutes-above-90-percent': 'Minutes above 90 % load',
    'first-minute-above-90-percent': 'First above 90 % load, minutes after midnight',
    'headroom-at-peak': 'Headroom at the peak',
    'fund-fen': 'Pooled insurance fund',
    'account-fen': 'Personal insurance account',
    'credit-fen': 'Credit payment',
    'cash-fen': 'Patient’s own money',
    'owing-fen': 'Left owing',
    'claim-later-fen': 'Paid in full, claimed later',
    'refunded-fen': 'Paid and given back',
    'sign-ups-attempted': 'Credit sign-ups attempted',
    'sign-ups-granted': 'Credit sign-ups granted at once',
    'sign-ups-with-digital-card': 'Credit sign-ups granted with a digital card',
    'sign-ups-with-raised-limit': 'Credit sign-ups granted with a raised limit',
    'sign-ups-refused': 'Credit sign-ups refused',
    'sign-ups-lost': 'Credit sign-ups lost to a failed call',
    'last-site-ready-minutes': 'Last site ready, from the switch on',
  },
  units: {
    min: 'min',
    s: 's',
    lines: 'lines',
    visits: 'visits',
    '1': '',
    'calls/s': 'calls/s',
    calls: 'calls',
    fen: 'yuan',
    payments: 'payments',
  },
  dimensions: {
    all: 'Whole city',
    tier: 'Tier',
    district: 'District',
    age: 'Age group',
    insured: 'Insured type',
    hour: 'Hour of arrival',
    mode: 'Way of payment',
    switch: 'Switched or stayed',
    hospital: 'Outpatients of hospitals',
    'tier-age': 'Tier × age',
    'tier-hour': 'Tier × hour',
  },
  modes: { window: 'Window', kiosk: 'Kiosk', phone: 'Mobile payment in consultation', credit: 'Card-free credit payment' },
  legs: { entry: 'Entry', platform: 'Platform', bureau: 'Insurance bureau', bank: 'Bank or wallet', his: 'Hospital system' },
  partyKinds: { channel: 'Entry', platform: 'Platform', bureau: 'Insurance bureau', bank: 'Bank' },
  switches: { switched: 'Switched to mobile or credit', stayed: 'Stayed at window or kiosk' },
  headline: {
    effect: (p) =>
      `Effect: ${was(p)}; ${moved(p)} (95 % interval of the change ${p.interval}${assumed(p)}). That is at least the ${p.minimum} fixed beforehand as the smallest change that matters.${signs(p)}`,
    'no-effect-that-matters': (p) =>
      `No effect that matters: ${was(p)}. The change (95 % interval ${p.interval}${assumed(p)}) stays, over simulated days, inside ±${p.minimum}, fixed beforehand as the smallest that matters.${signs(p)}`,
    harm: (p) =>
      `Harm: ${was(p)}; ${moved(p)}, for the worse (95 % interval of the change ${p.interval}${assumed(p)}), by more than the ${p.minimum} fixed beforehand as the smallest change that matters.${signs(p)}`,
    undecided: (p) =>
      `Undecided: ${was(p)}. The 95 % interval of the change, ${p.interval}, ${undecidedBecause(p)} ±${p.minimum} fixed beforehand${assumed(p)}; more days would narrow the first.${signs(p)}`,
    provisional: (p) =>
      `Provisional, n = ${p.days} ${p.days === 1 ? 'day' : 'days'}: ${was(p)}${p.went === 'nowhere' ? '' : `; ${moved(p)}`}. Below 10 days no interval is published and nothing is decided.`,
    'no-data': (p) => `No answer: “${p.arm}” has no figure for ${low(p.measure)}.`,
    void: () => 'Void: a rule of validity was broken. The figures below help to find out why; they are no answer.',
  },
  sections: englishSections,
  wire: englishWire,
  feedback: englishFeedback,
  ui: englishUi,
}

/** Catalogue names begin with a capital; inside a sentence they do not. */
const low = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
const was = (p: HeadlineParts): string => `${low(p.measure)} is ${p.after} in “${p.arm}” and ${p.before} in “${p.against}”`
const moved = (p: HeadlineParts): string => `it ${p.went === 'down' ? 'falls' : 'rises'} by ${p.change}`
/** The second range, in the sentence of the first. */
function assumed({ assumed: range }: HeadlineParts): string {
  if (range === null) return '; the assumptions were not varied'
  const few = range.needed === null ? '' : `, fewer than the ${range.needed} of a published range`
  return `; ${range.range} from the 5th to the 95th percentile of ${range.plans} plans with every assumption varied${few}`
}
const signs = ({ assumed: range }: HeadlineParts): string =>
  range === null || range.otherSign === null
    ? ''
    : ` Inside the assumption range the sign changes: in ${range.otherSign} of the plans the change has the other sign.`
function undecidedBecause(p: HeadlineParts): string {
  if (p.direction === 'better') return 'is surely on the better side, yet reaches across the'
  if (p.direction === 'worse') return 'is surely on the worse side, yet reaches across the'
  return 'holds both zero and changes beyond the'
}
