/**
 * Where money is rounded: here, and nowhere else. Portable (see simulators/engine/portable.ts).
 */
import type { f64 } from '../engine/portable.ts'

/** 10,000 basis points are the whole. */
export const wholeBasisPoints: f64 = 10000

/**
 * The whole fen in `rateBasisPoints` of an amount; the fraction of a fen is dropped, so it falls to whoever pays the rest.
 *
 * Exact for every amount below 2^53 fen and every rate from 0 to 10,000: the amount is taken apart at 10,000 fen first, so that
 * the largest product is 9,999 × 10,000. `amount * rate` itself would leave the exact range above 9 billion yuan.
 *
 * @param amountFen whole, zero or more
 * @param rateBasisPoints whole, 0…10,000
 */
export function shareOfFen(amountFen: f64, rateBasisPoints: f64): f64 {
  const lots: f64 = Math.floor(amountFen / wholeBasisPoints)
  const restFen: f64 = amountFen - lots * wholeBasisPoints
  return lots * rateBasisPoints + Math.floor((restFen * rateBasisPoints) / wholeBasisPoints)
}
