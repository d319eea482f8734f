/**
 * Alipay's open gateway: one address, the message in `method`, its contents as JSON in `biz_content`, yuan with two decimals. Fields and
 * sub codes beyond those of alipay-sdk are unverified (no public document was found).
 */
import type { Static, TObject } from 'typebox'
import { fenOf, fenOfYuan, yuanOf } from '../../../money/fen.ts'
import { secondOf } from '../../desks/business-time.ts'
import type {
  OrderState,
  RefundReply,
  WalletDesk,
  WalletOrder,
  WalletRefund,
  WalletRefusal,
  WalletRefused,
} from '../../desks/wallet-desk.ts'
import { coded, fields, isYuan, optional, text, yuan, yuanKeyword } from '../field.ts'
import { alipayBillTypes } from './bills.ts'

const source = 'unverified'
const tradeNumber = () => text('商户订单号', 64, { standing: 'enforced', source, pattern: '^[0-9A-Za-z_]{1,64}$' })
const ofTrade = {
  out_trade_no: optional(tradeNumber()),
  trade_no: optional(text('支付宝交易号', 64, { standing: 'enforced', source })),
}
const ordered = { out_trade_no: tradeNumber(), total_amount: yuan('订单总金额'), subject: text('订单标题', 256, { minLength: 1 }) }
/** What every answer begins with; the sub codes of refusals stand in {@link subCodes}. */
const outcome = {
  code: text('网关返回码', 5, { source }),
  msg: text('网关返回码描述', 64, { source }),
}
const traded = {
  out_trade_no: text('商户订单号', 64, { source }),
  trade_no: optional(text('支付宝交易号', 64, { source })),
  total_amount: text('交易金额', 17, { source }),
  buyer_user_id: optional(text('买家', 28, { source })),
  buyer_logon_id: optional(text('买家账号', 100, { source })),
}
const tradeStates = { WAIT_BUYER_PAY: '等待付款', TRADE_SUCCESS: '支付成功', TRADE_CLOSED: '已关闭或全额退款' } as const
const successful = { code: '10000', msg: 'Success' }
const first = {
  out_trade_no: 'A20201012000001',
  trade_no: '4200020201012000000000000001',
  total_amount: '88.88',
  buyer_user_id: '2088000000000042',
  buyer_logon_id: 'syn***@example.com',
}
const words = {
  body: optional(text('订单描述', 128, { standing: 'ignored' })),
  product_code: optional(text('产品码', 64, { standing: 'ignored' })),
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
const message = <Content extends TObject>(one: AlipayMessage<Content>): AlipayMessage<Content> => one

const success = (contents: object) => ({ ...successful, ...contents })
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

const stateOf: Readonly<Record<OrderState, keyof typeof tradeStates>> = {
  unpaid: 'WAIT_BUYER_PAY',
  paying: 'WAIT_BUYER_PAY',
  paid: 'TRADE_SUCCESS',
  closed: 'TRADE_CLOSED',
  revoked: 'TRADE_CLOSED',
  failed: 'TRADE_CLOSED',
}
const stateWord = (order: WalletOrder) =>
  order.state === 'paid' && order.refundedFen === order.amountFen ? 'TRADE_CLOSED' : stateOf[order.state]
const trade = (order: WalletOrder) => ({
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
const onTrade =
  <Content extends { out_trade_no?: string; trade_no?: string }>(
    work: (order: string, content: Content, caller: AlipayCaller) => Promise<object>,
  ) =>
  async (content: Content, caller: AlipayCaller) => {
    const found = await find(content, caller)
    return 'outcome' in found ? alipayRefusal(found) : work(found.order, content, caller)
  }

const pay = message({
  method: 'alipay.trade.pay',
  zh: '统一收单交易支付',
  en: 'Pay by the code a payer shows',
  content: fields({
    ...ordered,
    ...words,
    auth_code: text('支付授权码', 32, { standing: 'enforced', pattern: '^(?:2[5-9]|30)\\d{14,22}$' }),
    scene: coded('支付场景', { bar_code: '条码支付' }, { standing: 'enforced' }),
  }),
  reply: fields({ ...outcome, ...traded, receipt_amount: optional(text('实收金额', 17)), gmt_payment: optional(text('支付时间', 19)) }),
  example: {
    content: {
      out_trade_no: 'A20201012000001',
      total_amount: '88.88',
      subject: '门诊缴费',
      auth_code: '280000000000000000',
      scene: 'bar_code',
    },
    reply: { ...successful, ...first, receipt_amount: '88.88', gmt_payment: '2020-10-12 08:00:00' },
  },
  async answer(content, { desk, app, noticeUrl }) {
    const said = await desk.codePay({
      merchant: app,
      app,
      order: content.out_trade_no,
      amountFen: fenOfYuan(content.total_amount),
      description: content.subject,
      code: content.auth_code,
      ...(noticeUrl === undefined ? {} : { noticeUrl }),
    })
    if (said.outcome === 'refused') return alipayRefusal(said)
    if (said.order.state === 'paying') return { code: '10003', msg: ' order success pay inprocess', ...trade(said.order) }
    return success({ ...trade(said.order), receipt_amount: yuanOf(said.order.amountFen), gmt_payment: secondOf(said.order.paidAtMs ?? 0) })
  },
})

const precreate = message({
  method: 'alipay.trade.precreate',
  zh: '统一收单线下交易预创建',
  en: 'Order shown as a code',
  content: fields({ ...ordered, ...words }),
  reply: fields({ ...outcome, out_trade_no: text('商户订单号', 64), qr_code: text('二维码', 1024) }),
  example: {
    content: { out_trade_no: 'A20201012000002', total_amount: '8.00', subject: '挂号' },
    reply: { ...successful, out_trade_no: 'A20201012000002', qr_code: 'https://qr.alipay.invalid/wx2020101200000000000000000000000002' },
  },
  async answer(content, { desk, app, noticeUrl }) {
    const said = await desk.order({
      merchant: app,
      app,
      order: content.out_trade_no,
      way: 'shown-code',
      amountFen: fenOfYuan(content.total_amount),
      description: content.subject,
      ...(noticeUrl === undefined ? {} : { noticeUrl }),
    })
    return said.outcome === 'refused'
      ? alipayRefusal(said)
      : success({ out_trade_no: said.order.order, qr_code: `https://qr.alipay.invalid/${said.order.prepay}` })
  },
})

const query = message({
  method: 'alipay.trade.query',
  zh: '统一收单交易查询',
  en: 'Query',
  content: fields(ofTrade),
  reply: fields({ ...outcome, ...traded, trade_status: coded('交易状态', tradeStates), send_pay_date: optional(text('打款时间', 19)) }),
  example: {
    content: { out_trade_no: 'A20201012000001' },
    reply: { ...successful, ...first, trade_status: 'TRADE_SUCCESS', send_pay_date: '2020-10-12 08:00:00' },
  },
  answer: onTrade(async (order, _, { desk, app }) => {
    const said = await desk.query({ merchant: app, order })
    if (said.outcome === 'refused') return alipayRefusal(said)
    const paid = said.order.paidAtMs === undefined ? {} : { send_pay_date: secondOf(said.order.paidAtMs) }
    return success({ ...trade(said.order), trade_status: stateWord(said.order), ...paid })
  }),
})

const close = message({
  method: 'alipay.trade.close',
  zh: '统一收单交易关闭',
  en: 'Close',
  content: fields(ofTrade),
  reply: fields({ ...outcome, out_trade_no: text('商户订单号', 64) }),
  example: {
    content: { out_trade_no: 'A20201012000002' },
    reply: { ...successful, out_trade_no: 'A20201012000002' },
  },
  answer: onTrade(async (order, _, { desk, app }) => {
    const said = await desk.close({ merchant: app, order })
    return said.outcome === 'refused' ? alipayRefusal(said) : success({ out_trade_no: order })
  }),
})

const cancel = message({
  method: 'alipay.trade.cancel',
  zh: '统一收单交易撤销',
  en: 'Cancel: undo whatever became of it',
  content: fields(ofTrade),
  reply: fields({
    ...outcome,
    out_trade_no: text('商户订单号', 64),
    retry_flag: coded('是否需要重试', { Y: '是', N: '否' }),
    action: optional(coded('触发的动作', { close: '关闭', refund: '退款' })),
  }),
  example: {
    content: { out_trade_no: 'A20201012000002' },
    reply: { ...successful, out_trade_no: 'A20201012000002', retry_flag: 'N', action: 'close' },
  },
  // A cancel of what is not there succeeds at Alipay; here it also buries the order.
  answer: onTrade(async (order, _, { desk, app }) => {
    const said = await desk.revoke({ merchant: app, order })
    if (said.outcome === 'refused' && said.reason !== 'unknown-order') return alipayRefusal(said)
    const action = said.outcome === 'order' ? { action: said.order.refundedFen > 0 ? 'refund' : 'close' } : {}
    return success({ out_trade_no: order, retry_flag: 'N', ...action })
  }),
})

const refund = message({
  method: 'alipay.trade.refund',
  zh: '统一收单交易退款',
  en: 'Refund',
  content: fields({
    ...ofTrade,
    refund_amount: yuan('退款金额'),
    out_request_no: optional(text('退款请求号', 64, { standing: 'enforced', minLength: 1 })),
    refund_reason: optional(text('退款原因', 256)),
  }),
  reply: fields({
    ...outcome,
    out_trade_no: text('商户订单号', 64),
    trade_no: text('支付宝交易号', 64),
    fund_change: coded('是否发生资金变化', { Y: '是', N: '否' }),
    refund_fee: text('已退金额', 17),
    buyer_user_id: optional(text('买家', 28)),
  }),
  example: {
    content: { out_trade_no: 'A20201012000001', refund_amount: '8.88', out_request_no: 'AR1', refund_reason: '未执行项目' },
    reply: {
      ...successful,
      out_trade_no: 'A20201012000001',
      trade_no: first.trade_no,
      fund_change: 'Y',
      refund_fee: '8.88',
      buyer_user_id: first.buyer_user_id,
    },
  },
  answer: onTrade<{
    out_trade_no?: string
    trade_no?: string
    refund_amount: number | string
    out_request_no?: string
    refund_reason?: string
  }>(async (order, content, { desk, app }) => {
    // Without a number of its own the refund bears the order's, and can be asked once.
    const said = await desk.refund({
      merchant: app,
      order,
      refund: content.out_request_no ?? order,
      amountFen: fenOf(fenOfYuan(content.refund_amount)),
      ...(content.refund_reason === undefined ? {} : { why: content.refund_reason }),
    })
    if (said.outcome === 'refused') return alipayRefusal(said)
    const of = await desk.query({ merchant: app, order })
    const backFen = of.outcome === 'order' ? of.order.refundedFen : said.refund.amountFen
    return success({
      out_trade_no: order,
      trade_no: said.refund.transaction,
      fund_change: 'Y',
      refund_fee: yuanOf(backFen),
      buyer_user_id: said.refund.payer,
    })
  }),
})

const queryRefund = message({
  method: 'alipay.trade.fastpay.refund.query',
  zh: '统一收单交易退款查询',
  en: 'Query a refund',
  content: fields({ ...ofTrade, out_request_no: text('退款请求号', 64, { standing: 'enforced', minLength: 1 }) }),
  reply: fields({
    ...outcome,
    out_trade_no: text('商户订单号', 64),
    trade_no: text('支付宝交易号', 64),
    out_request_no: text('退款请求号', 64),
    total_amount: text('订单金额', 17),
    refund_amount: text('退款金额', 17),
    refund_status: optional(coded('退款状态', { REFUND_SUCCESS: '退款成功' })),
  }),
  example: {
    content: { out_trade_no: 'A20201012000001', out_request_no: 'AR1' },
    reply: {
      ...successful,
      out_trade_no: 'A20201012000001',
      trade_no: first.trade_no,
      out_request_no: 'AR1',
      total_amount: '88.88',
      refund_amount: '8.88',
      refund_status: 'REFUND_SUCCESS',
    },
  },
  async answer(content, { desk, app }) {
    const said: RefundReply | WalletRefused = await desk.queryRefund({ merchant: app, refund: content.out_request_no })
    if (said.outcome === 'refused') return alipayRefusal(said)
    return success(told(said.refund))
  },
})
const told = (one: WalletRefund) => ({
  out_trade_no: one.order,
  trade_no: one.transaction,
  out_request_no: one.refund,
  total_amount: yuanOf(one.totalFen),
  refund_amount: yuanOf(one.amountFen),
  ...(one.state === 'done' ? { refund_status: 'REFUND_SUCCESS' } : {}),
})

const billAddress = message({
  method: 'alipay.data.dataservice.bill.downloadurl.query',
  zh: '查询对账单下载地址',
  en: 'Address of a day’s bill',
  content: fields({
    bill_type: coded('账单类型', alipayBillTypes, { standing: 'enforced' }),
    bill_date: text('账单日期', 10, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  }),
  reply: fields({ ...outcome, bill_download_url: text('账单下载地址', 2048) }),
  example: {
    content: { bill_type: 'trade', bill_date: '2020-10-11' },
    reply: { ...successful, bill_download_url: '' },
  },
  async answer({ bill_date: date, bill_type: type }, { billUrl }) {
    const address = await billUrl(date, type)
    return typeof address === 'string' ? success({ bill_download_url: address }) : alipayRefusal(address)
  },
})

export const alipayMessages = [
  pay,
  precreate,
  query,
  close,
  cancel,
  refund,
  queryRefund,
  billAddress,
] as unknown as readonly AlipayMessage[]

/** Names of the amounts that are no amounts in yuan. */
export const wrongAmounts = ({ content }: AlipayMessage, given: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(content.properties)
    .filter(([name, field]) => yuanKeyword in field && !isYuan(given[name]))
    .map(([name]) => name)
export const businessKeyOf = (given: Readonly<Record<string, unknown>>): string => String(given['out_trade_no'] ?? given['trade_no'] ?? '')
