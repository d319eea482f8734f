/** SM2 keys and application numbers of the mobile chain, one application a practice site, derived from the run's root secret. */
import type { KeyObject } from 'node:crypto'
import { createHmac } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'
import { switchedOff } from './signature-kinds.ts'
import { type Sm2Key, type Sm2PublicKey, sm2KeyOf, sm2PublicBytes, sm2PublicKeyOf } from './sm2.ts'

export interface MobileKeys {
  appOf(site: number): { readonly appId: string; readonly appSecret: string }
  /** Undefined for a number that was not given out. */
  siteOf(appId: string): number | undefined
  keyOf(site: number): Sm2Key
  /** Parsed once a site. */
  publicKeyOf(site: number): Sm2PublicKey
  /** Of the insurer's payment centre. */
  readonly centre: Sm2Key
}

export function mobileKeys(keys: KeyRing): MobileKeys {
  const secret = keys.own('bureau', 'mobile applications')
  const known = new Map<number, Sm2PublicKey>()
  const appOf = (site: number) => {
    const words = createHmac('sha256', secret).update(`app ${site}`).digest('hex').toUpperCase()
    // The site stands in the number, so that who calls is known before anything is opened.
    return { appId: `MP${String(site).padStart(9, '0')}${words.slice(0, 21)}`, appSecret: words.slice(21, 53) }
  }
  const unlessOff = <Key extends object>(key: Key) => (keys.switchedOff.includes('sm') ? switchedOff(key) : key)
  const keyOf = (site: number) => unlessOff(sm2KeyFrom(secret, `site ${site}`))
  return {
    appOf,
    siteOf(appId) {
      const [, digits] = /^MP(\d{9})[0-9A-F]{21}$/.exec(appId) ?? []
      const site = Number(digits)
      return digits !== undefined && appOf(site).appId === appId ? site : undefined
    },
    keyOf,
    publicKeyOf(site) {
      const key = known.get(site) ?? unlessOff(sm2PublicKeyOf(sm2PublicBytes(keyOf(site))))
      known.set(site, key)
      return key
    },
    centre: unlessOff(sm2KeyFrom(secret, 'centre')),
  }
}

/** One word in 2^32 is no key; the next one is. */
function sm2KeyFrom(secret: KeyObject, word: string): Sm2Key {
  for (let attempt = 0; ; attempt++) {
    try {
      return sm2KeyOf(createHmac('sha256', secret).update(`sm2 ${word} ${attempt}`).digest())
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
}
