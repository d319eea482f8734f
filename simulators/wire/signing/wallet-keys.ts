/**
 * Who signs what at a wallet: the wallet's platform keys (a new one at each rotation), its public key, which changes too, for merchants that check
 * by key instead of certificate, and each merchant's own. All come from the run's root secret, so both ends hold them and no file does.
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
  /** 微信支付公钥 after so many changes, and its id; 1 is the first. */
  publicKeyIdOf(number: number): string
  publicKey(number?: number): RsaPair
  /** Of the first. */
  readonly publicKeyId: string
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
  const after = (number: number) => (number === 1 ? '' : ` ${number}`)
  const publicKeyIdOf = (number: number) =>
    once(`public key id ${number}`, () => {
      const id = keys
        .own(wallet, `public key id${after(number)}`)
        .export()
        .toString('hex')
      return `PUB_KEY_ID_${id.slice(0, 32).toUpperCase()}`
    })
  return {
    platform: (number) => certified(`platform ${number}`, `${wallet} platform ${number}, medpay-testbed`),
    publicKeyIdOf,
    publicKeyId: publicKeyIdOf(1),
    publicKey: (number = 1) => pairOf(`public key${after(number)}`),
    merchant: (merchant) =>
      once(`merchant ${merchant}`, () => {
        const apiV3Key = keys.own(wallet, `apiv3 ${merchant}`).export().toString('base64url').slice(0, 32)
        const apiV3KeyObject = createSecretKey(Buffer.from(apiV3Key))
        return { ...certified(`merchant ${merchant}`, `merchant ${merchant}, medpay-testbed`), apiV3Key, apiV3KeyObject }
      }),
  }
}
