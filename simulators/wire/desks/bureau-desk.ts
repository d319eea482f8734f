/** The insurance bureau (医保局) in the house's words. Both of its dialects, and the desk behind them, speak these. */
import type { InsuredType } from '../../../scenarios/plan.ts'
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BureauCareDesk } from './bureau-care-desk.ts'

/** How a person shows who they are: 电子凭证令牌 · 电子凭证二维码 · 社保卡 · 身份证号. Never stored by who passes it on (S3 §8.1.12). */
export interface Credential {
  readonly kind: 'token' | 'qr' | 'card' | 'id-number'
  readonly value: string
}

/** Number of a message, unique for its sender and day, stored before it is sent: the same number is the same message. */
export interface MessageStamp {
  /** 0 … 999,999,999. */
  readonly sequence: number
  /** Business moment of the first sending, epoch milliseconds. */
  readonly atMs: number
}

/** Every request says from which practice site it comes and quotes its message. */
export interface FromSite {
  readonly site: number
  readonly message: MessageStamp
}

export type BureauRefusal =
  | 'unknown-person'
  | 'unknown-site'
  | 'not-insured'
  | 'unknown-credential'
  | 'bill-known-with-other-amounts'
  | 'bill-not-uploaded'
  | 'amounts-do-not-add-up'
  | 'wrong-person'
  | 'unknown-trial'
  | 'trial-of-another-site'
  | 'trial-used'
  | 'trial-expired'
  | 'trial-out-of-date'
  | 'bill-already-settled'
  | 'unknown-settlement'
  | 'already-reversed'
  | 'already-cleared'
  | 'wrong-amount'
  | 'message-number-reused'
  | 'reversed-before-it-came'
  | 'too-many-lines'
  | 'not-enrolled'
  | 'already-enrolled'

export interface Refused {
  readonly outcome: 'refused'
  readonly reason: BureauRefusal
}

export interface DecodeRequest extends FromSite {
  readonly qr: string
}
export interface Decoded {
  readonly outcome: 'decoded'
  readonly token: string
  readonly name: string
  readonly idNumber: string
}

export interface AccountRequest extends FromSite {
  readonly credential: Credential
}
export interface Account {
  readonly outcome: 'account'
  readonly cardNumber: string
  readonly name: string
  readonly insuredType: InsuredType
  readonly currentAccountLeftFen: Fen
  readonly historyAccountLeftFen: Fen
  /** 门诊自负段 of the insurance year: what of it is paid, and how much it is for this person at the site that asks. */
  readonly deductiblePaidFen: Fen
  readonly deductibleFen: Fen
  /** 住院起付线 of one stay at the site that asks, and up to where the pooled fund pays for stays in a year (封顶线). */
  readonly stayDeductibleFen: Fen
  readonly stayCapFen: Fen
}

/** One line of a bill (费用明细). */
export interface BillLine {
  readonly number: number
  readonly prescription: string
  readonly code: string
  readonly name: string
  readonly priceFen: Fen
  readonly count: number
  readonly totalFen: Fen
  /** 医保结算范围 of it. */
  readonly coveredFen: Fen
}

export interface Uploaded {
  readonly outcome: 'uploaded'
  readonly bill: string
  readonly totalFen: Fen
}
export interface UploadRequest extends FromSite {
  /** 明细账单号, unique at its site. */
  readonly bill: string
  /** 就诊单元号. */
  readonly visit: string
  readonly lines: readonly BillLine[]
}

/** An uploaded bill and its amounts, quoted again so that both sides know they mean the same. */
export interface ClaimedBill {
  readonly bill: string
  readonly totalFen: Fen
  readonly coveredFen: Fen
}

/** Which fund pays what is above the deductible: 统筹基金 (residents) or 地方附加基金 (employees, outpatient). */
export type FundSegment = 'pooled' | 'additional'

export interface PresettleRequest extends FromSite {
  readonly credential: Credential
  readonly bills: readonly ClaimedBill[]
}
export interface Presettled {
  readonly outcome: 'presettled'
  /** 计算申请序号; the settlement quotes it. */
  readonly trial: string
  readonly split: BillSplit
  readonly segment: FundSegment
}

export interface SettleRequest extends FromSite {
  readonly trial: string
  readonly bills: readonly ClaimedBill[]
}
export interface Settled {
  readonly outcome: 'settled'
  /** 中心流水号. */
  readonly settlement: string
  readonly split: BillSplit
  readonly segment: FundSegment
}

export interface ReverseRequest extends FromSite {
  readonly settlement: string
  readonly totalFen: Fen
}
export interface Reversed {
  readonly outcome: 'reversed'
  /** 中心流水号 of the reversal. */
  readonly settlement: string
  readonly split: BillSplit
  readonly segment: FundSegment
}

/**
 * A refused request persists nothing. The same message again gets the same answer and has no second effect; its number with other
 * contents is refused.
 */
export interface BureauDesk extends BureauCareDesk {
  /** 电子凭证解码. */
  decode(request: DecodeRequest): Promise<Decoded | Refused>
  /** 账户查询. */
  account(request: AccountRequest): Promise<Account | Refused>
  /** 明细上传. */
  upload(request: UploadRequest): Promise<Uploaded | Refused>
  /** 试算: says who would pay what; moves nothing. */
  presettle(request: PresettleRequest): Promise<Presettled | Refused>
  /** 结算确认. */
  settle(request: SettleRequest): Promise<Settled | Refused>
  /** 反交易 of a known settlement. */
  reverse(request: ReverseRequest): Promise<Reversed | Refused>
}
