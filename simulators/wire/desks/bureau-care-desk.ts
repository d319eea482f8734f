/** What 五期 asks of the bureau beside a charge: registration fees, stays in hospital, enrolments, cards, the day's totals. */
import type { Fen } from '../../money/fen.ts'
import type { ClaimedBill, Credential, FromSite, Presettled, Refused, Settled } from './bureau-desk.ts'

export interface CardRequest extends FromSite {
  readonly credential: Credential
}
export interface Card {
  readonly outcome: 'card'
  readonly cardNumber: string
  readonly name: string
  readonly idNumber: string
}

export interface RegistrationRequest extends FromSite {
  readonly credential: Credential
  readonly totalFen: Fen
  readonly coveredFen: Fen
}
export interface SettleRegistrationRequest extends FromSite {
  readonly trial: string
  readonly totalFen: Fen
  readonly coveredFen: Fen
}

export interface StayRequest extends FromSite {
  readonly credential: Credential
  /** 住院号, as enrolled. */
  readonly stay: string
  readonly bills: readonly ClaimedBill[]
}
export interface SettleStayRequest extends FromSite {
  readonly trial: string
  readonly stay: string
  readonly bills: readonly ClaimedBill[]
}

export interface DropBillRequest extends FromSite {
  readonly bill: string
}
export interface Dropped {
  readonly outcome: 'dropped'
  readonly bill: string
}

/** 登记类别: 0 门诊, 1 家床, 2 急观, 3 入院, 4 大病, 6 保健对象急观, 7 保健对象入院. */
export type EnrolmentType = '0' | '1' | '2' | '3' | '4' | '6' | '7'
export interface EnrolRequest extends FromSite {
  readonly credential: Credential
  readonly type: EnrolmentType
  /** 急观号 or 住院号. */
  readonly number: string
  /** yyyyMMdd */
  readonly from: string
  readonly until: string
}
export interface Enrolled {
  readonly outcome: 'enrolled'
  readonly enrolment: string
}
export interface EnrolmentsRequest extends FromSite {
  readonly credential: Credential
  readonly type: EnrolmentType
}
export interface Enrolments {
  readonly outcome: 'enrolments'
  readonly enrolments: readonly { readonly enrolment: string; readonly number: string; readonly from: string; readonly until: string }[]
}

/** Net of reversals, so an amount may be below zero. Whole fen. */
export interface DayTotals {
  readonly count: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  readonly cashFen: number
  readonly pooledFen: number
  readonly additionalFen: number
  readonly uncoveredFen: number
}
export interface CompareDayRequest extends FromSite {
  /** yyyy-MM-dd */
  readonly day: string
  readonly totals: DayTotals
}
export interface DayCompared {
  readonly outcome: 'compared'
  readonly day: string
  readonly isEqual: boolean
}

export interface BureauCareDesk {
  /** 读保障卡. */
  readCard(request: CardRequest): Promise<Card | Refused>
  presettleRegistration(request: RegistrationRequest): Promise<Presettled | Refused>
  settleRegistration(request: SettleRegistrationRequest): Promise<Settled | Refused>
  presettleStay(request: StayRequest): Promise<Presettled | Refused>
  settleStay(request: SettleStayRequest): Promise<Settled | Refused>
  /** 明细撤销. */
  dropBill(request: DropBillRequest): Promise<Dropped | Refused>
  /** 登记. */
  enrol(request: EnrolRequest): Promise<Enrolled | Refused>
  enrolments(request: EnrolmentsRequest): Promise<Enrolments | Refused>
  /** 日对账. */
  compareDay(request: CompareDayRequest): Promise<DayCompared | Refused>
}
