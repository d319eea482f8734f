/** 医保自费混合收款 on the wallet's book. The insurer's part and the cash part are one decision, so neither is ever taken alone. */
import { createHash } from 'node:crypto'
import { sumFen } from '../../money/fen.ts'
import { compactDateOf } from '../desks/business-time.ts'
import type {
  MixedAmounts,
  MixedOrder,
  MixedRefundNotice,
  MixedRefusal,
  MixedRefused,
  MixedReply,
  MixedRequest,
} from '../desks/mixed-payment-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { isAtBureau } from './mixed-insurer.ts'
import { keyOf, orderAt, type WalletEntry, type WalletState } from './wallet-book.ts'
import { type Moment, payment, refunding } from './wallet-decisions.ts'

export type MixedDecision = Decision<WalletEntry, MixedReply | MixedRefused>

const refuse = (reason: MixedRefusal): Decision<never, MixedRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })
const reply = (mixed: MixedOrder & { readonly insuranceRefund?: string }): MixedReply => {
  const { insuranceRefund: _, ...told } = mixed
  return { outcome: 'mixed', mixed: told }
}
/** A word of a payer's identity as the book keeps it. */
export const holderHash = (payer: string, word: string): string => createHash('sha256').update(`${payer}\n${word}`).digest('base64url')
export const authorizationHash = (authorization: string): string => createHash('sha256').update(authorization).digest('hex')

/** @param isBureauAsked an order that the opening book does not have is the bureau's to judge, when the payer pays */
export function decideMix(state: WalletState, request: MixedRequest, { businessMs }: Moment, isBureauAsked = false): MixedDecision {
  if (!state.payers.has(request.payer)) return refuse('unknown-payer')
  const key = keyOf(request.merchant, request.order)
  const known = mixedOf(state, request.merchant, state.mixedOfOrder.get(key))
  if (known !== undefined) return isSameMix(known, request) ? { entries: [], reply: reply(known) } : refuse('known-with-other-contents')
  if (state.tombstones.has(key)) return refuse('undone-before-it-came')
  const why =
    whyPersonFails(state, request) ??
    whyAmountsFail(request) ??
    whyInsurerFails(state, request, isBureauAsked) ??
    whyPrepayFails(state, request)
  if (why !== undefined) return refuse(why)
  const { authorization: _, shown: __, relative: ___, ...kept } = request
  const mixed = `${compactDateOf(businessMs)}${String(state.mixed.size + 1).padStart(20, '0')}`
  return {
    entries: [{ does: 'mix', ...kept, mixed }],
    reply: reply({
      ...kept,
      mixed,
      whole: 'created',
      cash: request.prepay === undefined ? 'none' : 'created',
      insurance: request.payOrder === undefined ? 'none' : 'created',
      createdAtMs: businessMs,
    }),
  }
}

export function decideQueryMixed(
  state: WalletState,
  request: { readonly merchant: string; readonly mixed: string } | { readonly merchant: string; readonly order: string },
): MixedDecision {
  const number = 'mixed' in request ? request.mixed : state.mixedOfOrder.get(keyOf(request.merchant, request.order))
  const known = mixedOf(state, request.merchant, number)
  return known === undefined ? refuse('unknown-order') : { entries: [], reply: reply(known) }
}

