import { fenOf, fenOfYuan, yuanOf } from '../../../money/fen.ts'
import type { RefundReply, WalletRefund, WalletRefused } from '../../desks/wallet-desk.ts'
import { coded, fields, optional, text, yuan } from '../field.ts'
import { alipayRefusal, exampleTrade, message, ofTrade, onTrade, outcome, success, successful } from './message.ts'

export const refund = message({
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
      trade_no: exampleTrade.trade_no,
      fund_change: 'Y',
      refund_fee: '8.88',
      buyer_user_id: exampleTrade.buyer_user_id,
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

export const queryRefund = message({
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
      trade_no: exampleTrade.trade_no,
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
