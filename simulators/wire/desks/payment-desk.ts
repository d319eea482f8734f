/** The aggregation platform in the house's words: what entry channels ask of it, and what a bring-your-own platform answers. */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'

/**
 * How the platform collects the patient's part: 脱卡信用付费 · the patient's own account at a bank · 诊间移动支付, confirmed in the
 * patient's wallet · 扫码, by the 付款码 the patient shows.
 */
export const platformModes = ['credit', 'phone', 'in-consult', 'scan'] as const
export type PlatformMode = (typeof platformModes)[number]

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
  readonly mode: PlatformMode
  /** `in-doubt`: money may have moved; it will end as paid or undone, and nobody is to collect meanwhile. */
  readonly state: 'under-way' | 'in-doubt' | 'paid' | 'refused' | 'undone' | 'refunding' | 'refunded'
  readonly reason?: string
  readonly totalFen?: Fen
  readonly split?: BillSplit
  readonly refundRefused?: string
  /** What stands after a refund, as a bill of its own to be paid anew. */
  readonly restBill?: string
  /** The wallet's order that waits for the patient's confirmation. */
  readonly confirm?: { readonly wallet: string; readonly prepay: string }
}

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
  /** Everything back by the original route, if the hospital agrees. */
  refund(request: PaymentRefundRequest): Promise<PaymentRefundReply>
  query(request: { readonly payment: string; readonly channel: string }): Promise<PayReply | { readonly outcome: 'unheard-of' }>
}
