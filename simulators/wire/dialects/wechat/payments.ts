/**
 * JSAPI, Native and 付款码 orders, and refunds. Whole fen on the wire too; times are RFC 3339 in UTC+8. Sources: V WS and V WX of the
 * domain notes; fields marked unverified come from public client libraries.
 */
import { type Static, Type } from 'typebox'
import { fenOf } from '../../../money/fen.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { CodePayRequest, OrderRequest, OrderState, WalletOrder, WalletRefund, WalletRefundRequest } from '../../desks/wallet-desk.ts'
import { coded, count, fields, optional, text } from '../field.ts'

export const orderNumber = (zh: string) => text(zh, 32, { standing: 'enforced', pattern: '^[0-9A-Za-z_|*\\-]{6,32}$' })
const merchantNumber = () => text('商户号', 32, { standing: 'enforced', minLength: 1 })
const appNumber = () => text('公众账号ID', 32, { standing: 'enforced', minLength: 1 })
const noticeAddress = (zh: string) => text(zh, 255, { standing: 'enforced', pattern: '^https?://' })
/** Largest amount of one order, fen: 100 million yuan, so that sums stay exact. */
const mostFen = 10_000_000_000
const amount = () =>
  fields({
    total: Type.Integer({ minimum: 1, maximum: mostFen, title: '总金额（分）', 'x-standing': 'enforced' }),
    currency: optional(coded('货币类型', { CNY: '人民币' }, { standing: 'enforced' })),
  })
const commonOrder = {
  appid: appNumber(),
  mchid: merchantNumber(),
  description: text('商品描述', 127, { minLength: 1 }),
  out_trade_no: orderNumber('商户订单号'),
  attach: optional(text('附加数据', 128)),
  goods_tag: optional(text('订单优惠标记', 32, { standing: 'ignored' })),
  support_fapiao: optional(Type.Boolean({ title: '电子发票入口开放标识', 'x-standing': 'ignored' })),
  detail: optional(Type.Object({}, { title: '优惠功能', 'x-standing': 'ignored' })),
  scene_info: optional(Type.Object({}, { title: '场景信息', 'x-standing': 'ignored' })),
  settle_info: optional(Type.Object({}, { title: '结算信息', 'x-standing': 'ignored' })),
  amount: amount(),
}
const timed = {
  time_expire: optional(
    text('支付结束时间', 64, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:Z|[+-]\\d{2}:\\d{2})$' }),
  ),
  notify_url: noticeAddress('通知地址'),
}

export const jsapiOrder = fields({
  ...commonOrder,
  ...timed,
  payer: fields({ openid: text('用户标识', 128, { standing: 'enforced', minLength: 1 }) }),
})
export const nativeOrder = fields({ ...commonOrder, ...timed })
export const codeOrder = fields({
  ...commonOrder,
  notify_url: optional(noticeAddress('通知地址')),
  payer: fields({ auth_code: text('付款码', 32, { standing: 'enforced', pattern: '^1[0-5]\\d{16}$' }) }),
})
export const prepaid = fields({ prepay_id: text('预支付交易会话标识', 64) })
export const shownCode = fields({ code_url: text('二维码链接', 512) })
export const closing = fields({ mchid: merchantNumber() })
export const reversing = fields({ appid: optional(appNumber()), mchid: merchantNumber() })

const tradeStates = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '未支付',
  CLOSED: '已关闭',
  REVOKED: '已撤销',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
} as const
type TradeState = keyof typeof tradeStates

export const transaction = fields({
  appid: text('公众账号ID', 32),
  mchid: text('商户号', 32),
  out_trade_no: text('商户订单号', 32),
  transaction_id: optional(text('微信支付订单号', 32)),
  trade_type: optional(coded('交易类型', { JSAPI: '公众号支付', NATIVE: '扫码支付', MICROPAY: '付款码支付' })),
  trade_state: coded('交易状态', tradeStates),
  trade_state_desc: text('交易状态描述', 256),
  bank_type: optional(text('银行类型', 32)),
  attach: optional(text('附加数据', 128)),
  success_time: optional(text('支付完成时间', 64)),
  payer: optional(fields({ openid: optional(text('用户标识', 128)) })),
  amount: optional(
    fields({
      total: count('总金额', mostFen),
      payer_total: count('用户支付金额', mostFen),
      currency: text('货币类型', 16),
      payer_currency: text('用户支付币种', 16),
    }),
  ),
})

