/** 对账明细: every settlement and reversal of a site and day, and what became of one settlement. Reads only. */
import type { DayLine, DayLinesReply, SettlementReply } from '../../desks/clearing-desk.ts'
import type { BureauState } from '../bureau-book.ts'

type Kept = NonNullable<ReturnType<BureauState['settlements']['get']>>

/** In order of settlement; reversals after, as SL01 counts them. */
export function dayLines(state: BureauState, site: number, day: string): DayLinesReply {
  const { settled, reversed } = state.days.get(site)?.get(day) ?? { settled: [], reversed: [] }
  const linesOf = (numbers: Iterable<string>, does: DayLine['does']) =>
    [...numbers].flatMap((number) => {
      const settlement = state.settlements.get(number)
      // What came through the national interface is reconciled there.
      return settlement === undefined || settlement.claim !== undefined ? [] : [lineOf(settlement, does)]
    })
  return { outcome: 'day', lines: [...linesOf(settled, 'pay'), ...linesOf(reversed, 'refund')] }
}

/** Undefined: this site has no such settlement. */
export function settlementOf(state: BureauState, site: number, number: string): SettlementReply | undefined {
  const settlement = state.settlements.get(number)
  if (settlement === undefined || settlement.site !== site) return undefined
  return { outcome: 'settlement', line: lineOf(settlement, 'pay'), isReversed: settlement.reversedBy !== undefined }
}

function lineOf(settlement: Kept, does: DayLine['does']): DayLine {
  const { settlement: number, message, bills, split, segment, settledAtMs = 0, reversedAtMs } = settlement
  const { fundFen, currentAccountFen, historyAccountFen, cashFen, uncoveredFen } = split
  return {
    settlement: number,
    does,
    atMs: does === 'pay' ? settledAtMs : (reversedAtMs ?? settledAtMs),
    // Site, day and sequence of the message that settled it.
    sequence: Number(message.slice(message.lastIndexOf(' ') + 1)),
    bill: bills[0]?.bill ?? '',
    fundFen,
    currentAccountFen,
    historyAccountFen,
    cashFen,
    uncoveredFen,
    segment,
  }
}
