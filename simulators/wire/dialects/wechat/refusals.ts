/** Refusals in WeChat Pay's words: HTTP status, code, message. Codes of the mixed orders are numbers (WX, WS); the others are its lists'. */
import type { MixedRefusal } from '../../desks/mixed-payment-desk.ts'
import type { WalletRefusal } from '../../desks/wallet-desk.ts'

export interface WechatError {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** Where refund and payment differ in their words for one refusal, `refund` has its own. */
export const paymentErrors: Readonly<Record<WalletRefusal, WechatError>> = {
  'unknown-order': { status: 404, code: 'ORDER_NOT_EXIST', message: '订单不存在' },
  'unknown-payer': { status: 400, code: 'PARAM_ERROR', message: 'openid 不存在' },
  'unknown-code': { status: 400, code: 'AUTH_CODE_INVALID', message: '付款码无效、已使用或已过期' },
  'known-with-other-contents': { status: 403, code: 'OUT_TRADE_NO_USED', message: '商户订单号重复，且内容与原订单不一致' },
  'already-paid': { status: 400, code: 'ORDER_PAID', message: '订单已支付' },
  'password-entered': { status: 400, code: 'INVALID_REQUEST', message: '用户已输入密码，不能关闭订单 (268560650)' },
  paying: { status: 202, code: 'USERPAYING', message: '用户支付中，需要输入密码' },
  closed: { status: 400, code: 'ORDER_CLOSED', message: '订单已关闭' },
  revoked: { status: 400, code: 'ORDER_REVERSED', message: '订单已撤销' },
  'undone-before-it-came': { status: 400, code: 'ORDER_CLOSED', message: '该商户订单号在下单前已被关闭、撤销或退款' },
  'not-paid': { status: 400, code: 'INVALID_REQUEST', message: '订单未支付' },
  'payer-of-another-order': { status: 403, code: 'OPENID_MISMATCH', message: '付款人与订单不符' },
  'not-enough-money': { status: 403, code: 'NOT_ENOUGH', message: '余额不足' },
  'wrong-total': { status: 400, code: 'INVALID_REQUEST', message: '订单金额与原订单不一致' },
  'over-refund': { status: 400, code: 'INVALID_REQUEST', message: '退款金额超过可退金额' },
  'too-many-refunds': { status: 400, code: 'INVALID_REQUEST', message: '一笔订单最多支持50次部分退款' },
  'refund-too-late': { status: 400, code: 'INVALID_REQUEST', message: '订单超过一年，无法退款' },
  'unknown-refund': { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' },
  'bill-not-ready': { status: 400, code: 'STATEMENT_CREATING', message: '账单生成中，次日9点后可下载，建议10点后' },
  'bill-too-old': { status: 400, code: 'NO_STATEMENT_EXIST', message: '账单文件不存在，仅可下载三个月内的账单' },
  'bill-of-no-day': { status: 400, code: 'PARAM_ERROR', message: '账单日期不正确' },
}

export const refundErrors: Readonly<Partial<Record<WalletRefusal, WechatError>>> = {
  'unknown-order': { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '订单不存在' },
  'known-with-other-contents': { status: 400, code: 'INVALID_REQUEST', message: '退款单号重复，且内容与原退款不一致' },
}

/** The status and the code word of the numbered errors are unverified; the number is documented. */
export const mixedErrors: Readonly<Partial<Record<MixedRefusal, WechatError & { readonly number: number }>>> = {
  'unknown-order': { status: 404, code: 'RESOURCE_NOT_EXISTS', number: 268_529_515, message: '订单不存在' },
  'known-with-other-contents': { status: 400, code: 'ALREADY_EXISTS', number: 268_512_536, message: '订单已存在' },
  'parts-do-not-make-total': { status: 400, code: 'PARAM_ERROR', number: 268_529_477, message: '总金额与各部分金额之和不一致' },
  'cash-does-not-fit': { status: 400, code: 'PARAM_ERROR', number: 268_529_476, message: '微信支付现金金额与自费、增加、减少金额不一致' },
  'parts-do-not-fit-type': { status: 400, code: 'PARAM_ERROR', number: 268_529_481, message: '金额或单号与混合支付类型不符' },
  'prepay-of-another-amount': { status: 400, code: 'PARAM_ERROR', number: 268_529_481, message: '自费预下单金额与微信支付现金金额不一致' },
  'authorization-invalid': { status: 400, code: 'PARAM_ERROR', number: 268_547_120, message: 'PAY_AUTH_NO 无效' },
  'insurer-amounts-differ': { status: 400, code: 'INVALID_REQUEST', number: 268_510_610, message: '医保结算校验失败：金额与预结算不一致' },
  'insurer-settled-before': { status: 400, code: 'INVALID_REQUEST', number: 268_510_610, message: '医保结算校验失败：该支付单已被使用' },
  'no-e-credential': { status: 400, code: 'INVALID_REQUEST', number: 268_545_963, message: '用户未激活医保电子凭证' },
  'other-id': { status: 400, code: 'PARAM_ERROR', number: 268_545_961, message: '证件号码与用户实名不一致' },
  'other-name': { status: 400, code: 'PARAM_ERROR', number: 268_545_962, message: '姓名与实名不一致' },
  'relation-unregistered': { status: 400, code: 'INVALID_REQUEST', number: 268_545_964, message: '亲属关系未登记' },
  'cannot-reverse': { status: 400, code: 'INVALID_REQUEST', number: 268_554_200, message: '无法撤销' },
}

/** Errors of the mixed orders without a documented number. */
export const plainMixedErrors: Readonly<Partial<Record<MixedRefusal, WechatError>>> = {
  'unknown-prepay': { status: 400, code: 'PARAM_ERROR', message: 'prepay_id 无效' },
}

/** Failures before any desk, by their code in the house's list; every other is a PARAM_ERROR. */
export const interfaceErrors: Readonly<Record<string, string>> = {
  unsigned: 'SIGN_ERROR',
  'unknown-caller': 'SIGN_ERROR',
  'wrong-signature': 'SIGN_ERROR',
  'expired-signature': 'SIGN_ERROR',
  replayed: 'SIGN_ERROR',
  forbidden: 'NO_AUTH',
  'not-found': 'RESOURCE_NOT_EXISTS',
  'unknown-object': 'RESOURCE_NOT_EXISTS',
  'too-busy': 'FREQUENCY_LIMITED',
  'not-ready': 'SYSTEM_ERROR',
  'book-failed': 'SYSTEM_ERROR',
  'out-of-order': 'SYSTEM_ERROR',
  'error-burst': 'SYSTEM_ERROR',
  internal: 'SYSTEM_ERROR',
}
