/** What is signed at Alipay's gateway, and the form in which a merchant is told of a payment. */
import { yuanOf } from '../../../money/fen.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { WalletOrder } from '../../desks/wallet-desk.ts'

/** What is signed: every field but the signature and empty ones, in order of their names. */
export const signedWords = (params: Readonly<Record<string, string>>, without: readonly string[] = ['sign']): string =>
  Object.keys(params)
    .filter((name) => !without.includes(name) && params[name] !== '')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&')

/** A notice's form, unsigned. */
export const alipayNotice = (order: WalletOrder, notice: number, nowMs: number): Record<string, string> => ({
  notify_time: secondOf(nowMs),
  notify_type: 'trade_status_sync',
  notify_id: String(notice).padStart(34, '0'),
  app_id: order.app,
  charset: 'utf-8',
  version: '1.0',
  sign_type: 'RSA2',
  out_trade_no: order.order,
  trade_no: order.transaction ?? '',
  trade_status: 'TRADE_SUCCESS',
  total_amount: yuanOf(order.amountFen),
  buyer_id: order.payer ?? '',
  ...(order.paidAtMs === undefined ? {} : { gmt_payment: secondOf(order.paidAtMs) }),
})
