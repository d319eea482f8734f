/**
 * The parties of a payment, each over its socket in its own dialect, as one collector calls them. Where they listen is looked up when
 * they are first called, so that actors may start in any order.
 */

import { lazyTransport } from '../client/lazy-transport.ts'
import { type Sender, signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { Merchant, MerchantBillDesk, MerchantDesk } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import { alipayMerchantPort } from '../dialects/alipay/merchant-port.ts'
import { gatewayOperations } from '../dialects/gateway.ts'
import { nationalSitePort, type SitePortOptions } from '../dialects/national/site-port.ts'
import { plainPort } from '../dialects/plain.ts'
import { shanghaiBureauPort } from '../dialects/shanghai/port.ts'
import { wechatMerchantPort } from '../dialects/wechat/merchant-port.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import type { Ports } from './saga-words.ts'

/**
 * Requests under way at one party, a connection each. ASSUMPTION: a bureau that takes 0.4 s a message holds forty of them at the city's fifty
 * payments a second, hundreds when it is slow, and over a thousand when it is silent; fewer connections would be a queue nobody planned. 32 and 512 were played before.
 */
const mostAtOneParty = 2048

export interface SocketPortOptions {
  /** Whose name the messages are signed in. */
  readonly caller: string
  readonly merchant: Merchant
  /** By which of its keys a wallet's answers are checked, where it has both. */
  readonly checksWalletsBy: 'certificate' | 'public-key'
  /** How long an answer of each actor is waited for. */
  readonly timeoutMsOf: (actor: string) => number
  /** Sites that speak the national interface to the bureau. */
  readonly nationalSites: readonly number[]
  /** Who signs in at the bureau for its messages, and in which half of a second's numbers they stand. */
  readonly operator: string
  readonly half: SitePortOptions['half']
  /** Where a wallet is to tell of an order; undefined: it is only asked. */
  readonly noticeUrlOf?: (wallet: string) => string
}

export interface SocketPorts {
  readonly ports: Omit<Ports, 'his' | 'drawers'>
  readonly senderTo: (actor: string) => Sender
  /** Undefined for a wallet there is no contract with. */
  readonly merchantAt: (wallet: string) => Port<MerchantDesk & MerchantBillDesk> | undefined
  close(): Promise<void>
}

/** The city's own 统筹区 (310000 in newtouch-cloud/openhis). */
const cityPlace = { place: '310000', fundIncludesAccount: false }

export function socketPorts(
  { clock, keys, originOf, realNowMs }: ActorSurroundings,
  { caller, merchant: { merchant, app }, checksWalletsBy, timeoutMsOf, nationalSites, operator, half, noticeUrlOf }: SocketPortOptions,
): SocketPorts {
  const transports: Transport[] = []
  const transportTo = (actor: string) => {
    const transport = lazyTransport(() =>
      httpTransport({ origin: originOf(actor), timeoutMs: timeoutMsOf(actor), connections: mostAtOneParty }),
    )
    transports.push(transport)
    return transport
  }
  const senderTo = remembered(
    (actor: string): Sender => signedSender({ transport: transportTo(actor), caller, key: keys.between(caller, actor), nowMs: realNowMs }),
  )
  const wallets: Readonly<Record<string, () => Port<MerchantDesk & MerchantBillDesk>>> = {
    wechat: () =>
      wechatMerchantPort({
        ...{ transport: transportTo('wechat'), keys: walletKeys(keys, 'wechat'), merchant },
        ...{ checksBy: checksWalletsBy, nowMs: realNowMs },
      }),
    alipay: () =>
      alipayMerchantPort({ transport: transportTo('alipay'), keys: walletKeys(keys, 'alipay'), app: merchant, nowMs: realNowMs }),
  }
  const merchantAt = remembered((wallet: string) => wallets[wallet]?.())
  const national = nationalSitePort({ send: senderTo('bureau'), nowMs: clock.nowMs, ...cityPlace, operator, half })
  return {
    senderTo,
    merchantAt,
    ports: {
      bureau: shanghaiBureauPort(senderTo('bureau')),
      nationalOf: (site) => (nationalSites.includes(site) ? national : undefined),
      bankOf: remembered((bank: string) => plainPort<BankDesk>(gatewayOperations, senderTo(bank))),
      walletOf: remembered((wallet: string) => {
        const desk = merchantAt(wallet)
        // Alipay knows a merchant by its app alone.
        const told = noticeUrlOf === undefined ? {} : { noticeUrl: noticeUrlOf(wallet) }
        return desk === undefined ? undefined : { merchant, app: wallet === 'alipay' ? merchant : app, desk, ...told }
      }),
    },
    async close() {
      await Promise.all(transports.map((transport) => transport.close()))
    },
  }
}

export function remembered<Made>(make: (name: string) => Made): (name: string) => Made {
  const known = new Map<string, Made>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = make(name)
    known.set(name, made)
    return made
  }
}
