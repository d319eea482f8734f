/**
 * How far apart two groups are at a quantile ("the 95th percentile of waits is 4 minutes longer for patients of 75 and over"). Such
 * differences, with group means, are the primary figures of equity: they do not depend on how the random numbers of two arms are coupled,
 * as the share of patients worse off does.
 */
import { countOf, isQuantilePublishable, quantileMilliseconds } from './quantile.ts'

/** One group's quantile minus another's, in milliseconds; null unless ten observations of each lie beyond it. */
export function quantileDifferenceMilliseconds(counts: ArrayLike<number>, against: ArrayLike<number>, share: number): number | null {
  if (!isQuantilePublishable(countOf(counts), share) || !isQuantilePublishable(countOf(against), share)) return null
  const value = quantileMilliseconds(counts, share)
  const other = quantileMilliseconds(against, share)
  return value === null || other === null ? null : value - other
}