/** The password pays both parts, or neither: what the insurer refuses goes back to the payer whole. */
export function decideConfirmMixed(
  state: WalletState,
  { payer, mixed: number, does }: { readonly payer: string; readonly mixed: string; readonly does: 'pay' | 'give-up' },
  moment: Moment,
): MixedDecision {
  const mixed = state.mixed.get(number)
  if (mixed === undefined) return refuse('unknown-order')
  if (mixed.payer !== payer) return refuse('payer-of-another-order')
  if (mixed.whole === 'success' || does === 'give-up') return { entries: [], reply: reply(mixed) }
  if (mixed.whole !== 'created') return refuse('closed')
  const answer = state.insurerAnswers.get(number)
  if (isAtBureau(state, mixed) && (answer === undefined || answer === 'asked')) return refuse('insurer-silent')
  const { merchant } = mixed
  const entries: WalletEntry[] = []
  const cashKey = mixed.prepay === undefined ? undefined : state.orderOfPrepay.get(mixed.prepay)
  if (cashKey !== undefined) {
    const order = orderAt(state, cashKey)
    if (order.state !== 'unpaid') return refuse('closed')
    // The cash part's own notice is not sent: the mixed order's says it all.
    const { noticeUrl: _, ...silent } = order
    const { entries: paying, paid } = payment(state, silent, payer, moment.businessMs)
    entries.push(...paying)
    const refusal = insurerRefusal(state, mixed)
    if (refusal !== undefined) {
      const back = { merchant, order: order.order, refund: `${number}-insurer`, amountFen: order.amountFen, why: '医保结算失败' }
      entries.push(...refunding(state, paid, back, moment).entries)
    }
  }
  const refusal = insurerRefusal(state, mixed)
  const change =
    refusal === undefined
      ? ({ whole: 'success', cash: paidPart(mixed.cash), insurance: paidPart(mixed.insurance) } as const)
      : ({ whole: 'fail', cash: mixed.cash === 'none' ? 'none' : 'refund', insurance: 'fail', failReason: refusal } as const)
  entries.push({ does: 'mix-state', merchant, mixed: number, ...change })
  if (refusal === undefined) entries.push({ does: 'notice', url: mixed.noticeUrl, subject: { about: 'mixed', merchant, mixed: number } })
  const paidAt = refusal === undefined ? { paidAtMs: moment.businessMs } : {}
  return { entries, reply: reply({ ...mixed, ...change, ...paidAt }) }
}

export function decideMixedRefund(state: WalletState, notice: MixedRefundNotice): MixedDecision {
  const mixed = mixedOf(state, notice.merchant, notice.mixed)
  if (mixed === undefined) return refuse('unknown-order')
  if (mixed.insurance === 'refund') {
    return mixed.insuranceRefund === notice.refund ? { entries: [], reply: reply(mixed) } : refuse('cannot-reverse')
  }
  if (mixed.whole !== 'success' || mixed.insurance !== 'success') return refuse('cannot-reverse')
  const { fundFen, accountFen, otherFen } = mixed.amounts
  const isWhole = notice.fundFen === fundFen && notice.accountFen === accountFen && notice.otherFen === otherFen
  if (!isWhole || notice.totalFen !== sumFen(fundFen, accountFen, otherFen)) return refuse('parts-do-not-make-total')
  const isCashBack = mixed.prepay === undefined || cashIsBack(state, mixed.prepay)
  // out_refund_no is the cash refund's, so that both halves of one refund carry one number.
  if (mixed.prepay !== undefined && !state.refunds.has(keyOf(notice.merchant, notice.refund))) return refuse('unknown-refund')
  const cash = mixed.cash === 'none' ? {} : { cash: 'refund' as const }
  const change = { insurance: 'refund' as const, ...(isCashBack ? { whole: 'refund' as const, ...cash } : {}) }
  return {
    entries: [{ does: 'mix-state', merchant: notice.merchant, mixed: notice.mixed, refund: notice.refund, ...change }],
    reply: reply({ ...mixed, ...change }),
  }
}

/** The cash part of a mixed order went back: its state follows. */
export function decideCashBack(state: WalletState, prepay: string): WalletEntry[] {
  const number = state.mixedOfPrepay.get(prepay)
  const mixed = number === undefined ? undefined : state.mixed.get(number)
  if (mixed === undefined || mixed.cash !== 'success' || !cashIsBack(state, prepay)) return []
  const isAll = mixed.insurance === 'none' || mixed.insurance === 'refund'
  return [
    { does: 'mix-state', merchant: mixed.merchant, mixed: mixed.mixed, cash: 'refund', ...(isAll ? { whole: 'refund' as const } : {}) },
  ]
}

function cashIsBack(state: WalletState, prepay: string): boolean {
  const key = state.orderOfPrepay.get(prepay)
  if (key === undefined) return false
  const order = orderAt(state, key)
  return (
    order.refundedFen === order.amountFen &&
    (state.refundsOfOrder.get(key) ?? []).every((refund) => state.refunds.get(refund)?.state === 'done')
  )
}

/** ASSUMPTION: a payer of whom the wallet knows no real name is not compared; a relative must be registered. */
function whyPersonFails({ holders, relatives }: WalletState, { payer, shown, relative }: MixedRequest): MixedRefusal | undefined {
  const known = holders.get(payer)
  if (known !== undefined && shown !== undefined) {
    if (known.idHash !== shown.idHash) return 'other-id'
    if (known.nameHash !== shown.nameHash) return 'other-name'
  }
  if (relative === undefined) return undefined
  const registered = relatives.get(payer)?.find(({ idHash }) => idHash === relative.idHash)
  if (registered === undefined) return 'relation-unregistered'
  return registered.nameHash === relative.nameHash ? undefined : 'other-name'
}

