import { createPrivateKey, createSecretKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { issueCertificate } from './certificate.ts'
import { openResource, sealResource } from './resource-cipher.ts'
import { isRsaSignature, openField, sealField, signRsa } from './rsa.ts'
import { rsaPairOf } from './rsa-key.ts'

const pair = rsaPairOf(Buffer.from('a secret of a test'))
const other = rsaPairOf(Buffer.from('another secret'))

test('the same secret is the same RSA key of 2,048 bits, another secret is another', () => {
  const pem = (key: typeof pair) => key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  expect(pem(rsaPairOf(Buffer.from('a secret of a test')))).toBe(pem(pair))
  expect(pem(other)).not.toBe(pem(pair))
  expect(pair.publicKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65_537n })
  expect(createPrivateKey(pem(pair)).asymmetricKeyType).toBe('rsa')
})

test('an RSA signature is of one key and one text', () => {
  const signature = signRsa(pair.privateKey, 'POST\n/v3/pay/transactions/jsapi\n')
  expect(isRsaSignature(pair.publicKey, 'POST\n/v3/pay/transactions/jsapi\n', signature)).toBe(true)
  expect(isRsaSignature(pair.publicKey, 'POST\n/v3/pay/transactions/native\n', signature)).toBe(false)
  expect(isRsaSignature(other.publicKey, 'POST\n/v3/pay/transactions/jsapi\n', signature)).toBe(false)
  for (const broken of ['', '!', signature.slice(4)]) expect(isRsaSignature(pair.publicKey, 'x', broken)).toBe(false)
})

test('a sealed field opens with the key it was sealed for', () => {
  const sealed = sealField(pair.publicKey, '张三')
  expect(openField(pair.privateKey, sealed)).toBe('张三')
  expect(openField(other.privateKey, sealed)).toBeUndefined()
  expect(openField(pair.privateKey, 'not base64')).toBeUndefined()
})

test('a resource opens with its key, nonce and associated data, all unchanged', () => {
  const key = createSecretKey(Buffer.from('0123456789abcdef0123456789abcdef'))
  const sealed = sealResource(key, '{"out_trade_no":"合成"}', 'abcdefghijkl', 'transaction')
  expect(openResource(key, sealed)).toBe('{"out_trade_no":"合成"}')
  expect(openResource(key, { ...sealed, associated_data: 'refund' })).toBeUndefined()
  expect(openResource(key, { ...sealed, nonce: 'abcdefghijkm' })).toBeUndefined()
  expect(openResource(createSecretKey(Buffer.alloc(32, 1)), sealed)).toBeUndefined()
  const changed = Buffer.from(sealed.ciphertext, 'base64')
  changed[0]! ^= 1
  expect(openResource(key, { ...sealed, ciphertext: changed.toString('base64') })).toBeUndefined()
  expect(openResource(key, { ...sealed, ciphertext: 'AAAA' })).toBeUndefined()
})

test('a certificate carries its key and serial, and verifies up to its authority', () => {
  const times = { validFrom: new Date('2020-01-01T00:00:00Z'), validTo: new Date('2049-12-31T00:00:00Z') }
  const authority = issueCertificate({ commonName: 'medpay-testbed CA', ...pairAs(other), ...times, isAuthority: true })
  const leaf = issueCertificate({
    commonName: 'api.mch.weixin.qq.com',
    publicKey: pair.publicKey,
    issuerKey: other.privateKey,
    issuerName: 'medpay-testbed CA',
    ...times,
    hosts: ['api.mch.weixin.qq.com', '127.0.0.1'],
  })
  const read = new X509Certificate(leaf.pem)
  expect(read.serialNumber).toBe(leaf.serial)
  expect(leaf.serial).toMatch(/^[1-7][0-9A-F]{39}$/)
  expect(read.checkHost('api.mch.weixin.qq.com')).toBe('api.mch.weixin.qq.com')
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(read.ca).toBe(false)
  expect(read.checkIssued(new X509Certificate(authority.pem))).toBe(true)
  expect(read.verify(other.publicKey)).toBe(true)
  expect(read.verify(pair.publicKey)).toBe(false)
})

const pairAs = ({ publicKey, privateKey }: typeof pair) => ({ publicKey, issuerKey: privateKey })
