/**
 * A bank's lines of credit for care (信用就医) in the house's words: assessment, grant, raising, digital card, repayment. What a line
 * pays goes through the {@link import('./bank-desk.ts').BankDesk}; keys are unique at the bank across both.
 */
import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import type { Fen } from '../../money/fen.ts'

export const creditRefusals = [
  'unknown-applicant',
  'not-granted',
  'no-score-authorization',
  'no-score',
  'overdue',
  'unknown-offer',
  'offer-expired',
  'signed-already',
  'no-agreement',
  'agreement-closed',
  'still-used',
  'card-issued-already',
  'over-repayment',
  'unknown-payer',
  'not-enough-money',
  'repayment-failed',
  'key-reused',
  'undone-before-it-came',
] as const
export type CreditRefusal = (typeof creditRefusals)[number]

export interface CreditRefused {
  readonly outcome: 'refused'
  readonly reason: CreditRefusal
}

export interface AssessRequest {
  readonly key: string
  readonly person: number
  /** The person's leave for this bank to ask their score, from the credit-score desk; needed where bands cap the limit. */
  readonly scoreAuthorization?: string
}
export interface SignRequest {
  readonly key: string
  /** Key of the assessment. */
  readonly offer: string
}
export interface RaiseRequest {
  readonly key: string
  readonly agreement: string
  readonly scoreAuthorization?: string
}
export interface CardRequest {
  readonly key: string
  readonly person: number
}
export interface OfAgreement {
  readonly agreement: string
}
export interface RepayRequest {
  /** The same key again asks what became of the repayment. */
  readonly key: string
  readonly agreement: string
  readonly wallet: RepaymentWallet
  /** Who pays at that wallet; at 云闪付 the number of their own account at this bank. */
  readonly payer: string
  readonly amountFen: Fen
}

export interface Offer {
  readonly outcome: 'offer'
  readonly limitFen: Fen
  /** Business day, yyyy-MM-dd. */
  readonly validThrough: string
}
export interface Signed {
  readonly outcome: 'signed'
  readonly agreement: string
  readonly limitFen: Fen
}
export interface Raised {
  readonly outcome: 'raised'
  readonly limitFen: Fen
}
export interface CardIssued {
  readonly outcome: 'card'
  readonly cardNumber: string
  readonly agreement: string
  readonly limitFen: Fen
}
export interface Repaid {
  readonly outcome: 'repaid'
  readonly repaidFen: Fen
  /** Still owed. */
  readonly owedFen: Fen
}
/** The order waits in the patient's phone. */
export interface RepaymentAsked {
  readonly outcome: 'asked'
  /** 预支付交易会话, the first time it is told. */
  readonly prepay?: string
}
export interface Closed {
  readonly outcome: 'closed'
}

/** One advance that is not repaid in full. */
export interface Debt {
  /** Key of the payment. */
  readonly payment: string
  readonly owedFen: Fen
  /** Business days: without interest through the second, overdue after it. */
  readonly usedOn: string
  readonly repayThrough: string
}
export interface LineReport {
  readonly outcome: 'line'
  readonly standing: 'good' | 'overdue' | 'closed'
  readonly limitFen: Fen
  readonly usedFen: Fen
  readonly heldFen: Fen
  readonly leftFen: Fen
  /** What the bank owes the patient, from refunds of what was repaid before; the next advance is paid from it first. */
  readonly overpaidFen: Fen
  /** Oldest first. */
  readonly debts: readonly Debt[]
}

export interface CreditDesk {
  /** 信用评估: what the bank would grant, at most what the score's band allows. Grants nothing yet. */
  assess(request: AssessRequest): Promise<Offer | CreditRefused>
  /** 一键签约: the patient accepts the offer, and the line is open. One agreement a person and bank. */
  sign(request: SignRequest): Promise<Signed | CreditRefused>
  /** 提额 */
  raiseLimit(request: RaiseRequest): Promise<Raised | CreditRefused>
  /**
   * 申请数字卡: for who has no line it opens one, for who has it lifts the limit to the card's. Where scores cap limits it does neither
   * and is a card alone.
   */
  issueCard(request: CardRequest): Promise<CardIssued | CreditRefused>
  line(request: OfAgreement): Promise<LineReport | CreditRefused>
  /**
   * 还款, the oldest advance first. At 微信 and 支付宝 the bank is a merchant: it orders the amount there, the patient confirms it in the
   * phone, and the advance is repaid when the wallet says that it was paid. At 云闪付 it is taken from the patient's account at once.
   */
  repay(request: RepayRequest): Promise<Repaid | RepaymentAsked | CreditRefused>
  /** 解约, once nothing is used, held or owed to the patient. */
  close(request: OfAgreement): Promise<Closed | CreditRefused>
}
