/** What falls due when the business day moves on: holds nobody settled lapse, advances nobody repaid are overdue. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import type { Fen } from '../../money/fen.ts'
import { sumFen } from '../../money/fen.ts'
import { dateOf } from '../desks/business-time.ts'
import type { CreditEvent } from '../desks/score-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry } from './bank-entry.ts'
import { agreementOf, type BankState, type CreditReport, type Hold } from './bank-state.ts'
import { dayOf } from './day-of.ts'
import { standingHolds } from './payment-decisions.ts'

/** Nothing is due on most calls: the days that wait are looked through, about as many as the interest-free ones. */
export function decideDue(state: BankState, { creditBands }: Pick<PolicyPlan, 'creditBands'>, nowMs: number): Decision<BankEntry, void> {
  const today = dayOf(nowMs)
  const days = [...state.dueOn.keys()].filter((day) => day < today).sort((a, b) => a - b)
  const lapsed = new Set<string>()
  const entries: BankEntry[] = []
  const report = (key: string, person: number, event: CreditEvent, amountFen: Fen) => {
    if (creditBands.length > 0) entries.push({ does: 'report', report: reportOf(key, person, event, amountFen, nowMs) })
  }
  for (const key of days.flatMap((day) => [...(state.dueOn.get(day) ?? [])])) {
    const effect = state.effects.get(key)
    if (effect?.does === 'payment' && !isBeingRepaid(state, effect.agreement)) {
      entries.push({ does: 'overdue', payment: key })
      report(`overdue-${key}`, agreementOf(state, effect.agreement).person, 'overdue', effect.owedFen)
    }
    if (effect?.does !== 'hold' || lapsed.has(key)) continue
    // With its first hold the whole visit lapses: it was left without settling.
    const together = holdsOfItsVisit(state, key, effect)
    for (const { key: hold } of together) {
      lapsed.add(hold)
      entries.push({ does: 'lapse', hold })
    }
    if (effect.visit !== undefined) {
      const leftFen = sumFen(...together.map(({ hold }) => hold.amountFen))
      report(`left-unsettled-${key}`, agreementOf(state, effect.agreement).person, 'left-unsettled', leftFen)
    }
  }
  return { entries, reply: undefined }
}

/** The wallet may have the money already: first the bank hears of it. */
const isBeingRepaid = (state: BankState, agreement: string): boolean =>
  [...state.asked].some((key) => {
    const asked = state.effects.get(key)
    return asked?.does === 'repayment' && asked.agreement === agreement
  })

const holdsOfItsVisit = (state: BankState, key: string, hold: Hold) =>
  hold.visit === undefined ? [{ key, hold }] : standingHolds(state, { ...hold, visit: hold.visit })

export const reportOf = (key: string, person: number, event: CreditEvent, amountFen: Fen, nowMs: number): CreditReport => ({
  key,
  person,
  event,
  amountFen,
  date: dateOf(nowMs),
})
