/** One arm's day as values of the catalogue: a fixed list of (name, slice), the same for every day and arm of a plan. */
import type { Plan } from '../../scenarios/plan.ts'
import { paymentModes, tiers } from '../../scenarios/plan.ts'
import { legNames } from '../../scenarios/plan-parties.ts'
import { TICKS_PER_MINUTE, TICKS_PER_SECOND } from '../engine/time.ts'
import { catalogue } from './catalogue.ts'
import {
  type DayFigures,
  SUM_3_HOURS_OR_MORE,
  SUM_AFTER_PAYMENT_WAIT,
  SUM_BALKED,
  SUM_CLINICAL_WAIT,
  SUM_DONE,
  SUM_DONE_WAIT,
  SUM_DURATION,
  SUM_LINES,
  SUM_PAYMENT_WAIT,
  SUM_RENEGED,
  SUM_UNDER_1_HOUR,
  SUM_UNPAID,
  SUM_VISITS,
  VISIT_SUMS,
} from './day-figures.ts'
import { minutesOutside } from './fault-outcome.ts'
import type { Slice } from './run-result.ts'
import { HOURS, type SliceLayout } from './slices.ts'
import { countOf, isQuantilePublishable, quantileMilliseconds } from './statistics/quantile.ts'

/** What stands at one place of a day's values. */
export interface MeasureSpec {
  readonly name: string
  readonly unit: string
  readonly slice: Slice
  readonly of: (figures: DayFigures) => DayValue
}
/** A value and what it rests on; null where there was nothing to measure. */
export interface DayValue {
  readonly value: number | null
  readonly count: number
}

/** Patients already there when a morning begins. */
const morningHours = [7, 8, 9] as const

/** Sliced measures as ratios of two sums of a slice. */
const ratios: Readonly<Record<string, { readonly above: number; readonly below: number; readonly per: number }>> = {
  'payment-queueing-minutes-per-visit': { above: SUM_PAYMENT_WAIT, below: SUM_VISITS, per: TICKS_PER_MINUTE },
  'clinical-queueing-minutes-per-visit': { above: SUM_CLINICAL_WAIT, below: SUM_VISITS, per: TICKS_PER_MINUTE },
  'wait-after-payment-minutes-per-visit': { above: SUM_AFTER_PAYMENT_WAIT, below: SUM_VISITS, per: TICKS_PER_MINUTE },
  'visit-duration-minutes': { above: SUM_DURATION, below: SUM_DONE, per: TICKS_PER_MINUTE },
  'queueing-share-of-visit': { above: SUM_DONE_WAIT, below: SUM_DURATION, per: 1 },
  'payment-lines-joined': { above: SUM_LINES, below: SUM_VISITS, per: 1 },
  'payment-lines-with-any-wait': { above: SUM_LINES + 1, below: SUM_VISITS, per: 1 },
  'payment-lines-waited-over-1-minute': { above: SUM_LINES + 2, below: SUM_VISITS, per: 1 },
  'clinical-lines-joined': { above: SUM_LINES + 3, below: SUM_VISITS, per: 1 },
  'clinical-lines-with-any-wait': { above: SUM_LINES + 4, below: SUM_VISITS, per: 1 },
  'clinical-lines-waited-over-1-minute': { above: SUM_LINES + 5, below: SUM_VISITS, per: 1 },
  'share-waiting-under-1-hour': { above: SUM_UNDER_1_HOUR, below: SUM_VISITS, per: 1 },
  'share-waiting-3-hours-or-more': { above: SUM_3_HOURS_OR_MORE, below: SUM_VISITS, per: 1 },
  'balked-share': { above: SUM_BALKED, below: SUM_VISITS, per: 1 },
  'reneged-share': { above: SUM_RENEGED, below: SUM_VISITS, per: 1 },
  'left-unpaid-share': { above: SUM_UNPAID, below: SUM_VISITS, per: 1 },
}

