/**
 * Repayments through 微信 and 支付宝: the bank as a merchant of both. What is asked stands in the bank's book before it is sent; whether the
 * patient paid is asked of the wallet when somebody asks the bank, and by itself until it is known. An order nobody answers is closed,
 * so that it cannot be paid after the bank has given it up.
 */
import { createHash } from 'node:crypto'
import type { Fen } from '../../money/fen.ts'
import type { RepaymentWallet } from '../desks/credit-desk.ts'
import type { Merchant, MerchantDesk } from '../desks/merchant-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { WalletRefusal } from '../desks/wallet-desk.ts'

type OnlineWallet = Exclude<RepaymentWallet, 'unionpay'>
export type WalletPorts = (wallet: OnlineWallet) => Pick<Port<MerchantDesk>, 'order' | 'query' | 'close'>

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
}

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
const orderOf = (key: string): string => `HK${createHash('sha256').update(key).digest('hex').slice(0, 30)}`
