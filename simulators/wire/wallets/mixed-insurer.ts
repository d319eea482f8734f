/**
 * The insurer's part of a mixed order, asked of the bureau when the payer enters the password. The insurer first: a hold it has not, and
 * cash that was not collected need not go back. That it is asked is in the book before it is asked; asked again it says the same.
 */
import { sumFen } from '../../money/fen.ts'
import type { MixedOrder } from '../desks/mixed-payment-desk.ts'
import type { MobilePayerDesk } from '../desks/mobile-desk.ts'
import type { Port } from '../desks/port.ts'
import type { Decision } from '../stores/kept-book.ts'
import { orderAt, type WalletEntry, type WalletState } from './wallet-book.ts'

export type InsurerPort = Pick<Port<MobilePayerDesk>, 'payOrder'>

/** Its order was placed at the bureau (6201, 6202) and not told in the opening book. */
export const isAtBureau = ({ insurerOrders }: WalletState, { payOrder }: MixedOrder): boolean =>
  payOrder !== undefined && !insurerOrders.has(payOrder)

/** Whom to ask before the password counts; undefined: nobody, the decision needs no answer. */
export function decideAskInsurer(
  state: WalletState,
  { payer, mixed: number, does }: { readonly payer: string; readonly mixed: string; readonly does: 'pay' | 'give-up' },
): Decision<WalletEntry, MixedOrder | undefined> {
  const mixed = state.mixed.get(number)
  const known = state.insurerAnswers.get(number)
  const none = { entries: [], reply: undefined }
  if (mixed === undefined || mixed.payer !== payer || does !== 'pay' || mixed.whole !== 'created' || !isAtBureau(state, mixed)) return none
  if (known !== undefined && known !== 'asked') return none
  const cashKey = mixed.prepay === undefined ? undefined : state.orderOfPrepay.get(mixed.prepay)
  if (cashKey !== undefined && orderAt(state, cashKey).state !== 'unpaid') return none
  return { entries: known === 'asked' ? [] : [{ does: 'ask-insurer', merchant: mixed.merchant, mixed: number }], reply: mixed }
}

/** @param authorization undefined where the process that heard it is gone: the bureau knows what it paid under the order's number */
export async function askInsurer(
  insurer: InsurerPort,
  { merchant, mixed, payOrder = '', amounts }: MixedOrder,
  authorization = 'forgotten',
): Promise<Extract<WalletEntry, { readonly does: 'insurer-said' }> | undefined> {
  const { fundFen, accountFen, otherFen, leftFen } = amounts
  const heard = await insurer.payOrder({
    order: payOrder,
    authorization,
    totalFen: sumFen(fundFen, accountFen, otherFen, leftFen),
    fundFen: sumFen(fundFen, otherFen),
    accountFen,
    cashFen: leftFen,
  })
  if (heard.outcome === 'no-reply') return undefined
  const said = heard.outcome === 'refused' ? { refuses: heard.reason } : { settlement: heard.settlement }
  return { does: 'insurer-said', merchant, mixed, ...said }
}
