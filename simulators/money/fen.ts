/** Money as the house speaks of it: whole fen, exact; text in yuan only at the doors. */
import type { Brand } from '../engine/brand.ts'
import { shareOfFen } from './rounding.ts'

/** 分: whole, zero or more, below 2^53. 100 fen are one yuan. */
export type Fen = Brand<number, 'Fen'>
/** A rate in hundredths of a percent: whole, 0…10,000. */
export type BasisPoints = Brand<number, 'BasisPoints'>

export const noMoney = 0 as Fen

export function fenOf(amount: number): Fen {
  assertBooks(Number.isSafeInteger(amount) && amount >= 0, `an amount is whole fen, zero or more, not ${amount}`)
  return amount as Fen
}

export function basisPointsOf(rate: number): BasisPoints {
  assertBooks(Number.isInteger(rate) && rate >= 0 && rate <= 10_000, `a rate is whole basis points from 0 to 10,000, not ${rate}`)
  return rate as BasisPoints
}

/** The rate's share of an amount. The fraction of a fen is dropped, so it falls to whoever pays the rest (see rounding.ts). */
export function shareFen(amount: Fen, rate: BasisPoints): Fen {
  return fenOf(shareOfFen(fenOf(amount), basisPointsOf(rate)))
}

/** The sum, or a broken invariant where it would leave the exact range. */
export function sumFen(...amounts: readonly Fen[]): Fen {
  let total = 0
  for (const amount of amounts) total = fenOf(total + amount)
  return total as Fen
}

/** Yuan as the wires write it, two decimals always: 1230 → "12.30". */
export function yuanOf(amount: Fen): string {
  const digits = String(fenOf(amount)).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What {@link fenOfYuan} reads, for the schemas of the wires. */
export const yuanPattern = /^(0|[1-9]\d{0,13})(?:\.(\d{1,2}))?$/

/**
 * Reads yuan by its decimal digits, so nothing is rounded: "12.3" and 12.3 → 1230. Throws on more than two decimals, a sign,
 * an exponent or an amount of 10^14 yuan and more; a door checks {@link yuanPattern} first and refuses in its own words.
 */
export function fenOfYuan(yuan: string | number): Fen {
  const [, whole, decimals = ''] = yuanPattern.exec(String(yuan)) ?? []
  assertBooks(whole !== undefined, `not an amount in yuan with at most two decimals: ${JSON.stringify(yuan)}`)
  return fenOf(Number(whole + decimals.padEnd(2, '0')))
}

/** A rule of the books does not hold: our own mistake, and the run ends there. */
export class BrokenBooks extends Error {
  override readonly name = 'BrokenBooks'
}

export function assertBooks(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new BrokenBooks(rule)
}
