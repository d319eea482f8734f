import { lazyTransport } from '../client/lazy-transport.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import type { Port } from '../desks/port.ts'
import { identityOperations } from '../dialects/identity.ts'
import { plainPort } from '../dialects/plain.ts'
import type { ActorSurroundings } from '../server/actor.ts'

/** ASSUMPTION: 5 s, a quarter of what the platform allows the bureau. Plausible: 1–20 s. */
const timeoutMs = 5000

export interface CredentialCentre {
  /** 解码 of a code that a phone shows, once. */
  readonly decode: Port<IdentityDesk>['decode']
  close(): Promise<void>
}

/** The e-credential centre over its socket: codes that the bureau has not made itself are decoded there. */
export function credentialCentre({ keys, originOf, realNowMs }: ActorSurroundings): CredentialCentre {
  const transport = lazyTransport(() => httpTransport({ origin: originOf('identity'), timeoutMs, connections: 8 }))
  const key = keys.between('bureau', 'identity')
  const { decode } = plainPort<IdentityDesk>(identityOperations, signedSender({ transport, caller: 'bureau', key, nowMs: realNowMs }))
  return { decode, close: () => transport.close() }
}
