import { lazyTransport } from '../client/lazy-transport.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { MerchantBillDesk, MerchantDesk } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import { alipayMerchantPort } from '../dialects/alipay/merchant-port.ts'
import { wechatMerchantPort } from '../dialects/wechat/merchant-port.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { bankMerchant, type WalletPorts } from './repayments.ts'

/** ASSUMPTION: 10 s, as the credit score has. Plausible: 1–60 s. */
const timeoutMs = 10_000

export interface WalletSockets {
  readonly ports: WalletPorts
  close(): Promise<void>
}

/** Both wallets over their sockets, with the bank as merchant; each is opened when it is first needed. */
export function walletSockets({ keys, originOf, realNowMs }: ActorSurroundings, bank: string): WalletSockets {
  const transports: Transport[] = []
  const made = new Map<string, Port<MerchantDesk & MerchantBillDesk>>()
  const open = (wallet: 'wechat' | 'alipay'): Port<MerchantDesk & MerchantBillDesk> => {
    const transport = lazyTransport(() => httpTransport({ origin: originOf(wallet), timeoutMs, connections: 4 }))
    transports.push(transport)
    const { merchant, app } = bankMerchant(bank, wallet)
    const own = { transport, keys: walletKeys(keys, wallet), nowMs: realNowMs }
    return wallet === 'wechat' ? wechatMerchantPort({ ...own, merchant }) : alipayMerchantPort({ ...own, app })
  }
  return {
    ports(wallet) {
      const port = made.get(wallet) ?? open(wallet)
      made.set(wallet, port)
      return port
    },
    close: async () => void (await Promise.all(transports.map((transport) => transport.close()))),
  }
}
