/**
 * A bank behind the UnionPay-style gateway, in the house's words: what moves or holds money. Lines of credit are opened and repaid at
 * the {@link import('./credit-desk.ts').CreditDesk}. Every effect has a key of the caller's, unique at the bank whatever it does: the
 * same key with the same contents is the same effect, with other contents it is refused.
 */
import type { Fen } from '../../money/fen.ts'

export const bankRefusals = [
  'no-agreement',
  'agreement-closed',
  'overdue',
  'over-credit-limit',
  'key-reused',
  'unknown-hold',
  'hold-released',
  'hold-captured',
  'hold-lapsed',
  'over-hold',
  'no-holds',
  'unknown-capture',
  'over-refund',
  'capture-reversed',
  'not-reversible',
  'too-late-to-reverse',
  'refunded-already',
  'undone-before-it-came',
  'no-such-day',
  'statement-not-ready',
] as const
export type BankRefusal = (typeof bankRefusals)[number]

export interface BankRefused {
  readonly outcome: 'refused'
  readonly reason: BankRefusal
}

export interface AuthorizeRequest {
  /** Of the hold. */
  readonly key: string
  /** 信用就医 agreement number of the patient at this bank, or the number of their own account. */
  readonly agreement: string
  readonly site: number
  readonly amountFen: Fen
  /** Treated first, paid on leaving (Tianjin): holds of one visit pile up and are settled together. Absent: a payment of its own. */
  readonly visit?: string
}
export interface CaptureRequest {
  readonly key: string
  readonly hold: string
  /** At most what was held; the rest of the hold is free again. */
  readonly amountFen: Fen
}
export interface ReleaseRequest {
  readonly hold: string
}
export interface OfVisit {
  readonly agreement: string
  readonly site: number
  readonly visit: string
}
export interface SettleVisitRequest extends OfVisit {
  readonly key: string
  /** At most what the visit holds; the rest is free again. */
  readonly amountFen: Fen
}
export interface DebitRequest {
  readonly key: string
  readonly agreement: string
  readonly site: number
  readonly amountFen: Fen
}
export interface RefundRequest {
  readonly key: string
  /** Key of the capture, debit or settled visit. */
  readonly capture: string
  /** All of it or a part; parts add up to the payment at most. */
  readonly amountFen: Fen
}
export interface ReverseRequest {
  /** Of the effect to undo: a hold, capture, debit or settled visit. */
  readonly key: string
}
export interface BankQuery {
  readonly key: string
}
export interface StatementRequest {
  /** Accounting day, yyyy-MM-dd. */
  readonly date: string
}

export interface Authorized {
  readonly outcome: 'authorized'
  readonly heldFen: Fen
}
export interface Captured {
  readonly outcome: 'captured'
  readonly paidFen: Fen
}
export interface Debited {
  readonly outcome: 'debited'
  readonly paidFen: Fen
}
export interface Released {
  readonly outcome: 'released'
}
export interface Refunded {
  readonly outcome: 'refunded'
  readonly refundedFen: Fen
}
export interface Reversed {
  readonly outcome: 'reversed'
}
/** Known to the bank, but not an effect on money held or paid: a repayment, an assessment. */
export interface Known {
  readonly outcome: 'known'
}
export interface Unheard {
  readonly outcome: 'unheard-of'
}

/** `left-unsettled`: its holds lapsed before anybody settled it. */
export type VisitState = 'open' | 'settled' | 'left-unsettled' | 'unheard-of'
export interface VisitAtBank {
  readonly outcome: 'visit'
  readonly state: VisitState
  /** What the visit holds now. */
  readonly heldFen: Fen
  readonly holds: readonly { readonly key: string; readonly amountFen: Fen }[]
  readonly paidFen: Fen
}

export interface Statement {
  readonly outcome: 'statement'
  readonly bank: string
  readonly date: string
  /** The file, see dialects/bank-statement.ts. */
  readonly csv: string
  /** Of its UTF-8 bytes, hex. */
  readonly sha256: string
}

export interface BankDesk {
  /** 预授权: holds an amount of the patient's line of credit, or of their own account. */
  authorize(request: AuthorizeRequest): Promise<Authorized | BankRefused>
  /** 预授权完成: the bank pays the amount to the site. */
  capture(request: CaptureRequest): Promise<Captured | BankRefused>
  /** 预授权撤销. A hold that never came leaves a tombstone: should it come later, it is refused. */
  release(request: ReleaseRequest): Promise<Released | BankRefused>
  /** 离院结算: one payment to the site for everything a visit holds. It is queried and refunded like a capture. */
  settleVisit(request: SettleVisitRequest): Promise<Captured | BankRefused>
  /** What stands against the line for a visit, and what became of it. */
  visit(request: OfVisit): Promise<VisitAtBank | BankRefused>
  /** 消费: pays at once, without a hold before it (kiosk). */
  debit(request: DebitRequest): Promise<Debited | BankRefused>
  /** 退费 by the original route, whole or in parts. */
  refund(request: RefundRequest): Promise<Refunded | BankRefused>
  /**
   * 冲正 of an effect, until its accounting day is closed; a capture takes its hold with it. One that never came leaves a tombstone:
   * should it come later, it is refused.
   */
  reverse(request: ReverseRequest): Promise<Reversed | BankRefused>
  /** What became of an effect, by its key. */
  query(request: BankQuery): Promise<Authorized | Captured | Debited | Released | Refunded | Reversed | Known | Unheard>
  /** 日对账单 of an accounting day, once that is closed. */
  statement(request: StatementRequest): Promise<Statement | BankRefused>
}
