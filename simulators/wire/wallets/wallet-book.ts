/** What a wallet keeps: merchants, payers, orders, refunds, mixed orders, notices still to be heard. Changed by its book's entries alone. */
import { type Fen, fenOf, noMoney, sumFen } from '../../money/fen.ts'
import type { MixedOrder, PartState, ShownPerson } from '../desks/mixed-payment-desk.ts'
import type { OrderWay, WalletMovement, WalletOrder, WalletRefund } from '../desks/wallet-desk.ts'
import type { BookRules } from '../stores/kept-book.ts'

/** Protocol clock in `…Ms` where it says so; everything else is the business clock. */
export interface WalletSettings {
  /** Protocol milliseconds from accepting a refund to its being done. */
  readonly refundTakesMs: number
  /** Protocol milliseconds a payer has for the password of a code payment. */
  readonly passwordWithinMs: number
  /** Code payments above it ask for a password (免密支付 limit). */
  readonly passwordAboveFen: Fen
  /** The ladder of notices is this many times shorter than documented; 1 is the documented one. */
  readonly noticeLadderDivisor: number
  /** Hosts beside this machine that callbacks may go to. */
  readonly noticeHosts: readonly string[]
}
export interface Merchant {
  readonly merchant: string
  readonly app: string
  /** By which key the wallet's answers are checked. */
  readonly checksBy: 'certificate' | 'public-key'
}
/** A 支付订单号 as the insurer told it to the wallet: what it will settle, and whether it does. */
export interface InsurerOrder {
  readonly payOrder: string
  /** SHA-256 of the authorisation, hexadecimal: the authorisation itself is nobody's to keep. */
  readonly authorizationHash: string
  readonly payer: string
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly otherFen: Fen
  readonly leftFen: Fen
  /** Absent: it settles. */
  readonly refuses?: string
}

export type NoticeSubject =
  | { readonly about: 'payment'; readonly merchant: string; readonly order: string }
  | { readonly about: 'refund'; readonly merchant: string; readonly refund: string }
  | { readonly about: 'mixed'; readonly merchant: string; readonly mixed: string }
export interface Notice {
  readonly notice: number
  readonly url: string
  readonly subject: NoticeSubject
  readonly tries: number
  /** Protocol moment of its next turn; 0: at once. */
  readonly nextAtMs: number
}

/** What the bureau said of its part: the settlement, or why not. */
export interface InsurerAnswer {
  readonly settlement?: string | undefined
  readonly refuses?: string
}

export type WalletEntry =
  | { readonly does: 'settings'; readonly settings: WalletSettings }
  | ({ readonly does: 'open-merchant' } & Merchant)
  | { readonly does: 'open-payer'; readonly payer: string }
  | ({ readonly does: 'open-insurer-order' } & InsurerOrder)
  /** Real name of a payer, or of a relative the payer may pay for. */
  | ({ readonly does: 'open-holder'; readonly payer: string; readonly is: 'payer' | 'relative' } & ShownPerson)
  | { readonly does: 'rotate-key' }
  | { readonly does: 'rotate-public-key' }
  | {
      readonly does: 'order'
      readonly merchant: string
      readonly app: string
      readonly order: string
      readonly way: OrderWay
      readonly amountFen: Fen
      readonly description: string
      readonly attach?: string
      readonly noticeUrl?: string
      readonly payer?: string
      readonly prepay: string
      /** Protocol clock. */
      readonly expiresAtMs?: number
    }
  | { readonly does: 'ask-password'; readonly merchant: string; readonly order: string; readonly untilMs: number }
  | { readonly does: 'pay'; readonly merchant: string; readonly order: string; readonly payer: string; readonly transaction: string }
  | { readonly does: 'end'; readonly merchant: string; readonly order: string; readonly state: 'closed' | 'revoked' | 'failed' }
  | { readonly does: 'tombstone'; readonly merchant: string; readonly order: string }
  | {
      readonly does: 'refund'
      readonly merchant: string
      readonly order: string
      readonly refund: string
      readonly number: string
      readonly amountFen: Fen
      readonly why?: string
      readonly noticeUrl?: string
      readonly dueMs: number
    }
  | { readonly does: 'refunded'; readonly merchant: string; readonly refund: string }
  | ({ readonly does: 'mix' } & Omit<MixedOrder, 'whole' | 'cash' | 'insurance' | 'createdAtMs'>)
  | {
      readonly does: 'mix-state'
      readonly merchant: string
      readonly mixed: string
      readonly whole?: Exclude<PartState, 'none'>
      readonly cash?: PartState
      readonly insurance?: PartState
      readonly failReason?: string
      readonly refund?: string
    }
  | { readonly does: 'ask-insurer'; readonly merchant: string; readonly mixed: string }
  | ({ readonly does: 'insurer-said'; readonly merchant: string; readonly mixed: string } & InsurerAnswer)
  | { readonly does: 'notice'; readonly url: string; readonly subject: NoticeSubject }
  | { readonly does: 'notice-tried'; readonly notice: number; readonly tries: number; readonly nextAtMs: number }
  | { readonly does: 'noticed'; readonly notice: number; readonly end: 'heard' | 'given-up' | 'not-allowed'; readonly tries: number }

