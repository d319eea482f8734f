/** What a bank keeps: agreements with their lines, and every effect by its key, so that a key is used once whatever it does. */

import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import type { Fen } from '../../money/fen.ts'
import type { CreditLine } from '../../policy/credit-line.ts'
import type { CreditEvent } from '../desks/score-desk.ts'
import type { InTransit } from '../reconciliation/match-day.ts'
import type { MoneyRecord } from '../reconciliation/records.ts'

/** `account`: the patient's own money; its limit is what stands in it, and nothing is repaid. */
export type AgreementKind = 'credit' | 'account'

export interface Agreement {
  readonly person: number
  readonly kind: AgreementKind
  readonly line: CreditLine
  /** What the bank owes the patient: refunds of what was repaid before. */
  readonly overpaidFen: Fen
  readonly isClosed: boolean
  readonly hasCard: boolean
  /** Keys of payments not repaid in full, oldest first. */
  readonly debts: readonly string[]
  /** How many of them are overdue. */
  readonly overdue: number
}

/** What the bank's own judgement of a person is worth, before any score; 0: it would refuse. */
export interface Customer {
  readonly assessedFen: Fen
  readonly raisedFen: Fen
  readonly cardFen: Fen
}

export interface Hold {
  readonly does: 'hold'
  readonly agreement: string
  readonly site: number
  readonly visit: string | undefined
  readonly amountFen: Fen
  /** Still held after this day, it lapses. */
  readonly lastDay: number
  readonly state: 'held' | 'captured' | 'released' | 'lapsed'
}
export interface Payment {
  readonly does: 'payment'
  readonly way: 'capture' | 'visit' | 'debit'
  readonly agreement: string
  readonly site: number
  readonly visit: string | undefined
  /** Keys of the holds it drew on. */
  readonly holds: readonly string[]
  readonly amountFen: Fen
  readonly refundedFen: Fen
  /** Not yet repaid to the bank; 0 for the patient's own money. */
  readonly owedFen: Fen
  /** Days from 1970-01-01 on the Chinese calendar. */
  readonly usedOnDay: number
  /** Still owed after this day, it is overdue. */
  readonly lastDay: number
  /** The accounting day that carries it, yyyy-MM-dd. */
  readonly accountedOn: string
  readonly isReversed: boolean
  readonly isOverdue: boolean
  /** Repayments it was repaid by, oldest first, less what went back through them. */
  readonly repaidBy: readonly { readonly repayment: string; readonly amountFen: Fen }[]
}
export interface Repayment {
  readonly does: 'repayment'
  readonly agreement: string
  readonly wallet: RepaymentWallet
  readonly amountFen: Fen
  /** The own account it came from; a wallet's payer is the wallet's to know. */
  readonly account: string | undefined
  /** Asked of the wallet and not heard of yet; an agreement with one is not called overdue meanwhile. */
  readonly state: 'asked' | 'paid' | 'failed'
}
/** What was repaid of a payment that came back, on its way to the patient by the wallet of the repayment. */
export interface Payback {
  readonly does: 'payback'
  readonly agreement: string
  readonly repayment: string
  readonly amountFen: Fen
  readonly state: 'asked' | 'paid' | 'failed'
}
export type Effect =
  | Hold
  | Payment
  | { readonly does: 'refund'; readonly payment: string; readonly amountFen: Fen }
  | Repayment
  | Payback
  | { readonly does: 'offer'; readonly person: number; readonly limitFen: Fen; readonly throughDay: number }
  | { readonly does: 'signed'; readonly offer: string; readonly agreement: string; readonly limitFen: Fen }
  | { readonly does: 'raised'; readonly agreement: string; readonly limitFen: Fen }
  | { readonly does: 'card'; readonly agreement: string; readonly limitFen: Fen }

/** One line of a statement. Money goes to the site by `advance` (credit) and `debit` (own money), and back by the other two. */
export interface Movement {
  readonly atMs: number
  readonly kind: 'advance' | 'debit' | 'refund' | 'reversal'
  readonly site: number
  readonly key: string
  /** The payment it undoes; its own key for a payment. */
  readonly payment: string
  readonly amountFen: Fen
}

/** What the bank tells the score: open until it was heard there. */
export interface CreditReport {
  readonly key: string
  readonly person: number
  readonly event: CreditEvent
  readonly amountFen: Fen
  readonly date: string
}

export interface BankState {
  readonly customers: Map<number, Customer>
  readonly agreements: Map<string, Agreement>
  /** Open credit agreements by person. */
  readonly agreementOf: Map<number, string>
  readonly effects: Map<string, Effect>
  readonly tombstones: Set<string>
  /** Keys of a visit's holds by agreement, site and visit, and its payment once settled. */
  readonly visits: Map<string, { readonly holds: readonly string[]; readonly payment: string | undefined }>
  /** By accounting day. */
  readonly movements: Map<string, Movement[]>
  /** Keys of holds that stand and of payments that are owed, by their last day. */
  readonly dueOn: Map<number, Set<string>>
  readonly reports: Map<string, CreditReport>
  /** Keys of repayments that are asked of a wallet. */
  readonly asked: Set<string>
  /** Likewise of paybacks. */
  readonly payingBack: Set<string>
  /** What was repaid and paid back by each wallet, and how far its bills were matched. */
  readonly atWallets: Map<RepaymentWallet, MoneyAtWallet>
}

export interface MoneyAtWallet {
  /** Not yet matched, oldest first. */
  readonly records: readonly MoneyRecord[]
  /** Last day matched, yyyy-MM-dd; undefined: none. */
  readonly matchedDay: string | undefined
  readonly inTransit: InTransit
}

export const noState = (): BankState => ({
  customers: new Map(),
  agreements: new Map(),
  agreementOf: new Map(),
  effects: new Map(),
  tombstones: new Set(),
  visits: new Map(),
  movements: new Map(),
  dueOn: new Map(),
  reports: new Map(),
  asked: new Set(),
  payingBack: new Set(),
  atWallets: new Map(),
})

export const visitKey = (agreement: string, site: number, visit: string): string => `${agreement} ${site} ${visit}`

export function agreementOf(state: BankState, key: string): Agreement {
  const agreement = state.agreements.get(key)
  if (agreement === undefined) throw new Error('a book names an agreement that it never opened')
  return agreement
}

export function holdOf(state: BankState, key: string): Hold {
  const effect = state.effects.get(key)
  if (effect?.does !== 'hold') throw new Error('a book names a hold that it never made')
  return effect
}

export function paymentOf(state: BankState, key: string): Payment {
  const effect = state.effects.get(key)
  if (effect?.does !== 'payment') throw new Error('a book names a payment that it never made')
  return effect
}
