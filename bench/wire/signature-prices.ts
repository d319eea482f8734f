/** What each kind of signature and seal costs: all in one alternated run on one core, keys parsed before. */
import { createSecretKey } from 'node:crypto'
import { seal, unseal } from '../../simulators/wire/dialects/mobile/seal.ts'
import { isSignature, signHmac } from '../../simulators/wire/signing/hmac.ts'
import { keyRing } from '../../simulators/wire/signing/key-ring.ts'
import { mobileKeys } from '../../simulators/wire/signing/mobile-keys.ts'
import { openResource, sealResource } from '../../simulators/wire/signing/resource-cipher.ts'
import { isRsaSignature, openField, sealField, signRsa } from '../../simulators/wire/signing/rsa.ts'
import { rsaPairOf } from '../../simulators/wire/signing/rsa-key.ts'
import { isSm2Signature, signSm2, sm2KeyOf, sm2PublicBytes, sm2PublicKeyOf, usualUserId } from '../../simulators/wire/signing/sm2.ts'
import { openSm4, sealSm4 } from '../../simulators/wire/signing/sm4.ts'

export interface Price {
  /** Milliseconds of CPU, median, least and most of the rounds. */
  readonly ms: number
  readonly least: number
  readonly most: number
}
export type Priced =
  | 'HMAC-SHA256 sign'
  | 'HMAC-SHA256 check'
  | 'RSA-2048 sign'
  | 'RSA-2048 check'
  | 'SM2 sign, user id'
  | 'SM2 check, user id'
  | '6201 sealed (SM4) and signed (SM2)'
  | '6201 opened (SM4) and checked (SM2)'
  | 'AES-256-GCM seal'
  | 'AES-256-GCM open'
  | 'SM4-ECB seal'
  | 'SM4-ECB open'
  | 'RSA-OAEP field open'

const message = JSON.stringify({ out_trade_no: 'medpay0000000001', amount: { total: 12_000 }, padding: '合'.repeat(150) })
/** Of the message that is signed. */
export const messageBytes = Buffer.byteLength(message)

export function signaturePrices(rounds: number): ReadonlyMap<Priced, Price> {
  const hmacKey = createSecretKey(Buffer.alloc(32, 7))
  const parts = { caller: 'platform', method: 'POST', path: '/x', body: Buffer.from(message), timestamp: 1_600_000_000, nonce: 'a' }
  const rsa = rsaPairOf(Buffer.from('a key of a benchmark'))
  const sm2 = sm2KeyOf(Buffer.alloc(32, 5))
  const sm2Public = sm2PublicKeyOf(sm2PublicBytes(sm2))
  const sm4 = { key: Buffer.alloc(16, 3) }
  const mobile = mobileKeys(keyRing('the secret of a benchmark'))
  const [app, siteKey, sitePublic] = [mobile.appOf(7), mobile.keyOf(7), mobile.publicKeyOf(7)]
  const outer = { timestamp: '20201012080000', version: '1.0', transType: '6201' }
  const upload = JSON.parse(message) as object
  const made = {
    hmac: signHmac(hmacKey, parts),
    rsa: signRsa(rsa.privateKey, message),
    sm2: signSm2(sm2, message),
    resource: sealResource(hmacKey, message, '0123456789ab', 'transaction'),
    field: sealField(rsa.publicKey, '张三'),
    sm4: sealSm4(sm4, message),
    mobile: seal(app, siteKey, outer, upload, usualUserId),
  }
  const works: Readonly<Record<Priced, readonly [times: number, work: () => unknown]>> = {
    'HMAC-SHA256 sign': [2000, () => signHmac(hmacKey, parts)],
    'HMAC-SHA256 check': [2000, () => isSignature(hmacKey, parts, made.hmac)],
    'RSA-2048 sign': [100, () => signRsa(rsa.privateKey, message)],
    'RSA-2048 check': [500, () => isRsaSignature(rsa.publicKey, message, made.rsa)],
    'SM2 sign, user id': [100, () => signSm2(sm2, message)],
    'SM2 check, user id': [100, () => isSm2Signature(sm2Public, message, made.sm2)],
    '6201 sealed (SM4) and signed (SM2)': [100, () => seal(app, siteKey, outer, upload, usualUserId)],
    '6201 opened (SM4) and checked (SM2)': [100, () => unseal(app, sitePublic, made.mobile, usualUserId)],
    'AES-256-GCM seal': [1000, () => sealResource(hmacKey, message, '0123456789ab', 'transaction')],
    'AES-256-GCM open': [1000, () => openResource(hmacKey, made.resource)],
    'SM4-ECB seal': [1000, () => sealSm4(sm4, message)],
    'SM4-ECB open': [1000, () => openSm4(sm4, made.sm4)],
    'RSA-OAEP field open': [100, () => openField(rsa.privateKey, made.field)],
  }
  const all = Object.entries(works) as [Priced, readonly [number, () => unknown]][]
  const costs = new Map(all.map(([name]) => [name, [] as number[]]))
  for (const [, [, work]] of all) for (let warm = 0; warm < 50; warm++) work()
  for (let round = 0; round < rounds; round++) {
    for (const [name, [times, work]] of all) {
      const before = process.cpuUsage()
      for (let time = 0; time < times; time++) work()
      const { user, system } = process.cpuUsage(before)
      costs.get(name)?.push((user + system) / 1000 / times)
    }
  }
  return new Map(
    [...costs].map(([name, list]) => {
      const sorted = list.toSorted((one, other) => one - other)
      return [name, { ms: sorted[sorted.length >> 1] ?? Number.NaN, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN }]
    }),
  )
}
