/** The mobile chain on the bureau's book. The credentials are asked, never kept. */
import { noMoney, sumFen } from '../../../money/fen.ts'
import type { BillSplit } from '../../../policy/split-bill.ts'
import { compactSecondOf, dateOf } from '../../desks/business-time.ts'
import type {
  MobileOrderAmounts,
  MobileReason,
  OrderReference,
  OrderView,
  PlaceOrderRequest,
  RefundRequest,
  ShownCredential,
  ShownIdentity,
  UploadedOrder,
  UploadOrderRequest,
} from '../../desks/mobile-desk.ts'
import { insuredPlaceOf } from '../../people/insured-number.ts'
import type { Person } from '../bureau-book.ts'
import { type ClaimContext, done, type Outcome, personNumbered, personShown, refuse } from '../claims/claim-context.ts'
import { decideAddFees } from '../claims/fees.ts'
import type { ClaimRefusal } from '../claims/refusals.ts'
import { settlementOf } from '../claims/settling.ts'
import { reversal } from '../claims/undoing.ts'
import { decideOpenVisitOf } from '../claims/visits.ts'
import type { MobileCredentials } from './mobile-credentials.ts'
import type { MobileOrder } from './mobile-state.ts'

export interface MobileContext extends ClaimContext {
  readonly credentials: MobileCredentials
}

/** 6201. */
export function decideUploadOrder(context: MobileContext, request: UploadOrderRequest): Outcome<Omit<UploadedOrder, 'token'>> {
  const { state, parameters, nowMs, lastNumber, sender } = context
  const person = personOfCredential(context, request, undefined)
  if (typeof person === 'string') return refuse(person)
  if (person.person !== request.person) return refuse('wrong-person')
  if (!isIdentity(person, request)) return refuse('wrong-identity')
  if (insuredPlaceOf(parameters, person) !== request.insuredPlace) return refuse('wrong-insured-place')
  const opened =
    request.visit === ''
      ? decideOpenVisitOf(context, person, { ...request, kind: 'outpatient', credential: { kind: 'token', value: '' } })
      : undefined
  if (opened?.outcome === 'refused') return opened
  const visit = opened?.reply.visit ?? request.visit
  // The lines are decided as if the visit were there already; they are written with it or not at all.
  const seen = opened === undefined ? context : withVisit(context, visit, request, person)
  const lines = request.lines.map((line) => ({ ...line, visit, person: person.person, batch: request.batch }))
  const added = decideAddFees(seen, { kind: 'outpatient', visit, person: person.person, lines })
  if (added.outcome === 'refused') return added
  if (sumFen(...added.reply.lines.map(({ totalFen }) => totalFen)) !== request.totalFen) return refuse('total-differs-from-lines')
  for (const name of ['ownPayFen', 'overLimitFen', 'preSelfPayFen', 'inScopeFen'] as const) {
    const quoted = request.quoted[name]
    if (quoted !== undefined && quoted !== sumFen(...added.reply.lines.map((line) => line[name]))) return refuse('parts-differ-from-trial')
  }
  const number = `ORD310100${compactSecondOf(nowMs)}${String((lastNumber + 1) % 10_000_000).padStart(7, '0')}`
  if (state.mobile.orders.has(number)) throw new Error(`order ${number} was given out before`)
  const { siteOrder, insurance, medicalType, batch, totalFen, quoted, isAccountUsed } = request
  const order: MobileOrder = {
    ...{ siteOrder, insurance, medicalType, batch, totalFen, quoted, isAccountUsed, visit },
    order: number,
    site: sender.site,
    person: person.person,
    ownsVisit: opened !== undefined,
    day: dateOf(nowMs),
    state: 'uploaded',
    cashRefundedFen: noMoney,
  }
  return done({ order: number, visit }, [...(opened?.effects ?? []), ...added.effects, { does: 'put-order', order }])
}

/** 6202: says who will pay what. Placing it again prices it anew. */
export function decidePlaceOrder(context: MobileContext, request: PlaceOrderRequest): Outcome<OrderView> {
  const order = orderOf(context, request)
  if (typeof order === 'string') return refuse(order)
  if (order.visit !== request.visit || order.batch !== request.batch) return refuse('unknown-order')
  const person = personOfCredential(context, { authorization: request.authorization }, order.order)
  if (typeof person === 'string') return refuse(person)
  if (person.person !== order.person) return refuse('wrong-person')
  if (order.state !== 'uploaded' && order.state !== 'placed') return refuse(whyNotOpen(order))
  if (order.day !== dateOf(context.nowMs)) return refuse('order-expired')
  const isAccountUsed = request.isAccountUsed ?? order.isAccountUsed
  const settlement = settling(context, { ...order, isAccountUsed }, person)
  if (typeof settlement === 'string') return refuse(settlement)
  const placed: MobileOrder = { ...order, isAccountUsed, state: 'placed', split: settlement.split }
  const isKnown = order.isAccountUsed === isAccountUsed && order.split !== undefined && isSameSplit(order.split, settlement.split)
  return done(viewOf(placed), isKnown ? [] : [{ does: 'put-order', order: placed }])
}

