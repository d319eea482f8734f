/**
 * Every portable function of this room as the exports of a WebAssembly module, for the test that plain TypeScript and the
 * compiled code give the same bits. Portable; nothing else imports this file.
 */
import { type F64s, type f64, type I32s, type i32, newF64s, newI32s } from '../engine/portable.ts'
import { benefitAt, benefitWidth, splitBillByRow } from './benefit-row.ts'
import { creditDecision, limitOfScoreFen, standingCreditFen } from './credit.ts'
import { splitBill, unsplitBill } from './reimbursement.ts'

// Rows start in the middle of their arrays, so that an offset forgotten in the compiled code shows.
const yearStart: i32 = 4
const splitStart: i32 = 6
const year: F64s = newF64s(8)
const split: F64s = newF64s(12)
const table: F64s = newF64s(4 * 4 * 4 * benefitWidth)
const numbers: F64s = newF64s(32)
const days: I32s = newI32s(32)

export function putYear(slot: i32, valueFen: f64): void {
  year[yearStart + slot] = valueFen
}
export function yearFen(slot: i32): f64 {
  return year[yearStart + slot]!
}
export function splitFen(slot: i32): f64 {
  return split[splitStart + slot]!
}
export function putTable(index: i32, value: f64): void {
  table[index] = value
}
export function putNumber(index: i32, value: f64, day: i32): void {
  numbers[index] = value
  days[index] = day
}
export function runSplit(totalFen: f64, coveredFen: f64, deductibleFen: f64, fundRateBasisPoints: f64, annualCapFen: f64): void {
  splitBill(year, yearStart, totalFen, coveredFen, deductibleFen, fundRateBasisPoints, annualCapFen, split, splitStart)
}
export function runSplitByRow(totalFen: f64, coveredFen: f64, insuredType: i32, ageGroup: i32, tier: i32): void {
  splitBillByRow(year, yearStart, totalFen, coveredFen, table, benefitAt(insuredType, ageGroup, tier), split, splitStart)
}
export function runUnsplit(): void {
  unsplitBill(year, yearStart, split, splitStart)
}
export function askCredit(limitFen: f64, standingFen: f64, amountFen: f64): i32 {
  return creditDecision(limitFen, standingFen, amountFen)
}
export function askLimit(bandCount: i32, score: f64): f64 {
  return limitOfScoreFen(numbers, bandCount, score)
}
export function askStanding(from: i32, to: i32, today: i32, repaymentDays: i32): f64 {
  return standingCreditFen(numbers, days, from, to, today, repaymentDays)
}
