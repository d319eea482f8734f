/** Paying by a shown code, orders, and what becomes of them. */
import { fenOfYuan, yuanOf } from '../../../money/fen.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { OrderState, WalletOrder } from '../../desks/wallet-desk.ts'
import { coded, fields, optional, text, yuan } from '../field.ts'
import {
  alipayRefusal,
  exampleTrade,
  message,
  ofTrade,
  onTrade,
  outcome,
  success,
  successful,
  trade,
  traded,
  tradeNumber,
} from './message.ts'

const ordered = { out_trade_no: tradeNumber(), total_amount: yuan('订单总金额'), subject: text('订单标题', 256, { minLength: 1 }) }
const tradeStates = { WAIT_BUYER_PAY: '等待付款', TRADE_SUCCESS: '支付成功', TRADE_CLOSED: '已关闭或全额退款' } as const
const words = {
  body: optional(text('订单描述', 128, { standing: 'ignored' })),
  product_code: optional(text('产品码', 64, { standing: 'ignored' })),
}

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

export const pay = message({
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
    reply: { ...successful, ...exampleTrade, receipt_amount: '88.88', gmt_payment: '2020-10-12 08:00:00' },
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

export const precreate = message({
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

export const query = message({
  method: 'alipay.trade.query',
  zh: '统一收单交易查询',
  en: 'Query',
  content: fields(ofTrade),
  reply: fields({ ...outcome, ...traded, trade_status: coded('交易状态', tradeStates), send_pay_date: optional(text('打款时间', 19)) }),
  example: {
    content: { out_trade_no: 'A20201012000001' },
    reply: { ...successful, ...exampleTrade, trade_status: 'TRADE_SUCCESS', send_pay_date: '2020-10-12 08:00:00' },
  },
  answer: onTrade(async (order, _, { desk, app }) => {
    const said = await desk.query({ merchant: app, order })
    if (said.outcome === 'refused') return alipayRefusal(said)
    const paid = said.order.paidAtMs === undefined ? {} : { send_pay_date: secondOf(said.order.paidAtMs) }
    return success({ ...trade(said.order), trade_status: stateWord(said.order), ...paid })
  }),
})

export const close = message({
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

export const cancel = message({
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
