/** The aggregation platform in the house's words: what entry channels ask of it, and what a bring-your-own platform answers. */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'

/**
 * How the platform collects the patient's part: 脱卡信用付费 · the patient's own account at a bank · 诊间移动支付, confirmed in the
 * patient's wallet · 扫码, by the 付款码 the patient shows · 离院结算 (Tianjin), one settlement for what a visit's holds stand for.
 */
export const platformModes = ['credit', 'phone', 'in-consult', 'scan', 'leaving'] as const
export type PlatformMode = (typeof platformModes)[number]
/** How a hospital collects it at its own places: 窗口 · 自助机. */
export const cashierModes = ['window', 'kiosk'] as const
export type CashierMode = (typeof cashierModes)[number]
export type CollectMode = PlatformMode | CashierMode
export const isCashierMode = (mode: CollectMode): mode is CashierMode => (cashierModes as readonly string[]).includes(mode)

export interface PayRequest {
  /** The caller's own key: the same key is the same payment, whatever happens in between. */
  readonly idempotencyKey: string
  readonly channel: string
  readonly person: number
  readonly site: number
  readonly bill: string
  readonly mode: PlatformMode
  /** 医保电子凭证二维码; passed on, never stored. */
  readonly qr: string
  /** 付款码 of the patient's wallet, for mode `scan` alone; passed on, never stored. */
  readonly payCode?: string
  /** Where the caller wants to be told of each state a patient would want to know; its own address, else it is refused. */
  readonly noticeUrl?: string
}

export interface PaymentView {
  readonly payment: string
  readonly person: number
  readonly site: number
  readonly bill: string
  readonly mode: CollectMode
  /** `in-doubt`: money may have moved; it will end as paid or undone, and nobody is to collect meanwhile. `given-up`: a window collects, it will end as undone. */
  readonly state: 'under-way' | 'in-doubt' | 'given-up' | 'paid' | 'refused' | 'undone' | 'refunding' | 'refunded'
  readonly reason?: string
  readonly totalFen?: Fen
  readonly split?: BillSplit
  readonly refundRefused?: string
  /** What stands after a refund, as a bill of its own to be paid anew. */
  readonly restBill?: string
  /** The wallet's order that waits for the patient's confirmation. */
  readonly confirm?: { readonly wallet: string; readonly prepay: string }
}

/** 先诊疗后付费: an amount held at the bank within the patient's limit, so that care goes on without a payment. */
export interface HoldRequest {
  readonly channel: string
  readonly person: number
  readonly site: number
  readonly visit: string
  /** What it is held for; the same bill again is the same hold. */
  readonly bill: string
  readonly amountFen: Fen
}
export type HoldReply =
  | { readonly outcome: 'held'; readonly heldFen: Fen }
  | { readonly outcome: 'refused'; readonly reason: string }
  /** The bank did not answer: asked again, the same hold is made once. */
  | { readonly outcome: 'unknown' }

export interface VisitRequest {
  readonly channel: string
  readonly person: number
  readonly site: number
  readonly visit: string
}
export type VisitReply =
  /** `left-unsettled`: the patient left without settling, and the holds lapsed. */
  | { readonly outcome: 'visit'; readonly state: 'open' | 'settled' | 'left-unsettled' | 'unheard-of'; readonly heldFen: Fen }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown' }

export interface PaymentRefundRequest {
  readonly payment: string
  readonly channel: string
  /** The caller's own key of the refund. */
  readonly idempotencyKey: string
  /** Lines charged and not performed; absent: all. Insurers take back whole settlements, so what stands is charged anew. */
  readonly lines?: readonly number[]
}
export type PaymentRefundReply =
  | { readonly outcome: 'payment'; readonly payment: PaymentView }
  | { readonly outcome: 'refused'; readonly reason: 'key-reused' | 'not-paid' | 'under-way' | 'already-refunded' }
  | { readonly outcome: 'unheard-of' }

export type PayReply =
  | { readonly outcome: 'payment'; readonly payment: PaymentView }
  | {
      readonly outcome: 'refused'
      readonly reason: 'key-reused' | 'bill-in-doubt' | 'bill-paid' | 'no-pay-code' | 'notice-url-not-allowed'
    }

/** Told to a caller at its address; heard of twice it is the same notice by its number. */
export interface PaymentNotice {
  readonly notice: string
  readonly payment: PaymentView
}

export interface PaymentDesk {
  pay(request: PayRequest): Promise<PayReply>
  hold(request: HoldRequest): Promise<HoldReply>
  /** What stands at the bank for a visit. */
  visit(request: VisitRequest): Promise<VisitReply>
  /** Everything back by the original route, if the hospital agrees. */
  refund(request: PaymentRefundRequest): Promise<PaymentRefundReply>
  query(request: { readonly payment: string; readonly channel: string }): Promise<PayReply | { readonly outcome: 'unheard-of' }>
}
