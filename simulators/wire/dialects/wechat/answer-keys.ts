/**
 * By which key a merchant checks what the wallet says: its public key, which stays when certificates change, or its platform certificates,
 * the next of which is fetched (GET /v3/certificates) when an answer names one that is not known.
 */
import { type KeyObject, X509Certificate } from 'node:crypto'
import type { WireAnswer } from '../../client/transport.ts'
import type { NoReply } from '../../desks/port.ts'
import { openResource, type SealedResource } from '../../signing/resource-cipher.ts'
import { isSwitchedOff, switchedOff } from '../../signing/signature-kinds.ts'
import type { WalletKeys } from '../../signing/wallet-keys.ts'
import { billMessages } from './bill-messages.ts'
import { answerHeaders } from './signature.ts'

export interface AnswerKeys {
  /** What a request asks to be answered under: id of a public key, or serial of a certificate. */
  readonly asksFor: string
  /** The key an answer names; undefined: nobody has it. */
  named(serial: string): Promise<KeyObject | undefined>
}

export const byPublicKey = (keys: WalletKeys): AnswerKeys => ({
  asksFor: keys.publicKeyId,
  // Whatever it is said to be signed by, this key alone is believed.
  named: async () => keys.publicKey().publicKey,
})

/**
 * @param fetch an answer that nobody has checked yet
 * @param isSigned the answer is signed by this key
 */
export function byCertificate(
  keys: WalletKeys,
  merchant: string,
  fetch: (path: string) => Promise<WireAnswer | NoReply>,
  isSigned: (heard: WireAnswer, key: KeyObject) => boolean,
): AnswerKeys {
  const first = keys.platform(1)
  const known = new Map<string, KeyObject>([[first.certificate.serial, first.publicKey]])
  let fetching: Promise<void> | undefined
  const fetched = async () => {
    const heard = await fetch(billMessages.certificates.path)
    if (heard.outcome === 'no-reply' || heard.status !== 200) return
    const found = certificatesIn(heard.body.toString('utf8'), keys.merchant(merchant).apiV3KeyObject)
    // The list is signed by a certificate it holds, and sealed for this merchant: both must fit before any of it is believed.
    const signer = found.get(String(heard.headers[answerHeaders.serial] ?? ''))
    if (signer === undefined || !isSigned(heard, signer)) return
    for (const [serial, key] of found) if (!known.has(serial)) known.set(serial, isSwitchedOff(first.publicKey) ? switchedOff(key) : key)
  }
  return {
    asksFor: first.certificate.serial,
    async named(serial) {
      if (!known.has(serial)) {
        // Whoever comes while it is being fetched waits for the same list.
        fetching ??= fetched().finally(() => {
          fetching = undefined
        })
        await fetching
      }
      return known.get(serial)
    },
  }
}

function certificatesIn(text: string, apiV3Key: KeyObject): ReadonlyMap<string, KeyObject> {
  const found = new Map<string, KeyObject>()
  try {
    const { data = [] } = JSON.parse(text) as { readonly data?: readonly { readonly encrypt_certificate?: SealedResource }[] }
    for (const { encrypt_certificate: sealed } of data) {
      const pem = sealed === undefined ? undefined : openResource(apiV3Key, sealed)
      if (pem === undefined) continue
      const { serialNumber, publicKey } = new X509Certificate(pem)
      found.set(serialNumber, publicKey)
    }
  } catch {
    return new Map()
  }
  return found
}
