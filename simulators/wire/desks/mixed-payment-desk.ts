/**
 * 医保自费混合收款: one order of which the insurer pays a part and the wallet collects the rest. The parts are told apart for ever,
 * since each goes back by its own way.
 */
import type { Fen } from '../../money/fen.ts'
import type { WalletRefusal } from './wallet-desk.ts'

export type MixedRefusal =
  | WalletRefusal
  | 'parts-do-not-make-total'
  | 'cash-does-not-fit'
  | 'parts-do-not-fit-type'
  | 'unknown-prepay'
  | 'prepay-of-another-amount'
  | 'authorization-invalid'
  | 'insurer-amounts-differ'
  | 'insurer-settled-before'
  | 'no-e-credential'
  | 'other-id'
  | 'other-name'
  | 'relation-unregistered'
  | 'cannot-reverse'
  /** The insurer did not answer; the payer may try again, nothing was collected. */
  | 'insurer-silent'

export interface MixedRefused {
  readonly outcome: 'refused'
  readonly reason: MixedRefusal
}

export const mixedTypes = ['cash', 'insurance', 'both'] as const
export type MixedType = (typeof mixedTypes)[number]

export interface MixedAmounts {
  readonly totalFen: Fen
  /** 统筹基金. */
  readonly fundFen: Fen
  /** 个人账户. */
  readonly accountFen: Fen
  /** 其他基金. */
  readonly otherFen: Fen
  /** What the insurer leaves to the patient. */
  readonly leftFen: Fen
  /** Added by the institution (postage …) and taken off by it. */
  readonly addedFen: Fen
  readonly reducedFen: Fen
  /** What the wallet collects: left + added − reduced. */
  readonly collectedFen: Fen
}

export interface MixedRequest {
  readonly merchant: string
  readonly app: string
  readonly order: string
  readonly type: MixedType
  /** Spelling of the dialect, kept to be told back. */
  readonly orderKind: string
  readonly payer: string
  /** Who the institution says the payer is; compared with the wallet's real name and never kept. */
  readonly shown?: ShownPerson
  /** 代亲属支付: whose bill it is; compared with the relations registered at the wallet and never kept. */
  readonly relative?: ShownPerson
  readonly institution: { readonly code: string; readonly name: string; readonly orderNumber: string; readonly city: string }
  readonly amounts: MixedAmounts
  /** 支付订单号 of the insurer's upload (payOrdId); absent for cash alone. */
  readonly payOrder?: string
  /** 授权码; checked here and never kept. */
  readonly authorization?: string
  /** Of the order for the cash part; absent where there is none. */
  readonly prepay?: string
  readonly noticeUrl: string
  readonly attach?: string
}

/** Name and ID digest, hashed under the payer: nobody needs the words to compare them. */
export interface ShownPerson {
  readonly nameHash: string
  readonly idHash: string
}

/** Each of the two parts, and the whole, is in one of these; `none`: there is no such part. */
export type PartState = 'created' | 'success' | 'refund' | 'fail' | 'none'

export interface MixedOrder extends Omit<MixedRequest, 'authorization' | 'shown' | 'relative'> {
  readonly mixed: string
  readonly whole: Exclude<PartState, 'none'>
  readonly cash: PartState
  readonly insurance: PartState
  /** Why the insurer did not settle. */
  readonly failReason?: string
  readonly createdAtMs: number
  readonly paidAtMs?: number
}
export interface MixedReply {
  readonly outcome: 'mixed'
  readonly mixed: MixedOrder
}

export interface MixedRefundNotice {
  readonly merchant: string
  readonly mixed: string
  readonly refund: string
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly otherFen: Fen
}

export interface MixedPaymentDesk {
  mix(request: MixedRequest): Promise<MixedReply | MixedRefused>
  queryMixed(
    request: { readonly merchant: string; readonly mixed: string } | { readonly merchant: string; readonly order: string },
  ): Promise<MixedReply | MixedRefused>
  /** 医保退款通知: the institution tells that the insurer took its part back. */
  noticeMixedRefund(request: MixedRefundNotice): Promise<MixedReply | MixedRefused>
  /** The payer enters the password for the whole order. */
  confirmMixed(request: {
    readonly payer: string
    readonly mixed: string
    readonly does: 'pay' | 'give-up'
  }): Promise<MixedReply | MixedRefused>
}
