/** Everybody the platform calls, each over its socket in its own dialect. Made when first called, so that actors may start in any order. */
import { type Sender, signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { CreditDesk } from '../desks/credit-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import { type MerchantBillDesk, type MerchantDesk, platformMerchant } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import { alipayMerchantPort } from '../dialects/alipay/merchant-port.ts'
import { clearingOperations } from '../dialects/clearing.ts'
import { gatewayOperations } from '../dialects/gateway.ts'
import { gatewayCreditOperations } from '../dialects/gateway-credit.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { identityOperations } from '../dialects/identity.ts'
import { nationalSitePort } from '../dialects/national/site-port.ts'
import { plainPort } from '../dialects/plain.ts'
import { shanghaiBureauPort } from '../dialects/shanghai/port.ts'
import { wechatMerchantPort } from '../dialects/wechat/merchant-port.ts'
import type { Ports } from '../sagas/saga-words.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { callbackUrl } from './wallet-callbacks.ts'

export interface PartyPorts {
  readonly ports: Ports
  readonly clearing: Port<ClearingDesk>
  /** Undefined for a wallet the platform has no contract with. */
  readonly billsOf: (wallet: string) => Port<MerchantBillDesk> | undefined
  readonly identity: () => Port<IdentityDesk>
  readonly creditOf: (bank: string) => Port<CreditDesk>
  close(): Promise<void>
}

export interface PartyPortOptions {
  readonly timeoutMs: number
  /** Sites that speak the national interface to the bureau. */
  readonly nationalSites: readonly number[]
}
/** The city's own 统筹区 (domain.md §1.9), and who signs in for the platform's messages. */
const nationalSender = { place: '310000', operator: 'PLATFORM', fundIncludesAccount: false }

export function partyPorts(
  { clock, keys, originOf, realNowMs }: ActorSurroundings,
  { timeoutMs, nationalSites }: PartyPortOptions,
): PartyPorts {
  const transports: Transport[] = []
  const transportTo = (actor: string) => {
    const transport = httpTransport({ origin: originOf(actor), timeoutMs })
    transports.push(transport)
    return transport
  }
  const senderTo = remembered(
    (actor: string): Sender =>
      signedSender({ transport: transportTo(actor), caller: 'platform', key: keys.between('platform', actor), nowMs: realNowMs }),
  )
  const { merchant, app } = platformMerchant
  const wallets: Readonly<Record<string, () => Port<MerchantDesk & MerchantBillDesk>>> = {
    wechat: () => wechatMerchantPort({ transport: transportTo('wechat'), keys: walletKeys(keys, 'wechat'), merchant, nowMs: realNowMs }),
    alipay: () =>
      alipayMerchantPort({ transport: transportTo('alipay'), keys: walletKeys(keys, 'alipay'), app: merchant, nowMs: realNowMs }),
  }
  const merchantAt = remembered((wallet: string) => wallets[wallet]?.())
  const national = nationalSitePort({ send: senderTo('bureau'), nowMs: clock.nowMs, ...nationalSender })
  return {
    billsOf: merchantAt,
    ports: {
      bureau: shanghaiBureauPort(senderTo('bureau')),
      nationalOf: (site) => (nationalSites.includes(site) ? national : undefined),
      his: plainPort<HisDesk>(hospitalOperations, senderTo('his')),
      bankOf: remembered((bank: string) => plainPort<BankDesk>(gatewayOperations, senderTo(bank))),
      walletOf: remembered((wallet: string) => {
        const desk = merchantAt(wallet)
        // Alipay knows a merchant by its app alone.
        const noticeUrl = callbackUrl(originOf('platform'), wallet)
        return desk === undefined ? undefined : { merchant, app: wallet === 'alipay' ? merchant : app, desk, noticeUrl }
      }),
    },
    clearing: plainPort<ClearingDesk>(clearingOperations, senderTo('bureau')),
    identity: () => plainPort<IdentityDesk>(identityOperations, senderTo('identity')),
    creditOf: remembered((bank: string) => plainPort<CreditDesk>(gatewayCreditOperations, senderTo(bank))),
    async close() {
      await Promise.all(transports.map((transport) => transport.close()))
    },
  }
}

function remembered<Made>(make: (name: string) => Made): (name: string) => Made {
  const known = new Map<string, Made>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = make(name)
    known.set(name, made)
    return made
  }
}
