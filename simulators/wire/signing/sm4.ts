/** SM4 (GB/T 32907), padded as PKCS #7 to whole blocks of 16 bytes. The mobile chain's encData is ECB; CBC is the other mode in use. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

export interface Sm4Key {
  /** 16 bytes. */
  readonly key: Uint8Array
  /** 16 bytes; with it the mode is CBC, without it ECB. */
  readonly iv?: Uint8Array
}

export function sealSm4({ key, iv }: Sm4Key, plain: string | Uint8Array): Buffer {
  const cipher = createCipheriv(iv === undefined ? 'sm4-ecb' : 'sm4-cbc', key, iv ?? null)
  return Buffer.concat([cipher.update(typeof plain === 'string' ? Buffer.from(plain) : plain), cipher.final()])
}

/** Undefined where the padding is broken: another key, or bytes that were changed. */
export function openSm4({ key, iv }: Sm4Key, sealed: Uint8Array): Buffer | undefined {
  try {
    const cipher = createDecipheriv(iv === undefined ? 'sm4-ecb' : 'sm4-cbc', key, iv ?? null)
    return Buffer.concat([cipher.update(sealed), cipher.final()])
  } catch {
    return undefined
  }
}
