/** 6202 支付下单, 6203 退费, 6301 结算结果查询. */
import { noMoney } from '../../../money/fen.ts'
import type { OrderView } from '../../desks/mobile-desk.ts'
import { coded, fields, optional, text } from '../field.ts'
import { flag, visitNumber } from '../national/fields.ts'
import {
  amountFields,
  credential,
  extension,
  fenIn,
  institution,
  money,
  noAmount,
  orderNumber,
  orderState,
  orderToken,
  outcomeFields,
  shown,
  writeAmounts,
  writeOutcome,
  writeState,
} from './fields.ts'
import { mobileMessage } from './message.ts'
import { exampleSplit, revokeOrder } from './upload.ts'

const exampleOrder: OrderView = {
  order: 'ORD310100202010120900000000012',
  site: 7,
  siteOrder: 'DD0000000001',
  visit: 'MT00000000000012',
  state: 'placed',
  split: exampleSplit,
  cashRefundedFen: noMoney,
}

export const placeOrder = mobileMessage({
  code: '6202',
  path: '/org/local/api/hos/pay_order',
  zh: '支付下单',
  en: 'Order placed',
  does: 'placeOrder',
  data: fields({
    payAuthNo: text('支付授权码', 40, { standing: 'enforced', minLength: 1 }),
    payOrdId: orderNumber(),
    payToken: orderToken(),
    orgCodg: institution(),
    orgBizSer: text('机构业务流水', 40),
    chrgBchno: text('收费批次号', 30, { standing: 'enforced', minLength: 1 }),
    feeType: text('费用类别', 6),
    mdtrtId: visitNumber(),
    acctUsedFlag: optional(flag('个人账户使用标志', { standing: 'enforced' })),
  }),
  answer: fields({
    payOrdId: orderNumber(),
    ordStas: orderState(),
    ...amountFields(),
    deposit: money('住院押金'),
    acctMulaidPay: money('账户共济支付'),
    hospPartAmt: money('医院负担'),
    othFeeAmt: money('其他费用'),
    selfAcctPay: money('本人账户支付'),
    extData: extension(),
  }),
  read: ({ payAuthNo, payOrdId, payToken, chrgBchno, mdtrtId, acctUsedFlag }) => ({
    ...{ order: payOrdId, token: payToken, authorization: payAuthNo, visit: mdtrtId, batch: chrgBchno },
    ...(acctUsedFlag === undefined ? {} : { isAccountUsed: acctUsedFlag === '1' }),
  }),
  write: (view) => ({
    payOrdId: view.order,
    ordStas: writeState(view.state),
    ...writeAmounts(view),
    deposit: noAmount,
    acctMulaidPay: noAmount,
    hospPartAmt: noAmount,
    othFeeAmt: noAmount,
    selfAcctPay: writeAmounts(view).psnAcctPay,
  }),
  institution: ({ orgCodg }) => orgCodg,
  businessKey: ({ payOrdId }) => payOrdId,
  example: {
    request: {
      payAuthNo: 'AUTH0123456789',
      payOrdId: exampleOrder.order,
      payToken: '0123456789abcdef0123456789abcdef01234567',
      orgCodg: 'H31000000007',
      orgBizSer: 'YW0000000001',
      chrgBchno: 'B1',
      feeType: '01',
      mdtrtId: exampleOrder.visit,
      acctUsedFlag: '1',
    },
    reply: exampleOrder,
  },
})

const kinds = { ALL: 'all', CASH: 'cash', HI: 'insurer' } as const

export const refundOrder = mobileMessage({
  code: '6203',
  path: '/org/local/api/hos/refund_Order',
  zh: '医保退费',
  en: 'Refund',
  does: 'refundOrder',
  data: fields({
    payOrdId: orderNumber(),
    appRefdSn: text('应用退款流水号', 40, { standing: 'enforced', minLength: 1 }),
    appRefdTime: text('应用退费时间', 14, { pattern: '^\\d{14}$' }),
    totlRefdAmt: money('总退费金额'),
    psnAcctRefdAmt: optional(money('个人账户退费金额')),
    fundRefdAmt: optional(money('基金退费金额')),
    cashRefdAmt: money('现金退费金额'),
    refdType: coded('退费类型', { ALL: '全部', CASH: '自费', HI: '医保' }, { standing: 'enforced' }),
    ...credential(),
  }),
  answer: fields({ refStatus: coded('退费状态', { SUCC: '成功', FAIL: '失败', EXP: '异常' }) }),
  read: (data) => ({
    ...shown(data),
    order: data.payOrdId,
    refund: data.appRefdSn,
    kind: kinds[data.refdType],
    totalFen: fenIn(data.totlRefdAmt),
    accountFen: fenIn(data.psnAcctRefdAmt),
    fundFen: fenIn(data.fundRefdAmt),
    cashFen: fenIn(data.cashRefdAmt),
  }),
  write: () => ({ refStatus: 'SUCC' as const }),
  refusal: { refStatus: 'FAIL' },
  institution: () => undefined,
  businessKey: ({ appRefdSn }) => appRefdSn,
  example: {
    request: {
      payOrdId: exampleOrder.order,
      appRefdSn: 'TK0000000001',
      appRefdTime: '20201012110000',
      totlRefdAmt: '120.00',
      psnAcctRefdAmt: '30.00',
      fundRefdAmt: '36.00',
      cashRefdAmt: '54.00',
      refdType: 'ALL',
      payAuthNo: 'AUTH9876543210',
    },
    reply: { refund: 'TK0000000001' },
  },
})

export const queryOrder = mobileMessage({
  code: '6301',
  path: '/org/local/api/hos/query_order_info',
  zh: '医保订单结算结果查询',
  en: 'Order looked up',
  does: 'queryOrder',
  data: revokeOrder.data,
  answer: fields({ payOrdId: orderNumber(), ordStas: orderState(), ...amountFields(), ...outcomeFields() }),
  read: revokeOrder.read,
  write: (view) => ({ payOrdId: view.order, ordStas: writeState(view.state), ...writeAmounts(view), ...writeOutcome(view) }),
  institution: ({ orgCodg }) => orgCodg,
  businessKey: ({ payOrdId }) => payOrdId,
  example: {
    request: revokeOrder.example.request,
    reply: {
      ...exampleOrder,
      state: 'paid',
      settlement: 'JS00000000000014',
      paidAtMs: Date.parse('2020-10-12T02:00:00Z'),
      reversalToken: 'fedcba9876543210fedcba9876543210fedcba98',
    },
  },
})
