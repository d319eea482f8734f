/** 6203 as an institution sends it of its own right: the reversal right that 6302 brought stands in the place of the person's token. */
import { yuanOf } from '../../../money/fen.ts'
import { compactSecondOf } from '../../desks/business-time.ts'
import type { ToldPayment } from './notice.ts'
import { refundOrder } from './order.ts'
import { askCentre, type MobileWay } from './site-client.ts'

/**
 * The whole order, under a number made from the order's: asked twice it goes back once.
 *
 * @param atMs of the business clock
 */
export const refundWhole = (way: MobileWay, told: ToldPayment, reversalRight: string, atMs: number) => {
  const { order, totalFen, fundFen, accountFen, cashFen } = told
  return askCentre(way, refundOrder, {
    payOrdId: order,
    appRefdSn: `TK${order}`,
    appRefdTime: compactSecondOf(atMs),
    totlRefdAmt: yuanOf(totalFen),
    psnAcctRefdAmt: yuanOf(accountFen),
    fundRefdAmt: yuanOf(fundFen),
    cashRefdAmt: yuanOf(cashFen),
    refdType: 'ALL',
    ecToken: reversalRight,
  })
}
