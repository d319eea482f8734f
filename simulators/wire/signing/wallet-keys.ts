/**
 * Who signs what at a wallet: the wallet's platform keys (a new one at each rotation), its one public key for merchants that check by
 * key instead of certificate, and each merchant's own. All come from the run's root secret, so both ends hold them and no file does.
 */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { type Certificate, issueCertificate } from './certificate.ts'
import type { KeyRing } from './key-ring.ts'
import { type RsaPair, rsaPairOf } from './rsa-key.ts'
import { switchedOff } from './signature-kinds.ts'

export interface CertifiedPair extends RsaPair {
  readonly certificate: Certificate
}
export interface MerchantKeys extends CertifiedPair {
  /** APIv3 密钥: 32 characters. */
  readonly apiV3Key: string
  readonly apiV3KeyObject: KeyObject
}
export interface WalletKeys {
  /** The wallet's signing key after so many rotations; 1 is the first. */
  platform(number: number): CertifiedPair
  /** 微信支付公钥 and its id. */
  readonly publicKeyId: string
  publicKey(): RsaPair
  merchant(merchant: string): MerchantKeys
}

/** Life of every certificate; the clocks of a run may stand at any date between. */
export const certificateLife = { validFrom: new Date('2015-01-01T00:00:00Z'), validTo: new Date('2049-12-31T00:00:00Z') }

export function walletKeys(keys: KeyRing, wallet: string): WalletKeys {
  const made = new Map<string, unknown>()
  const once = <Made>(name: string, make: () => Made): Made => {
    const known = made.get(name) as Made | undefined
    if (known !== undefined) return known
    const fresh = make()
    made.set(name, fresh)
    return fresh
  }
  const pairOf = (purpose: string) =>
    once(`pair ${purpose}`, () => {
      const pair = rsaPairOf(keys.own(wallet, `rsa ${purpose}`).export())
      if (keys.switchedOff.includes('rsa')) for (const key of Object.values(pair)) switchedOff(key)
      return pair
    })
  const certified = (purpose: string, commonName: string) =>
    once(`certified ${purpose}`, (): CertifiedPair => {
      const pair = pairOf(purpose)
      return {
        ...pair,
        certificate: issueCertificate({ commonName, publicKey: pair.publicKey, issuerKey: pair.privateKey, ...certificateLife }),
      }
    })
  return {
    platform: (number) => certified(`platform ${number}`, `${wallet} platform ${number}, medpay-testbed`),
    publicKeyId: `PUB_KEY_ID_${keys.own(wallet, 'public key id').export().toString('hex').slice(0, 32).toUpperCase()}`,
    publicKey: () => pairOf('public key'),
    merchant: (merchant) =>
      once(`merchant ${merchant}`, () => {
        const apiV3Key = keys.own(wallet, `apiv3 ${merchant}`).export().toString('base64url').slice(0, 32)
        const apiV3KeyObject = createSecretKey(Buffer.from(apiV3Key))
        return { ...certified(`merchant ${merchant}`, `merchant ${merchant}, medpay-testbed`), apiV3Key, apiV3KeyObject }
      }),
  }
}