export interface WalletState {
  settings: WalletSettings
  readonly merchants: Map<string, Merchant>
  readonly payers: Set<string>
  readonly insurerOrders: Map<string, InsurerOrder & { readonly takenBy?: string }>
  readonly holders: Map<string, ShownPerson>
  readonly relatives: Map<string, readonly ShownPerson[]>
  keyNumber: number
  publicKeyNumber: number
  readonly orders: Map<string, WalletOrder & { readonly expiresAtMs?: number }>
  readonly orderOfPrepay: Map<string, string>
  readonly orderOfTransaction: Map<string, string>
  readonly tombstones: Set<string>
  readonly refunds: Map<string, WalletRefund>
  readonly refundsOfOrder: Map<string, readonly string[]>
  readonly mixed: Map<string, MixedOrder & { readonly insuranceRefund?: string }>
  readonly mixedOfOrder: Map<string, string>
  readonly mixedOfPayOrder: Map<string, string>
  /** Of mixed orders whose insurer's part the bureau was asked for. */
  readonly insurerAnswers: Map<string, 'asked' | InsurerAnswer>
  readonly mixedOfPrepay: Map<string, string>
  readonly notices: Map<number, Notice>
  noticeCount: number
  transactions: number
  refundCount: number
  readonly movements: Map<string, WalletMovement[]>
  readonly balances: Map<string, Fen>
  /** Protocol moments at which something happens by itself: a password is late, a refund is done. */
  readonly due: Map<
    string,
    { readonly atMs: number; readonly what: 'password' | 'refund'; readonly merchant: string; readonly key: string }
  >
}

export const usualSettings: WalletSettings = {
  refundTakesMs: 1000,
  passwordWithinMs: 45_000,
  passwordAboveFen: fenOf(100_000),
  noticeLadderDivisor: 1,
  noticeHosts: [],
}
export const keyOf = (merchant: string, key: string): string => `${merchant}\n${key}`

