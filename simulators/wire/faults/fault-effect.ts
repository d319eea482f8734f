/** What a fault did to patients, beside a run of the same rows without it; whether that is enough to have been a fault at all. */
import type { LeastEffect } from './wire-fault.ts'

/** A row as it ended: the same row number in both runs. */
export interface RowEnd {
  readonly row: number
  /** Milliseconds from the intended start to the last answer. */
  readonly tookMs: number
  readonly isSettled: boolean
}

export interface FaultEffect {
  /** Rows of both runs that began while the fault lasted and ask its target. */
  readonly rows: number
  readonly callsTouched: number
  /** Median of the same rows, without it and with it. */
  readonly medianMs: { readonly twin: number; readonly found: number }
  readonly failedShare: { readonly twin: number; readonly found: number }
  /** Why it counts as toothless; empty: it had its least effect. */
  readonly toothless: readonly ('calls' | 'laterMs' | 'failedShare' | 'no-rows')[]
}

/**
 * @param affected rows that began while the fault lasted and ask its target
 * @param twin the same plan without any fault
 */
export function faultEffect(
  least: LeastEffect,
  callsTouched: number,
  affected: readonly RowEnd[],
  twin: ReadonlyMap<number, RowEnd>,
): FaultEffect {
  const pairs = affected.flatMap((row) => {
    const other = twin.get(row.row)
    return other === undefined ? [] : [{ row, other }]
  })
  const medianMs = { twin: median(pairs.map(({ other }) => other.tookMs)), found: median(pairs.map(({ row }) => row.tookMs)) }
  const failedShare = { twin: failed(pairs.map(({ other }) => other)), found: failed(pairs.map(({ row }) => row)) }
  const isLess = (found: number, twinned: number, wanted: number | undefined) => wanted !== undefined && found - twinned < wanted
  return {
    rows: pairs.length,
    callsTouched,
    medianMs,
    failedShare,
    toothless: [
      ...(callsTouched < least.calls ? ['calls' as const] : []),
      ...(pairs.length === 0 && least.calls > 0 ? ['no-rows' as const] : []),
      ...(isLess(medianMs.found, medianMs.twin, least.laterMs) ? ['laterMs' as const] : []),
      ...(isLess(failedShare.found, failedShare.twin, least.failedShare) ? ['failedShare' as const] : []),
    ],
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const failed = (rows: readonly RowEnd[]): number =>
  rows.length === 0 ? 0 : rows.filter(({ isSettled }) => !isSettled).length / rows.length
