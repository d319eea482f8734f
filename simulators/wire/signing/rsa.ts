/** SHA-256 with RSA (PKCS #1 v1.5), as WeChat Pay v3 and Alipay's RSA2 sign. Keys come parsed: parsing one costs as much as a signature. */
import { constants, type KeyObject, privateDecrypt, publicEncrypt, sign, verify } from 'node:crypto'
import { isSwitchedOff, noSignature, signatureCounts } from './signature-kinds.ts'

/** Base64. */
export function signRsa(privateKey: KeyObject, text: string | Uint8Array): string {
  if (isSwitchedOff(privateKey)) return noSignature
  signatureCounts.rsa.made += 1
  return sign('sha256', bytesOf(text), privateKey).toString('base64')
}

export function isRsaSignature(publicKey: KeyObject, text: string | Uint8Array, signature: string): boolean {
  if (isSwitchedOff(publicKey)) return true
  signatureCounts.rsa.checked += 1
  const bytes = Buffer.from(signature, 'base64')
  // A decoder overlooks what stands behind the end of the signature.
  return bytes.length > 0 && bytes.toString('base64') === signature && verify('sha256', bytesOf(text), publicKey, bytes)
}

/** One field for the holder of a private key (RSA-OAEP with SHA-1, as WeChat Pay wants names and ID numbers). Base64. */
export const sealField = (publicKey: KeyObject, text: string): string =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64')

/** Undefined for what was not sealed for this key. */
export function openField(privateKey: KeyObject, sealed: string): string | undefined {
  try {
    const options = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    return privateDecrypt(options, Buffer.from(sealed, 'base64')).toString('utf8')
  } catch {
    return undefined
  }
}

const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? Buffer.from(text) : text)