/** Every measure of a plan, in the order results are written. */
export function measureSpecs(
  plan: Plan,
  layout: SliceLayout,
  stations: readonly string[],
  parties: readonly string[],
): readonly MeasureSpec[] {
  const whole: Slice = { dimension: 'all', name: 'all' }
  const channels = plan.city.parties.channels.map((channel) => channel.name)
  return catalogue.flatMap((kind): MeasureSpec[] => {
    const one = (of: MeasureSpec['of']): MeasureSpec[] => [{ name: kind.name, unit: kind.unit, slice: whole, of }]
    const each = (subjects: readonly string[], of: (figures: DayFigures, index: number) => DayValue): MeasureSpec[] =>
      subjects.map((subject, index) => ({
        name: `${kind.name}/${subject}`,
        unit: kind.unit,
        slice: whole,
        of: (figures) => of(figures, index),
      }))
    if (kind.sliced) {
      const ratio = ratios[kind.name]
      return layout.slices.map((slice, index) => ({
        name: kind.name,
        unit: kind.unit,
        slice,
        of:
          ratio === undefined
            ? (figures) => known(figures.visitSums[index * VISIT_SUMS] as number, figures.visitSums[index * VISIT_SUMS] as number)
            : (figures) => sliceRatio(figures, index, ratio),
      }))
    }
    switch (kind.name) {
      case 'morning-visit-minutes':
        return one((figures) => {
          const sum = (of: number): number =>
            morningHours.reduce((all, hour) => all + (figures.visitSums[(layout.hour + hour) * VISIT_SUMS + of] as number), 0)
          return ratioOf(sum(SUM_DURATION) / TICKS_PER_MINUTE, sum(SUM_DONE))
        })
      case 'visit-duration-minutes-p50':
        return one((figures) => quantile(figures.durations, 0.5, 60_000))
      case 'visit-duration-minutes-p95':
        return one((figures) => quantile(figures.durations, 0.95, 60_000))
      case 'wait-seconds-mean':
        return each(stations, (figures, at) => ratioOf((figures.waitSum[at] as number) / TICKS_PER_SECOND, figures.waitCount[at] as number))
      case 'wait-seconds-p50':
        return each(stations, (figures, at) => quantile(figures.waits[at] as Int32Array, 0.5, 1000))
      case 'wait-seconds-p95':
        return each(stations, (figures, at) => quantile(figures.waits[at] as Int32Array, 0.95, 1000))
      case 'utilization-busiest-hour':
        return stations.flatMap((station, at): MeasureSpec[] =>
          [whole, ...tiers.map((tier): Slice => ({ dimension: 'tier', name: tier }))].map((slice, tier) => ({
            name: `${kind.name}/${station}`,
            unit: kind.unit,
            slice,
            of: (figures) => ({ value: busiestHour(figures, at, tier - 1), count: figures.waitCount[at] as number }),
          })),
        )
      case 'overtime-share':
        return each(stations, (figures, at) => {
          const [from, to] = [at * tiers.length * HOURS, (at + 1) * tiers.length * HOURS]
          const sum = (hours: Float64Array): number => hours.subarray(from, to).reduce((all, ticks) => all + ticks, 0)
          return { ...ratioOf(sum(figures.hourOvertime), sum(figures.hourDuty)), count: figures.waitCount[at] as number }
        })
      case 'payment-mode-share':
        return each(paymentModes, (figures, at) => {
          const all = figures.settledByMode.reduce((sum, count) => sum + count, 0)
          return ratioOf(figures.settledByMode[at] as number, all)
        })
      case 'settlement-seconds-mean':
        return each(paymentModes, (figures, at) =>
          ratioOf((figures.settlementSum[at] as number) / TICKS_PER_SECOND, countOf(figures.settlements[at] as Int32Array)),
        )
      case 'settlement-seconds-p50':
        return each(paymentModes, (figures, at) => quantile(figures.settlements[at] as Int32Array, 0.5, 1000))
      case 'settlement-seconds-p95':
        return each(paymentModes, (figures, at) => quantile(figures.settlements[at] as Int32Array, 0.95, 1000))
      case 'settlement-seconds-p99':
        return each(paymentModes, (figures, at) => quantile(figures.settlements[at] as Int32Array, 0.99, 1000))
      case 'leg-seconds-assumed':
        return each(legNames, (figures, at) =>
          ratioOf((figures.legAssumed[at] as number) / TICKS_PER_SECOND, figures.legCount[at] as number),
        )
      case 'leg-seconds-computed':
        return each(legNames, (figures, at) =>
          ratioOf((figures.legComputed[at] as number) / TICKS_PER_SECOND, figures.legCount[at] as number),
        )
      case 'payments-attempted':
        return each(channels, (figures, at) => total(figures.channelAttempted[at] as number))
      case 'payments-settled':
        return each(channels, (figures, at) => total(figures.channelSettled[at] as number))
      case 'payments-failed':
        return each(channels, (figures, at) => total(figures.channelFailed[at] as number))
      case 'payments-fallen-back':
        return each(channels, (figures, at) => total(figures.channelFellBack[at] as number))
      case 'payments-spilled-over':
        return each(channels, (figures, at) => total(figures.channelSpilledIn[at] as number))
      case 'minutes-outside-service-level':
        return one((figures) => known(minutesOutside(figures, plan.city.service), sumOf(figures.minuteStarted)))
      case 'retry-amplification':
        return one((figures) => ratioOf(figures.callsSent, figures.callsNeeded))
      case 'failed-share-backup-could-not-save':
        return one((figures) => ratioOf(figures.backupCouldNot, figures.paymentsFailed))
      case 'peak-calls-per-second':
        return each(parties, (figures, at) => known(figures.peakCalls[at] as number, figures.calls[at] as number))
      case 'utilization-peak-minute':
        return each(parties, (figures, at) => known(busiestMinute(figures, at), figures.calls[at] as number))
      case 'minutes-above-90-percent':
        return each(parties, (figures, at) => known(minutesAbove(figures, at, 0.9), figures.calls[at] as number))
      case 'first-minute-above-90-percent':
        return each(parties, (figures, at) => ({ value: firstMinuteAbove(figures, at, 0.9), count: figures.calls[at] as number }))
      case 'headroom-at-peak':
        return each(parties, (figures, at) => known(1 - busiestMinute(figures, at), figures.calls[at] as number))
      case 'fund-fen':
        return one((figures) => known(figures.money.fundFen, figures.audit.bills))
      case 'account-fen':
        return one((figures) => known(figures.money.accountFen, figures.audit.bills))
      case 'credit-fen':
        return one((figures) => known(figures.money.creditFen, figures.audit.bills))
      case 'cash-fen':
        return one((figures) => known(figures.money.cashFen, figures.audit.bills))
      case 'owing-fen':
        return one((figures) => known(figures.money.owingFen, figures.audit.bills))
      case 'claim-later-fen':
        return one((figures) => known(figures.money.claimLaterFen, figures.audit.bills))
      case 'refunded-fen':
        if (plan.scenario.refunds === undefined) return []
        return one((figures) => known(figures.money.refundedFen, figures.audit.bills))
      case 'sign-ups-attempted':
        return one((figures) => total(figures.signUpsAttempted))
      case 'sign-ups-granted':
        return one((figures) => total(figures.signUpsGranted))
      case 'sign-ups-with-digital-card':
        return one((figures) => total(figures.signUpsWithDigitalCard))
      case 'sign-ups-with-raised-limit':
        return one((figures) => total(figures.signUpsWithRaisedLimit))
      case 'sign-ups-refused':
        return one((figures) => total(figures.signUpsRefused))
      case 'sign-ups-lost':
        return one((figures) => total(figures.signUpsLost))
      case 'last-site-ready-minutes':
        return one(({ goLive }) => {
          const ready = [...(goLive?.siteReady ?? [])].filter((tick) => tick >= 0)
          const last = ready.reduce((latest, tick) => Math.max(latest, tick), 0)
          const since = last / TICKS_PER_MINUTE - (plan.scenario.goLive?.switchSecond ?? 0) / 60
          return { value: ready.length > 0 ? since : null, count: ready.length }
        })
      default:
        throw new Error(`the catalogue's "${kind.name}" is not measured`)
    }
  })
}

