import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenOf } from '../money/fen.ts'
import { creditAuthorized, creditDecision, creditOverLimit, creditStands, standingCreditFen } from './credit.ts'
import { authorize, type CreditLine, draw, leftOfLine, release, repay } from './credit-line.ts'

const amount = fc.integer({ min: 0, max: 60_000 }).map(fenOf)
const fresh = (limitFen: number): CreditLine => ({ limitFen: fenOf(limitFen), usedFen: fenOf(0), heldFen: fenOf(0) })

describe('a use of credit', () => {
  test.each([
    { limitFen: 50_000, standingFen: 20_000, amountFen: 30_000, decision: creditAuthorized, because: 'it fills the line exactly' },
    { limitFen: 50_000, standingFen: 20_000, amountFen: 30_001, decision: creditOverLimit, because: 'it is one fen too much' },
    { limitFen: 0, standingFen: 0, amountFen: 1, decision: creditOverLimit, because: 'the patient has not signed up' },
    { limitFen: 50_000, standingFen: 60_000, amountFen: 1, decision: creditOverLimit, because: 'the limit was lowered below what is used' },
  ])('is answered $decision (0 yes, 1 over the limit) because $because', ({ limitFen, standingFen, amountFen, decision }) => {
    expect(creditDecision(limitFen, standingFen, amountFen)).toBe(decision)
  })

  test('stands from its day on until the interest-free days are over', () => {
    const standing = [99, 100, 101, 158, 159].map((today) => creditStands(100, today, 59))
    expect(standing).toEqual([0, 1, 1, 1, 0])
  })

  test('counts against the line only among the uses asked about, and only while it stands', () => {
    const amounts = Float64Array.of(1, 20, 300, 4_000, 50_000)
    const days = Int32Array.of(40, 41, 80, 99, 101)
    expect(standingCreditFen(amounts, days, 0, 5, 100, 60)).toBe(20 + 300 + 4_000)
    expect(standingCreditFen(amounts, days, 2, 3, 100, 60)).toBe(300)
    expect(standingCreditFen(amounts, days, 2, 2, 100, 60)).toBe(0)
  })
})

describe('a line of credit', () => {
  test('never carries more than its limit, whatever is asked of it, and is as good as new when all is given back', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.record({ asks: amount, drawsShare: fc.double({ min: 0, max: 1, noNaN: true }) })),
        (limit, visits) => {
          let line = fresh(limit)
          for (const { asks, drawsShare } of visits) {
            const reply = authorize(line, asks)
            expect(reply.outcome === 'authorized').toBe(asks <= leftOfLine(line))
            if (reply.outcome === 'refused') continue
            expect(leftOfLine(reply.line)).toBe(leftOfLine(line) - asks)
            line = draw(reply.line, asks, fenOf(Math.floor(asks * drawsShare)))
            expect(line.usedFen + line.heldFen).toBeLessThanOrEqual(limit)
          }
          expect(repay(line, line.usedFen)).toEqual(fresh(limit))
        },
      ),
    )
  })

  test('holds of visits under way stand against the limit like uses', () => {
    const line = { limitFen: fenOf(50_000), usedFen: fenOf(20_000), heldFen: fenOf(20_000) }
    expect(authorize(line, fenOf(10_001))).toEqual({ outcome: 'refused', reason: 'over-credit-limit' })
    expect(authorize(line, fenOf(10_000))).toEqual({ outcome: 'authorized', line: { ...line, heldFen: 30_000 } })
  })

  test('a released hold leaves no trace', () => {
    const reply = authorize(fresh(50_000), fenOf(12_345))
    expect(reply.outcome === 'authorized' && release(reply.line, fenOf(12_345))).toEqual(fresh(50_000))
  })

  test('a draw beyond its hold, or of a hold nobody made, breaks the books', () => {
    const reply = authorize(fresh(50_000), fenOf(100))
    const line = reply.outcome === 'authorized' ? reply.line : fresh(0)
    expect(() => draw(line, fenOf(100), fenOf(101))).toThrow('stays within its hold')
    expect(() => draw(line, fenOf(101), fenOf(100))).toThrow('quotes a hold')
    expect(() => repay(line, fenOf(1))).toThrow('no more is repaid')
  })
})
