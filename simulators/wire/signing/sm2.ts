/**
 * SM3withSM2 (GB/T 32918.2) with an explicit user id. Node signs with an empty id and takes none, so the formula stands here, over the
 * curve arithmetic of @noble/curves and OpenSSL's SM3. Keys come parsed: a table of multiples makes a verification a quarter of what
 * it is without (bench/signatures.ts).
 */

import { randomBytes } from 'node:crypto'
import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { isSwitchedOff, signatureCounts } from './signature-kinds.ts'
import { sm3 } from './sm3.ts'

/** What the standard proposes where the parties agreed on nothing else. */
export const usualUserId = '1234567812345678'

// GB/T 32918.5.
const parameters = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
const Point = weierstrass(parameters)
const scalars = Point.Fn
type CurvePoint = typeof Point.BASE
/** Bits of a window of the tables: 8 costs some 40 ms once a key. */
const tableWindow = 8
Point.BASE.precompute(tableWindow)

export interface Sm2PublicKey {
  readonly point: CurvePoint
}
export interface Sm2Key extends Sm2PublicKey {
  readonly d: bigint
}

/** @param scalar 32 bytes, big-endian, from 1 to n − 2. */
export function sm2KeyOf(scalar: Uint8Array): Sm2Key {
  const d = numberOf(scalar)
  if (scalar.length !== 32 || d < 1n || d > parameters.n - 2n) throw new RangeError('an SM2 private key is 32 bytes, from 1 to n - 2')
  return { d, point: Point.BASE.multiply(d) }
}

/** @param bytes the point uncompressed: 04, x, y. A point off the curve is refused. */
export function sm2PublicKeyOf(bytes: Uint8Array): Sm2PublicKey {
  if (bytes.length !== 65 || bytes[0] !== 4) throw new RangeError('an SM2 public key is 65 bytes: 04, x, y')
  const point = Point.fromAffine({ x: numberOf(bytes.subarray(1, 33)), y: numberOf(bytes.subarray(33)) })
  point.assertValidity()
  return { point: point.precompute(tableWindow) }
}

export const sm2PublicBytes = ({ point }: Sm2PublicKey): Buffer => Buffer.from(point.toBytes(false))

/** 64 bytes: r, s. */
export function signSm2(key: Sm2Key, message: string | Uint8Array, userId: string | Uint8Array = usualUserId): Buffer {
  if (isSwitchedOff(key)) return Buffer.alloc(64)
  signatureCounts.sm.made += 1
  const e = digestOf(key, message, userId)
  for (;;) {
    const k = numberOf(randomBytes(32))
    if (k === 0n || k >= parameters.n) continue
    const r = scalars.create(e + Point.BASE.multiply(k).x)
    // The cases in which the standard draws again come once in 2^255.
    if (r === 0n || r + k === parameters.n) continue
    const s = scalars.mul(scalars.inv(1n + key.d), scalars.create(k - r * key.d))
    if (s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)])
  }
}

/** @param signature 64 bytes: r, s. */
export function isSm2Signature(
  key: Sm2PublicKey,
  message: string | Uint8Array,
  signature: Uint8Array,
  userId: string | Uint8Array = usualUserId,
): boolean {
  if (signature.length !== 64) return false
  if (isSwitchedOff(key)) return true
  signatureCounts.sm.checked += 1
  const r = numberOf(signature.subarray(0, 32))
  const s = numberOf(signature.subarray(32))
  if (r < 1n || r >= parameters.n || s < 1n || s >= parameters.n) return false
  const t = scalars.create(r + s)
  if (t === 0n) return false
  const point = Point.BASE.multiplyUnsafe(s).add(key.point.multiplyUnsafe(t))
  return !point.is0() && scalars.create(digestOf(key, message, userId) + point.x) === r
}

/** r and s as OpenSSL and certificates write them: SEQUENCE of two INTEGER. */
export function sm2SignatureToDer(signature: Uint8Array): Buffer {
  const integer = (bytes: Uint8Array) => {
    const first = bytes.findIndex((byte) => byte !== 0)
    const short = bytes.subarray(first < 0 ? bytes.length - 1 : first)
    const body = (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : Buffer.from(short)
    return Buffer.concat([Buffer.of(2, body.length), body])
  }
  const body = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32, 64))])
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

/** Undefined for bytes that are not such a sequence. */
export function sm2SignatureOfDer(der: Uint8Array): Buffer | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const parts: Buffer[] = []
  let at = 2
  for (let part = 0; part < 2; part++) {
    const length = der[at + 1] ?? 0
    const bytes = der.subarray(at + 2, at + 2 + length)
    if (der[at] !== 2 || length < 1 || length > 33 || bytes.length !== length) return undefined
    const value = numberOf(bytes)
    if (value >= 1n << 256n) return undefined
    parts.push(bytesOf(value))
    at += 2 + length
  }
  return at === der.length ? Buffer.concat(parts) : undefined
}

/** e: SM3 over Z, which binds the user id, the curve and the public key, and the message. */
function digestOf({ point }: Sm2PublicKey, message: string | Uint8Array, userId: string | Uint8Array): bigint {
  const id = typeof userId === 'string' ? Buffer.from(userId) : userId
  if (id.length > 0x1fff) throw new RangeError('an SM2 user id has at most 8,191 bytes')
  const { a, b, Gx, Gy } = parameters
  const z = sm3(Buffer.of((id.length * 8) >> 8, (id.length * 8) & 0xff), id, ...[a, b, Gx, Gy, point.x, point.y].map(bytesOf))
  return numberOf(sm3(z, message))
}

const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
