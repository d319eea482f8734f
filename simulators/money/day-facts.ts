/** Fen by payment point; 32 bits carry a bill of 21 million yuan. */
export type FenRow = Float64Array | Int32Array

/**
 * What became of every visit's bills on one day: one row a visit, three payment points a row (payment-status.ts), filled by
 * whoever let the visits live. The ledger posts it, the auditor adds it up again by itself.
 */
export interface DayFacts {
  /** Visits that came in, by the count of whoever let them in. */
  readonly visits: number
  readonly sites: number
  readonly banks: number
  /** By visit: its site, 0 … sites − 1. */
  readonly siteOf: Int32Array | Uint16Array
  /** By visit: the patient's bank, 0 … banks − 1. Read only where a point is paid on credit. */
  readonly bankOf: Uint8Array
  /** By visit: how often its leaving was recorded; once, whichever way it left. */
  readonly leftOf: Uint8Array
  /** By point: how the bill ended. */
  readonly statusOf: Uint8Array
  /** By point: the way it was paid, or was to be paid. */
  readonly modeOf: Uint8Array
  /** By point: payments that took effect and were not reversed, counted where the money moves and not where the patient is told. */
  readonly paidTimesOf: Uint8Array
  /** By point: the bill. */
  readonly billFen: FenRow
  /** By point: its split, made whether or not the bureau answered in time. */
  readonly fundFen: FenRow
  readonly currentAccountFen: FenRow
  readonly historyAccountFen: FenRow
  readonly cashFen: FenRow
  /** By point, where known: the part of the bill inside the insurance's scope; 0 for who is not insured here. */
  readonly coveredFen?: FenRow
}
