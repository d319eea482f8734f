/** A wallet as a merchant's till needs it: less than the wallet tells ({@link WalletDesk} fits), and what every dialect can say. */
import type { Fen } from '../../money/fen.ts'
import type { CodePayRequest, OfOrder, OrderRequest, OrderState, WalletRefundRequest, WalletRefused } from './wallet-desk.ts'

export interface MerchantOrder {
  readonly state: OrderState
  /** 预支付交易会话 of an order that waits for its payer. */
  readonly prepay?: string
  /** The wallet's own number, once paid. */
  readonly transaction?: string
}
export interface MerchantOrdered {
  readonly outcome: 'order'
  readonly order: MerchantOrder
}
/**
 * Accepted is not done: the money is with the payer when it is. `closed` (退款关闭): nothing went back, and under this number nothing will.
 * `abnormal` (退款异常): it left the merchant and the payer's account does not take it; people pay it out another way (WeChat Pay v3:
 * apply-abnormal-refund, or by hand).
 */
export type RefundState = 'under-way' | 'done' | 'closed' | 'abnormal'
export interface MerchantRefund {
  readonly outcome: 'refund'
  readonly refund: { readonly state: RefundState }
}
/** A refund as the wallet has it when it is asked. */
export interface MerchantRefundTold {
  readonly outcome: 'refund'
  readonly refund: MerchantRefund['refund'] & { readonly amountFen: Fen }
}

export interface MerchantDesk {
  order(request: OrderRequest): Promise<MerchantOrdered | WalletRefused>
  codePay(request: CodePayRequest): Promise<MerchantOrdered | WalletRefused>
  query(request: OfOrder): Promise<MerchantOrdered | WalletRefused>
  close(request: OfOrder): Promise<MerchantOrdered | WalletRefused>
  revoke(request: OfOrder): Promise<MerchantOrdered | WalletRefused>
  refund(request: WalletRefundRequest): Promise<MerchantRefund | WalletRefused>
  /** @param request names the order too where it is known: one dialect asks for it */
  queryRefund(
    request: Omit<OfOrder, 'order'> & { readonly order?: string; readonly refund: string },
  ): Promise<MerchantRefundTold | WalletRefused>
}

/** One line of a merchant's bill of a day. */
export interface MerchantBillLine {
  readonly kind: 'payment' | 'refund'
  readonly order: string
  /** The merchant's own number of a refund. */
  readonly refund?: string
  /** Business clock. */
  readonly atMs: number
  readonly amountFen: Fen
}
export interface MerchantBill {
  readonly outcome: 'bill'
  readonly lines: readonly MerchantBillLine[]
}
export interface MerchantBillDesk {
  /** T+1 bill of a business day (yyyy-MM-dd), proven whole; one that is not is silence. */
  tradeBill(request: { readonly date: string }): Promise<MerchantBill | WalletRefused>
}

/** Who collects at the wallets: the merchant number and the app it was given. */
export interface Merchant {
  readonly merchant: string
  readonly app: string
}
export const platformMerchant: Merchant = { merchant: '1900000109', app: 'wx-medpay-platform' }
/** The hospitals' own scanners at windows and kiosks collect under another. */
export const hospitalMerchant: Merchant = { merchant: '1900000117', app: 'wx-medpay-hospital' }

/** Whose 付款码 this is, by its first two digits: 10–15 微信, 25–30 支付宝. */
export function walletOfCode(code: string): 'wechat' | 'alipay' | undefined {
  if (/^1[0-5]\d{16}$/.test(code)) return 'wechat'
  return /^(?:2[5-9]|30)\d{14,22}$/.test(code) ? 'alipay' : undefined
}
