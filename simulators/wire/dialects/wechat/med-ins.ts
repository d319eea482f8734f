/** 医保自费混合收款 (移动医保支付 2.0): /v3/med-ins. Whole fen; names and ID digests travel sealed for the platform key and are not kept. */
import { type Static, Type } from 'typebox'
import { fenOf, noMoney, sumFen } from '../../../money/fen.ts'
import type { MixedOrder, MixedRefundNotice, MixedRequest, MixedType, PartState } from '../../desks/mixed-payment-desk.ts'
import { coded, count, fields, list, optional, text } from '../field.ts'
import { timeOf } from './payments.ts'

const most = 10_000_000_000
const fee = (zh: string) => count(zh, most, { standing: 'enforced' })
const person = (zh: string) =>
  Type.Object(
    {
      name: text('姓名（加密）', 1024, { standing: 'enforced' }),
      id_digest: text('证件摘要（加密）', 1024, { standing: 'enforced' }),
      card_type: coded('证件类型', {
        ID_CARD: '居民身份证',
        HOUSEHOLD_REGISTRATION: '户口簿',
        FOREIGNER_PASSPORT: '外国护照',
        MAINLAND_TRAVEL_PERMIT_FOR_TW: '台胞证',
        MAINLAND_TRAVEL_PERMIT_FOR_HK: '港澳通行证',
      }),
    },
    { title: zh },
  )
const mixPayTypes = { CASH_ONLY: '只有现金', INSURANCE_ONLY: '只有医保', CASH_AND_INSURANCE: '现金和医保' } as const
const orderTypes = {
  REG_PAY: '挂号支付',
  DIAG_PAY: '诊间支付',
  IN_HOSP_PAY: '住院费支付',
  PHARMACY_PAY: '药店支付',
  INSURANCE_PAY: '保险费支付',
  INT_REG_PAY: '互联网医院挂号支付',
  INT_RE_DIAG_PAY: '互联网医院复诊支付',
  INT_RX_PAY: '互联网医院处方支付',
  COVID_EXAM_PAY: '核酸检测支付',
  COVID_ANTIGEN_PAY: '抗原检测支付',
  MED_PAY: '药费支付',
} as const

const kept = {
  mix_pay_type: coded('混合支付类型', mixPayTypes, { standing: 'enforced' }),
  order_type: coded('订单类型', orderTypes),
  appid: text('公众号ID', 32, { standing: 'enforced', minLength: 1 }),
  openid: text('用户标识', 128, { standing: 'enforced', minLength: 1 }),
  pay_for_relatives: optional(Type.Boolean({ title: '是否代亲属支付', 'x-standing': 'enforced' })),
  out_trade_no: text('商户订单号', 64, { standing: 'enforced', pattern: '^[0-9A-Za-z_|*\\-]{1,64}$' }),
  serial_no: text('医疗机构订单号', 20),
  pay_order_id: optional(text('医保局支付订单号 payOrdId', 64, { standing: 'enforced', minLength: 1 })),
  geo_location: optional(text('用户定位', 40)),
  city_id: text('城市ID', 8),
  med_inst_name: text('医疗机构名称', 128),
  med_inst_no: text('医疗机构编码', 32),
  med_ins_order_create_time: optional(text('医保下单时间', 64)),
  total_fee: fee('总金额'),
  med_ins_gov_fee: optional(fee('医保统筹支付')),
  med_ins_self_fee: optional(fee('医保个账支付')),
  med_ins_other_fee: optional(fee('医保其他支付')),
  med_ins_cash_fee: optional(fee('需自费的金额')),
  wechat_pay_cash_fee: optional(fee('微信支付现金金额')),
  cash_add_detail: optional(
    list(
      '现金补充',
      fields({
        cash_add_fee: fee('补充金额'),
        cash_add_type: coded('补充类型', { DEFAULT_ADD_TYPE: '默认', FREIGHT: '运费', OTHER_MEDICAL_EXPENSES: '其他医疗费用' }),
      }),
      { maxItems: 20 },
    ),
  ),
  cash_reduce_detail: optional(
    list(
      '现金减免',
      fields({
        cash_reduce_fee: fee('减免金额'),
        cash_reduce_type: coded('减免类型', {
          DEFAULT_REDUCE_TYPE: '默认',
          HOSPITAL_REDUCE: '医院减免',
          PHARMACY_DISCOUNT: '药店优惠',
          DISCOUNT: '折扣',
          PRE_PAYMENT: '预付费',
          DEPOSIT_DEDUCTION: '押金扣除',
        }),
      }),
      { maxItems: 20 },
    ),
  ),
  callback_url: text('回调地址', 255, { standing: 'enforced', pattern: '^https?://' }),
  prepay_id: optional(text('自费预下单ID', 64, { standing: 'enforced', minLength: 1 })),
  extends: optional(text('扩展字段', 2048, { standing: 'ignored', source: 'unverified' })),
  attach: optional(text('附加数据', 128)),
  channel_no: optional(text('渠道号', 32, { standing: 'ignored' })),
  med_ins_test_env: optional(Type.Boolean({ title: '医保局测试环境', 'x-standing': 'ignored', 'x-source': 'unverified' })),
}

