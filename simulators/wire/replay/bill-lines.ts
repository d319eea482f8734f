/**
 * The lines of a replayed bill. The virtual city knows a bill by its sums; on the wire its hospital itemises it, so that hospital, bureau and
 * the rules of review see what they would see. Drawn from the city's seed and the bill's number, so every play of a trace has the same lines;
 * covered and uncovered parts add up apart, so no split moves by a fen.
 */
import { decisionCounter, drawWord } from '../../engine/random.ts'
import { decisionNumber, seedWords } from '../../engine/streams.ts'
import { assertBooks, basisPointsOf, type Fen, fenOf, noMoney, shareFen, sumFen } from '../../money/fen.ts'
import type { OpeningBill, OpeningBook } from '../../trace/trace.ts'
import type { BillLine } from '../desks/bureau-desk.ts'
import { directoryCode, itemOf, type ListType } from '../desks/directory-item.ts'
import { offendingLines } from './offending-lines.ts'

/** By payment point: what is charged there, 诊查 · 检查与材料 · 药品. */
const listsAt: readonly (readonly ListType[])[] = [['201'], ['201', '301'], ['101', '102', '103']]
/** A registration is one item (诊查费). */
const REGISTRATION = 0
/** Below it a bill is not itemised further: one line of each kind. */
const leastItemisedFen = 1000
const decision = decisionNumber('replay/bill-line')

/** Number of the line that goes back, where a part of the bill does: the trace's refunds name it. */
const returnedNumber = 2

/** @param mostLines of the covered part of an examination or a prescription */
export function linesOfBill(
  { bill, point, returned = nothing, wrongdoing, ...whole }: OpeningBill,
  { seed, mostLines }: Pick<OpeningBook, 'seed' | 'mostLines'>,
): readonly BillLine[] {
  /** What stands: all of it, but where a part is to go back. */
  const totalFen = fenOf(whole.totalFen - returned.totalFen)
  const coveredFen = fenOf(whole.coveredFen - returned.coveredFen)
  const root = seedWords(seed)
  const own = seedWords(bill)
  let draws = 0
  /** Whole, 0 … below. */
  const draw = (below: number): number => {
    const word = drawWord(root.low ^ own.high, root.high, own.low, decisionCounter(decision, draws))
    draws += 1
    return (word >>> 0) % below
  }
  const lists = listsAt[point] as readonly ListType[]
  const most = coveredFen < leastItemisedFen || point === REGISTRATION ? 1 : mostLines
  const covered = coveredFen === 0 ? [] : partsOf(coveredFen, 1 + draw(most), draw)
  const uncovered = totalFen === coveredFen ? [] : [fenOf(totalFen - coveredFen)]
  const items = [
    ...covered.map((amountFen) => ({ totalFen: amountFen, coveredFen: amountFen })),
    ...uncovered.map((amountFen) => ({ totalFen: amountFen, coveredFen: noMoney })),
  ]
  const numbered = items.map((item, index) => ({ ...item, number: index + (returned.totalFen > 0 && index + 1 >= returnedNumber ? 2 : 1) }))
  if (returned.totalFen > 0) {
    const back = { totalFen: fenOf(returned.totalFen), coveredFen: fenOf(returned.coveredFen), number: returnedNumber }
    numbered.splice(returnedNumber - 1, 0, back)
  }
  // A block of ten codes each, so no item stands twice on a bill; within a block the last digit is the item's level.
  const firstBlock = draw(90_000)
  const honest = numbered.map((item, index): BillLine => {
    const serial = (firstBlock + index) * 10 + levelDigit(item, draw)
    const code = directoryCode(lists[draw(lists.length)] as ListType, serial)
    return { ...item, prescription: `CF${bill}`, code, name: itemOf(code)?.name ?? code, priceFen: item.totalFen, count: 1 }
  })
  const lines = wrongdoing === undefined ? honest : offendingLines(honest, wrongdoing)
  assertBooks(sumFen(...lines.map((line) => line.totalFen)) === whole.totalFen, `the lines of bill ${bill} make its total`)
  assertBooks(sumFen(...lines.map((line) => line.coveredFen)) === whole.coveredFen, `the lines of bill ${bill} make its scope`)
  return lines
}
const nothing = { totalFen: 0, coveredFen: 0 }

/** 甲类 is wholly in scope, 丙类 not at all, 乙类 in part. */
function levelDigit(
  { totalFen, coveredFen }: { readonly totalFen: Fen; readonly coveredFen: Fen },
  draw: (below: number) => number,
): number {
  return coveredFen === totalFen ? draw(7) : coveredFen === 0 ? 9 : 7 + draw(2)
}

/** Of two or three, each but the last 20 to 40 % of the whole, of more in proportion less; the last takes the rest, with every fraction of a fen. */
function partsOf(amountFen: Fen, count: number, draw: (below: number) => number): readonly Fen[] {
  const most = Math.floor(8000 / Math.max(2, count - 1))
  const least = Math.floor(most / 2)
  const parts = Array.from({ length: count - 1 }, () => shareFen(amountFen, basisPointsOf(least + draw(most - least + 1))))
  return [...parts, fenOf(amountFen - sumFen(noMoney, ...parts))]
}
