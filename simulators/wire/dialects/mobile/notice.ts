/** 6302 结算结果通知: the centre tells the institution; it answers that it heard, or is told again. */
import { type Static, Type } from 'typebox'
import { type Fen, fenOfYuan } from '../../../money/fen.ts'
import { compactSecondOf } from '../../desks/business-time.ts'
import type { OrderView } from '../../desks/mobile-desk.ts'
import { fields, seenIn, text } from '../field.ts'
import { institutionCode, siteOfInstitution } from '../national/envelope.ts'
import { amountFields, orderNumber, outcomeFields, writeAmounts, writeOutcome } from './fields.ts'

export const noticeSchema = fields({
  payOrdId: orderNumber(),
  ...amountFields(),
  ...outcomeFields(),
  ...seenIn('HH', {
    hiChrgTime: text('医保收费时间', 14),
    hiDocSn: text('医保交易流水号', 30),
    orgCode: text('机构编号', 12),
  }),
})
export const noticeAnswerSchema = fields({
  success: Type.Boolean({ title: '是否收到' }),
  message: text('返回信息', 200, { source: 'unverified' }),
})

export const writeNotice = (view: OrderView) => ({
  payOrdId: view.order,
  ...writeAmounts(view),
  ...writeOutcome(view),
  hiChrgTime: view.paidAtMs === undefined ? '' : compactSecondOf(view.paidAtMs),
  hiDocSn: view.settlement ?? '',
  orgCode: institutionCode(view.site),
})

/** What an institution is told of: the right to take it back comes with it and is not kept. */
export interface ToldPayment {
  readonly order: string
  readonly site: number
  /** 医疗机构订单号: the institution's own. */
  readonly siteOrder: string
  readonly settlement: string
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly cashFen: Fen
}

export const noticeBodySchema = fields({ timestamp: text('时间戳', 14), version: text('版本号', 10), data: noticeSchema })
export const readNotice = ({ data }: Static<typeof noticeBodySchema>): ToldPayment => ({
  order: data.payOrdId,
  site: siteOfInstitution(data.orgCode ?? ''),
  siteOrder: data.medOrgOrd,
  settlement: data.hiDocSn ?? '',
  totalFen: fenOfYuan(data.feeSumamt),
  fundFen: fenOfYuan(data.fundPay),
  accountFen: fenOfYuan(data.psnAcctPay),
  cashFen: fenOfYuan(data.ownPayAmt),
})
export const noticeHeard: Static<typeof noticeAnswerSchema> = { success: true, message: '已收到' }

/** Whether the institution says that it heard. */
export function isNoticeHeard(status: number, body: string): boolean {
  if (status !== 200) return false
  try {
    return (JSON.parse(body) as { readonly success?: unknown } | null)?.success === true
  } catch {
    return false
  }
}