/** The insurer pays its part: the amounts are those of the order, or nothing moves. */
export function decidePayOrder(
  context: MobileContext,
  request: { readonly order: string; readonly authorization: string; readonly amounts: MobileOrderAmounts },
): Outcome<{ readonly settlement: string }> {
  const { state, nowMs, lastNumber } = context
  const order = state.mobile.orders.get(request.order)
  if (order === undefined) return refuse('unknown-order')
  const person = personOfCredential(context, { authorization: request.authorization }, order.order)
  if (typeof person === 'string') return refuse(person)
  if (person.person !== order.person) return refuse('wrong-person')
  if (order.state !== 'placed' || order.split === undefined) {
    return refuse(order.state === 'uploaded' ? 'order-not-placed' : whyNotOpen(order))
  }
  if (order.day !== dateOf(nowMs)) return refuse('order-expired')
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = order.split
  const { amounts } = request
  const isAsked =
    amounts.totalFen === order.totalFen &&
    amounts.fundFen === fundFen &&
    amounts.accountFen === currentAccountFen + historyAccountFen &&
    amounts.cashFen === cashFen
  if (!isAsked) return refuse('order-amounts-differ')
  const entry = settling(context, order, person)
  if (typeof entry === 'string') return refuse(entry)
  // Something else was settled for the person since: the order no longer says what would be paid.
  if (!isSameSplit(entry.split, order.split)) return refuse('order-amounts-differ')
  const url = state.mobile.noticeUrls.get(order.site)
  const paid: MobileOrder = { ...order, state: 'paid', settlement: entry.settlement, paidAtMs: nowMs }
  return done({ settlement: entry.settlement }, [
    entry,
    { does: 'put-order', order: paid },
    ...(url === undefined ? [] : [{ does: 'tell-site', notice: { notice: lastNumber + 1, order: order.order, url } } as const]),
  ])
}

/** 6301. */
export function decideQueryOrder(context: MobileContext, request: OrderReference & ShownIdentity): Outcome<OrderView> {
  const order = identified(context, request)
  if (typeof order === 'string') return refuse(order)
  const isPaid = order.paidAtMs !== undefined
  return done({ ...viewOf(order), ...(isPaid ? { reversalToken: context.credentials.reversalTokenOf(order.order) } : {}) })
}

/** 6401: before payment. Again: alike. */
export function decideRevokeOrder(context: MobileContext, request: OrderReference & ShownIdentity): Outcome<object> {
  const order = identified(context, request)
  if (typeof order === 'string') return refuse(order)
  if (order.state === 'revoked') return done({})
  if (order.state !== 'uploaded' && order.state !== 'placed') return refuse('order-paid')
  const visit = context.state.claims.visits.get(order.visit)
  if (visit?.settled[order.batch] !== undefined) return refuse('lines-settled')
  const lines = visit?.lines.filter(({ batch }) => batch === order.batch).map(({ line }) => line) ?? []
  return done({}, [
    { does: 'drop-fees', visit: order.visit, lines },
    ...(order.ownsVisit ? [{ does: 'cancel-visit', visit: order.visit } as const] : []),
    { does: 'put-order', order: { ...order, state: 'revoked' } },
  ])
}

/**
 * 6203. ASSUMPTION: the insurer's part goes back whole, the cash in parts; the reversal right of 6301 and 6302 stands for ecToken, since a
 * hospital's own refund has no patient at hand.
 */
