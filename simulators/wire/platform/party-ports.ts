/** Everybody the platform calls: the parties of a payment, and whom it asks beside them. */
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { CreditDesk } from '../desks/credit-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import { type MerchantBillDesk, platformMerchant } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import { clearingOperations } from '../dialects/clearing.ts'
import { gatewayCreditOperations } from '../dialects/gateway-credit.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { identityOperations } from '../dialects/identity.ts'
import { plainPort } from '../dialects/plain.ts'
import type { Ports } from '../sagas/saga-words.ts'
import { remembered, socketPorts } from '../sagas/socket-ports.ts'
import type { ActorSurroundings } from '../server/actor.ts'
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
  readonly timeoutMsOf: (actor: string) => number
  /** Sites that speak the national interface to the bureau. */
  readonly nationalSites: readonly number[]
}

export function partyPorts(surroundings: ActorSurroundings, { timeoutMsOf, nationalSites }: PartyPortOptions): PartyPorts {
  const { ports, senderTo, merchantAt, close } = socketPorts(surroundings, {
    caller: 'platform',
    merchant: platformMerchant,
    checksWalletsBy: 'public-key',
    timeoutMsOf,
    nationalSites,
    operator: 'PLATFORM',
    half: 'lower',
    noticeUrlOf: (wallet) => callbackUrl(surroundings.originOf('platform'), wallet),
  })
  return {
    billsOf: merchantAt,
    ports: { ...ports, his: plainPort<HisDesk>(hospitalOperations, senderTo('his')) },
    clearing: plainPort<ClearingDesk>(clearingOperations, senderTo('bureau')),
    identity: () => plainPort<IdentityDesk>(identityOperations, senderTo('identity')),
    creditOf: remembered((bank: string) => plainPort<CreditDesk>(gatewayCreditOperations, senderTo(bank))),
    close,
  }
}
