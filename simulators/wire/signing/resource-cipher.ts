/** AEAD_AES_256_GCM of WeChat Pay v3: callbacks and platform certificates travel sealed with the merchant's APIv3 key. */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

export interface SealedResource {
  readonly algorithm: 'AEAD_AES_256_GCM'
  /** Base64: ciphertext, then the tag of 16 bytes. */
  readonly ciphertext: string
  readonly associated_data: string
  /** 12 characters. */
  readonly nonce: string
}

/** @param nonce 12 characters, never twice under one key. */
export function sealResource(key: KeyObject, plain: string, nonce: string, associatedData: string): SealedResource {
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext: sealed.toString('base64'), associated_data: associatedData, nonce }
}

/** Undefined where the tag does not fit: another key, or something was changed. */
export function openResource(
  key: KeyObject,
  { ciphertext, associated_data: associatedData, nonce }: Omit<SealedResource, 'algorithm'>,
): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64')
  if (bytes.length < tagBytes) return undefined
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce), { authTagLength: tagBytes })
    cipher.setAAD(Buffer.from(associatedData))
    cipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([cipher.update(bytes.subarray(0, -tagBytes)), cipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

const tagBytes = 16