export const refundOrder = fields({
  transaction_id: optional(text('微信支付订单号', 32, { standing: 'enforced' })),
  out_trade_no: optional(orderNumber('商户订单号')),
  out_refund_no: text('商户退款单号', 64, { standing: 'enforced', pattern: '^[0-9A-Za-z_|*@\\-]{1,64}$' }),
  reason: optional(text('退款原因', 80)),
  notify_url: optional(noticeAddress('退款结果回调地址')),
  funds_account: optional(coded('退款资金来源', { AVAILABLE: '可用余额', UNSETTLED: '未结算资金' }, { standing: 'ignored' })),
  goods_detail: optional(Type.Array(Type.Object({}), { title: '退款商品', 'x-standing': 'ignored' })),
  amount: fields({
    refund: Type.Integer({ minimum: 1, maximum: mostFen, title: '退款金额', 'x-standing': 'enforced' }),
    total: Type.Integer({ minimum: 1, maximum: mostFen, title: '原订单金额', 'x-standing': 'enforced' }),
    currency: coded('退款币种', { CNY: '人民币' }, { standing: 'enforced' }),
    from: optional(Type.Array(Type.Object({}), { title: '退款出资账户及金额', 'x-standing': 'ignored' })),
  }),
})
export const refundAnswer = fields({
  refund_id: text('微信支付退款单号', 32),
  out_refund_no: text('商户退款单号', 64),
  transaction_id: text('微信支付订单号', 32),
  out_trade_no: text('商户订单号', 32),
  channel: coded('退款渠道', { ORIGINAL: '原路退款', BALANCE: '退回到余额', OTHER_BALANCE: '其他余额账户', OTHER_BANKCARD: '其他银行卡' }),
  user_received_account: text('退款入账账户', 64),
  success_time: optional(text('退款成功时间', 64)),
  create_time: text('退款创建时间', 64),
  status: coded('退款状态', { SUCCESS: '退款成功', CLOSED: '退款关闭', PROCESSING: '退款处理中', ABNORMAL: '退款异常' }),
  funds_account: text('资金账户', 32),
  amount: fields({
    total: count('订单金额', mostFen),
    refund: count('退款金额', mostFen),
    payer_total: count('用户支付金额', mostFen),
    payer_refund: count('用户退款金额', mostFen),
    settlement_refund: count('应结退款金额', mostFen),
    settlement_total: count('应结订单金额', mostFen),
    discount_refund: count('优惠退款金额', mostFen),
    currency: text('退款币种', 18),
  }),
})

type TimedOrder = Static<typeof jsapiOrder> | Static<typeof nativeOrder>

export function readOrder(body: TimedOrder): OrderRequest {
  return {
    ...readCommon(body),
    way: 'payer' in body ? 'in-app' : 'shown-code',
    noticeUrl: body.notify_url,
    ...('payer' in body ? { payer: body.payer.openid } : {}),
    ...(body.time_expire === undefined ? {} : { expiresAtMs: Date.parse(body.time_expire) }),
  }
}
export function readCodeOrder(body: Static<typeof codeOrder>): CodePayRequest {
  return { ...readCommon(body), code: body.payer.auth_code, ...(body.notify_url === undefined ? {} : { noticeUrl: body.notify_url }) }
}
const readCommon = (body: Static<typeof nativeOrder> | Static<typeof codeOrder>) => ({
  merchant: body.mchid,
  app: body.appid,
  order: body.out_trade_no,
  amountFen: fenOf(body.amount.total),
  description: body.description,
  ...(body.attach === undefined ? {} : { attach: body.attach }),
})

/** What a merchant sends: {@link readOrder} and {@link readCodeOrder} the other way round. */
export function writeOrderRequest(request: OrderRequest | CodePayRequest): object {
  const { merchant, app, order, amountFen, description, attach, noticeUrl } = request
  return {
    appid: app,
    mchid: merchant,
    description,
    out_trade_no: order,
    ...(attach === undefined ? {} : { attach }),
    amount: { total: amountFen, currency: 'CNY' },
    ...('code' in request
      ? { payer: { auth_code: request.code }, ...(noticeUrl === undefined ? {} : { notify_url: noticeUrl }) }
      : {
          payer: { openid: request.payer },
          // v3 wants an address always; a merchant that asks instead of listening names one that is nobody's.
          notify_url: noticeUrl ?? 'https://notices.invalid/',
          ...(request.expiresAtMs === undefined ? {} : { time_expire: timeOf(request.expiresAtMs) }),
        }),
  }
}
export const writeRefundRequest = ({ order, refund, amountFen, totalFen, why, noticeUrl }: WalletRefundRequest) => ({
  out_trade_no: order,
  out_refund_no: refund,
  ...(why === undefined ? {} : { reason: why }),
  ...(noticeUrl === undefined ? {} : { notify_url: noticeUrl }),
  amount: { refund: amountFen, total: totalFen, currency: 'CNY' },
})

