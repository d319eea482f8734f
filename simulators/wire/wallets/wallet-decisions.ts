/** What a wallet decides on its book, whichever dialect asks. Pure: state, request and moments in, entries and reply out. */
import { type Fen, sumFen } from '../../money/fen.ts'
import { compactDateOf, dateOf, momentMs } from '../desks/business-time.ts'
import type {
  CodePayRequest,
  DayOfMovements,
  OfOrder,
  Ordered,
  OrderRequest,
  RefundReply,
  WalletOrder,
  WalletRefund,
  WalletRefundRequest,
  WalletRefusal,
  WalletRefused,
} from '../desks/wallet-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { keyOf, orderAt, type WalletEntry, type WalletState } from './wallet-book.ts'

export type WalletDecision<Reply> = Decision<WalletEntry, Reply | WalletRefused>
/** Both clocks, epoch milliseconds. */
export interface Moment {
  readonly businessMs: number
  readonly protocolMs: number
}

export const refuse = (reason: WalletRefusal): Decision<never, WalletRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

/** A refund may be asked so long after the payment, by the business clock: a year of 365 days. */
const refundWithinMs = 365 * 86_400_000
const mostRefunds = 50
/** Bills are kept for three months of 31 days. */
const billsKeptMs = 93 * 86_400_000
const billReadyAfterMs = 9 * 3_600_000

/** What happens by itself until now: passwords that came too late, refunds that are done, orders past their time. */
export function decideDue(state: WalletState, protocolMs: number): Decision<WalletEntry, undefined> {
  const entries: WalletEntry[] = []
  for (const { atMs, what, merchant, key } of state.due.values()) {
    if (atMs > protocolMs) continue
    if (what === 'password') entries.push({ does: 'end', merchant, order: key, state: 'revoked' })
    else entries.push({ does: 'refunded', merchant, refund: key }, ...refundNotice(state, merchant, key))
  }
  return { entries, reply: undefined }
}

function refundNotice(state: WalletState, merchant: string, refund: string): WalletEntry[] {
  const url = state.refunds.get(keyOf(merchant, refund))?.noticeUrl
  return url === undefined ? [] : [{ does: 'notice', url, subject: { about: 'refund', merchant, refund } }]
}

export function decideOrder(state: WalletState, request: OrderRequest, { businessMs }: Moment): WalletDecision<Ordered> {
  if (request.payer !== undefined && !state.payers.has(request.payer)) return refuse('unknown-payer')
  const key = keyOf(request.merchant, request.order)
  const known = state.orders.get(key)
  if (known !== undefined) {
    if (!isSameOrder(known, request)) return refuse('known-with-other-contents')
    return known.state === 'unpaid' ? { entries: [], reply: orderReply(known) } : refuse(whyNotPayable(known) ?? 'already-paid')
  }
  if (state.tombstones.has(key)) return refuse('undone-before-it-came')
  const entry = orderEntry(state, request, businessMs)
  return { entries: [entry], reply: { outcome: 'order', order: newOrder(entry, businessMs) } }
}

/** @param payer whose phone showed the code; undefined: nobody's. */
export function decideCodePay(
  state: WalletState,
  request: CodePayRequest,
  payer: string | undefined,
  { businessMs, protocolMs }: Moment,
): WalletDecision<Ordered> {
  const key = keyOf(request.merchant, request.order)
  const known = state.orders.get(key)
  // The same payment again brings what became of it, so that a lost reply costs nothing.
  if (known !== undefined) {
    if (!isSameOrder(known, { ...request, way: 'payer-code' })) return refuse('known-with-other-contents')
    return known.state === 'paid' || known.state === 'paying'
      ? { entries: [], reply: orderReply(known) }
      : refuse(whyNotPayable(known) ?? 'closed')
  }
  if (state.tombstones.has(key)) return refuse('undone-before-it-came')
  if (payer === undefined) return refuse('unknown-code')
  const entry = { ...orderEntry(state, { ...request, way: 'payer-code' }, businessMs), payer }
  const order = newOrder(entry, businessMs)
  const { merchant, order: number } = request
  if (request.amountFen > state.settings.passwordAboveFen) {
    const untilMs = protocolMs + state.settings.passwordWithinMs
    return {
      entries: [entry, { does: 'ask-password', merchant, order: number, untilMs }],
      reply: orderReply({ ...order, state: 'paying' }),
    }
  }
  const { entries, paid } = payment(state, order, payer, businessMs)
  return { entries: [entry, ...entries], reply: orderReply(paid) }
}

