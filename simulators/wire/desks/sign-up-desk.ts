/**
 * What an entry asks of the platform beside payments: a visit's bills, and the way into credit payment (实名认证、信用评估、自选一家银行、
 * 一键签约, 数字卡, 提额), and the credentials an entry shows (电子凭证, 亲属随申码). Every step is answered alike when it is asked again under its key.
 */
import type { Fen } from '../../money/fen.ts'
import type { HisBill } from './his-desk.ts'

export interface VisitBillsRequest {
  readonly channel: string
  readonly person: number
  readonly site: number
  readonly visit: string
}
export interface VisitBills {
  readonly outcome: 'bills'
  readonly bills: readonly HisBill[]
}

export interface AssessmentRequest {
  /** The caller's own key; the same key is the same assessment. */
  readonly idempotencyKey: string
  readonly channel: string
  readonly person: number
  /** For the real-name check; passed on, never stored. */
  readonly name: string
  readonly idNumber: string
  /** The person's leave for each bank to ask their score, where bands cap the limit (天津). */
  readonly scoreAuthorizations?: readonly { readonly bank: string; readonly authorization: string }[]
}
export interface Offers {
  readonly outcome: 'offers'
  readonly offers: readonly { readonly bank: string; readonly limitFen: Fen; readonly validThrough: string }[]
  /** Banks that offer nothing, each in its own words; `no-reply`: asked again it may. */
  readonly without: readonly { readonly bank: string; readonly reason: string }[]
}

export interface SignUpRequest {
  readonly channel: string
  readonly person: number
  /** Key of the assessment whose offer is accepted. */
  readonly assessment: string
  /** The one the person chose. */
  readonly bank: string
}
export interface SignedUp {
  readonly outcome: 'signed-up'
  readonly bank: string
  readonly limitFen: Fen
}

export interface CredentialRequest {
  /** The caller's own key; the same key is the same activation. */
  readonly idempotencyKey: string
  readonly channel: string
  readonly person: number
  readonly name: string
  readonly idNumber: string
}
export interface CredentialActive {
  readonly outcome: 'activated'
}

export interface FamilyCodeRequest {
  readonly idempotencyKey: string
  readonly channel: string
  /** The guardian, whose phone shows the child's code. */
  readonly person: number
  /** Of the child. */
  readonly name: string
  readonly idNumber: string
}
export interface FamilyCode {
  readonly outcome: 'code'
  readonly child: number
  /** 28 digits, as a 二维码 carries them. */
  readonly code: string
  readonly validSeconds: number
}

export interface LimitRequest {
  readonly idempotencyKey: string
  readonly channel: string
  readonly person: number
}
export interface LimitRaised {
  readonly outcome: 'raised'
  readonly bank: string
  readonly limitFen: Fen
}

export interface DigitalCardRequest {
  readonly idempotencyKey: string
  readonly channel: string
  readonly person: number
  readonly bank: string
}
export interface DigitalCard {
  readonly outcome: 'card'
  readonly bank: string
  readonly limitFen: Fen
}

export interface SignUpRefused {
  readonly outcome: 'refused'
  /** Of ours: `not-verified`, `unknown-bank`, `no-agreement`; every other is the bank's or the identity centre's. */
  readonly reason: string
}

export interface SignUpDesk {
  /** The person's own bills of a visit; another's are as if there were none. */
  bills(request: VisitBillsRequest): Promise<VisitBills>
  /** Asks every bank at once, once the person is proven to be who they say. Grants nothing yet. */
  assess(request: AssessmentRequest): Promise<Offers | SignUpRefused>
  /** One tap: the offer of one bank is accepted, and credit payment is open from now on. */
  signUp(request: SignUpRequest): Promise<SignedUp | SignUpRefused>
  /** 激活医保电子凭证 of the person signed in. */
  activate(request: CredentialRequest): Promise<CredentialActive | SignUpRefused>
  /** 亲属随申码: binds the child to its guardian where that was not done yet, and shows the child's code. */
  familyCode(request: FamilyCodeRequest): Promise<FamilyCode | SignUpRefused>
  /** 提额 at the bank of the person's agreement. */
  raiseLimit(request: LimitRequest): Promise<LimitRaised | SignUpRefused>
  /** 申请数字卡. Where the bank opens a line with it, credit payment is open from now on. */
  issueCard(request: DigitalCardRequest): Promise<DigitalCard | SignUpRefused>
}
