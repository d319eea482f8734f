/**
 * When enough days have run: a pure judgement over the primary measure's paired difference, one value per day in seed order.
 *
 * It looks after whole batches only. Stopping at the first interval that happens to be narrow would favour samples whose spread was
 * underestimated, and for skewed values those are the samples that miss: such a rule covers 87–94 % where it says 95. Hence:
 *   - a narrow interval counts from {@link DAYS_BEFORE_FIRST_JUDGEMENT} days on;
 *   - it has to be narrower than asked by a margin that shrinks with the days, 1 + {@link EARLY_MARGIN_DAYS} ÷ n;
 *   - and the next batch, whose days had no part in that judgement, has to leave it as narrow as asked.
 * Together with the skewness-bent interval this keeps coverage near 95 % for normal up to exponential day values (docs/trust.md).
 * At the cap there is nothing to choose, so there the width alone decides what is said.
 */
import type { ReplicationPlan } from '../../../scenarios/plan.ts'
import { halfWidthOverDays } from './interval.ts'

export type StoppingDecision = 'continue' | 'stop-precise' | 'stop-cap'

/** With fewer days the spread is known too badly to be called narrow. */
export const DAYS_BEFORE_FIRST_JUDGEMENT = 30
/** At 30 days an interval must be 1.13 times narrower than asked, at 100 days 1.04 times. */
const EARLY_MARGIN_DAYS = 4

/** What to do with these days in hand; between batch ends always 'continue'. */
export function stoppingDecision(valueByDay: readonly number[], plan: ReplicationPlan): StoppingDecision {
  const days = valueByDay.length
  if (!isBatchEnd(days, plan)) return 'continue'
  const isNarrow = halfWidthOverDays(valueByDay) <= plan.precision
  if (days >= plan.maximumDays) return isNarrow ? 'stop-precise' : 'stop-cap'
  return isNarrow && wasNarrowByMargin(valueByDay.slice(0, days - plan.batchDays), plan) ? 'stop-precise' : 'continue'
}

/** How many days the next batch has, after this many days; 0 at the cap. */
export function nextBatchDays(days: number, plan: ReplicationPlan): number {
  const batch = days < plan.pilotDays ? plan.pilotDays - days : plan.batchDays - ((days - plan.pilotDays) % plan.batchDays)
  return Math.max(0, Math.min(batch, plan.maximumDays - days))
}

/** The 95 % half-width after each whole batch so far, in seed order: the record that a result prints. */
export function halfWidthsByBatch(valueByDay: readonly number[], plan: ReplicationPlan): number[] {
  const halfWidths: number[] = []
  for (let days = nextBatchDays(0, plan); days <= valueByDay.length; days += nextBatchDays(days, plan)) {
    halfWidths.push(halfWidthOverDays(valueByDay.slice(0, days)))
    if (days >= plan.maximumDays) break
  }
  return halfWidths
}

function wasNarrowByMargin(values: readonly number[], plan: ReplicationPlan): boolean {
  const days = values.length
  if (days < DAYS_BEFORE_FIRST_JUDGEMENT || days < plan.pilotDays) return false
  return halfWidthOverDays(values) * (1 + EARLY_MARGIN_DAYS / days) <= plan.precision
}

function isBatchEnd(days: number, plan: ReplicationPlan): boolean {
  if (days >= plan.maximumDays) return true
  return days >= plan.pilotDays && (days - plan.pilotDays) % plan.batchDays === 0
}
