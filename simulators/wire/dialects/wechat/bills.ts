/** Trade bill and fund-flow bill of a day: CSV, yuan although orders are in fen, a backtick before each value (hexdocs wechat_sdk). */
import { type Fen, fenOfYuan, noMoney, sumFen, yuanOf, yuanPattern } from '../../../money/fen.ts'
import { momentMs, secondOf } from '../../desks/business-time.ts'
import type { MerchantBillLine } from '../../desks/merchant-desk.ts'
import type { WalletMovement } from '../../desks/wallet-desk.ts'
import { tradeTypeOf } from './payments.ts'

export const tradeBillTypes = { ALL: '全部', SUCCESS: '支付成功', REFUND: '退款' } as const
export const fundFlowTypes = { BASIC: '基本账户', OPERATION: '运营账户', FEES: '手续费账户' } as const

/** No merchant pays a fee here: 手续费 and 费率 are zero. */
const noFee = ['0.00000', '0.00%'] as const

export function tradeBill(movements: readonly WalletMovement[], type: keyof typeof tradeBillTypes): string {
  const told = movements.filter(({ kind }) => type === 'ALL' || (kind === 'payment') === (type === 'SUCCESS'))
  const payments = told.filter(({ kind }) => kind === 'payment')
  const refunds = told.flatMap(({ refund }) => (refund === undefined ? [] : [refund]))
  const total = (amounts: readonly Fen[]) => yuanOf(sumFen(noMoney, ...amounts))
  const paid = total(payments.map(({ order }) => order.amountFen))
  const back = total(refunds.map(({ amountFen }) => amountFen))
  return csv([
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
    ...told.map(tradeRow),
    '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
    row([String(told.length), paid, back, '0.00', noFee[0], paid, back]),
  ])
}

function tradeRow({ kind, atMs, order, refund }: WalletMovement): string {
  const isPayment = kind === 'payment'
  return row([
    secondOf(atMs),
    order.app,
    order.merchant,
    '0',
    '',
    order.transaction ?? '',
    order.order,
    order.payer ?? '',
    tradeTypeOf[order.way],
    isPayment ? 'SUCCESS' : 'REFUND',
    'OTHERS',
    'CNY',
    isPayment ? yuanOf(order.amountFen) : '0.00',
    '0.00',
    refund?.number ?? '0',
    refund?.refund ?? '0',
    refund === undefined ? '0.00' : yuanOf(refund.amountFen),
    '0.00',
    refund === undefined ? '' : 'ORIGINAL',
    refund === undefined ? '' : 'SUCCESS',
    order.description,
    order.attach ?? '',
    ...noFee,
    isPayment ? yuanOf(order.amountFen) : '0.00',
    refund === undefined ? '0.00' : yuanOf(refund.amountFen),
    '',
  ])
}

export function fundFlowBill(movements: readonly WalletMovement[]): string {
  const [payments, refunds] = [movements.filter(({ kind }) => kind === 'payment'), movements.filter(({ kind }) => kind === 'refund')]
  const amountOf = ({ order, refund }: WalletMovement) => refund?.amountFen ?? order.amountFen
  const total = (list: readonly WalletMovement[]) => yuanOf(sumFen(noMoney, ...list.map(amountOf)))
  return csv([
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
    ...movements.map((movement) => {
      const { kind, atMs, order, refund, balanceFen } = movement
      const isPayment = kind === 'payment'
      return row([
        secondOf(atMs),
        refund?.number ?? order.transaction ?? '',
        `1${(refund?.number ?? order.transaction ?? '').slice(1)}`,
        isPayment ? '交易' : '退款',
        isPayment ? '交易' : '退款',
        isPayment ? '收入' : '支出',
        yuanOf(amountOf(movement)),
        yuanOf(balanceFen),
        isPayment ? 'system' : `${order.merchant}API`,
        isPayment ? '' : `退款总金额${yuanOf(amountOf(movement))}元`,
        refund?.refund ?? order.order,
      ])
    }),
    '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
    row([String(movements.length), String(payments.length), total(payments), String(refunds.length), total(refunds)]),
  ])
}

const row = (values: readonly string[]) => values.map((value) => `\`${value.replaceAll(/[,\r\n`]/g, ' ')}`).join(',')
const csv = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`

/** The lines of an ALL bill, or everything that is wrong with it: a row out of form, totals that do not hold. */
export function readTradeBill(csv: string): { readonly lines: readonly MerchantBillLine[] } | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = []
  const rows = csv.split('\r\n').map((line) => line.split(',').map((value) => value.replace(/^`/, '')))
  const end = rows.findIndex(([first]) => first === '总交易单数')
  if (end < 0) return { mistakes: ['there is no summary at the end'] }
  const lines = rows.slice(1, end).flatMap((row, index): MerchantBillLine[] => {
    const [moment = '', order = '', status = '', paid = '', refund = '', back = ''] = [row[0], row[6], row[9], row[12], row[15], row[16]]
    const atMs = momentMs(moment)
    if (row.length !== 27 || atMs === undefined || !yuanPattern.test(paid) || !yuanPattern.test(back)) {
      mistakes.push(`row ${index + 1} is out of form`)
      return []
    }
    return [
      status === 'REFUND'
        ? { kind: 'refund', order, refund, atMs, amountFen: fenOfYuan(back) }
        : { kind: 'payment', order, atMs, amountFen: fenOfYuan(paid) },
    ]
  })
  const sumOf = (kind: MerchantBillLine['kind']) =>
    yuanOf(sumFen(noMoney, ...lines.filter((line) => line.kind === kind).map(({ amountFen }) => amountFen)))
  const [count, paid, back] = rows[end + 1] ?? []
  const told = `${lines.length} ${sumOf('payment')} ${sumOf('refund')}`
  if (`${count} ${paid} ${back}` !== told) mistakes.push(`the rows add up to ${told}, the summary says ${count} ${paid} ${back}`)
  return mistakes.length > 0 ? { mistakes } : { lines }
}
