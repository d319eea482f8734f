import { momentMs } from '../desks/business-time.ts'
import { accountingDayOf, type CutOff } from '../reconciliation/accounting-day.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankState, Movement } from './bank-state.ts'
import { answer, type Refused, refuse } from './effects.ts'

type DayOfMovements = { readonly outcome: 'movements'; readonly lines: readonly Movement[] }

/** Movements of an accounting day, once it is closed: nothing is booked on it any more. */
export function decideStatement(
  state: BankState,
  date: string,
  nowMs: number,
  cutOff: CutOff,
): Decision<never, DayOfMovements | Refused<'no-such-day' | 'statement-not-ready'>> {
  if (momentMs(date) === undefined) return refuse('no-such-day')
  if (date >= accountingDayOf(nowMs, cutOff)) return refuse('statement-not-ready')
  return answer({ outcome: 'movements', lines: state.movements.get(date) ?? [] })
}
