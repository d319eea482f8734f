/**
 * Alipay's open gateway: one address, the message in `method`, its contents as JSON in `biz_content`, yuan with two decimals. Fields and
 * sub codes beyond those of alipay-sdk are unverified (no public document was found). Here is what its messages have in common.
 */
import type { Static, TObject } from 'typebox'
import { yuanOf } from '../../../money/fen.ts'
import type { WalletDesk, WalletOrder, WalletRefusal, WalletRefused } from '../../desks/wallet-desk.ts'
import { optional, text } from '../field.ts'
import type { alipayBillTypes } from './bills.ts'

const source = 'unverified'
export const tradeNumber = () => text('商户订单号', 64, { standing: 'enforced', source, pattern: '^[0-9A-Za-z_]{1,64}$' })
/** Which order is asked about, by either number. */
export const ofTrade = {
  out_trade_no: optional(tradeNumber()),
  trade_no: optional(text('支付宝交易号', 64, { standing: 'enforced', source })),
}
/** What every answer begins with; the sub codes of refusals stand in {@link subCodes}. */
export const outcome = {
  code: text('网关返回码', 5, { source }),
  msg: text('网关返回码描述', 64, { source }),
}
/** Of an order, in answers. */
export const traded = {
  out_trade_no: text('商户订单号', 64, { source }),
  trade_no: optional(text('支付宝交易号', 64, { source })),
  total_amount: text('交易金额', 17, { source }),
  buyer_user_id: optional(text('买家', 28, { source })),
  buyer_logon_id: optional(text('买家账号', 100, { source })),
}
export const successful = { code: '10000', msg: 'Success' }
/** Of the order that the worked pairs pay and give back. */
export const exampleTrade = {
  out_trade_no: 'A20201012000001',
  trade_no: '4200020201012000000000000001',
  total_amount: '88.88',
  buyer_user_id: '2088000000000042',
  buyer_logon_id: 'syn***@example.com',
}

export interface AlipayCaller {
  readonly desk: WalletDesk
  readonly app: string
  readonly noticeUrl: string | undefined
  /** A bill of a day, as an address to fetch it from. */
  readonly billUrl: (date: string, type: keyof typeof alipayBillTypes) => Promise<string | WalletRefused>
}
export interface AlipayMessage<Content extends TObject = TObject> {
  readonly method: string
  readonly zh: string
  readonly en: string
  readonly content: Content
  /** What the answer's node holds when the message succeeds. */
  readonly reply: TObject
  /** A synthetic pair. */
  readonly example: { readonly content: object; readonly reply: object }
  readonly answer: (content: Static<Content>, caller: AlipayCaller) => Promise<object>
}
export const message = <Content extends TObject>(one: AlipayMessage<Content>): AlipayMessage<Content> => one

export const success = (contents: object) => ({ ...successful, ...contents })
const subCodes: Readonly<Partial<Record<WalletRefusal, readonly [string, string]>>> = {
  'unknown-order': ['ACQ.TRADE_NOT_EXIST', '交易不存在'],
  'unknown-code': ['ACQ.PAYMENT_AUTH_CODE_INVALID', '支付授权码无效'],
  'known-with-other-contents': ['ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改'],
  'already-paid': ['ACQ.TRADE_HAS_SUCCESS', '交易已被支付'],
  closed: ['ACQ.TRADE_HAS_CLOSE', '交易已经关闭'],
  revoked: ['ACQ.TRADE_HAS_CLOSE', '交易已经关闭'],
  'undone-before-it-came': ['ACQ.TRADE_HAS_CLOSE', '交易已经关闭'],
  'not-paid': ['ACQ.TRADE_STATUS_ERROR', '交易状态不合法'],
  paying: ['ACQ.TRADE_STATUS_ERROR', '交易状态不合法'],
  'over-refund': ['ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限'],
  'unknown-refund': ['ACQ.TRADE_NOT_EXIST', '退款不存在'],
  'refund-too-late': ['ACQ.TRADE_HAS_FINISHED', '交易已结束'],
  'bill-not-ready': ['isp.bill_not_exist', '账单未生成'],
  'bill-too-old': ['isp.bill_not_exist', '账单不存在'],
}
export function alipayRefusal({ reason }: WalletRefused): object {
  const [code, said] = subCodes[reason] ?? ['ACQ.INVALID_PARAMETER', '参数无效']
  return { code: '40004', msg: 'Business Failed', sub_code: code, sub_msg: said }
}
/** A failure before any message: signature, app, form. */
export const alipayFailure = (code: string, sub: string, said: string) => ({
  code,
  msg: code === '20000' ? 'Service Currently Unavailable' : 'Invalid Arguments',
  sub_code: sub,
  sub_msg: said,
})

export const trade = (order: WalletOrder) => ({
  out_trade_no: order.order,
  ...(order.transaction === undefined ? {} : { trade_no: order.transaction }),
  total_amount: yuanOf(order.amountFen),
  ...(order.payer === undefined ? {} : { buyer_user_id: order.payer, buyer_logon_id: 'syn***@example.com' }),
})

/** By either number; the merchant's own first. */
async function find(
  { out_trade_no: order, trade_no: transaction }: { out_trade_no?: string; trade_no?: string },
  { desk, app }: AlipayCaller,
) {
  if (order !== undefined) return { order }
  if (transaction === undefined) return { outcome: 'refused', reason: 'unknown-order' } as const
  const said = await desk.queryTransaction({ merchant: app, transaction })
  return said.outcome === 'refused' ? said : { order: said.order.order }
}
export const onTrade =
  <Content extends { out_trade_no?: string; trade_no?: string }>(
    work: (order: string, content: Content, caller: AlipayCaller) => Promise<object>,
  ) =>
  async (content: Content, caller: AlipayCaller) => {
    const found = await find(content, caller)
    return 'outcome' in found ? alipayRefusal(found) : work(found.order, content, caller)
  }
