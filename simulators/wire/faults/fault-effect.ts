/** What a fault did to patients, beside a run of the same rows without it; whether that is enough to have been a fault at all. */
import type { LeastMarks } from './least-effect.ts'

/** A row as it ended: the same row number in both runs. */
export interface RowEnd {
  readonly row: number
  /** Milliseconds from the intended start to the last answer. */
  readonly tookMs: number
  /** What came of it, by which way: whatever differs is another end. */
  readonly end: string
}

export interface FaultEffect {
  /** Rows of both runs that began while the fault lasted and ask its target. */
  readonly rows: number
  /** Median of the same rows, without it and with it. */
  readonly medianMs: { readonly twin: number; readonly found: number }
  /** Of these rows, those that ended otherwise or so much later than in the twin. */
  readonly harmedShare: number
  /** Why it counts as toothless; empty: it had its least effect. */
  readonly toothless: readonly ('calls' | 'harm' | 'median' | 'no-rows')[]
}

/**
 * @param affected rows that began while the fault lasted and ask its target
 * @param twin the same plan without any fault
 */
export function faultEffect(
  least: LeastMarks,
  callsTouched: number,
  affected: readonly RowEnd[],
  twin: ReadonlyMap<number, RowEnd>,
): FaultEffect {
  const pairs = affected.flatMap((row) => {
    const other = twin.get(row.row)
    return other === undefined ? [] : [{ row, other }]
  })
  const medianMs = { twin: median(pairs.map(({ other }) => other.tookMs)), found: median(pairs.map(({ row }) => row.tookMs)) }
  const laterMs = least.harm?.laterMs ?? Number.POSITIVE_INFINITY
  const harmed = pairs.filter(({ row, other }) => row.end !== other.end || row.tookMs - other.tookMs >= laterMs)
  const harmedShare = pairs.length === 0 ? 0 : harmed.length / pairs.length
  const { calls, harm, medianLaterMs } = least
  return {
    rows: pairs.length,
    medianMs,
    harmedShare,
    toothless: [
      ...(callsTouched < calls ? ['calls' as const] : []),
      ...(pairs.length === 0 && calls > 0 ? ['no-rows' as const] : []),
      ...(harm !== undefined && harmedShare < harm.share ? ['harm' as const] : []),
      ...(medianLaterMs !== undefined && medianMs.found - medianMs.twin < medianLaterMs ? ['median' as const] : []),
    ],
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
