/** Sends JSON signed by HMAC and reads JSON back; the same for every counterparty of the platform and for the channels before it. */

import type { KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import type { NoReply } from '../desks/port.ts'
import { signatureHeaders, signHmac } from '../signing/hmac.ts'
import type { Transport } from './transport.ts'

export interface JsonAnswer {
  readonly outcome: 'answered'
  readonly status: number
  readonly body: unknown
  readonly retryAfterSeconds: number | undefined
}

/** How a dialect's port reaches its party. */
export type Sender = (
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<JsonAnswer | NoReply>

export interface SenderOptions {
  readonly transport: Transport
  readonly caller: string
  readonly key: KeyObject
  /** Milliseconds of the protocol clock since 1970. */
  readonly nowMs: () => number
}

const nothing = Buffer.alloc(0)

export function signedSender({ transport, caller, key, nowMs }: SenderOptions): Sender {
  return async (method, path, body, headers = {}) => {
    const bytes = body === undefined ? nothing : Buffer.from(JSON.stringify(body))
    const timestamp = Math.floor(nowMs() / 1000)
    const nonce = randomUUID()
    const signature = signHmac(key, { caller, method, path, body: bytes, timestamp, nonce })
    const heard = await transport.send({
      method,
      path,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        [signatureHeaders.caller]: caller,
        [signatureHeaders.timestamp]: String(timestamp),
        [signatureHeaders.nonce]: nonce,
        [signatureHeaders.signature]: signature,
      },
      body: body === undefined ? undefined : bytes,
    })
    if (heard.outcome === 'no-reply') return heard
    const retryAfter = Number(heard.headers['retry-after'])
    try {
      return {
        outcome: 'answered',
        status: heard.status,
        body: JSON.parse(heard.body.toString('utf8')) as unknown,
        retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
      }
    } catch {
      return { outcome: 'no-reply', sent: 'maybe', why: `status ${heard.status} with a body that is not JSON` }
    }
  }
}

/**
 * What an answer outside the dialect's words means. Status 4xx is refused before any work (form, signature, load), so it is as if it
 * had never been sent; everything else leaves the effect unknown.
 */
export const unheard = ({ status, retryAfterSeconds }: JsonAnswer, why: string): NoReply => ({
  outcome: 'no-reply',
  sent: status >= 400 && status < 500 ? 'no' : 'maybe',
  why: `status ${status}: ${why}`,
  ...(status === 429 ? { retryAfterSeconds: retryAfterSeconds ?? 1 } : {}),
})
