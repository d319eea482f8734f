/**
 * 医保移动支付 in the house's words: a site uploads the lines of a bill, places an order on them, a wallet pays the insurer's part with the
 * person's authorization, the site is told and may ask; what is unpaid can be revoked, what is paid refunded.
 */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { FeeRequest, OfVisit } from './claim-desk.ts'

export const mobileReasons = [
  'unknown-authorization',
  'authorization-of-another-order',
  'one-credential-only',
  'wrong-identity',
  'unknown-order',
  'wrong-order-token',
  'order-not-placed',
  'order-paid',
  'order-revoked',
  'order-expired',
  'order-not-paid',
  'order-amounts-differ',
  'refund-parts-differ',
  'refund-exceeds-order',
] as const
export type MobileReason = (typeof mobileReasons)[number]

/** Exactly one of the two; neither is ever kept. */
export interface ShownCredential {
  /** ecToken of a decoded e-credential; for a refund also the reversal right that came with the payment. */
  readonly token?: string
  /** payAuthNo: the person's authorization for one payment. */
  readonly authorization?: string
}

export interface ShownIdentity {
  readonly idNumber: string
  readonly name: string
}

export interface UploadOrderRequest extends ShownCredential, ShownIdentity {
  readonly person: number
  readonly insuredPlace: string
  /** 医疗机构订单号, unique at its site: the same number is the same upload. */
  readonly siteOrder: string
  /** '': a visit is opened with the upload. */
  readonly visit: string
  readonly siteNumber: string
  readonly begin: string
  readonly insurance: string
  readonly medicalType: string
  readonly diagnoses: readonly string[]
  readonly batch: string
  readonly totalFen: Fen
  readonly isAccountUsed: boolean
  readonly quoted: { readonly ownPayFen?: Fen; readonly overLimitFen?: Fen; readonly preSelfPayFen?: Fen; readonly inScopeFen?: Fen }
  readonly lines: readonly (FeeRequest & OfVisit)[]
}
export interface UploadedOrder {
  readonly order: string
  readonly token: string
  readonly visit: string
}

/** An order as its site names it again. */
export interface OrderReference {
  readonly order: string
  readonly token: string
}
export interface PlaceOrderRequest extends OrderReference {
  readonly authorization: string
  readonly visit: string
  readonly batch: string
  /** Absent: as uploaded. */
  readonly isAccountUsed?: boolean
}

export type MobileState = 'uploaded' | 'placed' | 'paid' | 'insurer-refunded' | 'refunded' | 'revoked'

export interface OrderView {
  readonly order: string
  readonly site: number
  readonly siteOrder: string
  readonly visit: string
  readonly state: MobileState
  /** Absent before the order is placed. */
  readonly split?: BillSplit
  readonly settlement?: string
  readonly paidAtMs?: number
  readonly cashRefundedFen: Fen
  /** Right to take the payment back without the person, once paid. */
  readonly reversalToken?: string
}

export interface RefundRequest extends ShownCredential {
  readonly order: string
  readonly refund: string
  readonly kind: 'all' | 'cash' | 'insurer'
  readonly totalFen: Fen
  readonly accountFen: Fen
  readonly fundFen: Fen
  readonly cashFen: Fen
}

/** Every operation of a site, request → reply. */
export interface MobileOperations {
  uploadOrder: (request: UploadOrderRequest) => UploadedOrder
  placeOrder: (request: PlaceOrderRequest) => OrderView
  queryOrder: (request: OrderReference & ShownIdentity) => OrderView
  refundOrder: (request: RefundRequest) => { readonly refund: string }
  revokeOrder: (request: OrderReference & ShownIdentity) => object
}
export type MobileOperation = keyof MobileOperations
export type MobileRequestOf<Name extends MobileOperation> = Parameters<MobileOperations[Name]>[0]
export type MobileReplyOf<Name extends MobileOperation> = ReturnType<MobileOperations[Name]>

export interface MobileRefused {
  readonly outcome: 'refused'
  readonly reason: MobileReason | 'unknown-credential' | 'insurer-refused'
}

/** Who pays what of an order. */
export interface MobileOrderAmounts {
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly cashFen: Fen
}

/** What phones and wallets ask of the insurer's payment centre; no public document has its form, so it is the testbed's own. */
export interface MobilePayerDesk {
  /** The person allows one payment on their phone: payAuthNo. */
  authorizePayment(request: {
    readonly qr: string
  }): Promise<{ readonly outcome: 'payment-authorized'; readonly authorization: string; readonly validSeconds: number } | MobileRefused>
  /** The wallet asks the insurer to pay its part of a placed order; the same order again brings the same answer. */
  payOrder(
    request: { readonly order: string; readonly authorization: string } & MobileOrderAmounts,
  ): Promise<{ readonly outcome: 'insurer-paid'; readonly settlement: string } | MobileRefused>
}
