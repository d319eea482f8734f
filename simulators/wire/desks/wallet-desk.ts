/**
 * A third-party wallet (微信支付, 支付宝) in the house's words. Orders and refunds have keys of the merchant's, unique for that merchant
 * for ever: the same key with the same contents is the same order, with other contents it is refused.
 *
 * A close, revoke or refund that finds no order leaves a tombstone: should the order come later, it is refused.
 */
import type { Fen } from '../../money/fen.ts'

export type WalletRefusal =
  | 'unknown-order'
  | 'unknown-payer'
  | 'unknown-code'
  | 'known-with-other-contents'
  /** Of a mixed order: the payer has entered the password, so its cash part cannot be closed. */
  | 'password-entered'
  | 'already-paid'
  | 'paying'
  | 'closed'
  | 'revoked'
  | 'undone-before-it-came'
  | 'not-paid'
  | 'payer-of-another-order'
  | 'not-enough-money'
  | 'wrong-total'
  | 'over-refund'
  | 'too-many-refunds'
  | 'refund-too-late'
  | 'unknown-refund'
  | 'bill-not-ready'
  | 'bill-too-old'
  | 'bill-of-no-day'

export interface WalletRefused {
  readonly outcome: 'refused'
  readonly reason: WalletRefusal
}

/** `in-app`: the payer's own phone opens it (JSAPI). `shown-code`: the payer scans it (Native, 当面付预下单). `payer-code`: the payer's code is scanned. */
export const orderWays = ['in-app', 'shown-code', 'payer-code'] as const
export type OrderWay = (typeof orderWays)[number]

export interface OfOrder {
  readonly merchant: string
  /** The merchant's own number of the order. */
  readonly order: string
}
export interface OrderRequest extends OfOrder {
  readonly app: string
  readonly way: 'in-app' | 'shown-code'
  readonly amountFen: Fen
  readonly description: string
  readonly attach?: string
  /** Who is to pay an in-app order. */
  readonly payer?: string
  /** Where the result is told; absent: nowhere. */
  readonly noticeUrl?: string
  /** Protocol clock, epoch milliseconds; unpaid until then it closes. */
  readonly expiresAtMs?: number
}
export interface CodePayRequest extends OfOrder {
  readonly app: string
  readonly amountFen: Fen
  readonly description: string
  readonly attach?: string
  /** 付款码 of the payer's phone, good for a minute and one payment. */
  readonly code: string
  readonly noticeUrl?: string
}

/** `paying`: the payer is to enter a password; undone by itself when that takes longer than the wallet waits. */
export type OrderState = 'unpaid' | 'paying' | 'paid' | 'closed' | 'revoked' | 'failed'

export interface WalletOrder extends OfOrder {
  readonly app: string
  readonly way: OrderWay
  readonly amountFen: Fen
  readonly description: string
  readonly attach?: string
  readonly noticeUrl?: string
  readonly payer?: string
  /** 预支付交易会话 (prepay_id) or the code shown. */
  readonly prepay: string
  readonly state: OrderState
  /** The wallet's own number, once paid. */
  readonly transaction?: string
  /** Business moments. */
  readonly createdAtMs: number
  readonly paidAtMs?: number
  /** Asked back so far, under way or done. */
  readonly refundedFen: Fen
}
export interface Ordered {
  readonly outcome: 'order'
  readonly order: WalletOrder
}

export interface WalletRefundRequest extends OfOrder {
  /** The merchant's own number of the refund. */
  readonly refund: string
  readonly amountFen: Fen
  /** Quoted again, so that both sides mean the same order; absent where a dialect has no place for it. */
  readonly totalFen?: Fen
  readonly why?: string
  readonly noticeUrl?: string
}
export interface WalletRefund extends OfOrder {
  readonly refund: string
  /** The wallet's own number. */
  readonly number: string
  readonly transaction: string
  readonly amountFen: Fen
  readonly totalFen: Fen
  readonly payer: string
  readonly why?: string
  readonly noticeUrl?: string
  /** Accepted is not done. */
  readonly state: 'under-way' | 'done'
  readonly createdAtMs: number
  readonly doneAtMs?: number
}
export interface RefundReply {
  readonly outcome: 'refund'
  readonly refund: WalletRefund
}

/** One movement of a merchant's money, as the bills tell them. */
export interface WalletMovement {
  readonly kind: 'payment' | 'refund'
  readonly atMs: number
  readonly order: WalletOrder
  readonly refund?: WalletRefund
  /** Of the merchant's account at the wallet, after it. */
  readonly balanceFen: Fen
}
export interface DayOfMovements {
  readonly outcome: 'movements'
  readonly movements: readonly WalletMovement[]
}

/** What the merchant may ask. */
export interface WalletDesk {
  order(request: OrderRequest): Promise<Ordered | WalletRefused>
  /** 付款码支付: answered `paid` or `paying`. */
  codePay(request: CodePayRequest): Promise<Ordered | WalletRefused>
  query(request: OfOrder): Promise<Ordered | WalletRefused>
  queryTransaction(request: { readonly merchant: string; readonly transaction: string }): Promise<Ordered | WalletRefused>
  /** 关单: an unpaid order can no longer be paid. */
  close(request: OfOrder): Promise<Ordered | WalletRefused>
  /** 撤销: undoes whatever became of the order, by refund where it was paid. */
  revoke(request: OfOrder): Promise<Ordered | WalletRefused>
  refund(request: WalletRefundRequest): Promise<RefundReply | WalletRefused>
  queryRefund(request: { readonly merchant: string; readonly refund: string }): Promise<RefundReply | WalletRefused>
  /** Payments and refunds of a business day (yyyy-MM-dd), ready the next day from 09:00, for three months. */
  movements(request: { readonly merchant: string; readonly date: string }): Promise<DayOfMovements | WalletRefused>
}

/** What the payer's phone may do. */
export interface PayerDesk {
  /** Shows a fresh 付款码. */
  showCode(request: { readonly payer: string }): Promise<{ readonly outcome: 'code'; readonly code: string } | WalletRefused>
  /** Pays an order that waits for it, by prepay or by its number. `cannot`: the bank refuses for want of money. */
  confirm(request: {
    readonly payer: string
    readonly prepay: string
    readonly does: 'pay' | 'give-up' | 'cannot'
  }): Promise<Ordered | WalletRefused>
}
