import { expect, test } from 'vitest'
import { wrongdoings } from '../../../scenarios/plan-bills.ts'
import type { OpeningBill } from '../../trace/trace.ts'
import { isForChildren, offencesIn } from '../bureau/clearing/review.ts'
import type { BillLine } from '../desks/bureau-desk.ts'
import { itemOf } from '../desks/directory-item.ts'
import { linesOfBill } from './bill-lines.ts'

const seed = 20_201_215
const book = { seed, mostLines: 3 }
/** Every payment point, from a bill of a fen to one of a million yuan, wholly, partly and not at all in scope. */
const bills = [1, 2, 999, 1000, 1001, 25_000, 31_415_927, 100_000_000].flatMap((totalFen, place) =>
  [0, 1, 5000, 9999, 10_000].flatMap((coveredBasisPoints) =>
    ([0, 1, 2] as const).map((point): OpeningBill => {
      const coveredFen = Math.floor((totalFen * coveredBasisPoints) / 10_000)
      const bill = `MX${String(place * 1000 + coveredBasisPoints * 3 + point).padStart(10, '0')}`
      return { site: 7, bill, visit: 0, person: 0, totalFen, coveredFen, point, raisedMs: 0 }
    }),
  ),
)
const sum = (lines: readonly BillLine[], of: (line: BillLine) => number) => lines.reduce((total, line) => total + of(line), 0)

test('the lines of a bill make its total and its scope, whatever the amounts, and are the same at every play', () => {
  for (const bill of bills) {
    const lines = linesOfBill(bill, book)
    expect([sum(lines, ({ totalFen }) => totalFen), sum(lines, ({ coveredFen }) => coveredFen)]).toEqual([bill.totalFen, bill.coveredFen])
    expect(lines.every(({ priceFen, count, totalFen }) => totalFen > 0 && priceFen * count === totalFen)).toBe(true)
    expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
    expect(linesOfBill(bill, book)).toEqual(lines)
  }
  const another = bills.map((bill) => linesOfBill(bill, { ...book, seed: seed + 1 }).map(({ code }) => code))
  expect(another).not.toEqual(bills.map((bill) => linesOfBill(bill, book).map(({ code }) => code)))
})

test('what is in scope is an item of the directory, what is not is of 丙类: the bureau’s rules know every line and find nothing', () => {
  for (const bill of bills) {
    const lines = linesOfBill(bill, book)
    for (const { code, name, coveredFen } of lines)
      expect([itemOf(code)?.name, itemOf(code)?.level]).toEqual([name, coveredFen > 0 ? '01' : '03'])
    expect(offencesIn(lines)).toEqual([])
    // And would find what is wrong in them.
    const own = lines.find(({ coveredFen }) => coveredFen === 0)
    expect(offencesIn([...lines, ...lines.slice(0, 1)])).toEqual(['repeated-item'])
    if (own !== undefined) expect(offencesIn([{ ...own, coveredFen: own.totalFen }])).toEqual(['outside-directory'])
  }
})

test('a registration is one item, an examination or a prescription one to three, and what is outside insurance a line of its own', () => {
  const counts = (point: OpeningBill['point']) =>
    new Set(
      Array.from({ length: 200 }, (_, n) => {
        const bill = {
          site: 7,
          bill: `MX${String(n).padStart(10, '0')}`,
          visit: 0,
          person: 0,
          totalFen: 30_000,
          coveredFen: 25_000,
          point,
          raisedMs: 0,
        }
        return linesOfBill(bill, book).length
      }),
    )
  expect([counts(0), counts(1), counts(2)]).toEqual([new Set([2]), new Set([2, 3, 4]), new Set([2, 3, 4])])
})

test('however many lines a city file allows, each is above nothing and together they are the bill', () => {
  const most = (mostLines: number) => {
    const counts = bills.map((bill) => {
      const lines = linesOfBill(bill, { seed, mostLines })
      expect([sum(lines, ({ totalFen }) => totalFen), sum(lines, ({ coveredFen }) => coveredFen)]).toEqual([bill.totalFen, bill.coveredFen])
      expect(lines.every(({ totalFen }) => totalFen > 0)).toBe(true)
      return lines.filter(({ coveredFen }) => coveredFen > 0).length
    })
    return Math.max(...counts)
  }
  expect([most(1), most(3), most(8)]).toEqual([1, 3, 8])
  expect(most(40)).toBeGreaterThan(20)
})

test('what is to go back of a bill is its second line, in scope as far as the trace says, and the others make what stands', () => {
  for (const coveredFen of [0, 2500, 4000]) {
    const returned = { totalFen: 4000, coveredFen }
    for (let n = 0; n < 50; n++) {
      const whole = { totalFen: 30_000, coveredFen: 25_000 }
      const bill = {
        site: 7,
        bill: `MX${String(n).padStart(10, '0')}`,
        visit: 0,
        person: 0,
        ...whole,
        point: 2 as const,
        raisedMs: 0,
        returned,
      }
      const lines = linesOfBill(bill, book)
      expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
      expect(lines[1]).toMatchObject(returned)
      expect([sum(lines, (line) => line.totalFen), sum(lines, (line) => line.coveredFen)]).toEqual([30_000, 25_000])
      expect(offencesIn(lines)).toEqual([])
    }
  }
})

test('a bill that offends has the sums of the honest one and is found for what it does, and for nothing else', () => {
  for (const bill of bills.filter(({ coveredFen }) => coveredFen > 1)) {
    const honest = linesOfBill(bill, book)
    expect(isForChildren(honest)).toBe(false)
    for (const wrongdoing of wrongdoings) {
      const lines = linesOfBill({ ...bill, wrongdoing }, book)
      expect([sum(lines, ({ totalFen }) => totalFen), sum(lines, ({ coveredFen }) => coveredFen)]).toEqual([bill.totalFen, bill.coveredFen])
      expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
      expect(lines.every(({ priceFen, count, totalFen }) => totalFen > 0 && priceFen * count === totalFen)).toBe(true)
      expect(offencesIn(lines)).toEqual(wrongdoing === 'outside-age' ? [] : [wrongdoing])
      expect(isForChildren(lines)).toBe(wrongdoing === 'outside-age')
      expect(lines.length).toBe(honest.length + (wrongdoing === 'repeated-item' ? 1 : 0))
    }
  }
})