export const mixedOrder = fields({
  ...kept,
  payer: person('支付人'),
  relative: optional(person('亲属')),
  pay_auth_no: optional(text('授权码 payAuthNo', 40, { standing: 'enforced', minLength: 1 })),
  passthrough_request_content: optional(text('透传给医保的内容', 2048, { standing: 'ignored' })),
})

const partStates = <Prefix extends string, More extends string>(zh: string, prefix: Prefix, more: Record<More, string>) =>
  coded(zh, {
    ...({
      [`${prefix}_CREATED`]: '已创建',
      [`${prefix}_SUCCESS`]: '成功',
      [`${prefix}_REFUND`]: '已退款',
      [`${prefix}_FAIL`]: '失败',
    } as Record<`${Prefix}_${'CREATED' | 'SUCCESS' | 'REFUND' | 'FAIL'}`, string>),
    ...more,
  })

/** The credentials of the request are not told back: they were never kept. */
export const mixedAnswer = fields({
  mix_trade_no: text('混合订单号', 32),
  mix_pay_status: partStates('混合支付状态', 'MIX_PAY', {}),
  self_pay_status: partStates('自费支付状态', 'SELF_PAY', { NO_SELF_PAY: '无自费' }),
  med_ins_pay_status: partStates('医保支付状态', 'MED_INS_PAY', { NO_MED_INS_PAY: '无医保' }),
  paid_time: optional(text('支付时间', 64)),
  med_ins_fail_reason: optional(text('医保失败原因', 256)),
  ...kept,
})

export const mixedRefundNotice = fields({
  sub_mchid: optional(text('医疗机构商户号', 32, { standing: 'ignored', source: 'unverified' })),
  med_refund_total_fee: fee('医保退款总金额'),
  med_refund_gov_fee: fee('统筹退款'),
  med_refund_self_fee: fee('个账退款'),
  med_refund_other_fee: fee('其他退款'),
  refund_time: text('退款时间', 64),
  out_refund_no: text('商户退款单号，与自费退款相同', 64, { standing: 'enforced', minLength: 1 }),
})

const typeOf: Readonly<Record<keyof typeof mixPayTypes, MixedType>> = {
  CASH_ONLY: 'cash',
  INSURANCE_ONLY: 'insurance',
  CASH_AND_INSURANCE: 'both',
}
const spellingOf: Readonly<Record<MixedType, keyof typeof mixPayTypes>> = {
  cash: 'CASH_ONLY',
  insurance: 'INSURANCE_ONLY',
  both: 'CASH_AND_INSURANCE',
}