export function decideQuery(state: WalletState, { merchant, order }: OfOrder): WalletDecision<Ordered> {
  const known = state.orders.get(keyOf(merchant, order))
  return known === undefined ? refuse('unknown-order') : { entries: [], reply: orderReply(known) }
}

export function decideQueryTransaction(state: WalletState, merchant: string, transaction: string): WalletDecision<Ordered> {
  const key = state.orderOfTransaction.get(keyOf(merchant, transaction))
  return key === undefined ? refuse('unknown-order') : { entries: [], reply: orderReply(orderAt(state, key)) }
}

/** The payer has entered the password of the mixed order it is the cash part of: the insurer is being asked, or both parts are paid. */
function isPasswordEntered({ mixed, mixedOfPrepay, insurerAnswers }: WalletState, prepay: string): boolean {
  const number = mixedOfPrepay.get(prepay) ?? ''
  return insurerAnswers.has(number) || (mixed.get(number)?.whole ?? 'created') !== 'created'
}

export function decideClose(state: WalletState, { merchant, order }: OfOrder): WalletDecision<Ordered> {
  const known = state.orders.get(keyOf(merchant, order))
  if (known === undefined) return buried(state, merchant, order)
  switch (known.state) {
    case 'paid':
      return refuse(isPasswordEntered(state, known.prepay) ? 'password-entered' : 'already-paid')
    case 'paying':
      return refuse('paying')
    case 'closed':
    case 'revoked':
    case 'failed':
      return { entries: [], reply: orderReply(known) }
    case 'unpaid':
      if (isPasswordEntered(state, known.prepay)) return refuse('password-entered')
      return { entries: [{ does: 'end', merchant, order, state: 'closed' }], reply: orderReply({ ...known, state: 'closed' }) }
    default:
      return known.state satisfies never
  }
}

/** The number of the refund is made from the order's, so that a revoke sent twice undoes once. */
export function decideRevoke(state: WalletState, { merchant, order }: OfOrder, moment: Moment): WalletDecision<Ordered> {
  const known = state.orders.get(keyOf(merchant, order))
  if (known === undefined) return buried(state, merchant, order)
  if (known.state === 'closed' || known.state === 'revoked') return { entries: [], reply: orderReply(known) }
  const revoked = { does: 'end', merchant, order, state: 'revoked' } as const
  const restFen = (known.amountFen - known.refundedFen) as Fen
  if (known.state !== 'paid' || restFen === 0) return { entries: [revoked], reply: orderReply({ ...known, state: 'revoked' }) }
  const { entries } = refunding(state, known, { merchant, order, refund: `${order}-revoke`, amountFen: restFen, why: '撤销' }, moment)
  return { entries: [revoked, ...entries], reply: orderReply({ ...known, state: 'revoked', refundedFen: known.amountFen }) }
}

