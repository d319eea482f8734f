/** What the city's message table calls a wallet's work, and what each wallet's own line calls it. */
import type { WalletName } from '../../../scenarios/plan-wallets.ts'

type Planned = 'wallet/code-pay' | 'wallet/refund'

const operationOf: Readonly<Record<WalletName, Readonly<Record<Planned, string>>>> = {
  wechat: { 'wallet/code-pay': 'wechat/code-pay', 'wallet/refund': 'wechat/refund' },
  alipay: { 'wallet/code-pay': 'alipay.trade.pay', 'wallet/refund': 'alipay.trade.refund' },
}
const wallets = Object.keys(operationOf) as WalletName[]
const plannedOf = new Map(
  wallets.flatMap((wallet) => (Object.keys(operationOf[wallet]) as Planned[]).map((planned) => [operationOf[wallet][planned], planned])),
)

/** As the wallet's line knows it; undefined for what no wallet is asked. */
export const operationAtWallet = (wallet: WalletName, planned: string): string | undefined => operationOf[wallet][planned as Planned]

/** As the message table knows it; whatever else a wallet is asked, by its merchants or by phones, keeps a name under `wallet/`. */
export function plannedOperation(actor: string, operation: string): string {
  if (!wallets.some((wallet) => wallet === actor)) return operation
  return plannedOf.get(operation) ?? `wallet/${operation.replace(/^[a-z]+[./]/, '').replaceAll('.', '-')}`
}
