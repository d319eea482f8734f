/**
 * A hospital's cashier: one bill paid from beginning to end at one of its own places. The insurer's share is settled with the bureau, the
 * rest is collected here, and the hospital notes its own bill as paid and issues the invoice. One saga like the platform's, kept in a
 * ledger of the hospital's own.
 */
import type { PaymentView } from './payment-desk.ts'
import type { AtTerminal, TerminalRefusal } from './terminal-desk.ts'

/** How a patient shows who they are: the e-credential's code or the insurance card (社保卡). */
export interface ShownCredential {
  readonly kind: 'qr' | 'card'
  readonly value: string
}

/** What the patient's part is paid with: cash, a bank card (the number of the account behind it), or the 付款码 of a wallet. */
export type Tender =
  | { readonly means: 'cash' }
  | { readonly means: 'bank'; readonly bank: string; readonly account: string }
  | { readonly means: 'code'; readonly payCode: string }

export interface CashierPayRequest extends AtTerminal {
  /** The terminal's own key: the same key is the same payment. */
  readonly idempotencyKey: string
  readonly person: number
  readonly bill: string
  /** Absent: 自费, the patient pays all of it and no insurer is asked. Passed on, never stored. */
  readonly credential?: ShownCredential
  readonly tender: Tender
}
export interface CashierRefundRequest extends AtTerminal {
  readonly payment: string
  readonly idempotencyKey: string
  /** Lines charged and not performed; absent: all. */
  readonly lines?: readonly number[]
}

export const cashierRefusals = [
  'key-reused',
  'bill-in-doubt',
  'bill-paid',
  /** A kiosk has no cash drawer. */
  'no-cash-here',
  'unknown-bank',
  'no-pay-code',
  'not-paid',
  'under-way',
  'already-refunded',
] as const

export type CashierReply =
  | { readonly outcome: 'payment'; readonly payment: PaymentView }
  | { readonly outcome: 'refused'; readonly reason: TerminalRefusal | (typeof cashierRefusals)[number] }
  | { readonly outcome: 'unheard-of' }

export interface CashierDesk {
  /** Answers when the patient may go, or when it is in doubt or refused; asked again with the same key it is the same payment. */
  pay(request: CashierPayRequest): Promise<CashierReply>
  /** 原路退回: cash from the drawer of this terminal, a card through its bank, a wallet through the wallet. */
  refund(request: CashierRefundRequest): Promise<CashierReply>
  query(request: AtTerminal & { readonly payment: string }): Promise<CashierReply>
}