export function decideRefund(state: WalletState, request: WalletRefundRequest, moment: Moment): WalletDecision<RefundReply> {
  const known = state.refunds.get(keyOf(request.merchant, request.refund))
  if (known !== undefined) {
    const isSame = known.order === request.order && known.amountFen === request.amountFen
    return isSame ? { entries: [], reply: { outcome: 'refund', refund: known } } : refuse('known-with-other-contents')
  }
  const orderKey = keyOf(request.merchant, request.order)
  const order = state.orders.get(orderKey)
  if (order === undefined) return buried(state, request.merchant, request.order)
  if (order.state !== 'paid' || order.paidAtMs === undefined) return refuse('not-paid')
  if (request.totalFen !== undefined && request.totalFen !== order.amountFen) return refuse('wrong-total')
  if (moment.businessMs - order.paidAtMs > refundWithinMs) return refuse('refund-too-late')
  if (sumFen(order.refundedFen, request.amountFen) > order.amountFen) return refuse('over-refund')
  if ((state.refundsOfOrder.get(orderKey)?.length ?? 0) >= mostRefunds) return refuse('too-many-refunds')
  const { entries, refund } = refunding(state, order, request, moment)
  return { entries, reply: { outcome: 'refund', refund } }
}

export function decideQueryRefund(state: WalletState, merchant: string, refund: string): WalletDecision<RefundReply> {
  const known = state.refunds.get(keyOf(merchant, refund))
  return known === undefined ? refuse('unknown-refund') : { entries: [], reply: { outcome: 'refund', refund: known } }
}

/** The day's movements by the moment of success, on the business clock. */
export function decideMovements(state: WalletState, merchant: string, date: string, nowMs: number): WalletDecision<DayOfMovements> {
  const dayMs = momentMs(date)
  if (dayMs === undefined) return refuse('bill-of-no-day')
  if (nowMs < dayMs + 86_400_000 + billReadyAfterMs) return refuse('bill-not-ready')
  if (nowMs > dayMs + billsKeptMs) return refuse('bill-too-old')
  const movements = (state.movements.get(merchant) ?? []).filter(({ atMs }) => dateOf(atMs) === date)
  return { entries: [], reply: { outcome: 'movements', movements } }
}

/** The payer's phone answers an order that waits for it. */
export function decideConfirm(
  state: WalletState,
  { payer, prepay, does }: { readonly payer: string; readonly prepay: string; readonly does: 'pay' | 'give-up' | 'cannot' },
  { businessMs, protocolMs }: Moment,
): WalletDecision<Ordered> {
  if (!state.payers.has(payer)) return refuse('unknown-payer')
  const key = state.orderOfPrepay.get(prepay)
  if (key === undefined) return refuse('unknown-order')
  const order = orderAt(state, key)
  const { merchant, order: number } = order
  if (order.payer !== undefined && order.payer !== payer) return refuse('payer-of-another-order')
  if (order.state === 'paid') return { entries: [], reply: orderReply(order) }
  const why = whyNotPayable(order)
  if (why !== undefined) return refuse(why)
  if (order.expiresAtMs !== undefined && order.expiresAtMs <= protocolMs) {
    return { entries: [{ does: 'end', merchant, order: number, state: 'closed' }], reply: { outcome: 'refused', reason: 'closed' } }
  }
  if (does === 'pay') {
    const { entries, paid } = payment(state, order, payer, businessMs)
    return { entries, reply: orderReply(paid) }
  }
  if (does === 'cannot')
    return { entries: [{ does: 'end', merchant, order: number, state: 'failed' }], reply: orderReply({ ...order, state: 'failed' }) }
  // Giving up a code payment ends it; an order of the payer's own stays open until it is closed or expires.
  return order.state === 'paying'
    ? { entries: [{ does: 'end', merchant, order: number, state: 'revoked' }], reply: orderReply({ ...order, state: 'revoked' }) }
    : { entries: [], reply: orderReply(order) }
}

/** Entries of a payment, and the order as it is after it. */
export function payment(
  state: WalletState,
  order: WalletOrder,
  payer: string,
  businessMs: number,
): { entries: WalletEntry[]; paid: WalletOrder } {
  const { merchant, order: number, noticeUrl } = order
  // 28 digits, as WeChat Pay numbers them.
  const transaction = `42000${compactDateOf(businessMs)}${String(state.transactions + 1).padStart(15, '0')}`
  const entries: WalletEntry[] = [{ does: 'pay', merchant, order: number, payer, transaction }]
  if (noticeUrl !== undefined) entries.push({ does: 'notice', url: noticeUrl, subject: { about: 'payment', merchant, order: number } })
  return { entries, paid: { ...order, state: 'paid', payer, transaction, paidAtMs: businessMs } }
}

