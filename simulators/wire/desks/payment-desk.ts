/** The aggregation platform in the house's words: what entry channels ask of it, and what a bring-your-own platform answers. */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'

/** What an entry may ask the platform to pay with: 脱卡信用付费 · 诊间移动支付 (the patient's own money by phone). */
export const platformModes = ['credit', 'phone'] as const
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
}

export interface PaymentView {
  readonly payment: string
  readonly person: number
  readonly site: number
  readonly bill: string
  readonly mode: PlatformMode
  /** `in-doubt`: money may have moved; it will end as paid or undone, and nobody is to collect meanwhile. */
  readonly state: 'under-way' | 'in-doubt' | 'paid' | 'refused' | 'undone'
  readonly reason?: string
  readonly totalFen?: Fen
  readonly split?: BillSplit
}

export type PayReply =
  | { readonly outcome: 'payment'; readonly payment: PaymentView }
  | { readonly outcome: 'refused'; readonly reason: 'key-reused' | 'bill-in-doubt' | 'bill-paid' }

export interface PaymentDesk {
  pay(request: PayRequest): Promise<PayReply>
  query(request: { readonly payment: string; readonly channel: string }): Promise<PayReply | { readonly outcome: 'unheard-of' }>
}
