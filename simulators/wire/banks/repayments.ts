/**
 * Repayments through 微信 and 支付宝: the bank as a merchant of both. What is asked stands in the bank's book before it is sent; whether the
 * patient paid is asked of the wallet when somebody asks the bank, and by itself until it is known. An order nobody answers is closed,
 * so that it cannot be paid after the bank has given it up.
 */
import { createHash } from 'node:crypto'
import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import type { Fen } from '../../money/fen.ts'
import type { Merchant, MerchantBill, MerchantBillDesk, MerchantDesk } from '../desks/merchant-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { WalletRefusal, WalletRefused } from '../desks/wallet-desk.ts'

export type OnlineWallet = Exclude<RepaymentWallet, 'unionpay'>
export type WalletPorts = (
  wallet: OnlineWallet,
) => Pick<Port<MerchantDesk>, 'order' | 'query' | 'close' | 'refund' | 'queryRefund'> & Port<MerchantBillDesk>

/** The bank's own numbers at the wallets; Alipay knows a merchant by its app alone, which is the same number. */
export function bankMerchant(bank: string, wallet: OnlineWallet): Merchant {
  const number = createHash('sha256').update(`merchant ${bank}`).digest().readUInt32BE(0) % 100_000_000
  const merchant = `19${String(number).padStart(8, '0')}`
  return { merchant, app: wallet === 'alipay' ? merchant : `wx${merchant}` }
}

/** What the wallet knows of a repayment. */
export type WalletWord =
  | { readonly outcome: 'paid' }
  | { readonly outcome: 'waits'; readonly prepay?: string }
  | { readonly outcome: 'never-came' }
  /** Nobody will pay it. */
  | { readonly outcome: 'over' }
  /** The order of this key is another payer's. */
  | { readonly outcome: 'another' }
  | { readonly outcome: 'silent' }

export interface AskedRepayment {
  readonly key: string
  readonly wallet: OnlineWallet
  readonly amountFen: Fen
}

export interface AskedPayback {
  readonly key: string
  readonly wallet: OnlineWallet
  readonly amountFen: Fen
  readonly repayment: { readonly key: string; readonly amountFen: Fen }
}

export class Repayments {
  readonly #bank: string
  readonly #wallets: WalletPorts

  constructor(bank: string, wallets: WalletPorts) {
    this.#bank = bank
    this.#wallets = wallets
  }

  /** Orders it; sent again it is the same order. */
  async order({ key, wallet, amountFen }: AskedRepayment, payer: string): Promise<WalletWord> {
    const { merchant, app } = bankMerchant(this.#bank, wallet)
    const order = { merchant, app, order: orderOf(key), amountFen, description: '信用就医还款', way: 'in-app', payer } as const
    return wordOf(await this.#wallets(wallet).order(order))
  }

  async query({ key, wallet }: AskedRepayment): Promise<WalletWord> {
    const { merchant } = bankMerchant(this.#bank, wallet)
    return wordOf(await this.#wallets(wallet).query({ merchant, order: orderOf(key) }))
  }

  /** Gives it up: closed, or paid by a payer who was quicker. */
  async close(asked: AskedRepayment): Promise<WalletWord> {
    const { merchant } = bankMerchant(this.#bank, asked.wallet)
    const heard = await this.#wallets(asked.wallet).close({ merchant, order: orderOf(asked.key) })
    if (heard.outcome === 'refused' && heard.reason === 'already-paid') return this.query(asked)
    // A wallet that knows no such order has buried its number.
    return heard.outcome === 'no-reply' ? { outcome: 'silent' } : { outcome: 'over' }
  }

  /** Pays a repayment back, in whole or in part: the wallet is asked first, so that what was sent before is not doubted twice. */
  async payBack({ key, wallet, amountFen, repayment }: AskedPayback): Promise<'paid' | 'over' | 'waits'> {
    const { merchant } = bankMerchant(this.#bank, wallet)
    const desk = this.#wallets(wallet)
    const asked = { merchant, order: orderOf(repayment.key), refund: paybackNumber(key) }
    const known = await desk.queryRefund(asked)
    if (known.outcome === 'no-reply') return 'waits'
    const heard =
      known.outcome === 'refused' ? await desk.refund({ ...asked, amountFen, totalFen: repayment.amountFen, why: '信用就医退款' }) : known
    if (heard.outcome === 'no-reply') return 'waits'
    if (heard.outcome === 'refused') return neverBack.has(heard.reason) ? 'over' : 'waits'
    const { state } = heard.refund
    return state === 'done' ? 'paid' : state === 'under-way' ? 'waits' : 'over'
  }

  /** T+1 bill of a business day. */
  bill(wallet: OnlineWallet, date: string): Promise<MerchantBill | WalletRefused | NoReply> {
    return this.#wallets(wallet).tradeBill({ date })
  }
}

/** Refusals that stay, however often it is asked: the money does not leave by this wallet. */
const neverBack: ReadonlySet<WalletRefusal> = new Set<WalletRefusal>([
  'unknown-order',
  'over-refund',
  'too-many-refunds',
  'refund-too-late',
  'known-with-other-contents',
  'undone-before-it-came',
])

/** What a refusal says of the order. Any other leaves it open: it is asked again. */
const refusals: Readonly<Partial<Record<WalletRefusal, WalletWord>>> = {
  'unknown-order': { outcome: 'never-came' },
  'already-paid': { outcome: 'paid' },
  'known-with-other-contents': { outcome: 'another' },
  'unknown-payer': { outcome: 'over' },
  closed: { outcome: 'over' },
  revoked: { outcome: 'over' },
  'undone-before-it-came': { outcome: 'over' },
}

type Heard = Awaited<ReturnType<Port<MerchantDesk>['order']>>

function wordOf(heard: Heard | NoReply): WalletWord {
  switch (heard.outcome) {
    case 'no-reply':
      return { outcome: 'silent' }
    case 'refused':
      return refusals[heard.reason] ?? { outcome: 'silent' }
    case 'order': {
      const { state, prepay } = heard.order
      if (state === 'paid') return { outcome: 'paid' }
      if (state === 'unpaid' || state === 'paying') return { outcome: 'waits', ...(prepay === undefined ? {} : { prepay }) }
      return { outcome: 'over' }
    }
    default:
      return heard satisfies never
  }
}

/** 商户订单号: at most 32 letters and digits, one for a key. */
export const orderOf = (key: string): string => `HK${digestOf(key)}`
/** One order repays several advances. */
export const isRepaymentOrder = (order: string): boolean => /^HK[0-9a-f]{30}$/.test(order)
/** 商户退款单号 of a payback, likewise. */
export const paybackNumber = (key: string): string => `TK${digestOf(key)}`

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 30)