/** @param order found before by either of its numbers */
export function readRefund(merchant: string, order: string, body: Static<typeof refundOrder>): WalletRefundRequest {
  return {
    merchant,
    order,
    refund: body.out_refund_no,
    amountFen: fenOf(body.amount.refund),
    totalFen: fenOf(body.amount.total),
    ...(body.reason === undefined ? {} : { why: body.reason }),
    ...(body.notify_url === undefined ? {} : { noticeUrl: body.notify_url }),
  }
}

export const tradeTypeOf = { 'in-app': 'JSAPI', 'shown-code': 'NATIVE', 'payer-code': 'MICROPAY' } as const
const stateOf: Readonly<Record<OrderState, TradeState>> = {
  unpaid: 'NOTPAY',
  paying: 'USERPAYING',
  paid: 'SUCCESS',
  closed: 'CLOSED',
  revoked: 'REVOKED',
  failed: 'PAYERROR',
}

export function writeTransaction(order: WalletOrder): Static<typeof transaction> {
  const state = order.state === 'paid' && order.refundedFen > 0 ? 'REFUND' : stateOf[order.state]
  const isPaid = order.transaction !== undefined
  return {
    appid: order.app,
    mchid: order.merchant,
    out_trade_no: order.order,
    ...(isPaid ? { transaction_id: order.transaction } : {}),
    trade_type: tradeTypeOf[order.way],
    trade_state: state,
    trade_state_desc: tradeStates[state],
    ...(isPaid ? { bank_type: 'OTHERS' } : {}),
    ...(order.attach === undefined ? {} : { attach: order.attach }),
    ...(order.paidAtMs === undefined ? {} : { success_time: timeOf(order.paidAtMs) }),
    ...(order.payer === undefined ? {} : { payer: { openid: order.payer } }),
    amount: { total: order.amountFen, payer_total: order.amountFen, currency: 'CNY', payer_currency: 'CNY' },
  }
}

export function writeRefund(refund: WalletRefund): Static<typeof refundAnswer> {
  return {
    refund_id: refund.number,
    out_refund_no: refund.refund,
    transaction_id: refund.transaction,
    out_trade_no: refund.order,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(refund.doneAtMs === undefined ? {} : { success_time: timeOf(refund.doneAtMs) }),
    create_time: timeOf(refund.createdAtMs),
    status: refund.state === 'done' ? 'SUCCESS' : 'PROCESSING',
    funds_account: 'AVAILABLE',
    amount: {
      total: refund.totalFen,
      refund: refund.amountFen,
      payer_total: refund.totalFen,
      payer_refund: refund.amountFen,
      settlement_refund: refund.amountFen,
      settlement_total: refund.totalFen,
      discount_refund: 0,
      currency: 'CNY',
    },
  }
}

/** Business moment as RFC 3339. */
export const timeOf = (ms: number): string => `${secondOf(ms).replace(' ', 'T')}+08:00`

/** What a callback's resource holds once opened. */
export const paymentNotice = (order: WalletOrder) => ({
  id: 'TRANSACTION.SUCCESS',
  kind: 'transaction',
  summary: '支付成功',
  contents: writeTransaction({ ...order, refundedFen: fenOf(0) }),
})
export const refundNotice = (refund: WalletRefund) => ({
  id: 'REFUND.SUCCESS',
  kind: 'refund',
  summary: '退款成功',
  contents: {
    mchid: refund.merchant,
    out_trade_no: refund.order,
    transaction_id: refund.transaction,
    out_refund_no: refund.refund,
    refund_id: refund.number,
    refund_status: 'SUCCESS',
    ...(refund.doneAtMs === undefined ? {} : { success_time: timeOf(refund.doneAtMs) }),
    user_received_account: '支付用户零钱',
    amount: { total: refund.totalFen, refund: refund.amountFen, payer_total: refund.totalFen, payer_refund: refund.amountFen },
  },
})

/** The order a body speaks of: what a planned service time knows the errand by. */
export const businessKeyOf = (body: unknown): string | undefined =>
  (body as { readonly out_trade_no?: string } | null | undefined)?.out_trade_no
/** A refund names its order by either number. */
export const orderOfRefund = ({ transaction_id: transaction, out_trade_no: order }: Static<typeof refundOrder>) => ({ transaction, order })