export function refunding(
  state: WalletState,
  order: WalletOrder,
  { refund, amountFen, why, noticeUrl }: WalletRefundRequest,
  { businessMs, protocolMs }: Moment,
): { entries: WalletEntry[]; refund: WalletRefund } {
  const { merchant, order: orderNumber } = order
  const words = {
    merchant,
    order: orderNumber,
    refund,
    number: `50300${compactDateOf(businessMs)}${String(state.refundCount + 1).padStart(15, '0')}`,
    amountFen,
    ...(why === undefined ? {} : { why }),
    ...(noticeUrl === undefined ? {} : { noticeUrl }),
  }
  const accepted: WalletRefund = {
    ...words,
    transaction: order.transaction ?? '',
    totalFen: order.amountFen,
    payer: order.payer ?? '',
    state: 'under-way',
    createdAtMs: businessMs,
  }
  const { refundTakesMs } = state.settings
  const entry: WalletEntry = { does: 'refund', ...words, dueMs: protocolMs + refundTakesMs }
  if (refundTakesMs > 0) return { entries: [entry], refund: accepted }
  const notice: WalletEntry[] =
    noticeUrl === undefined ? [] : [{ does: 'notice', url: noticeUrl, subject: { about: 'refund', merchant, refund } }]
  return {
    entries: [entry, { does: 'refunded', merchant, refund }, ...notice],
    refund: { ...accepted, state: 'done', doneAtMs: businessMs },
  }
}

function whyNotPayable({ state }: WalletOrder): WalletRefusal | undefined {
  switch (state) {
    case 'closed':
    case 'failed':
      return 'closed'
    case 'revoked':
      return 'revoked'
    case 'unpaid':
    case 'paying':
    case 'paid':
      return undefined
    default:
      return state satisfies never
  }
}

/** No such order: it is buried before it comes, and the caller hears that there is none. */
function buried(state: WalletState, merchant: string, order: string): Decision<WalletEntry, WalletRefused> {
  const isBuried = state.tombstones.has(keyOf(merchant, order))
  return { entries: isBuried ? [] : [{ does: 'tombstone', merchant, order }], reply: { outcome: 'refused', reason: 'unknown-order' } }
}

type OrderEntry = Extract<WalletEntry, { does: 'order' }>

function orderEntry(
  state: WalletState,
  request: Omit<OrderRequest, 'way'> & { readonly way: WalletOrder['way'] },
  businessMs: number,
): OrderEntry {
  const { merchant, app, order, way, amountFen, description, attach, noticeUrl, payer, expiresAtMs } = request
  return {
    does: 'order',
    merchant,
    app,
    order,
    way,
    amountFen,
    description,
    ...(attach === undefined ? {} : { attach }),
    ...(noticeUrl === undefined ? {} : { noticeUrl }),
    ...(payer === undefined ? {} : { payer }),
    prepay: `wx${compactDateOf(businessMs)}${String(state.orders.size + 1).padStart(26, '0')}`,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  }
}

function newOrder({ does: _, expiresAtMs: __, ...order }: OrderEntry, businessMs: number): WalletOrder {
  return { ...order, state: 'unpaid', createdAtMs: businessMs, refundedFen: 0 as Fen }
}

const isSameOrder = (
  one: WalletOrder,
  other: { way: string; app: string; amountFen: Fen; description: string; payer?: string | undefined },
) =>
  one.way === other.way &&
  one.app === other.app &&
  one.amountFen === other.amountFen &&
  one.description === other.description &&
  (other.payer === undefined || one.payer === other.payer)

const orderReply = (order: WalletOrder & { readonly expiresAtMs?: number }): Ordered => {
  const { expiresAtMs: _, ...told } = order
  return { outcome: 'order', order: told }
}
