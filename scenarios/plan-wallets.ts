/** How people pay at a kiosk: with a bank card, or by the 付款码 of a wallet. */
import type { Words } from './plan.ts'

/** Whose 付款码 a kiosk reads. */
export const walletNames = ['wechat', 'alipay'] as const
export type WalletName = (typeof walletNames)[number]
/** The other way to pay there. */
export const bankCard = 'card'

/** Wallets whose 付款码 kiosks read. They serve the whole country, so nobody waits in line there. Absent: everybody pays at a kiosk with a bank card. */
export interface WalletsPlan {
  readonly list: readonly { readonly name: WalletName; readonly title: Words }[]
  /** Shares of people by how they pay at a kiosk: a wallet's name, or {@link bankCard}. */
  readonly kioskShare: Readonly<Record<string, number>>
  /** Operation → law name. */
  readonly operations: Readonly<Record<'wallet/code-pay' | 'wallet/refund', string>>
}
