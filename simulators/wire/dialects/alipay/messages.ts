/** Every message of Alipay's gateway that is answered here. */
import { isYuan, yuanKeyword } from '../field.ts'
import { billAddress } from './bill-messages.ts'
import type { AlipayMessage } from './message.ts'
import { cancel, close, pay, precreate, query } from './payment-messages.ts'
import { queryRefund, refund } from './refund-messages.ts'

export const alipayMessages = [
  pay,
  precreate,
  query,
  close,
  cancel,
  refund,
  queryRefund,
  billAddress,
] as unknown as readonly AlipayMessage[]

/** Names of the amounts that are no amounts in yuan. */
export const wrongAmounts = ({ content }: AlipayMessage, given: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(content.properties)
    .filter(([name, field]) => yuanKeyword in field && !isYuan(given[name]))
    .map(([name]) => name)
export const businessKeyOf = (given: Readonly<Record<string, unknown>>): string => String(given['out_trade_no'] ?? given['trade_no'] ?? '')
