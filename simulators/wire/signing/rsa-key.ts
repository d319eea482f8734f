/**
 * An RSA-2048 key made from a secret: the same secret is the same key, so actors started apart hold each other's keys by sharing the
 * run's one word, and no private key lies in any file. Primes are drawn from an HMAC stream and tested by OpenSSL.
 */
import { checkPrimeSync, createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

export interface RsaPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export function rsaPairOf(secret: Uint8Array): RsaPair {
  const p = primeOf(secret, 'p')
  const q = primeOf(secret, 'q')
  const totient = (p - 1n) * (q - 1n)
  const d = inverse(exponent, totient)
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: wordOf(p * q),
      e: wordOf(exponent),
      d: wordOf(d),
      p: wordOf(p),
      q: wordOf(q),
      dp: wordOf(d % (p - 1n)),
      dq: wordOf(d % (q - 1n)),
      qi: wordOf(inverse(q, p)),
    },
  })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

const exponent = 65_537n

/** The first prime of 1,024 bits in the stream that fits the exponent. Its two highest bits are set, so that p·q has 2,048 bits. */
function primeOf(secret: Uint8Array, name: 'p' | 'q'): bigint {
  for (let attempt = 0; ; attempt++) {
    const bytes = Buffer.concat([0, 1, 2, 3].map((part) => createHmac('sha256', secret).update(`rsa ${name} ${attempt} ${part}`).digest()))
    bytes[0]! |= 0xc0
    bytes[127]! |= 1
    const candidate = BigInt(`0x${bytes.toString('hex')}`)
    if (smallPrimes.some((prime) => candidate % prime === 0n) || (candidate - 1n) % exponent === 0n) continue
    if (checkPrimeSync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))) return candidate
  }
}

/** Most candidates fall here, long before OpenSSL is asked. */
const smallPrimes = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n, 73n, 79n, 83n, 89n, 97n]

function inverse(value: bigint, modulus: bigint): bigint {
  let [old, rest] = [value % modulus, modulus]
  let [factor, next] = [1n, 0n]
  while (rest !== 0n) {
    const quotient = old / rest
    ;[old, rest] = [rest, old - quotient * rest]
    ;[factor, next] = [next, factor - quotient * next]
  }
  return ((factor % modulus) + modulus) % modulus
}

function wordOf(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}
