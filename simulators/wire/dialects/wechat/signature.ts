/** How WeChat Pay v3 signs: what is signed, and the headers it travels in. */
import type { KeyObject } from 'node:crypto'
import { signRsa } from '../../signing/rsa.ts'

export const scheme = 'WECHATPAY2-SHA256-RSA2048'
/** Seconds a timestamp may differ from the protocol clock. */
export const windowSeconds = 300

/** Lower case, as Node hears them. */
export const answerHeaders = {
  timestamp: 'wechatpay-timestamp',
  nonce: 'wechatpay-nonce',
  signature: 'wechatpay-signature',
  serial: 'wechatpay-serial',
} as const

export interface Authorization {
  readonly merchant: string
  readonly nonce: string
  readonly timestamp: string
  readonly serial: string
  readonly signature: string
}

/** Undefined for a header of another form. */
export function readAuthorization(header: string): Authorization | undefined {
  if (header.length > 2000 || !header.startsWith(`${scheme} `)) return undefined
  const words = new Map<string, string>()
  for (const part of header.slice(scheme.length + 1).split(',')) {
    const [, name, value] = /^\s*(\w+)="([^"]*)"\s*$/.exec(part) ?? []
    if (name === undefined || value === undefined) return undefined
    words.set(name, value)
  }
  const [merchant, nonce, timestamp, serial, signature] = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'].map((name) =>
    words.get(name),
  )
  if (merchant === undefined || nonce === undefined || timestamp === undefined || serial === undefined || signature === undefined)
    return undefined
  return /^\d{1,12}$/.test(timestamp) && nonce !== '' ? { merchant, nonce, timestamp, serial, signature } : undefined
}

/** @param path with its query */
export const requestWords = (method: string, path: string, timestamp: string, nonce: string, body: string): string =>
  `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`
/** An answer and a callback are signed alike. */
export const answerWords = (timestamp: string, nonce: string, body: string): string => `${timestamp}\n${nonce}\n${body}\n`

/** Headers of an answer or a callback. */
export function signedHeaders(
  key: { readonly privateKey: KeyObject; readonly serial: string },
  timestamp: string,
  nonce: string,
  body: string,
): Record<string, string> {
  return {
    [answerHeaders.timestamp]: timestamp,
    [answerHeaders.nonce]: nonce,
    [answerHeaders.serial]: key.serial,
    [answerHeaders.signature]: signRsa(key.privateKey, answerWords(timestamp, nonce, body)),
    'wechatpay-signature-type': scheme,
  }
}
