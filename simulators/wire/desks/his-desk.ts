/**
 * A hospital's information system (HIS) in the house's words. It owns the bill and its lock: window, kiosk and platform all ask here
 * before they take money for it. A bill has one open attempt.
 */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BillLine } from './bureau-desk.ts'

export type HisRefusal =
  | 'unknown-site'
  | 'unknown-bill'
  | 'bill-of-another-person'
  | 'already-paid'
  /** Another attempt is open: in doubt, do not collect. */
  | 'in-doubt'
  | 'attempt-closed'
  | 'unknown-attempt'
  | 'amounts-do-not-add-up'
  | 'already-refunded'
  | 'already-performed'
  | 'unknown-line'
  /** It is part of the visit's one bill on leaving. */
  | 'part-of-another-bill'
  | 'nothing-to-pay'
  | 'day-not-over'

export interface HisRefused {
  readonly outcome: 'refused'
  readonly reason: HisRefusal
}

export interface OfBill {
  readonly site: number
  readonly bill: string
}
export interface OfAttempt extends OfBill {
  /** Key of the attempt, the payment's number; unique for ever. */
  readonly attempt: string
}

export interface HisBill {
  readonly bill: string
  readonly visit: string
  readonly person: number
  readonly totalFen: Fen
  readonly coveredFen: Fen
  readonly lines: readonly BillLine[]
  /** `refunded`: given back for good; what of it stands is another bill. */
  readonly state: 'unpaid' | 'in-doubt' | 'paid' | 'refunded' | 'merged'
}

export interface OpenRequest extends OfAttempt {
  readonly person: number
  /** Who collects: the platform, or one of the hospital's own places. */
  readonly by: 'platform' | 'window' | 'kiosk'
}
export interface NoticeRequest extends OfAttempt {
  readonly totalFen: Fen
  readonly split: BillSplit
  /** 中心流水号 of the bureau; absent: 自费, no insurer has a part in it. */
  readonly settlement?: string
  readonly payer: 'credit' | 'wallet' | 'bank' | 'cash'
  /** The hospital's own terminal, where it was paid at one. */
  readonly terminal?: string
}
export interface RefundNotice extends OfAttempt {
  /** Key of the refund; the same key again is the same refund. */
  readonly refund: string
  /** Lines charged and not performed (S3 §6.2.3); absent: all of them. */
  readonly lines?: readonly number[]
}
export interface HisRefunded {
  readonly outcome: 'refunded'
  /** 红票号码, where an e-invoice had been issued. */
  readonly redInvoice?: string
  /** Lines that stand are charged anew under this bill. */
  readonly rest?: HisBill
}
export interface Invoice {
  readonly outcome: 'invoiced'
  /** 票据代码. */
  readonly batchCode: string
  /** 票据号码. */
  readonly number: string
  /** 校验码. */
  readonly checkCode: string
}

/** One payment of a site's business day, or its going back. */
export interface HisDayLine {
  readonly attempt: string
  readonly bill: string
  readonly does: 'pay' | 'refund'
  /** Business clock. */
  readonly atMs: number
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly currentAccountFen: Fen
  readonly historyAccountFen: Fen
  readonly cashFen: Fen
}
export interface HisDay {
  readonly outcome: 'day'
  readonly lines: readonly HisDayLine[]
  /** Control totals, kept apart from the lines: payments, goings back, and what is left of them. */
  readonly paidCount: number
  readonly refundedCount: number
  readonly totalFen: number
}

export interface HisDesk {
  /** Unpaid and paid bills of a visit. */
  bills(request: {
    readonly site: number
    readonly visit: string
  }): Promise<{ readonly outcome: 'bills'; readonly bills: readonly HisBill[] } | HisRefused>
  /** Opens the bill's one attempt. Asked again with the same key it answers alike. */
  open(request: OpenRequest): Promise<{ readonly outcome: 'open'; readonly bill: HisBill } | HisRefused>
  /** The attempt came to nothing; the bill is free. An attempt not heard of leaves a tombstone. */
  close(request: OfAttempt): Promise<{ readonly outcome: 'closed' } | HisRefused>
  /** 缴费通知: the attempt was paid. */
  notice(request: NoticeRequest): Promise<{ readonly outcome: 'noted' } | HisRefused>
  /** 离院: the unpaid bills of a visit become one bill, with one lock, one settlement and one invoice. */
  leave(request: {
    readonly site: number
    readonly visit: string
  }): Promise<{ readonly outcome: 'leaving'; readonly bill: HisBill } | HisRefused>
  /** 医嘱执行: these lines are performed and can no longer be refunded. */
  perform(request: OfBill & { readonly lines: readonly number[] }): Promise<{ readonly outcome: 'performed' } | HisRefused>
  /**
   * 退费: the hospital agrees, voids the e-invoice with a red one (冲红) and charges the lines that stand anew, since insurers take back
   * whole settlements only. Money has not moved yet: a refusal leaves the payment as it is.
   */
  refund(request: RefundNotice): Promise<HisRefunded | HisRefused>
  /** 开具医疗电子票据 for a paid bill; once. */
  invoice(request: OfAttempt): Promise<Invoice | HisRefused>
  /** 日结明细 of a business day that is over. */
  dayLines(request: { readonly site: number; readonly date: string }): Promise<HisDay | HisRefused>
}
