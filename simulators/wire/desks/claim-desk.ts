/**
 * Visits and claims at the bureau (就诊、费用明细、结算) in the house's words: what the national interface asks and is told. The same rules for all:
 * a message with an effect is answered alike when it comes again.
 */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { Credential, FundSegment } from './bureau-desk.ts'
import type { DirectoryItem, DirectoryName } from './directory-item.ts'

export type VisitKind = 'outpatient' | 'inpatient' | 'pharmacy'

/** 费用明细 as the bureau valued it: the four parts make the total. */
export interface FeeLine {
  /** 费用明细流水号, unique within its visit. */
  readonly line: string
  readonly code: string
  readonly totalFen: Fen
  /** 全自费. */
  readonly ownPayFen: Fen
  /** 超限价自费. */
  readonly overLimitFen: Fen
  /** 先行自付. */
  readonly preSelfPayFen: Fen
  /** 符合政策范围. */
  readonly inScopeFen: Fen
  /** 收费批次号. */
  readonly batch: string
  /** 数量 and 单价 in digits: they have more decimals than a fen. */
  readonly count: string
  readonly price: string
}

/** What a settlement knows when it came through a visit. */
export interface ClaimFacts {
  readonly visit: string
  readonly batch: string
  readonly kind: VisitKind
  readonly medicalType: string
  readonly insurance: string
  /** 清算类别. */
  readonly clearingType: string
  readonly credentialKind: string
  readonly fundRateBasisPoints: number
  readonly ownPayFen: Fen
  readonly overLimitFen: Fen
  readonly preSelfPayFen: Fen
  readonly inScopeFen: Fen
  /** Both accounts after it. */
  readonly accountLeftFen: Fen
  /** Number of the message that asked for it. */
  readonly message: string
}

/** A settlement in the form both kinds of dialect are told of it. */
export interface SettlementView {
  readonly settlement: string
  readonly person: number
  readonly site: number
  readonly atMs: number
  readonly totalFen: Fen
  readonly split: BillSplit
  readonly segment: FundSegment
  readonly claim: ClaimFacts
}

export interface FeeRequest {
  readonly line: string
  readonly code: string
  readonly batch: string
  readonly totalFen: Fen
  /** In ten-thousandths, as numeric(16,4) has them. */
  readonly countE4: bigint
  /** Yuan in millionths, as numeric(16,6) has them. */
  readonly priceE6: bigint
}

export interface OfVisit {
  readonly visit: string
  readonly person: number
}

export interface OpenVisitRequest {
  readonly person: number
  readonly kind: VisitKind
  readonly insurance: string
  readonly medicalType: string
  readonly credential: Credential
  readonly siteNumber: string
  readonly begin: string
  readonly diagnoses: readonly string[]
}

export interface VisitReply {
  readonly visit: string
  readonly person: number
  readonly siteNumber: string
}

export interface AddFeesRequest extends OfVisit {
  readonly kind: VisitKind
  readonly lines: readonly (FeeRequest & OfVisit)[]
}

export interface ClaimRequest extends OfVisit {
  readonly kind: VisitKind
  readonly credential: Credential
  readonly insurance: string
  readonly medicalType: string
  readonly totalFen: Fen
  readonly batch: string
  readonly isAccountUsed: boolean
  /** Parts as the trial gave them, quoted by the settlement; what is not quoted is not compared. */
  readonly quoted?: { readonly ownPayFen?: Fen; readonly overLimitFen?: Fen; readonly preSelfPayFen?: Fen; readonly inScopeFen?: Fen }
}

export interface ReverseClaimRequest extends OfVisit {
  readonly kind: VisitKind
  readonly settlement: string
}

/** `reverses` marks the reply of a reversal: should the sender take it back, the settlement stands again. */
export type ReversedClaim = SettlementView & { readonly reverses: string }

export interface TakeBackRequest {
  readonly person: number
  readonly message: string
  readonly name: string
  readonly isReversible: boolean
}

export interface SignInRequest {
  readonly operator: string
}

/** 药店购药: visit, lines and settlement in one message. */
export interface BuyDrugsRequest extends Omit<ClaimRequest, 'visit' | 'batch' | 'kind' | 'quoted'> {
  readonly begin: string
  readonly lines: readonly FeeRequest[]
}

export interface FileReply {
  readonly file: string
  readonly name: string
  /** The last day on which it can be had, yyyy-MM-dd. */
  readonly lastDay: string
}

/** 目录查询: '' leaves a condition out. */
export interface DirectoryQuery {
  readonly about: 'items' | 'matches' | 'site-matches' | 'price-limits' | 'self-pay'
  readonly code: string
  readonly type: string
  readonly level: string
  /** yyyy-MM-dd; '' for on: today. */
  readonly on: string
  readonly updatedSince: string
  readonly isValid: boolean
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}
export interface DirectoryPage {
  readonly page: number
  readonly pageSize: number
  readonly total: number
  readonly items: readonly (DirectoryItem & { readonly from: string })[]
}

