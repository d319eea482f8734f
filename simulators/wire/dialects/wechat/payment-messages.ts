import { Type } from 'typebox'
import { text } from '../field.ts'
import { byMerchant, exampleParties, wechatMessage } from './message.ts'
import {
  closing,
  codeOrder,
  jsapiOrder,
  nativeOrder,
  orderNumber,
  prepaid,
  refundAnswer,
  refundOrder,
  reversing,
  shownCode,
  transaction,
} from './payments.ts'

const { mchid, appid, openid } = exampleParties
const orderParams = Type.Object({ order: orderNumber('商户订单号') })
/** A synthetic order, but for its payer. */
export const exampleOrder = (number: string, total: number) => ({
  appid,
  mchid,
  description: '门诊缴费',
  out_trade_no: number,
  notify_url: 'http://127.0.0.1:9/notices',
  amount: { total, currency: 'CNY' },
})
const paid = (number: string, total: number, transactionId: string, tradeType: string) => ({
  appid,
  mchid,
  out_trade_no: number,
  transaction_id: transactionId,
  trade_type: tradeType,
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  success_time: '2020-10-12T08:00:00+08:00',
  payer: { openid },
  amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' },
})
const [firstNumber, secondNumber] = ['4200020201012000000000000001', '4200020201012000000000000002']
const refunded = {
  // The revoked code payment went back as the first refund.
  refund_id: '5030020201012000000000000002',
  out_refund_no: 'R20201012000001',
  transaction_id: firstNumber,
  out_trade_no: 'M20201012000001',
  channel: 'ORIGINAL',
  user_received_account: '支付用户零钱',
  success_time: '2020-10-12T08:00:00+08:00',
  create_time: '2020-10-12T08:00:00+08:00',
  status: 'SUCCESS',
  funds_account: 'AVAILABLE',
  amount: {
    total: 12_000,
    refund: 2000,
    payer_total: 12_000,
    payer_refund: 2000,
    settlement_refund: 2000,
    settlement_total: 12_000,
    discount_refund: 0,
    currency: 'CNY',
  },
}

/** In the order in which their pairs can be played. The first order is paid after the second message. */
export const paymentMessages = {
  jsapi: wechatMessage({
    method: 'POST',
    path: '/v3/pay/transactions/jsapi',
    operation: 'order',
    zh: 'JSAPI下单',
    en: 'Order in an app',
    body: jsapiOrder,
    answer: prepaid,
    example: {
      path: '/v3/pay/transactions/jsapi',
      body: { ...exampleOrder('M20201012000001', 12_000), payer: { openid } },
      answer: { prepay_id: 'wx2020101200000000000000000000000001' },
    },
  }),
  native: wechatMessage({
    method: 'POST',
    path: '/v3/pay/transactions/native',
    operation: 'order',
    zh: 'Native下单',
    en: 'Order shown as a code',
    body: nativeOrder,
    answer: shownCode,
    example: {
      path: '/v3/pay/transactions/native',
      body: exampleOrder('M20201012000002', 800),
      answer: { code_url: 'weixin://wxpay/bizpayurl?pr=wx2020101200000000000000000000000002' },
    },
  }),
  codePay: wechatMessage({
    method: 'POST',
    path: '/v3/pay/transactions/codepay',
    operation: 'code-pay',
    zh: '付款码支付',
    en: 'Pay by the code a payer shows',
    body: codeOrder,
    answer: transaction,
    example: {
      path: '/v3/pay/transactions/codepay',
      body: { ...exampleOrder('M20201012000003', 5000), payer: { auth_code: '130000000000000000' } },
      answer: paid('M20201012000003', 5000, secondNumber, 'MICROPAY'),
    },
  }),
  query: wechatMessage({
    method: 'GET',
    path: '/v3/pay/transactions/out-trade-no/:order',
    operation: 'query',
    zh: '商户订单号查询订单',
    en: 'Query by the merchant’s number',
    params: orderParams,
    query: byMerchant,
    body: undefined,
    answer: transaction,
    example: {
      path: `/v3/pay/transactions/out-trade-no/M20201012000001?mchid=${mchid}`,
      answer: paid('M20201012000001', 12_000, firstNumber, 'JSAPI'),
    },
  }),
  queryTransaction: wechatMessage({
    method: 'GET',
    path: '/v3/pay/transactions/id/:transaction_id',
    operation: 'query',
    zh: '微信支付订单号查询订单',
    en: 'Query by the wallet’s number',
    query: byMerchant,
    params: Type.Object({ transaction_id: text('微信支付订单号', 32, { standing: 'enforced' }) }),
    body: undefined,
    answer: transaction,
    example: {
      path: `/v3/pay/transactions/id/${secondNumber}?mchid=${mchid}`,
      answer: paid('M20201012000003', 5000, secondNumber, 'MICROPAY'),
    },
  }),
  close: wechatMessage({
    method: 'POST',
    path: '/v3/pay/transactions/out-trade-no/:order/close',
    operation: 'close',
    zh: '关闭订单',
    en: 'Close',
    params: orderParams,
    body: closing,
    example: { path: '/v3/pay/transactions/out-trade-no/M20201012000002/close', body: { mchid } },
  }),
  reverse: wechatMessage({
    method: 'POST',
    path: '/v3/pay/transactions/out-trade-no/:order/reverse',
    operation: 'revoke',
    zh: '撤销订单',
    en: 'Revoke',
    params: orderParams,
    body: reversing,
    example: { path: '/v3/pay/transactions/out-trade-no/M20201012000003/reverse', body: { appid, mchid } },
  }),
  refund: wechatMessage({
    method: 'POST',
    path: '/v3/refund/domestic/refunds',
    operation: 'refund',
    zh: '申请退款',
    en: 'Refund',
    body: refundOrder,
    answer: refundAnswer,
    example: {
      path: '/v3/refund/domestic/refunds',
      body: {
        transaction_id: firstNumber,
        out_refund_no: 'R20201012000001',
        reason: '未执行项目',
        amount: { refund: 2000, total: 12_000, currency: 'CNY' },
      },
      answer: refunded,
    },
  }),
  queryRefund: wechatMessage({
    method: 'GET',
    path: '/v3/refund/domestic/refunds/:out_refund_no',
    operation: 'query-refund',
    zh: '查询单笔退款',
    en: 'Query a refund',
    params: Type.Object({ out_refund_no: text('商户退款单号', 64, { standing: 'enforced' }) }),
    body: undefined,
    answer: refundAnswer,
    example: {
      path: '/v3/refund/domestic/refunds/R20201012000001',
      answer: refunded,
    },
  }),
} as const
