import { randomBytes } from 'node:crypto'
import { platformMerchant } from '../../desks/merchant-desk.ts'
import type { KeyRing } from '../../signing/key-ring.ts'
import { sealResource } from '../../signing/resource-cipher.ts'
import { signRsa } from '../../signing/rsa.ts'
import { walletKeys } from '../../signing/wallet-keys.ts'
import { signedWords } from '../alipay/notice.ts'
import { signedHeaders } from '../wechat/signature.ts'

/** A callback as the wallet would send it, under keys that may be another's. */
export function callback(
  wallet: 'wechat' | 'alipay',
  order: string,
  ring: KeyRing,
  { ageSeconds = 0, app = platformMerchant.merchant }: { readonly ageSeconds?: number; readonly app?: string } = {},
): { headers: Record<string, string>; body: string } {
  const own = walletKeys(ring, wallet)
  const { privateKey } = own.publicKey()
  if (wallet === 'alipay') {
    const form = { app_id: app, out_trade_no: order, trade_status: 'TRADE_SUCCESS', sign_type: 'RSA2' }
    const sign = signRsa(privateKey, signedWords(form, ['sign', 'sign_type']))
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form, sign }).toString(),
    }
  }
  const nonce = randomBytes(6).toString('hex')
  const resource = sealResource(
    own.merchant(platformMerchant.merchant).apiV3KeyObject,
    JSON.stringify({ out_trade_no: order }),
    nonce,
    'transaction',
  )
  const body = JSON.stringify({ id: 'EV1', event_type: 'TRANSACTION.SUCCESS', resource })
  const at = String(Math.floor(Date.now() / 1000) - ageSeconds)
  const headers = signedHeaders({ privateKey, serial: own.publicKeyId }, at, randomBytes(8).toString('hex'), body)
  return { headers: { 'content-type': 'application/json', ...headers }, body }
}
