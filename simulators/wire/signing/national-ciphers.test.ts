import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import theirs from 'sm-crypto'
import { expect, test } from 'vitest'
import { isSm2Signature, signSm2, sm2KeyOf, sm2PublicBytes, sm2PublicKeyOf, sm2SignatureOfDer, sm2SignatureToDer } from './sm2.ts'
import { sm3 } from './sm3.ts'
import { openSm4, sealSm4 } from './sm4.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

test('SM3 of the standard’s first example', () => {
  expect(sm3('a', 'bc').toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
})

test('SM4 of the standard’s example, one block and its padding', () => {
  const key = hex('0123456789abcdeffedcba9876543210')
  const sealed = sealSm4({ key }, key)
  expect(sealed.subarray(0, 16).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
  expect(sealed).toHaveLength(32)
  expect(openSm4({ key }, sealed)?.toString('hex')).toBe(key.toString('hex'))
})

test('SM4 in CBC opens with its own key and start value alone', () => {
  const key = hex('0123456789abcdeffedcba9876543210')
  const iv = hex('000102030405060708090a0b0c0d0e0f')
  const sealed = sealSm4({ key, iv }, '医保移动支付')
  expect(openSm4({ key, iv }, sealed)?.toString('utf8')).toBe('医保移动支付')
  expect(sealed.equals(sealSm4({ key }, '医保移动支付'))).toBe(false)
  expect(openSm4({ key: iv, iv }, sealed)?.toString('utf8')).not.toBe('医保移动支付')
})

// GB/T 32918.5-2017, appendix A.
const standardKey = sm2KeyOf(hex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'))
const standardSignature = hex(
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
)
// Made by OpenSSL 3.0: pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:<user id>, over the same message.
const opensslKey = sm2KeyOf(hex('e25005122495a22290b4dc09b00257a70bc0f86fcfe1241f3ae2e740b1783cc8'))
const opensslSignatures = [
  {
    userId: '1234567812345678',
    der: '304402202fa9fd95e106a048061bb22964dfad35e485cf47dab342a2505a77c5496aabc802203a038c35432cb5d661f9af694d00985ac766b46d8d86930f419e8ad52bcd324f',
  },
  {
    userId: '4A7F21-app-secret',
    der: '3046022100b3593b58d38da0297a0d5847d5495fc1d6ddfbf9f0f171c2a64acb1611a11c1f022100d50b106c3c8a9b7b7f8383888cfc71af871e71ab47457aeceb94c9e9dfe9a309',
  },
]

test('SM2 accepts the standard’s own example', () => {
  expect(sm2PublicBytes(standardKey).toString('hex')).toBe(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  )
  expect(isSm2Signature(standardKey, 'message digest', standardSignature)).toBe(true)
})

test('SM2 accepts what OpenSSL signed, under the user id it was signed with and no other', () => {
  const key = sm2PublicKeyOf(sm2PublicBytes(opensslKey))
  for (const { userId, der } of opensslSignatures) {
    const signature = sm2SignatureOfDer(hex(der))
    if (signature === undefined) throw new Error('a signature of OpenSSL is a sequence of two integers')
    expect(isSm2Signature(key, 'message digest', signature, userId)).toBe(true)
    expect(isSm2Signature(key, 'message digest', signature, 'another id')).toBe(false)
    expect(isSm2Signature(key, 'message digest', signature, '')).toBe(false)
    expect(isSm2Signature(key, 'Message digest', signature, userId)).toBe(false)
    expect(isSm2Signature(standardKey, 'message digest', signature, userId)).toBe(false)
    expect(sm2SignatureToDer(signature).toString('hex')).toBe(der)
  }
})

test('SM2 signs what it accepts itself, differently each time', () => {
  const [one, two] = [signSm2(standardKey, '报文', 'app-secret'), signSm2(standardKey, '报文', 'app-secret')]
  for (const signature of [one, two]) expect(isSm2Signature(standardKey, '报文', signature, 'app-secret')).toBe(true)
  expect(one.equals(two)).toBe(false)
})

test('SM2 refuses broken signatures and keys without an exception of its arithmetic', () => {
  const order = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123'
  const one = '01'.padStart(64, '0')
  for (const signature of ['', '00'.repeat(64), `${order}${one}`, `${one}${order}`, `${one}${order.slice(0, -2)}22`, '00'.repeat(65)]) {
    expect(isSm2Signature(standardKey, 'message digest', hex(signature))).toBe(false)
  }
  expect(sm2SignatureOfDer(hex('3003020101'))).toBeUndefined()
  expect(() => sm2PublicKeyOf(Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]))).toThrow()
  expect(() => sm2KeyOf(Buffer.alloc(32))).toThrow()
  expect(() => sm2KeyOf(hex(order))).toThrow()
})

/** Text as a message of the mobile chain has it; Chinese included. */
const words = fc.string({ unit: fc.constantFrom(...'医保移动支付&=1aZ{}"'), maxLength: 200 })
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
/** Above 0 and below the order, whatever the dice say. */
const privateKey = bytes(32).map((scalar) => sm2KeyOf(Buffer.concat([Buffer.of(1), scalar.subarray(1)])))
const scalarHex = ({ d }: { readonly d: bigint }) => d.toString(16).padStart(64, '0')

// sm-crypto has its curve, its SM3 and its SM4 in JavaScript of its own: nothing is shared with @noble/curves or OpenSSL.
test('SM2: what we sign an implementation independent of ours accepts, and what it signs we accept, under the same user id alone', () => {
  fc.assert(
    fc.property(privateKey, words, words, (key, message, userId) => {
      const publicHex = sm2PublicBytes(key).toString('hex')
      const ours = signSm2(key, message, userId).toString('hex')
      const made = theirs.sm2.doSignature(message, scalarHex(key), { hash: true, publicKey: publicHex, userId })
      const accepted = (signature: string, by: string) =>
        theirs.sm2.doVerifySignature(message, signature, publicHex, { hash: true, userId: by })
      expect([accepted(ours, userId), accepted(ours, `${userId}x`)]).toEqual([true, false])
      const receiver = sm2PublicKeyOf(hex(publicHex))
      expect(isSm2Signature(receiver, message, hex(made), userId)).toBe(true)
      expect(isSm2Signature(receiver, message, hex(made), `${userId}x`)).toBe(false)
      expect(isSm2Signature(receiver, `${message}x`, hex(made), userId)).toBe(false)
    }),
    { numRuns: 3 },
  )
})

test('SM2: OpenSSL, which under Node knows the empty user id alone, accepts ours and makes what we accept', () => {
  fc.assert(
    fc.property(privateKey, words, (key, message) => {
      // The forms of RFC 5915 and RFC 5480 around the two numbers.
      const secret = createPrivateKey({
        key: hex(`30770201010420${scalarHex(key)}a00a06082a811ccf5501822da144034200${sm2PublicBytes(key).toString('hex')}`),
        format: 'der',
        type: 'sec1',
      })
      const known = createPublicKey(secret)
      expect(verify('sm3', Buffer.from(message), known, sm2SignatureToDer(signSm2(key, message, '')))).toBe(true)
      expect(verify('sm3', Buffer.from(message), known, sm2SignatureToDer(signSm2(key, message, 'id')))).toBe(false)
      const made = sm2SignatureOfDer(sign('sm3', Buffer.from(message), secret))
      expect(made !== undefined && isSm2Signature(key, message, made, '')).toBe(true)
    }),
    { numRuns: 10 },
  )
})

test('SM3 and SM4 are those of an implementation independent of OpenSSL, whose they are here: each opens what the other sealed', () => {
  fc.assert(
    fc.property(words, bytes(16), bytes(16), fc.boolean(), (message, key, start, isChained) => {
      expect(sm3(message).toString('hex')).toBe(theirs.sm3(message))
      const ours = isChained ? { key, iv: start } : { key }
      const mode = isChained ? { mode: 'cbc' as const, iv: [...start] } : {}
      const sealed = theirs.sm4.encrypt(message, [...key], mode)
      expect(sealSm4(ours, message).toString('hex')).toBe(sealed)
      expect(openSm4(ours, hex(sealed))?.toString('utf8')).toBe(message)
      expect(theirs.sm4.decrypt(sealSm4(ours, message).toString('hex'), [...key], mode)).toBe(message)
    }),
    { numRuns: 100 },
  )
})
