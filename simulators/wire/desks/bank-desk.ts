/** A bank behind the UnionPay-style gateway, in the house's words. Every effect has a key of the caller's, unique at the bank. */
import type { Fen } from '../../money/fen.ts'

export type BankRefusal =
  | 'no-agreement'
  | 'over-credit-limit'
  | 'key-reused'
  | 'unknown-hold'
  | 'hold-released'
  | 'hold-captured'
  | 'over-hold'
  | 'unknown-capture'
  | 'over-refund'
  | 'released-before-it-came'

export interface BankRefused {
  readonly outcome: 'refused'
  readonly reason: BankRefusal
}

export interface AuthorizeRequest {
  /** Of the hold. */
  readonly key: string
  /** 信用就医 agreement number of the patient at this bank. */
  readonly agreement: string
  readonly site: number
  readonly amountFen: Fen
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
export interface RefundRequest {
  readonly key: string
  readonly capture: string
  readonly amountFen: Fen
}
export interface BankQuery {
  readonly key: string
}

export interface Authorized {
  readonly outcome: 'authorized'
  readonly heldFen: Fen
}
export interface Captured {
  readonly outcome: 'captured'
  readonly paidFen: Fen
}
export interface Released {
  readonly outcome: 'released'
}
export interface Refunded {
  readonly outcome: 'refunded'
  readonly refundedFen: Fen
}
export interface Unheard {
  readonly outcome: 'unheard-of'
}

export interface BankDesk {
  /** 预授权: holds an amount of the patient's line of credit. */
  authorize(request: AuthorizeRequest): Promise<Authorized | BankRefused>
  /** 预授权完成: the bank advances the amount to the site. */
  capture(request: CaptureRequest): Promise<Captured | BankRefused>
  /** 预授权撤销. A hold that never came leaves a tombstone: should it come later, it is refused. */
  release(request: ReleaseRequest): Promise<Released | BankRefused>
  /** 退费 by the original route. */
  refund(request: RefundRequest): Promise<Refunded | BankRefused>
  /** What became of an effect, by its key. */
  query(request: BankQuery): Promise<Authorized | Captured | Released | Refunded | BankRefused | Unheard>
}