/** 明细审核: one ordered item as it would be charged. */
export interface CheckedOrder {
  readonly order: string
  readonly prescription: string
  readonly code: string
  readonly totalFen: Fen
  /** 自费 of it, as the site means to charge. */
  readonly ownPayFen: Fen
}
export interface CheckRulesRequest {
  readonly patient: string
  readonly encounters: readonly { readonly visit: string; readonly orders: readonly CheckedOrder[] }[]
}
/** 重复收费, 目录外项目纳入医保, 限儿童项目用于成人, and 分解或超频次收费, which only a month of settlements shows. */
export const reviewRules = ['repeated-item', 'outside-directory', 'outside-age', 'too-frequent'] as const
export type ReviewRule = (typeof reviewRules)[number]

export interface Finding {
  readonly rule: Extract<ReviewRule, 'repeated-item' | 'outside-directory'>
  readonly visit: string
  readonly orders: readonly string[]
  readonly amountFen: Fen
}

/** 对总账 over settlements of one insurance, clearing type and stretch of days. */
export interface StatementRequest {
  readonly insurance?: string
  readonly clearingType?: string
  /** yyyy-MM-dd, both included. */
  readonly from: string
  readonly until: string
  readonly isReversed: boolean
  readonly count: number
  readonly totalFen: Fen
  readonly fundFen: Fen
  /** Each is compared where it is given. */
  readonly accountFen?: Fen
  readonly cashFen?: Fen
}
export interface ClearingRequest extends StatementRequest {
  /** yyyyMM */
  readonly month: string
}

/** Every operation, request → reply. */
export interface ClaimOperations {
  signIn: (request: SignInRequest) => { readonly signIn: string; readonly atMs: number }
  signOut: (request: SignInRequest & { readonly signIn: string }) => { readonly atMs: number }
  findPerson: (request: { readonly credential: Credential }) => { readonly person: number }
  openVisit: (request: OpenVisitRequest) => VisitReply
  cancelVisit: (request: OfVisit & { readonly kind: VisitKind }) => object
  describeVisit: (request: OfVisit & { readonly medicalType: string; readonly diagnoses: readonly string[] }) => object
  discharge: (request: OfVisit & { readonly end: string; readonly diagnoses: readonly string[] }) => object
  addFees: (request: AddFeesRequest) => { readonly lines: readonly FeeLine[] }
  /** By batch, or by the lines' numbers. */
  dropFees: (request: OfVisit & { readonly kind: VisitKind; readonly batch?: string; readonly lines?: readonly string[] }) => object
  presettleClaim: (request: ClaimRequest) => SettlementView
  settleClaim: (request: ClaimRequest) => SettlementView
  reverseClaim: (request: ReverseClaimRequest) => ReversedClaim
  buyDrugs: (request: BuyDrugsRequest) => SettlementView
  keepFile: (request: { readonly name: string; readonly base64: string }) => FileReply
  readFile: (request: { readonly file: string }) => { readonly name: string; readonly base64: string }
  loadDirectory: (request: { readonly directory: DirectoryName; readonly since: string }) => FileReply & { readonly count: number }
  queryDirectory: (request: DirectoryQuery) => DirectoryPage
  compareTotals: (request: StatementRequest) => { readonly isEqual: boolean; readonly differs: readonly string[] }
  /** The site's own lines lie in a file it sent before; the result lies in another. */
  compareDetails: (request: StatementRequest & { readonly file: string }) => FileReply
  applyForClearing: (request: ClearingRequest) => { readonly application: string }
  withdrawApplication: (request: { readonly application: string }) => object
  checkRules: (request: CheckRulesRequest) => { readonly patient: string; readonly message: string; readonly findings: readonly Finding[] }
  /** 结算清单: once for a settlement, with its amounts. */
  keepList: (request: { readonly settlement: string; readonly visit: string; readonly accountFen: Fen; readonly cashFen: Fen }) => {
    readonly list: string
  }
  takeBack: (request: TakeBackRequest) => object
  findSettlement: (request: OfVisit & { readonly settlement: string }) => SettlementView & { readonly isReversed: boolean }
  findTotals: (request: { readonly person: number }) => {
    readonly insuredType: string
    readonly deductiblePaidFen: number
    readonly fundPaidFen: number
  }
}
export type ClaimOperation = keyof ClaimOperations
export type ClaimRequestOf<Name extends ClaimOperation> = Parameters<ClaimOperations[Name]>[0]
export type ClaimReplyOf<Name extends ClaimOperation> = ReturnType<ClaimOperations[Name]>