/** @param persons as they were opened: the payer, and the relative where one is paid for */
export function readMixed(
  merchant: string,
  body: Static<typeof mixedOrder>,
  persons: Pick<MixedRequest, 'shown' | 'relative'> = {},
): MixedRequest {
  const feeOf = (value: number | undefined) => fenOf(value ?? 0)
  const { pay_order_id: payOrder, pay_auth_no: authorization, prepay_id: prepay, attach } = body
  return {
    merchant,
    app: body.appid,
    order: body.out_trade_no,
    type: typeOf[body.mix_pay_type],
    orderKind: body.order_type,
    payer: body.openid,
    ...persons,
    institution: { code: body.med_inst_no, name: body.med_inst_name, orderNumber: body.serial_no, city: body.city_id },
    amounts: {
      totalFen: fenOf(body.total_fee),
      fundFen: feeOf(body.med_ins_gov_fee),
      accountFen: feeOf(body.med_ins_self_fee),
      otherFen: feeOf(body.med_ins_other_fee),
      leftFen: feeOf(body.med_ins_cash_fee),
      addedFen: sumFen(noMoney, ...(body.cash_add_detail ?? []).map((line) => fenOf(line.cash_add_fee))),
      reducedFen: sumFen(noMoney, ...(body.cash_reduce_detail ?? []).map((line) => fenOf(line.cash_reduce_fee))),
      collectedFen: feeOf(body.wechat_pay_cash_fee),
    },
    ...(payOrder === undefined ? {} : { payOrder }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(prepay === undefined ? {} : { prepay }),
    noticeUrl: body.callback_url,
    ...(attach === undefined ? {} : { attach }),
  }
}

const stateWord = <Prefix extends string>(prefix: Prefix, none: string, state: PartState) =>
  state === 'none' ? none : (`${prefix}_${state.toUpperCase()}` as const)

export function writeMixed(mixed: MixedOrder): object {
  const { amounts } = mixed
  return {
    mix_trade_no: mixed.mixed,
    mix_pay_status: stateWord('MIX_PAY', '', mixed.whole),
    self_pay_status: stateWord('SELF_PAY', 'NO_SELF_PAY', mixed.cash),
    med_ins_pay_status: stateWord('MED_INS_PAY', 'NO_MED_INS_PAY', mixed.insurance),
    ...(mixed.paidAtMs === undefined ? {} : { paid_time: timeOf(mixed.paidAtMs) }),
    ...(mixed.failReason === undefined ? {} : { med_ins_fail_reason: mixed.failReason }),
    mix_pay_type: spellingOf[mixed.type],
    order_type: mixed.orderKind,
    appid: mixed.app,
    openid: mixed.payer,
    out_trade_no: mixed.order,
    serial_no: mixed.institution.orderNumber,
    ...(mixed.payOrder === undefined ? {} : { pay_order_id: mixed.payOrder }),
    city_id: mixed.institution.city,
    med_inst_name: mixed.institution.name,
    med_inst_no: mixed.institution.code,
    total_fee: amounts.totalFen,
    med_ins_gov_fee: amounts.fundFen,
    med_ins_self_fee: amounts.accountFen,
    med_ins_other_fee: amounts.otherFen,
    med_ins_cash_fee: amounts.leftFen,
    wechat_pay_cash_fee: amounts.collectedFen,
    ...(amounts.addedFen === 0 ? {} : { cash_add_detail: [{ cash_add_fee: amounts.addedFen, cash_add_type: 'DEFAULT_ADD_TYPE' }] }),
    ...(amounts.reducedFen === 0
      ? {}
      : { cash_reduce_detail: [{ cash_reduce_fee: amounts.reducedFen, cash_reduce_type: 'DEFAULT_REDUCE_TYPE' }] }),
    callback_url: mixed.noticeUrl,
    ...(mixed.prepay === undefined ? {} : { prepay_id: mixed.prepay }),
    ...(mixed.attach === undefined ? {} : { attach: mixed.attach }),
  }
}

/** The mixed order stands in the query. */
export const mixedQuery = Type.Object({ mix_trade_no: text('混合订单号', 32, { standing: 'enforced', minLength: 1 }) })

export function readMixedRefund(
  merchant: string,
  query: Readonly<Record<string, string>>,
  body: Static<typeof mixedRefundNotice>,
): MixedRefundNotice {
  return {
    merchant,
    mixed: query['mix_trade_no'] ?? '',
    refund: body.out_refund_no,
    totalFen: fenOf(body.med_refund_total_fee),
    fundFen: fenOf(body.med_refund_gov_fee),
    accountFen: fenOf(body.med_refund_self_fee),
    otherFen: fenOf(body.med_refund_other_fee),
  }
}

export const mixedNotice = (mixed: MixedOrder) => ({
  id: 'MEDICAL_INSURANCE.SUCCESS',
  kind: 'medical_insurance',
  summary: '医保支付成功',
  contents: writeMixed(mixed),
})
