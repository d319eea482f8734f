/**
 * The kinds of signatures on the wire, each of which a run may switch off, and how many of each this process made and checked. What is
 * switched off is a key: it signs nothing more than a word that says so, and whatever is said to be signed by it is believed. Form, age,
 * nonce and who may call stay as they are, so the difference between two runs is the signature's price. No key is off unless the run's
 * ring was made so (key-ring.ts); every actor says at /healthz which kinds are.
 */
export const signatureKinds = [
  /** HMAC-SHA256 between machines of the testbed. */
  'hmac',
  /** RSA-2048 of the wallets: requests, answers, callbacks. */
  'rsa',
  /** SM2 of the mobile chain (62xx, 63xx). Its SM4 is a seal and stays. */
  'sm',
] as const
export type SignatureKind = (typeof signatureKinds)[number]

/** Since the process began; whatever actors live in it. */
export const signatureCounts: Readonly<Record<SignatureKind, { made: number; checked: number }>> = {
  hmac: { made: 0, checked: 0 },
  rsa: { made: 0, checked: 0 },
  sm: { made: 0, checked: 0 },
}

const offKeys = new WeakSet<object>()

/** The same key, which signs nothing from now on. */
export function switchedOff<Key extends object>(key: Key): Key {
  offKeys.add(key)
  return key
}

export const isSwitchedOff = (key: object): boolean => offKeys.has(key)

/** What stands in the place of a signature that was not made. */
export const noSignature = 'switched-off'
