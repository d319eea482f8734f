/**
 * What wallets tell the platform by themselves, read and proven: the order it is about, or why it is not believed. A callback says only
 * that there is news of an order; what the news is the platform asks, so a callback that comes twice or late does no harm.
 */

import { openResource, type SealedResource } from '../signing/resource-cipher.ts'
import { isRsaSignature } from '../signing/rsa.ts'
import type { WalletKeys } from '../signing/wallet-keys.ts'
import { signedWords } from './alipay/notice.ts'
import { answerHeaders, answerWords, windowSeconds } from './wechat/signature.ts'

export interface ToldByWallet {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  /** Protocol clock. */
  readonly nowMs: number
}
export type CallbackHeard =
  /** `nonce`: of a form of which no two are alike; a second one is somebody's recording. */
  { readonly outcome: 'news'; readonly order: string; readonly nonce?: string } | { readonly outcome: 'disbelieved'; readonly why: Doubt }

type Doubt = 'wrong-signature' | 'expired-signature' | 'unknown-caller'
const disbelieved = (why: Doubt) => ({ outcome: 'disbelieved', why }) as const
/** A wallet that changes keys tells under one of its latest. */
const latestKeys = 8

/** Signed over time, nonce and body; the contents sealed under the merchant's APIv3 key. */
export function readWechatCallback({ headers, body, nowMs }: ToldByWallet, keys: WalletKeys, merchant: string): CallbackHeard {
  const header = (name: string) => String(headers[name] ?? '')
  const [at, nonce, serial] = [header(answerHeaders.timestamp), header(answerHeaders.nonce), header(answerHeaders.serial)]
  if (!(Math.abs(nowMs / 1000 - Number(at)) <= windowSeconds)) return disbelieved('expired-signature')
  const key = keyNamed(keys, serial)
  if (key === undefined || !isRsaSignature(key, answerWords(at, nonce, body), header(answerHeaders.signature)))
    return disbelieved('wrong-signature')
  const { resource } = JSON.parse(body) as { readonly resource?: SealedResource }
  const opened = resource === undefined ? undefined : openResource(keys.merchant(merchant).apiV3KeyObject, resource)
  if (opened === undefined) return disbelieved('wrong-signature')
  const { out_trade_no: order } = JSON.parse(opened) as { readonly out_trade_no?: string }
  return { outcome: 'news', order: order ?? '', nonce }
}

function keyNamed(keys: WalletKeys, serial: string) {
  for (let number = 1; number <= latestKeys; number += 1) {
    if (serial === keys.publicKeyIdOf(number)) return keys.publicKey(number).publicKey
    const { certificate, publicKey } = keys.platform(number)
    if (certificate.serial === serial) return publicKey
  }
  return undefined
}

/**
 * A form signed over its fields. As with the real gateway a repeat is the same form again, so none is refused for being one: asking
 * about the order is its only effect. The gateway signs for every merchant by one key, so a form for another's app is not believed.
 */
export function readAlipayCallback({ body }: ToldByWallet, keys: WalletKeys, app: string): CallbackHeard {
  const { sign = '', ...form } = Object.fromEntries(new URLSearchParams(body))
  if (!isRsaSignature(keys.publicKey().publicKey, signedWords(form, ['sign', 'sign_type']), sign)) return disbelieved('wrong-signature')
  if (form['app_id'] !== app) return disbelieved('unknown-caller')
  return { outcome: 'news', order: form['out_trade_no'] ?? '' }
}
