/**
 * 清算 with the bureau in the house's words: a site applies for a month, some settlements are held back for review (预扣), the site may
 * appeal (申诉), what is not upheld is deducted for good (最终扣款), everything else is paid out (拨付). The national interface has the
 * application alone (3203, 3204); no public document says how the rest is told, so this desk is the testbed's own.
 */

import type { Fen } from '../../money/fen.ts'
import type { FundSegment } from './bureau-desk.ts'
import type { ReviewRule } from './claim-desk.ts'

export type ClearingRefusal =
  | 'unknown-site'
  | 'unknown-application'
  | 'month-applied'
  | 'month-not-over'
  | 'application-totals-differ'
  | 'appeal-too-late'
  | 'appealed-before'
  | 'not-questioned'
  | 'application-paid'
  | 'message-number-reused'
  | 'day-not-over'
  | 'unknown-settlement'

export interface ClearingRefused {
  readonly outcome: 'refused'
  readonly reason: ClearingRefusal
}

/** The bureau's own sums over the settlements of a site that stand and are not yet applied for. */
export interface ClearingAmounts {
  readonly count: number
  readonly totalFen: Fen
  readonly fundFen: Fen
  /** 个人账户, current year and history. */
  readonly accountFen: Fen
  /** Paid by the patient. */
  readonly cashFen: Fen
}

export interface MonthRequest {
  readonly site: number
  /** yyyyMM */
  readonly month: string
}
export interface MonthReply {
  readonly outcome: 'month'
  /** One row a 清算类别 that has settlements: 11 门诊, 21 住院, 41 药店. */
  readonly types: readonly (ClearingAmounts & { readonly clearingType: string })[]
}

export interface ApplyRequest extends MonthRequest, ClearingAmounts {
  /** Of the caller, unique at the bureau for its site. */
  readonly key: string
  readonly clearingType: string
}
export interface Applied {
  readonly outcome: 'applied'
  readonly application: string
}

export interface AppealRequest {
  readonly key: string
  readonly site: number
  readonly application: string
  /** 中心流水号 or 结算ID of the settlements held back, each with what the site says for it. */
  readonly settlements: readonly { readonly settlement: string; readonly evidence: string }[]
}
export interface Appealed {
  readonly outcome: 'appealed'
  readonly application: string
  /** yyyy-MM-dd */
  readonly decidedOn: string
}

export interface ClearingRequest {
  readonly site: number
  readonly application: string
}
/** 预扣, then 申诉 or nothing, then 最终扣款 or paid after all. */
export type QuestionedState = 'withheld' | 'appealed' | 'upheld' | 'deducted'
export interface ClearingView {
  readonly outcome: 'clearing'
  readonly application: string
  readonly month: string
  readonly clearingType: string
  /** Closed: nothing is left to decide or to pay. */
  readonly state: 'open' | 'closed' | 'withdrawn'
  /** What the insurer owes for the month: fund and accounts. Withheld, paid and deducted are parts of it. */
  readonly appliedFen: Fen
  readonly withheldFen: Fen
  readonly paidFen: Fen
  readonly deductedFen: Fen
  readonly questioned: readonly {
    readonly settlement: string
    readonly rules: readonly ReviewRule[]
    readonly amountFen: Fen
    readonly state: QuestionedState
  }[]
  /** yyyy-MM-dd; the last day for an appeal. */
  readonly appealUntil: string
  readonly payoutOn: string
}

/** 拨付 to a site's account. */
export interface Payout {
  readonly payout: string
  readonly application: string
  /** yyyy-MM-dd */
  readonly day: string
  readonly kind: 'clearing' | 'appeal'
  readonly amountFen: Fen
}
export interface PayoutsReply {
  readonly outcome: 'payouts'
  readonly payouts: readonly Payout[]
}

/** One settlement of a day's statement, or its reversal. */
export interface DayLine {
  /** 中心流水号; a reversal is told under the number of what it reverses. */
  readonly settlement: string
  readonly does: 'pay' | 'refund'
  /** Business clock. */
  readonly atMs: number
  /** Number of the message that settled it, by which its sender knows it. */
  readonly sequence: number
  readonly bill: string
  readonly fundFen: Fen
  readonly currentAccountFen: Fen
  readonly historyAccountFen: Fen
  readonly cashFen: Fen
  /** 自费, inside cashFen. */
  readonly uncoveredFen: Fen
  readonly segment: FundSegment
}
export interface DayLinesReply {
  readonly outcome: 'day'
  readonly lines: readonly DayLine[]
}
export interface SettlementReply {
  readonly outcome: 'settlement'
  readonly line: DayLine
  readonly isReversed: boolean
}

export interface ClearingDesk {
  /** 对账明细 of a business day that is over, for what came by 五期: SL01 compares totals alone. */
  dayLines(request: { readonly site: number; readonly day: string }): Promise<DayLinesReply | ClearingRefused>
  /** 结算查询, as 5203 is for the national interface. */
  settlement(request: { readonly site: number; readonly settlement: string }): Promise<SettlementReply | ClearingRefused>
  clearingMonth(request: MonthRequest): Promise<MonthReply | ClearingRefused>
  /** 清算申请: once a month and type, after the month, with the bureau's own sums. */
  applyForMonth(request: ApplyRequest): Promise<Applied | ClearingRefused>
  /** 申诉: once an application. */
  appeal(request: AppealRequest): Promise<Appealed | ClearingRefused>
  clearing(request: ClearingRequest): Promise<ClearingView | ClearingRefused>
  /** Payouts to the site up to today; one that fell due is made by being asked for. */
  payouts(request: { readonly site: number }): Promise<PayoutsReply | ClearingRefused>
}
