/**
 * The gate of a signed route: who may call, and proof that it is them. Size and JSON were checked before (refusing is cheap, a
 * signature is not); what is refused here has not reached a desk.
 */
import type { KeyObject } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { isSignature, nonceKeptMs, signatureHeaders, signatureWindowSeconds } from '../signing/hmac.ts'
import type { SharedNonces } from '../stores/shared-nonces.ts'
import { type Callers, isAmong } from './callers.ts'
import { type FailureCode, WireFailure } from './failures.ts'
import { NonceWindow } from './nonce-window.ts'

export interface SignatureGate {
  /** Who may call here at all. */
  readonly callers: Callers
  readonly keyOf: (caller: string) => KeyObject
  /** Milliseconds of the protocol clock since 1970. */
  readonly nowMs: () => number
  /** Where several processes are one party. Absent: this one is alone. */
  readonly nonces?: SharedNonces
}

/** A preValidation hook. Nonces live in memory for twice the window; an effect's own key guards the time around a restart. */
export function signedBy({ callers, keyOf, nowMs, nonces }: SignatureGate): (request: FastifyRequest) => Promise<void> {
  const seen = new NonceWindow(nonceKeptMs)
  return async (request) => {
    const refuse = (code: FailureCode): never => {
      throw new WireFailure(code)
    }
    const header = (name: string) => {
      const value = request.headers[name]
      return typeof value === 'string' && value !== '' ? value : refuse('unsigned')
    }
    const caller = header(signatureHeaders.caller)
    const timestamp = header(signatureHeaders.timestamp)
    const nonce = header(signatureHeaders.nonce)
    const signature = header(signatureHeaders.signature)
    const now = nowMs()
    if (!/^\d{1,12}$/.test(timestamp) || nonce.length > 64) refuse('wrong-signature')
    if (Math.abs(now / 1000 - Number(timestamp)) > signatureWindowSeconds) refuse('expired-signature')
    if (!isAmong(callers, caller)) refuse('unknown-caller')
    const parts = { caller, method: request.method, path: request.url, body: request.rawBody, timestamp: Number(timestamp), nonce }
    if (!isSignature(keyOf(caller), parts, signature)) refuse('wrong-signature')
    request.caller = caller
    const word = `${caller}\n${nonce}`
    if (!seen.take(word, now) || (nonces !== undefined && !(await nonces.take(word, now)))) refuse('replayed')
  }
}
