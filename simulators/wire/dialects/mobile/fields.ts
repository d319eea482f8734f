/** Fields that stand in several messages of the mobile chain. Amounts are yuan with two decimals, as text. */
import { type Fen, fenOf, fenOfYuan, noMoney, sumFen, yuanOf } from '../../../money/fen.ts'
import { compactSecondOf } from '../../desks/business-time.ts'
import type { MobileState, OrderView } from '../../desks/mobile-desk.ts'
import { coded, type FieldNotes, fields, optional, text, yuan } from '../field.ts'

const enforced = { standing: 'enforced', minLength: 1 } as const

export const orderNumber = () => text('支付订单号', 30, enforced)
export const orderToken = () => text('支付订单令牌', 64, enforced)
export const institution = () => text('定点医药机构编号', 12, { standing: 'enforced', minLength: 12 })
export const credential = () => ({
  ecToken: optional(text('电子凭证令牌', 64, { standing: 'enforced' })),
  payAuthNo: optional(text('支付授权码', 40, { standing: 'enforced' })),
})
export const identity = () => ({
  idNo: text('证件号码', 50, enforced),
  userName: text('用户姓名', 50, enforced),
  idType: coded('证件类别', { '01': '居民身份证' }),
})
export const money = (zh: string, notes?: FieldNotes) => yuan(zh, notes)

export const shown = ({ ecToken, payAuthNo }: { readonly ecToken?: string; readonly payAuthNo?: string }) => ({
  ...(ecToken === undefined || ecToken === '' ? {} : { token: ecToken }),
  ...(payAuthNo === undefined || payAuthNo === '' ? {} : { authorization: payAuthNo }),
})
export const shownIdentity = ({ idNo, userName }: { readonly idNo: string; readonly userName: string }) => ({
  idNumber: idNo,
  name: userName,
})

/**
 * ordStas. The classes are one implementation's (TS1): 0–2 under way, 3–6 settled, 7–13 cancelled or refunded. Which number within a class,
 * is the testbed's own.
 */
const orderStates: Readonly<Record<MobileState, string>> = {
  uploaded: '0',
  placed: '1',
  paid: '3',
  revoked: '7',
  refunded: '8',
  'insurer-refunded': '9',
}
export const orderState = () => text('订单状态', 3)
export const writeState = (state: MobileState): string => orderStates[state]

export const amountFields = () => ({
  feeSumamt: money('费用总额'),
  ownPayAmt: money('现金支付'),
  psnAcctPay: money('个人账户支付'),
  fundPay: money('医保基金支付'),
})
/** feeSumamt = ownPayAmt + psnAcctPay + fundPay (TS1). */
export function writeAmounts({ split }: Pick<OrderView, 'split'>) {
  const accountFen = split === undefined ? noMoney : sumFen(split.currentAccountFen, split.historyAccountFen)
  const cashFen = split?.cashFen ?? noMoney
  const fundFen = split?.fundFen ?? noMoney
  return {
    feeSumamt: yuanOf(sumFen(accountFen, cashFen, fundFen)),
    ownPayAmt: yuanOf(cashFen),
    psnAcctPay: yuanOf(accountFen),
    fundPay: yuanOf(fundFen),
  }
}

export const outcomeFields = () => ({
  setlType: coded('结算类型', { ALL: '医保与自费', CASH: '自费', HI: '医保' }),
  callType: coded('回调类型', { '02': '支付完成' }),
  traceTime: text('交易时间', 14),
  medOrgOrd: text('医疗机构订单号', 40),
  revsToken: text('冲正授权', 64),
})
export function writeOutcome({ split, paidAtMs, siteOrder, reversalToken = '' }: OrderView) {
  const cashFen = split?.cashFen ?? 0
  const insurerFen = split === undefined ? 0 : split.fundFen + split.currentAccountFen + split.historyAccountFen
  return {
    setlType: insurerFen === 0 ? ('CASH' as const) : cashFen === 0 ? ('HI' as const) : ('ALL' as const),
    callType: '02' as const,
    traceTime: paidAtMs === undefined ? '' : compactSecondOf(paidAtMs),
    medOrgOrd: siteOrder,
    revsToken: reversalToken,
  }
}

export const fenIn = (amount: string | number | undefined): Fen => (amount === undefined ? fenOf(0) : fenOfYuan(amount))
export const noAmount = '0.00'
export const extension = () => optional(fields({}))
