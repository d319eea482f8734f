/**
 * Every figure the testbed publishes, once: name, unit, direction. The words for it stand in reports/words.*.ts, under the same name.
 * A name may be followed by a subject (`wait-seconds-p95/cashier-window`); `subject` says what kind.
 */
export interface MeasureKind {
  readonly name: string
  readonly unit: 'min' | 's' | 'lines' | 'visits' | '1' | 'calls/s' | 'calls' | 'fen' | 'payments'
  readonly better: 'less' | 'more' | 'neither'
  readonly subject: 'none' | 'station' | 'mode' | 'leg' | 'channel' | 'party'
  /** Sliced by tier, district, age … (measurement of visits); others are city totals. */
  readonly sliced: boolean
}

const kind = <const Name extends string>(
  name: Name,
  unit: MeasureKind['unit'],
  better: MeasureKind['better'],
  subject: MeasureKind['subject'] = 'none',
  sliced = false,
): MeasureKind & { readonly name: Name } => ({ name, unit, better, subject, sliced })

export const catalogue = [
  kind('visits', 'visits', 'neither', 'none', true),
  kind('payment-queueing-minutes-per-visit', 'min', 'less', 'none', true),
  kind('clinical-queueing-minutes-per-visit', 'min', 'less', 'none', true),
  kind('wait-after-payment-minutes-per-visit', 'min', 'less', 'none', true),
  kind('visit-duration-minutes', 'min', 'less', 'none', true),
  kind('queueing-share-of-visit', '1', 'less', 'none', true),
  kind('payment-lines-joined', 'lines', 'less', 'none', true),
  kind('payment-lines-with-any-wait', 'lines', 'less', 'none', true),
  kind('payment-lines-waited-over-1-minute', 'lines', 'less', 'none', true),
  kind('clinical-lines-joined', 'lines', 'less', 'none', true),
  kind('clinical-lines-with-any-wait', 'lines', 'less', 'none', true),
  kind('clinical-lines-waited-over-1-minute', 'lines', 'less', 'none', true),
  kind('share-waiting-under-1-hour', '1', 'more', 'none', true),
  kind('share-waiting-3-hours-or-more', '1', 'less', 'none', true),
  kind('balked-share', '1', 'less', 'none', true),
  kind('reneged-share', '1', 'less', 'none', true),
  kind('left-unpaid-share', '1', 'less', 'none', true),
  // Of visits that arrive from 07:00 to 10:00.
  kind('morning-visit-minutes', 'min', 'less'),
  kind('visit-duration-minutes-p50', 'min', 'less'),
  kind('visit-duration-minutes-p95', 'min', 'less'),
  kind('wait-seconds-mean', 's', 'less', 'station'),
  kind('wait-seconds-p50', 's', 'less', 'station'),
  kind('wait-seconds-p95', 's', 'less', 'station'),
  // Of all servers of a kind together, and of those of each tier.
  kind('utilization-busiest-hour', '1', 'neither', 'station'),
  // Of the day's hours on duty, those worked on top of them: whoever is served when a shift ends is served to the end.
  kind('overtime-share', '1', 'neither', 'station'),
  kind('payment-mode-share', '1', 'neither', 'mode'),
  kind('settlement-seconds-mean', 's', 'less', 'mode'),
  kind('settlement-seconds-p50', 's', 'less', 'mode'),
  kind('settlement-seconds-p95', 's', 'less', 'mode'),
  kind('settlement-seconds-p99', 's', 'less', 'mode'),
  kind('leg-seconds-assumed', 's', 'neither', 'leg'),
  kind('leg-seconds-computed', 's', 'less', 'leg'),
  kind('payments-attempted', 'payments', 'neither', 'channel'),
  kind('payments-settled', 'payments', 'more', 'channel'),
  kind('payments-failed', 'payments', 'less', 'channel'),
  kind('payments-fallen-back', 'payments', 'less', 'channel'),
  kind('payments-spilled-over', 'payments', 'neither', 'channel'),
  kind('minutes-outside-service-level', 'min', 'less'),
  kind('retry-amplification', '1', 'less', 'none'),
  kind('failed-share-backup-could-not-save', '1', 'less', 'none'),
  kind('peak-calls-per-second', 'calls/s', 'neither', 'party'),
  kind('utilization-peak-minute', '1', 'less', 'party'),
  kind('minutes-above-90-percent', 'min', 'less', 'party'),
  // Minute of the day, 0 at midnight; nothing is measured on a day that never comes so far.
  kind('first-minute-above-90-percent', 'min', 'neither', 'party'),
  kind('headroom-at-peak', '1', 'more', 'party'),
  kind('fund-fen', 'fen', 'neither'),
  kind('account-fen', 'fen', 'neither'),
  kind('credit-fen', 'fen', 'neither'),
  kind('cash-fen', 'fen', 'neither'),
  kind('owing-fen', 'fen', 'less'),
  kind('claim-later-fen', 'fen', 'less'),
  kind('refunded-fen', 'fen', 'neither'),
  kind('sign-ups-attempted', 'visits', 'neither'),
  kind('sign-ups-granted', 'visits', 'neither'),
  kind('sign-ups-with-digital-card', 'visits', 'neither'),
  kind('sign-ups-with-raised-limit', 'visits', 'neither'),
  kind('sign-ups-refused', 'visits', 'less'),
  kind('sign-ups-lost', 'visits', 'less'),
  // From the switch on; nothing is measured where no site switches over.
  kind('last-site-ready-minutes', 'min', 'less'),
] as const satisfies readonly MeasureKind[]
/**
 * Minutes of waiting to pay that this share of a group's visits does not exceed, over all visits of all days together, and so no figure
 * of a day that a scenario could ask by. Read from a histogram: right to 1/32 (3.1 %), on smooth data far nearer.
 */
export const groupQuantiles = [
  { ...kind('payment-queueing-minutes-p50', 'min', 'less', 'none', true), share: 0.5 },
  { ...kind('payment-queueing-minutes-p90', 'min', 'less', 'none', true), share: 0.9 },
  { ...kind('payment-queueing-minutes-p95', 'min', 'less', 'none', true), share: 0.95 },
] as const satisfies readonly (MeasureKind & { readonly share: number })[]
/** The names as a type, so that a table of words with a name missing does not compile. */
export type MeasureName = (typeof catalogue)[number]['name'] | (typeof groupQuantiles)[number]['name']

const byName = new Map<string, MeasureKind>([...catalogue, ...groupQuantiles].map((measure) => [measure.name, measure]))
/** The catalogue row of a measure's name, with or without a subject; undefined for an unknown name. */
export function measureKind(name: string): MeasureKind | undefined {
  return byName.get(name) ?? byName.get(name.slice(0, name.lastIndexOf('/')))
}
