/**
 * The split as an export of a WebAssembly module, for the test that plain TypeScript and the compiled code give the same bits.
 * Portable.
 */
import { type F64s, type f64, type i32, newF64s } from '../engine/portable.ts'
import { splitBill, unsplitBill } from './reimbursement.ts'

const year: F64s = newF64s(8)
const split: F64s = newF64s(12)

export function putYear(slot: i32, valueFen: f64): void {
  year[4 + slot] = valueFen
}
export function yearFen(slot: i32): f64 {
  return year[4 + slot]!
}
export function splitFen(slot: i32): f64 {
  return split[6 + slot]!
}
export function runSplit(totalFen: f64, coveredFen: f64, deductibleFen: f64, fundRateBasisPoints: f64, annualCapFen: f64): void {
  splitBill(year, 4, totalFen, coveredFen, deductibleFen, fundRateBasisPoints, annualCapFen, split, 6)
}
export function runUnsplit(): void {
  unsplitBill(year, 4, split, 6)
}
