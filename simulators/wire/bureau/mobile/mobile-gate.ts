/**
 * Who may call the mobile chain: a caller signed by HMAC, as on every other route, or a site's application signed and sealed by SM2 and
 * SM4. The sealed data take the place of the open ones before they are validated.
 */
import type { FastifyRequest } from 'fastify'
import { momentOfTimestamp } from '../../dialects/mobile/envelope.ts'
import { type Sealed, unseal } from '../../dialects/mobile/seal.ts'
import { callerOfSite } from '../../server/callers.ts'
import { type FailureCode, WireFailure } from '../../server/failures.ts'
import { NonceWindow } from '../../server/nonce-window.ts'
import { signatureHeaders, signatureWindowSeconds } from '../../signing/hmac.ts'
import type { MobileKeys } from '../../signing/mobile-keys.ts'
import { usualUserId } from '../../signing/sm2.ts'

export interface MobileGateOptions {
  readonly keys: MobileKeys
  /** Protocol clock. */
  readonly nowMs: () => number
  readonly signed: (request: FastifyRequest) => Promise<void>
}

export function mobileGate({ keys, nowMs, signed }: MobileGateOptions) {
  const seen = new NonceWindow(2 * signatureWindowSeconds * 1000)
  /** The site whose seal a request bore: its answer is sealed for the same. */
  const sealedBy = new WeakMap<FastifyRequest, number>()
  const gate = async (request: FastifyRequest): Promise<void> => {
    if (request.headers[signatureHeaders.signature] !== undefined) return signed(request)
    const refuse = (code: FailureCode): never => {
      throw new WireFailure(code)
    }
    const body = request.body as Partial<Sealed> | null | undefined
    const isForm = [body?.['appId'], body?.signData, body?.encData, body?.['timestamp']].every((word) => typeof word === 'string')
    if (!isForm || body?.['signType'] !== 'SM2' || body['encType'] !== 'SM4' || 'data' in body) refuse('unsigned')
    const sealed = body as Sealed
    const now = nowMs()
    const atMs = momentOfTimestamp(String(sealed['timestamp']))
    if (atMs === undefined || Math.abs(now - atMs) > signatureWindowSeconds * 1000) refuse('expired-signature')
    const site = keys.siteOf(String(sealed['appId'])) ?? refuse('unknown-caller')
    const data = unseal(keys.appOf(site), keys.publicKeyOf(site), sealed, usualUserId) ?? refuse('wrong-signature')
    request.caller = callerOfSite(site)
    if (!seen.take(sealed.signData, now)) refuse('replayed')
    const { encData: _, ...outer } = sealed
    request.body = { ...outer, data }
    sealedBy.set(request, site)
  }
  return { gate, sealedBy: (request: FastifyRequest) => sealedBy.get(request) }
}
