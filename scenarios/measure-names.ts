/**
 * The measures a scenario may ask about: those of which less or more is better. They are simulators/measures/catalogue.ts in this
 * room's words (a scenario is read before anything is simulated); a test keeps the two alike.
 */

/** Kept by group as well as for the city, so that groups can be guarded. */
export const slicedMeasures: readonly string[] = [
  'payment-queueing-minutes-per-visit',
  'clinical-queueing-minutes-per-visit',
  'wait-after-payment-minutes-per-visit',
  'visit-duration-minutes',
  'queueing-share-of-visit',
  'payment-lines-joined',
  'payment-lines-with-any-wait',
  'payment-lines-waited-over-1-minute',
  'clinical-lines-joined',
  'clinical-lines-with-any-wait',
  'clinical-lines-waited-over-1-minute',
  'share-waiting-under-1-hour',
  'share-waiting-3-hours-or-more',
  'balked-share',
  'reneged-share',
  'left-unpaid-share',
]

/** Kept for the city only. Some are kept per station, mode, leg, channel or party, whose name follows a slash. */
export const cityMeasures: readonly string[] = [
  'morning-visit-minutes',
  'visit-duration-minutes-p50',
  'visit-duration-minutes-p95',
  'wait-seconds-mean',
  'wait-seconds-p50',
  'wait-seconds-p95',
  'settlement-seconds-mean',
  'settlement-seconds-p50',
  'settlement-seconds-p95',
  'settlement-seconds-p99',
  'leg-seconds-computed',
  'payments-settled',
  'payments-failed',
  'payments-fallen-back',
  'minutes-outside-service-level',
  'retry-amplification',
  'failed-share-backup-could-not-save',
  'utilization-peak-minute',
  'minutes-above-90-percent',
  'headroom-at-peak',
  'owing-fen',
  'claim-later-fen',
  'sign-ups-refused',
  'sign-ups-lost',
  'last-site-ready-minutes',
]

/** The measure of a name with or without a subject: `wait-seconds-p95/cashier-window` is `wait-seconds-p95`. */
export const measureOf = (name: string): string => name.split('/')[0]!
