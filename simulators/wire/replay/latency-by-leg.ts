/**
 * How long each leg took, and each step of a payment's way from the patient's intended start until its money is paid out. The first legs
 * and steps are of the protocol clock, joined by trace headers where the target has them, else by business keys; the last two are of the business clock, as reconciliation tells them.
 */

import { type WireLeg, type WireQuantiles, wireLegs } from '../../measures/result-wire.ts'
import { bucketLow, bucketOf, bucketWidth, HISTOGRAM_BUCKETS } from '../../measures/statistics/histogram.ts'
import { isQuantilePublishable, quantileMilliseconds } from '../../measures/statistics/quantile.ts'
import type { TraceRow } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'
import { coveredMs, type LegSpan, ownMsOf, partyLegNames, type RowOnLegs, rowsOnLegs, spansOf } from './rows-on-legs.ts'

export function latencyByLeg(
  planned: readonly TraceRow[],
  conducted: Pick<Conducted, 'log' | 'spans' | 'reconciliation'>,
): readonly WireLeg[] {
  const book = legBook()
  for (const one of rowsOnLegs(planned, conducted)) {
    if (one.outcome !== 'paid') continue
    const { spans, fromMs, toMs, intendedMs, joinedBy } = one
    const add = (leg: WireLeg['leg'], totalMs: number, ownMs: number | null) => book.add(leg, totalMs, ownMs, joinedBy)
    const ownMs = ownMsOf(one)
    add('intended-to-answered', toMs - intendedMs, ownMs)
    for (const leg of partyLegNames) {
      const own = spansOf(one, leg)
      if (own.length > 0)
        add(
          leg,
          sumMs(own, ({ arrivedMs }) => arrivedMs),
          sumMs(own, ({ startedMs }) => startedMs),
        )
    }
    if (one.isByTarget) add('platform', toMs - fromMs - coveredMs(spansOf(one, 'channel'), fromMs, toMs), ownMs)
    const authorised = endOf(spans, ['bank/authorize', 'bank/debit', 'wallet/code-pay'])
    const settled = endOf(spans, ['bureau/settle'])
    const confirmed = endOf(spans, ['his/notice', 'his/invoice'])
    if (authorised !== undefined) add('intended-to-authorised', authorised - intendedMs, null)
    if (authorised !== undefined && settled !== undefined && settled >= authorised) add('authorised-to-settled', settled - authorised, null)
    if (settled !== undefined && confirmed !== undefined && confirmed >= settled) add('settled-to-confirmed', confirmed - settled, null)
  }
  const told = [...book.legs(), ...stepsOfTheDayEnd(conducted)]
  return told.toSorted((one, other) => wireLegs.indexOf(one.leg) - wireLegs.indexOf(other.leg))
}

/** How long money waits for the day-end files, and then for its payout; empty where nobody reconciled. */
function stepsOfTheDayEnd({ reconciliation }: Pick<Conducted, 'reconciliation'>): readonly WireLeg[] {
  const steps = [
    ['confirmed-to-reconciled', 'reconciled'],
    ['reconciled-to-paid-out', 'paid-out'],
  ] as const
  return steps.flatMap(([leg, stage]): WireLeg[] => {
    const waited = reconciliation?.stages.find((one) => one.stage === stage)?.waitedMsBuckets ?? []
    return waited.length === 0 ? [] : [{ leg, totalMs: quantilesOfBuckets(waited), ownMs: null, from: 'business-clock' }]
  })
}

const sumMs = (spans: readonly LegSpan[], from: (span: LegSpan) => number): number =>
  spans.reduce((sum, span) => sum + span.endedMs - from(span), 0)

const endOf = (spans: readonly LegSpan[], operations: readonly string[]): number | undefined =>
  spans
    .filter(({ operation }) => operations.includes(operation))
    .reduce<number | undefined>((first, { endedMs }) => Math.min(first ?? endedMs, endedMs), undefined)

function legBook() {
  const kept = new Map<WireLeg['leg'], { total: number[]; own: number[]; from: RowOnLegs['joinedBy'] }>()
  return {
    /** By trace headers only where every payment was: one that was not may have lost a message. */
    add(leg: WireLeg['leg'], totalMs: number, ownMs: number | null, from: RowOnLegs['joinedBy']): void {
      const known = kept.get(leg) ?? { total: [], own: [], from }
      if (from === 'business-keys') known.from = from
      known.total.push(totalMs)
      if (ownMs !== null) known.own.push(ownMs)
      kept.set(leg, known)
    },
    legs: (): readonly WireLeg[] =>
      [...kept].map(([leg, { total, own, from }]) => ({ leg, totalMs: quantilesOf(total), ownMs: quantilesOf(own), from })),
  }
}

/** Null where nothing was observed. */
export function quantilesOf(milliseconds: readonly number[]): WireQuantiles | null {
  if (milliseconds.length === 0) return null
  const max = milliseconds.reduce((most, one) => Math.max(most, Math.round(one)), 0)
  return { ...quantilesOfBuckets(bucketsOf(milliseconds)), max }
}

/** Mergeable: [bucket, count], empty ones left out. */
export function bucketsOf(milliseconds: readonly number[]): WireQuantiles['buckets'] {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  for (const one of milliseconds) {
    const bucket = bucketOf(Math.max(0, Math.round(one)))
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  return [...counts.entries()].filter(([, many]) => many > 0)
}

/** The largest is known to its bucket's width only. */
export function quantilesOfBuckets(buckets: WireQuantiles['buckets']): WireQuantiles {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  for (const [bucket, many] of buckets) counts[bucket] = many
  const count = buckets.reduce((sum, [, many]) => sum + many, 0)
  const last = buckets.at(-1)?.[0] ?? 0
  return {
    count,
    p50: quantileMilliseconds(counts, 0.5) as number,
    p95: quantileMilliseconds(counts, 0.95) as number,
    p99: isQuantilePublishable(count, 0.99) ? quantileMilliseconds(counts, 0.99) : null,
    max: bucketLow(last) + bucketWidth(last) - 1,
    buckets,
  }
}