export const walletRules: BookRules<WalletState, WalletEntry> = {
  empty: () => ({
    settings: usualSettings,
    merchants: new Map(),
    payers: new Set(),
    insurerOrders: new Map(),
    holders: new Map(),
    relatives: new Map(),
    keyNumber: 1,
    publicKeyNumber: 1,
    orders: new Map(),
    orderOfPrepay: new Map(),
    orderOfTransaction: new Map(),
    tombstones: new Set(),
    refunds: new Map(),
    refundsOfOrder: new Map(),
    mixed: new Map(),
    mixedOfOrder: new Map(),
    mixedOfPayOrder: new Map(),
    insurerAnswers: new Map(),
    mixedOfPrepay: new Map(),
    notices: new Map(),
    noticeCount: 0,
    transactions: 0,
    refundCount: 0,
    movements: new Map(),
    balances: new Map(),
    due: new Map(),
  }),
  apply(state, entry, atMs) {
    switch (entry.does) {
      case 'settings':
        state.settings = entry.settings
        return
      case 'open-merchant': {
        const { does: _, ...merchant } = entry
        state.merchants.set(merchant.merchant, merchant)
        return
      }
      case 'open-payer':
        state.payers.add(entry.payer)
        return
      case 'open-insurer-order': {
        const { does: _, ...order } = entry
        state.insurerOrders.set(order.payOrder, order)
        return
      }
      case 'open-holder': {
        const { payer, nameHash, idHash } = entry
        if (entry.is === 'payer') state.holders.set(payer, { nameHash, idHash })
        else state.relatives.set(payer, [...(state.relatives.get(payer) ?? []), { nameHash, idHash }])
        return
      }
      case 'rotate-key':
        state.keyNumber += 1
        return
      case 'rotate-public-key':
        state.publicKeyNumber += 1
        return
      case 'order': {
        const { does: _, ...order } = entry
        const key = keyOf(order.merchant, order.order)
        state.orders.set(key, { ...order, state: 'unpaid', createdAtMs: atMs, refundedFen: noMoney })
        state.orderOfPrepay.set(order.prepay, key)
        return
      }
      case 'ask-password': {
        const key = keyOf(entry.merchant, entry.order)
        changeOrder(state, key, { state: 'paying' })
        state.due.set(`password ${key}`, { atMs: entry.untilMs, what: 'password', merchant: entry.merchant, key: entry.order })
        return
      }
      case 'pay': {
        const key = keyOf(entry.merchant, entry.order)
        changeOrder(state, key, { state: 'paid', payer: entry.payer, transaction: entry.transaction, paidAtMs: atMs })
        state.orderOfTransaction.set(keyOf(entry.merchant, entry.transaction), key)
        state.transactions += 1
        state.due.delete(`password ${key}`)
        const order = orderAt(state, key)
        move(state, { kind: 'payment', atMs, order }, order.amountFen)
        return
      }
      case 'end': {
        const key = keyOf(entry.merchant, entry.order)
        changeOrder(state, key, { state: entry.state })
        state.due.delete(`password ${key}`)
        return
      }
      case 'tombstone':
        state.tombstones.add(keyOf(entry.merchant, entry.order))
        return
      case 'refund': {
        const { does: _, dueMs, ...refund } = entry
        const orderKey = keyOf(refund.merchant, refund.order)
        const order = orderAt(state, orderKey)
        const key = keyOf(refund.merchant, refund.refund)
        state.refunds.set(key, {
          ...refund,
          transaction: order.transaction ?? '',
          totalFen: order.amountFen,
          payer: order.payer ?? '',
          state: 'under-way',
          createdAtMs: atMs,
        })
        state.refundsOfOrder.set(orderKey, [...(state.refundsOfOrder.get(orderKey) ?? []), key])
        state.refundCount += 1
        changeOrder(state, orderKey, { refundedFen: sumFen(order.refundedFen, refund.amountFen) })
        state.due.set(`refund ${key}`, { atMs: dueMs, what: 'refund', merchant: refund.merchant, key: refund.refund })
        return
      }
      case 'refunded': {
        const key = keyOf(entry.merchant, entry.refund)
        const underWay = state.refunds.get(key)
        if (underWay === undefined) return
        const refund = { ...underWay, state: 'done' as const, doneAtMs: atMs }
        state.refunds.set(key, refund)
        state.due.delete(`refund ${key}`)
        move(state, { kind: 'refund', atMs, order: orderAt(state, keyOf(refund.merchant, refund.order)), refund }, -refund.amountFen)
        return
      }
      case 'mix': {
        const { does: _, ...mixed } = entry
        state.mixed.set(mixed.mixed, {
          ...mixed,
          whole: 'created',
          cash: mixed.prepay === undefined ? 'none' : 'created',
          insurance: mixed.payOrder === undefined ? 'none' : 'created',
          createdAtMs: atMs,
        })
        state.mixedOfOrder.set(keyOf(mixed.merchant, mixed.order), mixed.mixed)
        if (mixed.payOrder !== undefined) state.mixedOfPayOrder.set(mixed.payOrder, mixed.mixed)
        if (mixed.prepay !== undefined) state.mixedOfPrepay.set(mixed.prepay, mixed.mixed)
        const insurer = mixed.payOrder === undefined ? undefined : state.insurerOrders.get(mixed.payOrder)
        if (insurer !== undefined) state.insurerOrders.set(insurer.payOrder, { ...insurer, takenBy: mixed.mixed })
        return
      }
      case 'ask-insurer':
        state.insurerAnswers.set(entry.mixed, 'asked')
        return
      case 'insurer-said': {
        const { settlement, refuses } = entry
        state.insurerAnswers.set(entry.mixed, refuses === undefined ? { settlement } : { refuses })
        return
      }
      case 'mix-state': {
        const mixed = state.mixed.get(entry.mixed)
        if (mixed === undefined) return
        const { does: _, merchant: __, mixed: ___, refund, ...change } = entry
        state.mixed.set(entry.mixed, {
          ...mixed,
          ...change,
          ...(change.whole === 'success' ? { paidAtMs: atMs } : {}),
          ...(refund === undefined ? {} : { insuranceRefund: refund }),
        })
        return
      }
      case 'notice':
        state.noticeCount += 1
        state.notices.set(state.noticeCount, { notice: state.noticeCount, url: entry.url, subject: entry.subject, tries: 0, nextAtMs: 0 })
        return
      case 'notice-tried': {
        const notice = state.notices.get(entry.notice)
        if (notice !== undefined) state.notices.set(entry.notice, { ...notice, tries: entry.tries, nextAtMs: entry.nextAtMs })
        return
      }
      case 'noticed':
        state.notices.delete(entry.notice)
        return
      default:
        entry satisfies never
    }
  },
}

export function orderAt(state: WalletState, key: string): WalletOrder & { readonly expiresAtMs?: number } {
  const order = state.orders.get(key)
  if (order === undefined) throw new Error('the order was looked up before')
  return order
}

function changeOrder(state: WalletState, key: string, change: Partial<WalletOrder>): void {
  state.orders.set(key, { ...orderAt(state, key), ...change })
}

function move(state: WalletState, movement: Omit<WalletMovement, 'balanceFen'>, byFen: number): void {
  const { merchant } = movement.order
  const balanceFen = fenOf((state.balances.get(merchant) ?? noMoney) + byFen)
  state.balances.set(merchant, balanceFen)
  const moved = state.movements.get(merchant) ?? []
  moved.push({ ...movement, balanceFen })
  state.movements.set(merchant, moved)
}
