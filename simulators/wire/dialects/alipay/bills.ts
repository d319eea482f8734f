/** Bills of a day. The real file is a zip of two tables in GBK; here it is the detail table alone, as UTF-8. */
import { type Fen, fenOfYuan, noMoney, sumFen, yuanOf, yuanPattern } from '../../../money/fen.ts'
import { momentMs, secondOf } from '../../desks/business-time.ts'
import type { MerchantBillLine } from '../../desks/merchant-desk.ts'
import type { WalletMovement } from '../../desks/wallet-desk.ts'

export const alipayBillTypes = { trade: '业务账单', signcustomer: '账务账单' } as const

export function alipayBill(movements: readonly WalletMovement[], type: keyof typeof alipayBillTypes): string {
  return type === 'trade' ? tradeBill(movements) : fundFlowBill(movements)
}

/** 业务明细. */
const tradeBill = (movements: readonly WalletMovement[]): string =>
  csv([
    '支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）,退款批次号/请求号',
    ...movements.map(({ kind, atMs, order, refund }) =>
      row([
        order.transaction ?? '',
        order.order,
        kind === 'payment' ? '交易' : '退款',
        order.description,
        secondOf(atMs),
        refund === undefined ? yuanOf(order.amountFen) : `-${yuanOf(refund.amountFen)}`,
        refund?.refund ?? '',
      ]),
    ),
  ])

/** 账务明细: what came into the merchant's account, what left it, what was there after each. */
function fundFlowBill(movements: readonly WalletMovement[]): string {
  const [income, expense] = [movements.filter(({ kind }) => kind === 'payment'), movements.filter(({ kind }) => kind === 'refund')]
  return csv([
    '账务流水号,业务流水号,商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型',
    ...movements.map((movement) => {
      const { kind, atMs, order, refund, balanceFen } = movement
      const [into, out] = kind === 'payment' ? [yuanOf(amountOf(movement)), '0.00'] : ['0.00', `-${yuanOf(amountOf(movement))}`]
      const number = refund?.number ?? order.transaction ?? ''
      return row([
        number,
        order.transaction ?? '',
        order.order,
        secondOf(atMs),
        into,
        out,
        yuanOf(balanceFen),
        kind === 'payment' ? '在线支付' : '交易退款',
      ])
    }),
    `#收入合计：${income.length}笔，${total(income)}元`,
    `#支出合计：${expense.length}笔，-${total(expense)}元`,
  ])
}

const amountOf = ({ order, refund }: WalletMovement): Fen => refund?.amountFen ?? order.amountFen
const total = (movements: readonly WalletMovement[]) => yuanOf(sumFen(noMoney, ...movements.map(amountOf)))
const row = (values: readonly string[]) => values.map((value) => value.replaceAll(/[,\r\n]/g, ' ')).join(',')
const csv = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`

/** The lines of a 业务明细, proven whole by the sums of the 账务明细 of the same day; or what is wrong with them. */
export function readAlipayBills(
  trade: string,
  fundFlow: string,
): { readonly lines: readonly MerchantBillLine[] } | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = []
  const rows = trade.split('\r\n').filter((line) => line !== '')
  const lines = rows.slice(1).flatMap((line, index): MerchantBillLine[] => {
    const [, order = '', kind, , moment = '', yuan = '', refund = '', ...more] = line.split(',')
    const atMs = momentMs(moment)
    const amount = yuan.replace(/^-/, '')
    if (more.length > 0 || atMs === undefined || !yuanPattern.test(amount)) {
      mistakes.push(`row ${index + 1} is out of form`)
      return []
    }
    const amountFen = fenOfYuan(amount)
    return [kind === '退款' ? { kind: 'refund', order, refund, atMs, amountFen } : { kind: 'payment', order, atMs, amountFen }]
  })
  for (const [kind, word, sign] of [
    ['payment', '#收入合计', ''],
    ['refund', '#支出合计', '-'],
  ] as const) {
    const ofKind = lines.filter((line) => line.kind === kind)
    const wanted = `${word}：${ofKind.length}笔，${sign}${yuanOf(sumFen(noMoney, ...ofKind.map(({ amountFen }) => amountFen)))}元`
    if (!fundFlow.split('\r\n').includes(wanted)) mistakes.push(`the fund flow does not say ${wanted}`)
  }
  return mistakes.length > 0 ? { mistakes } : { lines }
}
