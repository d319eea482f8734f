import { Type } from 'typebox'
import { text } from '../field.ts'
import { mixedAnswer, mixedOrder, mixedQuery, mixedRefundNotice } from './med-ins.ts'
import { exampleParties, wechatMessage } from './message.ts'

const { appid, openid } = exampleParties
const number = '2020101200000000000000000001'
/** What stands for a field sealed for the wallet's key. */
export const sealedExample = '（以微信支付公钥加密）'
const order = {
  mix_pay_type: 'INSURANCE_ONLY',
  order_type: 'DIAG_PAY',
  appid,
  openid,
  out_trade_no: 'X20201012000001',
  serial_no: 'HIS0001',
  pay_order_id: 'ORD310100202010120000000001',
  city_id: '310100',
  med_inst_name: '合成医院',
  med_inst_no: 'H31010000007',
  total_fee: 7000,
  med_ins_gov_fee: 6000,
  med_ins_self_fee: 1000,
  med_ins_other_fee: 0,
  med_ins_cash_fee: 0,
  wechat_pay_cash_fee: 0,
  callback_url: 'http://127.0.0.1:9/notices',
}
const answer = {
  mix_trade_no: number,
  mix_pay_status: 'MIX_PAY_CREATED',
  self_pay_status: 'NO_SELF_PAY',
  med_ins_pay_status: 'MED_INS_PAY_CREATED',
  ...order,
}
const paid = {
  ...answer,
  mix_pay_status: 'MIX_PAY_SUCCESS',
  med_ins_pay_status: 'MED_INS_PAY_SUCCESS',
  paid_time: '2020-10-12T08:00:00+08:00',
}

/** In the order in which their pairs can be played: the order is paid after the first. */
export const mixedMessages = {
  mix: wechatMessage({
    method: 'POST',
    path: '/v3/med-ins/orders',
    operation: 'mixed-order',
    zh: '医保自费混合收款下单',
    en: 'Mixed order of insurance and cash',
    body: mixedOrder,
    answer: mixedAnswer,
    example: {
      path: '/v3/med-ins/orders',
      body: { ...order, pay_auth_no: 'AUTH-1', payer: { name: sealedExample, id_digest: sealedExample, card_type: 'ID_CARD' } },
      answer,
    },
  }),
  queryMixed: wechatMessage({
    method: 'GET',
    path: '/v3/med-ins/orders/mix-trade-no/:mixed',
    operation: 'query-mixed',
    zh: '混合订单号查询',
    en: 'Query a mixed order by its number',
    params: Type.Object({ mixed: text('混合订单号', 32, { standing: 'enforced' }) }),
    body: undefined,
    answer: mixedAnswer,
    example: { path: `/v3/med-ins/orders/mix-trade-no/${number}`, answer: paid },
  }),
  queryMixedOrder: wechatMessage({
    method: 'GET',
    path: '/v3/med-ins/orders/out-trade-no/:order',
    operation: 'query-mixed',
    zh: '商户订单号查询混合订单',
    en: 'Query a mixed order by the merchant’s number',
    params: Type.Object({ order: text('商户订单号', 64, { standing: 'enforced' }) }),
    body: undefined,
    answer: mixedAnswer,
    example: { path: '/v3/med-ins/orders/out-trade-no/X20201012000001', answer: paid },
  }),
  noticeRefund: wechatMessage({
    method: 'POST',
    path: '/v3/med-ins/refunds/notify',
    operation: 'mixed-refund-notice',
    zh: '医保退款通知',
    en: 'The insurer’s part went back',
    query: mixedQuery,
    body: mixedRefundNotice,
    example: {
      path: `/v3/med-ins/refunds/notify?mix_trade_no=${number}`,
      body: {
        med_refund_total_fee: 7000,
        med_refund_gov_fee: 6000,
        med_refund_self_fee: 1000,
        med_refund_other_fee: 0,
        refund_time: '2020-10-12T09:00:00+08:00',
        out_refund_no: 'RX1',
      },
    },
  }),
} as const