export function decideRefundOrder(context: MobileContext, request: RefundRequest): Outcome<{ readonly refund: string }> {
  const { state, sender, lastNumber, credentials } = context
  const order = state.mobile.orders.get(request.order)
  if (order === undefined || order.site !== sender.site) return refuse('unknown-order')
  const isOwnRight = request.authorization === undefined && credentials.isReversalToken(order.order, request.token ?? '')
  const person = isOwnRight ? undefined : personOfCredential(context, request, order.order)
  if (typeof person === 'string') return refuse(person)
  if (person !== undefined && person.person !== order.person) return refuse('wrong-person')
  const { split, settlement } = order
  const settled = state.settlements.get(settlement ?? '')
  if (split === undefined || settlement === undefined || settled === undefined) return refuse('order-not-paid')
  const { kind, totalFen, accountFen, fundFen, cashFen } = request
  const insurerFen = sumFen(accountFen, fundFen)
  if (sumFen(insurerFen, cashFen) !== totalFen) return refuse('refund-parts-differ')
  if ((kind === 'cash' && insurerFen > 0) || (kind === 'insurer' && cashFen > 0)) return refuse('refund-parts-differ')
  const cashLeftFen = split.cashFen - order.cashRefundedFen
  if (cashFen > cashLeftFen || (kind === 'all' && cashFen < cashLeftFen)) return refuse('refund-exceeds-order')
  const refunded: MobileOrder = { ...order, cashRefundedFen: sumFen(order.cashRefundedFen, cashFen) }
  const isCashBack = refunded.cashRefundedFen === split.cashFen
  if (kind === 'cash') {
    const state = order.state === 'insurer-refunded' && isCashBack ? 'refunded' : order.state
    return done({ refund: request.refund }, [{ does: 'put-order', order: { ...refunded, state } }])
  }
  if (order.state !== 'paid') return refuse('already-reversed')
  if (accountFen !== split.currentAccountFen + split.historyAccountFen || fundFen !== split.fundFen) return refuse('refund-parts-differ')
  if (state.clearing.clearedBy.has(settlement)) return refuse('already-cleared')
  const number = `CX${String(lastNumber + 1).padStart(14, '0')}`
  return done({ refund: request.refund }, [
    ...reversal(context, number, settled),
    { does: 'put-order', order: { ...refunded, state: isCashBack ? 'refunded' : 'insurer-refunded' } },
  ])
}

export function viewOf({ order, site, siteOrder, visit, state, split, settlement, paidAtMs, cashRefundedFen }: MobileOrder): OrderView {
  return {
    ...{ order, site, siteOrder, visit, state, cashRefundedFen },
    ...(split === undefined ? {} : { split }),
    ...(settlement === undefined ? {} : { settlement }),
    ...(paidAtMs === undefined ? {} : { paidAtMs }),
  }
}

function settling(context: MobileContext, order: MobileOrder, person: Person) {
  const { visit, batch, insurance, medicalType, totalFen, quoted, isAccountUsed } = order
  const sender = { ...context.sender, site: order.site, message: order.order }
  return settlementOf({ ...context, sender }, person, {
    ...{ visit, batch, insurance, medicalType, totalFen, quoted, isAccountUsed },
    kind: 'outpatient',
    person: person.person,
    credential: { kind: 'token', value: '' },
  })
}

function personOfCredential(
  context: MobileContext,
  { token, authorization }: ShownCredential,
  order: string | undefined,
): Person | ClaimRefusal | MobileReason {
  if ((token === undefined) === (authorization === undefined)) return 'one-credential-only'
  if (token !== undefined) return personShown(context, { kind: 'token', value: token })
  const shown = context.credentials.authorized(authorization ?? '', order)
  if (shown === undefined) return 'unknown-authorization'
  return typeof shown === 'string' ? shown : personNumbered(context, shown.person)
}

function orderOf({ state, sender, credentials }: MobileContext, { order, token }: OrderReference): MobileOrder | MobileReason {
  const known = state.mobile.orders.get(order)
  // Another site's order is as if there were none.
  if (known === undefined || known.site !== sender.site) return 'unknown-order'
  return credentials.isToken(order, token) ? known : 'wrong-order-token'
}

function identified(context: MobileContext, request: OrderReference & ShownIdentity): MobileOrder | MobileReason {
  const order = orderOf(context, request)
  if (typeof order === 'string') return order
  const person = context.state.persons.get(order.person)
  return person !== undefined && isIdentity(person, request) ? order : 'wrong-identity'
}

const isIdentity = ({ name, idNumber }: Person, shown: ShownIdentity) => name === shown.name && idNumber === shown.idNumber
const whyNotOpen = ({ state }: MobileOrder): MobileReason => (state === 'revoked' ? 'order-revoked' : 'order-paid')
const isSameSplit = (one: BillSplit, other: BillSplit) =>
  (Object.keys(one) as (keyof BillSplit)[]).every((part) => one[part] === other[part])

function withVisit(context: MobileContext, visit: string, request: UploadOrderRequest, { person }: Person): MobileContext {
  const { siteNumber, medicalType, insurance, begin, diagnoses } = request
  const opened = {
    ...{ visit, person, siteNumber, medicalType, insurance, begin, diagnoses },
    kind: 'outpatient' as const,
    site: context.sender.site,
    isCancelled: false,
    lines: [],
    settled: {},
  }
  return { ...context, state: { ...context.state, claims: { ...context.state.claims, visits: new Map([[visit, opened]]) } } }
}
