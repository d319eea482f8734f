/**
 * The auditor's own double-entry journal, made from what payers, insurer and hospitals wrote down, never from the target's. Whoever pays is
 * debited and the bill's clearing account credited; where the hospital books the bill as paid, clearing is debited and the site credited.
 * A bill whose clearing account is not empty was paid by nobody, too often, or with another amount.
 */
import type { BillFacts, Facts } from './facts.ts'
import type { HospitalAttempt } from './hospital-facts.ts'
import { insurerFenOf } from './insurer-facts.ts'
import { netFenOf } from './payer-facts.ts'

export interface JournalLine {
  readonly account: string
  /** A debit is positive, a credit negative. */
  readonly amountFen: number
}

export interface OwnJournal {
  readonly lines: readonly JournalLine[]
  balanceOf(account: string): number
}

export const clearingOf = ({ bill: { site, bill } }: BillFacts): string => `clearing ${site} ${bill}`

/** Collected at one of the hospital's own places. */
export const isTills = ({ by }: HospitalAttempt): boolean => by !== 'platform'
/** Taken at a till without a drawer's, bank's or wallet's entry of this attempt: the hospital's word is the only one there is. */
export const isTillsWord = (attempt: HospitalAttempt, { payments }: BillFacts): boolean =>
  isTills(attempt) && !payments.some(({ key }) => key === attempt.attempt || key.startsWith(`${attempt.attempt}-`))
export const standsAtHospital = ({ payment, refund }: HospitalAttempt): boolean => payment !== undefined && refund === undefined

export function ownJournal({ bills }: Facts): OwnJournal {
  const lines: JournalLine[] = []
  const balances = new Map<string, number>()
  const post = (account: string, amountFen: number) => {
    lines.push({ account, amountFen })
    balances.set(account, (balances.get(account) ?? 0) + amountFen)
  }
  const move = (from: string, to: string, amountFen: number) => {
    if (amountFen === 0) return
    post(from, amountFen)
    post(to, -amountFen)
  }
  for (const facts of bills.values()) {
    const clearing = clearingOf(facts)
    for (const { split, stands } of facts.settlements) if (stands) move('insurer', clearing, insurerFenOf(split))
    for (const payment of facts.payments) move(payment.payer, clearing, netFenOf(payment))
    for (const attempt of facts.bill.attempts) {
      const { payment } = attempt
      if (payment === undefined || attempt.refund !== undefined) continue
      if (isTillsWord(attempt, facts)) move(`till ${facts.bill.site}`, clearing, payment.split.cashFen)
      move(clearing, `site ${facts.bill.site}`, payment.totalFen)
    }
  }
  return { lines, balanceOf: (account) => balances.get(account) ?? 0 }
}
