/** 6203 as an institution sends it of its own right: the reversal right that 6302 brought stands in the place of the person's token. */
import { yuanOf } from '../../../money/fen.ts'
import { type Sender, unheard } from '../../client/signed-sender.ts'
import { compactSecondOf } from '../../desks/business-time.ts'
import type { NoReply } from '../../desks/port.ts'
import { hasForm } from '../has-form.ts'
import { institutionCode } from '../national/envelope.ts'
import { answerSchema, mobileVersion } from './envelope.ts'
import type { ToldPayment } from './notice.ts'
import { refundOrder } from './order.ts'

export type RefundHeard = { readonly outcome: 'given-back' } | { readonly outcome: 'refused'; readonly words: string } | NoReply

const answerForm = answerSchema(refundOrder.answer)

/**
 * The whole order, under a number made from the order's: asked twice it goes back once.
 *
 * @param atMs of the business clock
 */
export async function refundWhole(send: Sender, told: ToldPayment, reversalRight: string, atMs: number): Promise<RefundHeard> {
  const { site, order, totalFen, fundFen, accountFen, cashFen } = told
  const heard = await send('POST', refundOrder.path, {
    appId: `medpay-${institutionCode(site)}`,
    version: mobileVersion,
    timestamp: compactSecondOf(atMs),
    data: {
      payOrdId: order,
      appRefdSn: `TK${order}`,
      appRefdTime: compactSecondOf(atMs),
      totlRefdAmt: yuanOf(totalFen),
      psnAcctRefdAmt: yuanOf(accountFen),
      fundRefdAmt: yuanOf(fundFen),
      cashRefdAmt: yuanOf(cashFen),
      refdType: 'ALL',
      ecToken: reversalRight,
    },
  })
  if (heard.outcome === 'no-reply') return heard
  if (heard.status !== 200 || !hasForm(answerForm, heard.body)) return unheard(heard, 'no answer to 6203 in form')
  const { success, message } = heard.body as unknown as { readonly success: boolean; readonly message: string }
  return success ? { outcome: 'given-back' } : { outcome: 'refused', words: message }
}