function whyAmountsFail({ type, amounts, payOrder, prepay }: MixedRequest): MixedRefusal | undefined {
  const insuredFen = sumFen(amounts.fundFen, amounts.accountFen, amounts.otherFen)
  if (amounts.totalFen !== insuredFen + amounts.collectedFen + amounts.reducedFen) return 'parts-do-not-make-total'
  if (amounts.totalFen !== insuredFen + amounts.leftFen + amounts.addedFen) return 'parts-do-not-make-total'
  if (amounts.collectedFen !== amounts.leftFen + amounts.addedFen - amounts.reducedFen) return 'cash-does-not-fit'
  const [hasInsurer, hasCash] = [type !== 'cash', type !== 'insurance']
  const fits = hasInsurer === (payOrder !== undefined) && hasCash === (prepay !== undefined)
  const amountsFit = (hasInsurer || insuredFen === 0) && hasCash === amounts.collectedFen > 0
  return fits && amountsFit ? undefined : 'parts-do-not-fit-type'
}

function whyInsurerFails(
  state: WalletState,
  { payOrder, authorization, amounts, payer }: MixedRequest,
  isBureauAsked: boolean,
): MixedRefusal | undefined {
  if (payOrder === undefined) return undefined
  const insurer = state.insurerOrders.get(payOrder)
  if (insurer === undefined && isBureauAsked) {
    if (authorization === undefined) return 'authorization-invalid'
    return state.mixedOfPayOrder.has(payOrder) ? 'insurer-settled-before' : undefined
  }
  if (insurer === undefined || authorization === undefined || authorizationHash(authorization) !== insurer.authorizationHash) {
    return 'authorization-invalid'
  }
  if (insurer.payer !== payer) return 'no-e-credential'
  if (insurer.takenBy !== undefined) return 'insurer-settled-before'
  const isSame =
    insurer.fundFen === amounts.fundFen &&
    insurer.accountFen === amounts.accountFen &&
    insurer.otherFen === amounts.otherFen &&
    insurer.leftFen === amounts.leftFen
  return isSame ? undefined : 'insurer-amounts-differ'
}

function whyPrepayFails(state: WalletState, { prepay, merchant, amounts, payer }: MixedRequest): MixedRefusal | undefined {
  if (prepay === undefined) return undefined
  const key = state.orderOfPrepay.get(prepay)
  const order = key === undefined ? undefined : orderAt(state, key)
  if (order === undefined || order.merchant !== merchant || state.mixedOfPrepay.has(prepay)) return 'unknown-prepay'
  if (order.state !== 'unpaid') return 'already-paid'
  if (order.payer !== undefined && order.payer !== payer) return 'payer-of-another-order'
  return order.amountFen === amounts.collectedFen ? undefined : 'prepay-of-another-amount'
}

function insurerRefusal(state: WalletState, { mixed, payOrder }: MixedOrder): string | undefined {
  const answer = state.insurerAnswers.get(mixed)
  if (answer !== undefined && answer !== 'asked') return answer.refuses
  return payOrder === undefined ? undefined : state.insurerOrders.get(payOrder)?.refuses
}

const paidPart = (part: MixedOrder['cash']) => (part === 'none' ? 'none' : 'success')

/** Only the merchant's own. */
function mixedOf(state: WalletState, merchant: string, number: string | undefined) {
  const mixed = number === undefined ? undefined : state.mixed.get(number)
  return mixed?.merchant === merchant ? mixed : undefined
}

/** Everything that is kept of a request; who was shown and the authorization are not. */
const isSameMix = (one: MixedOrder, other: MixedRequest) =>
  keptFields.every((name) => one[name] === other[name]) &&
  (Object.keys(one.amounts) as (keyof MixedAmounts)[]).every((name) => one.amounts[name] === other.amounts[name]) &&
  (Object.keys(one.institution) as (keyof MixedOrder['institution'])[]).every((name) => one.institution[name] === other.institution[name])
const keptFields = ['app', 'type', 'orderKind', 'payer', 'payOrder', 'prepay', 'noticeUrl', 'attach'] as const
