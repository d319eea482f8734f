import { createHash } from 'node:crypto'

/** SM3 (GB/T 32905): 32 bytes. */
export function sm3(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
