/**
 * Who pays one outpatient bill (门急诊费用), in Shanghai's order of payment. Portable: numbers in, numbers out, nothing allocated,
 * so that the kernel and a service call the same lines. Everyone else calls split-bill.ts, which has names and asserts the sum.
 *
 * ORDER    of the part inside the insurance's scope (政策范围内):
 *          1. the current-year account (当年账户), as long as it lasts; it does not count towards the deductible;
 *          2. the rest of the year's deductible (自负段): history account (历年账户), then cash;
 *          3. above it, co-payment (共付段): the fund (统筹基金 and 地方附加基金) pays the tier's rate up to the year's cap;
 *             the patient's share comes from the history account, then cash.
 *          The part outside the scope (自费) is cash always. Residents and out-of-town patients have empty accounts.
 *          Source: the order for employees as a public note on 上海市职工基本医疗保险 has it (likely, not verified) and the segments of the
 *          Shanghai 五期 answer as in newtouch-cloud/openhis (curaccountpay, zfdlnzhzfs, zfdxjzfs, tczfs, fjzfs, tcdzhzfs, tcdxjzfs).
 * ROUNDING the fund's share drops the fraction of a fen, so it falls to the patient. ASSUMPTION until a rule is cited.
 * RANGE    whole fen, 0 ≤ coveredFen ≤ totalFen < 2^53. A patient without insurance here has coveredFen = 0.
 */
import type { F64s, f64, i32 } from '../engine/portable.ts'
import { shareOfFen } from '../money/rounding.ts'

/** A person's insurance year so far: this many numbers from `at` on. */
export const yearWidth: i32 = 4
/** 当年账户余额. */
export const currentAccountLeft: i32 = 0
/** 历年账户余额. */
export const historyAccountLeft: i32 = 1
/** Already borne of the year's deductible (自负段累计), by history account or cash. */
export const deductiblePaid: i32 = 2
/** Already paid by the fund this year, counted against the cap (封顶线). */
export const fundPaid: i32 = 3

/** One split: this many numbers from `outAt` on. The first four add up to the bill. */
export const splitWidth: i32 = 6
/** 统筹基金与地方附加基金. */
export const fundPart: i32 = 0
/** 当年账户. */
export const currentAccountPart: i32 = 1
/** 历年账户. */
export const historyAccountPart: i32 = 2
/** Cash or whatever the patient uses in its place; holds the uncovered part. */
export const cashPart: i32 = 3
/** 自费, of which: outside the insurance's scope. Inside cashPart. */
export const uncoveredPart: i32 = 4
/** 自负段, of which: towards the deductible. Inside historyAccountPart and cashPart. */
export const deductiblePart: i32 = 5

/**
 * Splits one bill and moves the person's year on by it.
 *
 * @param state rows of {@link yearWidth} numbers in fen; the person's starts at `at`
 * @param totalFen the bill
 * @param coveredFen its part inside the insurance's scope; 0 where the patient is not insured here
 * @param deductibleFen 自负段 of the whole year
 * @param fundRateBasisPoints 共付段 fund rate of the site's tier
 * @param annualCapFen 封顶线, the most the fund pays in the year
 * @param out receives {@link splitWidth} numbers in fen from `outAt` on
 */
export function splitBill(
  state: F64s,
  at: i32,
  totalFen: f64,
  coveredFen: f64,
  deductibleFen: f64,
  fundRateBasisPoints: f64,
  annualCapFen: f64,
  out: F64s,
  outAt: i32,
): void {
  let leftFen: f64 = coveredFen

  const currentAccountFen: f64 = Math.min(leftFen, state[at + currentAccountLeft]!)
  leftFen -= currentAccountFen

  const deductibleLeftFen: f64 = Math.max(0, deductibleFen - state[at + deductiblePaid]!)
  const towardsDeductibleFen: f64 = Math.min(leftFen, deductibleLeftFen)
  leftFen -= towardsDeductibleFen

  const capLeftFen: f64 = Math.max(0, annualCapFen - state[at + fundPaid]!)
  const fundFen: f64 = Math.min(shareOfFen(leftFen, fundRateBasisPoints), capLeftFen)
  leftFen -= fundFen

  // Both shares of the patient draw on one account with the same preference, so their order cannot be seen in the sums.
  const historyAccountFen: f64 = Math.min(towardsDeductibleFen + leftFen, state[at + historyAccountLeft]!)

  state[at + currentAccountLeft] = state[at + currentAccountLeft]! - currentAccountFen
  state[at + historyAccountLeft] = state[at + historyAccountLeft]! - historyAccountFen
  state[at + deductiblePaid] = state[at + deductiblePaid]! + towardsDeductibleFen
  state[at + fundPaid] = state[at + fundPaid]! + fundFen

  out[outAt + fundPart] = fundFen
  out[outAt + currentAccountPart] = currentAccountFen
  out[outAt + historyAccountPart] = historyAccountFen
  out[outAt + cashPart] = totalFen - fundFen - currentAccountFen - historyAccountFen
  out[outAt + uncoveredPart] = totalFen - coveredFen
  out[outAt + deductiblePart] = towardsDeductibleFen
}

/**
 * Undoes a split in the person's year: refund (退费) of the whole bill, or reversal (冲正) of a payment nobody is sure of.
 * Each payer gets back what it paid. Later splits of the year stay as they were made.
 *
 * @param split what {@link splitBill} wrote, from `splitAt` on
 */
export function unsplitBill(state: F64s, at: i32, split: F64s, splitAt: i32): void {
  state[at + currentAccountLeft] = state[at + currentAccountLeft]! + split[splitAt + currentAccountPart]!
  state[at + historyAccountLeft] = state[at + historyAccountLeft]! + split[splitAt + historyAccountPart]!
  state[at + deductiblePaid] = state[at + deductiblePaid]! - split[splitAt + deductiblePart]!
  state[at + fundPaid] = state[at + fundPaid]! - split[splitAt + fundPart]!
}
