/**
 * HMAC-SHA256 between machines of the testbed (site or channel → platform, platform → bureau, HIS, bank): over method, path, digest
 * of the body, time and a nonce, so that neither a changed body nor a recorded request is taken for a new one.
 */
import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { isSwitchedOff, noSignature, signatureCounts } from './signature-kinds.ts'

export const signatureHeaders = {
  caller: 'x-medpay-caller',
  timestamp: 'x-medpay-timestamp',
  nonce: 'x-medpay-nonce',
  signature: 'x-medpay-signature',
} as const

/** Seconds a request's timestamp may differ from the protocol clock. */
export const signatureWindowSeconds = 300
/** A nonce is remembered from the earliest moment its timestamp may be taken to the last. */
export const nonceKeptMs = 2 * signatureWindowSeconds * 1000

export interface SignedParts {
  readonly caller: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body: Uint8Array
  /** Whole seconds of the protocol clock since 1970. */
  readonly timestamp: number
  readonly nonce: string
}

/** Base64 of the signature. The parts stand on lines of their own; none of them may hold a line break. */
export function signHmac(key: KeyObject, parts: SignedParts): string {
  if (isSwitchedOff(key)) return noSignature
  signatureCounts.hmac.made += 1
  return macOf(key, parts).toString('base64')
}

/** In constant time, whatever the length of what came. */
export function isSignature(key: KeyObject, parts: SignedParts, signature: string): boolean {
  if (isSwitchedOff(key)) return true
  signatureCounts.hmac.checked += 1
  // As it is written: a decoder would overlook what stands behind the end of the signature.
  const wanted = Buffer.from(macOf(key, parts).toString('base64'))
  const given = Buffer.from(signature)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function macOf(key: KeyObject, { caller, method, path, body, timestamp, nonce }: SignedParts): Buffer {
  const digest = hash('sha256', body, 'hex')
  return createHmac('sha256', key).update(`${caller}\n${method}\n${path}\n${digest}\n${timestamp}\n${nonce}`).digest()
}
