/**
 * Which inputs a result follows, from a sample in which all of them moved at once: partial rank correlation, and the share of the
 * result's variance that a regression on ranks explains. Ranks, so that a bent but steady influence counts in full.
 * Source: R. L. Iman, W. J. Conover, "The use of the rank transform in regression", Technometrics 21 (1979) 499–509.
 */
import { expOf, logOf } from '../../engine/elementary.ts'
import { normalQuantile } from '../../engine/normal.ts'

export interface RankCorrelation {
  /** −1 … 1: how the result's rank goes with the input's, the ranks of all other inputs held. */
  readonly correlation: number
  /** 95 %, by Fisher's transformation. */
  readonly interval: readonly [number, number]
}

export interface RankStudy {
  /** By input; empty where the sample is too small for so many inputs or nothing varies. */
  readonly correlations: readonly RankCorrelation[]
  /** Share of the variance of the result's ranks that the inputs explain, corrected for their number; 0 … 1. */
  readonly explained: number
}

/** @param inputs by observation, by input */
export function rankStudy(inputs: readonly (readonly number[])[], result: readonly number[]): RankStudy {
  const n = result.length
  const k = inputs[0]?.length ?? 0
  // Fisher's interval needs a degree of freedom beyond the inputs; the regression one more observation than coefficients.
  if (k === 0 || n - k - 2 < 1) return { correlations: [], explained: 0 }
  const columns = [...Array.from({ length: k }, (_, input) => ranksOf(inputs.map((row) => row[input] as number))), ranksOf(result)].map(
    standardized,
  )
  if (columns.some((column) => column === null)) return { correlations: [], explained: 0 }
  const correlation = columns.map((a) => columns.map((b) => dot(a as number[], b as number[])))
  const inverse = inverseOf(correlation)
  if (inverse === null) return { correlations: [], explained: 0 }
  const own = (index: number): number => (inverse[index] as number[])[index] as number
  const correlations = Array.from({ length: k }, (_, input) => {
    const partial = -((inverse[input] as number[])[k] as number) / Math.sqrt(own(input) * own(k))
    return { correlation: partial, interval: fisherInterval(partial, n - (k - 1) - 3) }
  })
  // The inverse's last diagonal is 1 ÷ (1 − R²).
  const unexplained = 1 / own(k)
  const explained = Math.min(1, Math.max(0, 1 - (unexplained * (n - 1)) / (n - k - 1)))
  return { correlations, explained }
}

/** Ranks from 1, equal values sharing the mean of theirs. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1] as number] === values[order[from] as number]) to++
    for (let at = from; at <= to; at++) ranks[order[at] as number] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

/** Mean 0, sum of squares 1; null where nothing varies. */
function standardized(values: readonly number[]): number[] | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0))
  return norm > 0 ? values.map((value) => (value - mean) / norm) : null
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0)

/** By Gauss and Jordan with the largest pivot; null where a row depends on the others. */
export function inverseOf(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const n = matrix.length
  const rows = matrix.map((row, index) => [...row, ...matrix.map((_, column) => (column === index ? 1 : 0))])
  for (let pivot = 0; pivot < n; pivot++) {
    let best = pivot
    for (let row = pivot + 1; row < n; row++) if (size(rows, row, pivot) > size(rows, best, pivot)) best = row
    if (size(rows, best, pivot) < 1e-10) return null
    const [chosen, other] = [rows[best] as number[], rows[pivot] as number[]]
    rows[pivot] = chosen
    rows[best] = other
    const by = chosen[pivot] as number
    for (let column = 0; column < 2 * n; column++) chosen[column] = (chosen[column] as number) / by
    for (const [row, values] of rows.entries()) {
      const times = values[pivot] as number
      if (row === pivot || times === 0) continue
      for (let column = 0; column < 2 * n; column++) values[column] = (values[column] as number) - times * (chosen[column] as number)
    }
  }
  return rows.map((row) => row.slice(n))
}

const size = (rows: readonly (readonly number[])[], row: number, column: number): number =>
  Math.abs((rows[row] as readonly number[])[column] as number)

function fisherInterval(correlation: number, freedom: number): readonly [number, number] {
  const within = Math.max(-0.999999, Math.min(0.999999, correlation))
  const z = logOf((1 + within) / (1 - within)) / 2
  const reach = normalQuantile(0.975) / Math.sqrt(freedom)
  const back = (x: number): number => {
    const e = expOf(2 * x)
    return (e - 1) / (e + 1)
  }
  return [back(z - reach), back(z + reach)]
}