function known(value: number, count: number): DayValue {
  return { value, count }
}
function total(value: number): DayValue {
  return { value, count: value }
}
function ratioOf(above: number, below: number): DayValue {
  return { value: below > 0 ? above / below : null, count: below }
}
function sliceRatio(figures: DayFigures, slice: number, ratio: { above: number; below: number; per: number }): DayValue {
  const below = figures.visitSums[slice * VISIT_SUMS + ratio.below] as number
  const count = figures.visitSums[slice * VISIT_SUMS + (ratio.below === SUM_DURATION ? SUM_DONE : ratio.below)] as number
  return { value: below > 0 ? (figures.visitSums[slice * VISIT_SUMS + ratio.above] as number) / below / ratio.per : null, count }
}
function quantile(counts: Int32Array, share: number, millisecondsPerUnit: number): DayValue {
  const count = countOf(counts)
  const milliseconds = isQuantilePublishable(count, share) ? quantileMilliseconds(counts, share) : null
  return { value: milliseconds === null ? null : milliseconds / millisecondsPerUnit, count }
}

function sumOf(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Share of servers busy in the hour in which it is largest, 0…1; of all tiers together where the tier is −1, null where none is on duty. */
function busiestHour(figures: DayFigures, kind: number, tier: number): number | null {
  let most: number | null = null
  for (let hour = 0; hour < HOURS; hour++) {
    let busy = 0
    let duty = 0
    for (let one = Math.max(tier, 0); one < (tier < 0 ? tiers.length : tier + 1); one++) {
      const at = (kind * tiers.length + one) * HOURS + hour
      busy += figures.hourBusy[at] as number
      // Servers who finish what they began in their shift are there too, so that nobody is busier than whole.
      duty += (figures.hourDuty[at] as number) + (figures.hourOvertime[at] as number)
    }
    if (duty > 0) most = Math.max(most ?? 0, busy / duty)
  }
  return most
}

/** Share of desks busy in the busiest minute of the day, 0…1. */
function busiestMinute(figures: DayFigures, party: number): number {
  let most = 0
  for (let minute = party * 1440; minute < (party + 1) * 1440; minute++) {
    const duty = figures.minuteDuty[minute] as number
    if (duty > 0) most = Math.max(most, (figures.minuteBusy[minute] as number) / duty)
  }
  return most
}
function minutesAbove(figures: DayFigures, party: number, share: number): number {
  let minutes = 0
  for (let minute = 0; minute < 1440; minute++) if (isAbove(figures, party, minute, share)) minutes++
  return minutes
}
/** Minute of the day, 0…1439; null when the party is never so busy. */
function firstMinuteAbove(figures: DayFigures, party: number, share: number): number | null {
  for (let minute = 0; minute < 1440; minute++) if (isAbove(figures, party, minute, share)) return minute
  return null
}
function isAbove(figures: DayFigures, party: number, minute: number, share: number): boolean {
  const at = party * 1440 + minute
  return (figures.minuteBusy[at] as number) > share * (figures.minuteDuty[at] as number)
}
