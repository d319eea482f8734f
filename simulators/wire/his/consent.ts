/**
 * When a patient must have agreed before something is charged: an item outside insurance above 200 yuan, or smaller ones that together
 * are above it (S3 §6.2.4). What was agreed to does not count again towards the sum (ASSUMPTION: the clause does not say).
 */
import type { BillLine } from '../desks/bureau-desk.ts'

const mostWithoutConsentFen = 20_000

export interface Uncovered {
  readonly lines: readonly BillLine[]
  readonly agreed: boolean
}

export const uncoveredFenOf = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { totalFen, coveredFen }) => sum + totalFen - coveredFen, 0)

/** @param orders of one visit: those charged before, and those to be charged now */
export function needsConsent(orders: readonly Uncovered[]): boolean {
  // One item above the limit makes the sum exceed it too, so the sum says both.
  return orders.filter(({ agreed }) => !agreed).reduce((sum, { lines }) => sum + uncoveredFenOf(lines), 0) > mostWithoutConsentFen
}
