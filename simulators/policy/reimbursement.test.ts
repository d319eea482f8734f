import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitBill, splitWidth, unsplitBill, yearWidth } from './reimbursement.ts'

const fen = (most: number) => fc.integer({ min: 0, max: most })
const benefit = fc.record({
  deductibleFen: fc.oneof(fc.constant(0), fen(300_000)),
  fundRateBasisPoints: fen(10_000),
  annualCapFen: fc.oneof(fen(50_000), fen(100_000_000)),
})
const year = fc.record({
  currentAccountLeftFen: fc.oneof(fc.constant(0), fen(200_000)),
  historyAccountLeftFen: fc.oneof(fc.constant(0), fen(500_000)),
  deductiblePaidFen: fc.oneof(fc.constant(0), fen(300_000)),
  fundPaidFen: fc.oneof(fc.constant(0), fen(100_000)),
})
const bill = fc
  .tuple(fc.oneof(fen(3), fen(1_000_000)), fen(1_000_000))
  .map(([coveredFen, uncoveredFen]) => ({ coveredFen, totalFen: coveredFen + uncoveredFen }))
type Year = { currentAccountLeftFen: number; historyAccountLeftFen: number; deductiblePaidFen: number; fundPaidFen: number }
type Benefit = { deductibleFen: number; fundRateBasisPoints: number; annualCapFen: number }
type Bill = { totalFen: number; coveredFen: number }

const yearOf = (y: Year) => Float64Array.of(y.currentAccountLeftFen, y.historyAccountLeftFen, y.deductiblePaidFen, y.fundPaidFen)
function split(state: Float64Array, b: Benefit, given: Bill): number[] {
  const out = new Float64Array(splitWidth)
  splitBill(state, 0, given.totalFen, given.coveredFen, b.deductibleFen, b.fundRateBasisPoints, b.annualCapFen, out, 0)
  return [...out]
}
const parts = (made: number[]) => made.slice(0, 4)
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

describe('one bill', () => {
  test('no split of a bill creates or loses a fen, and no part is negative or broken', () => {
    fc.assert(
      fc.property(year, benefit, bill, (y, b, given) => {
        const made = split(yearOf(y), b, given)
        expect(sum(parts(made))).toBe(given.totalFen)
        for (const part of made) expect(Number.isSafeInteger(part) && part >= 0).toBe(true)
      }),
    )
  })

  test('what leaves an account, and what the year has borne, is what the split says', () => {
    fc.assert(
      fc.property(year, benefit, bill, (y, b, given) => {
        const state = yearOf(y)
        const [fund, current, history, cash, uncovered, deductible] = split(state, b, given) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ]
        expect([...state]).toEqual([
          y.currentAccountLeftFen - current,
          y.historyAccountLeftFen - history,
          y.deductiblePaidFen + deductible,
          y.fundPaidFen + fund,
        ])
        expect(Math.min(...state)).toBeGreaterThanOrEqual(0)
        expect(uncovered).toBe(given.totalFen - given.coveredFen)
        expect(cash).toBeGreaterThanOrEqual(uncovered)
        expect(deductible).toBeLessThanOrEqual(history + cash)
      }),
    )
  })

  test('the fund pays nothing while the account lasts or the deductible is open, and never beyond the cap', () => {
    fc.assert(
      fc.property(year, benefit, bill, (y, b, given) => {
        const state = yearOf(y)
        const [fund = 0] = split(state, b, given)
        if (fund > 0) {
          expect(state[0]).toBe(0)
          expect(state[2]).toBeGreaterThanOrEqual(b.deductibleFen)
          expect(state[3]).toBeLessThanOrEqual(b.annualCapFen)
        }
      }),
    )
  })

  test('no cash is asked for the covered part while the history account has something left', () => {
    fc.assert(
      fc.property(year, benefit, bill, (y, b, given) => {
        const state = yearOf(y)
        const [, , , cash = 0, uncovered = 0] = split(state, b, given)
        if (cash > uncovered) expect(state[1]).toBe(0)
      }),
    )
  })

  test('a larger bill costs no payer less', () => {
    fc.assert(
      fc.property(year, benefit, bill, fen(200_000), fen(200_000), (y, b, given, moreCoveredFen, moreUncoveredFen) => {
        const small = split(yearOf(y), b, given)
        const large = split(yearOf(y), b, {
          totalFen: given.totalFen + moreCoveredFen + moreUncoveredFen,
          coveredFen: given.coveredFen + moreCoveredFen,
        })
        for (const [index, part] of large.entries()) expect(part).toBeGreaterThanOrEqual(small[index]!)
      }),
    )
  })

  test('undoing a split gives everybody back what they paid', () => {
    fc.assert(
      fc.property(year, benefit, bill, (y, b, given) => {
        const state = yearOf(y)
        const made = Float64Array.from(split(state, b, given))
        unsplitBill(state, 0, made, 0)
        expect([...state]).toEqual([...yearOf(y)])
      }),
    )
  })
})

describe('two bills', () => {
  test('in whichever order they come, the year ends alike but for the one fen that rounding may move', () => {
    fc.assert(
      fc.property(year, benefit, bill, bill, (y, b, first, second) => {
        const forth = yearOf(y)
        const back = yearOf(y)
        split(forth, b, first)
        split(forth, b, second)
        split(back, b, second)
        split(back, b, first)
        expect(forth[0]).toBe(back[0])
        expect(forth[2]).toBe(back[2])
        expect(Math.abs(forth[1]! - back[1]!)).toBeLessThanOrEqual(1)
        expect(Math.abs(forth[3]! - back[3]!)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('two bills cost what one bill of their sum costs, and rounding twice never favours the patient', () => {
    fc.assert(
      fc.property(year, benefit, bill, bill, (y, b, first, second) => {
        const apart = yearOf(y)
        const together = yearOf(y)
        split(apart, b, first)
        split(apart, b, second)
        split(together, b, { totalFen: first.totalFen + second.totalFen, coveredFen: first.coveredFen + second.coveredFen })
        expect(together[0]).toBe(apart[0])
        expect(together[2]).toBe(apart[2])
        expect(together[3]! - apart[3]!).toBeOneOf([0, 1])
      }),
    )
  })

  test("a neighbour's year in the same array is left alone", () => {
    const state = new Float64Array(3 * yearWidth).fill(7_000)
    const out = new Float64Array(3 * splitWidth).fill(-1)
    splitBill(state, yearWidth, 90_000, 80_000, 20_000, 7_000, 1_000_000, out, splitWidth)
    expect([...state.slice(0, yearWidth), ...state.slice(2 * yearWidth)]).toEqual(new Array(2 * yearWidth).fill(7_000))
    expect([...out.slice(0, splitWidth), ...out.slice(2 * splitWidth)]).toEqual(new Array(2 * splitWidth).fill(-1))
  })
})
