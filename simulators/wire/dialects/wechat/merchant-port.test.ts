/** The merchant's side of WeChat Pay v3 against answers made by hand: which key it believes, and what it takes a refund's status to be. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Transport, WireRequest } from '../../client/transport.ts'
import { keyRing } from '../../signing/key-ring.ts'
import { sealResource } from '../../signing/resource-cipher.ts'
import { type CertifiedPair, walletKeys } from '../../signing/wallet-keys.ts'
import { wechatMerchantPort } from './merchant-port.ts'
import { paymentMessages } from './payment-messages.ts'
import { answerHeaders, signedHeaders } from './signature.ts'

const keys = walletKeys(keyRing('the secret of a test'), 'wechat')
const strangers = walletKeys(keyRing('another secret'), 'wechat')
const merchant = '1900000117'
const seconds = () => String(Math.floor(Date.now() / 1000))

/** A wallet that answers `body` signed by `signer`, and tells its certificates as `list` says. */
function walletThat(answer: { signer: CertifiedPair; body: object; list?: { signer: CertifiedPair; certificates: CertifiedPair[] } }) {
  const asked: WireRequest[] = []
  const transport: Transport = {
    async send(request) {
      asked.push(request)
      const isList = request.path === '/v3/certificates'
      const { signer } = isList && answer.list !== undefined ? answer.list : answer
      const data = (answer.list?.certificates ?? []).map(({ certificate: { pem, serial } }) => ({
        serial_no: serial,
        encrypt_certificate: sealResource(keys.merchant(merchant).apiV3KeyObject, pem, randomBytes(6).toString('hex'), 'certificate'),
      }))
      const body = JSON.stringify(isList ? { data } : answer.body)
      const headers = signedHeaders({ privateKey: signer.privateKey, serial: signer.certificate.serial }, seconds(), 'n', body)
      return { outcome: 'answered', status: 200, headers, body: Buffer.from(body) }
    },
    close: async () => undefined,
  }
  const port = wechatMerchantPort({ transport, keys, merchant, checksBy: 'certificate', nowMs: Date.now })
  return { port, paths: () => asked.map(({ path }) => path.replace(/\?.*/, '')), asked }
}
const order = { merchant, order: 'M20201012000001' }
const told = paymentMessages.query.example.answer as object
const [first, second] = [keys.platform(1), keys.platform(2)]

describe('a merchant that checks by certificates', () => {
  test('asks to be answered under one, and fetches none while it knows the one an answer names', async () => {
    const { port, paths, asked } = walletThat({ signer: first, body: told })
    expect(await port.query(order)).toMatchObject({ outcome: 'order' })
    expect(paths()).toEqual(['/v3/pay/transactions/out-trade-no/M20201012000001'])
    expect(asked[0]?.headers[answerHeaders.serial]).toBe(first.certificate.serial)
  })

  test('fetches the certificates once when they change, however many answers come under the new one', async () => {
    const { port, paths } = walletThat({ signer: second, body: told, list: { signer: second, certificates: [first, second] } })
    const heard = await Promise.all([port.query(order), port.query(order), port.query(order)])
    expect(heard.map(({ outcome }) => outcome)).toEqual(['order', 'order', 'order'])
    expect(paths().filter((path) => path === '/v3/certificates')).toHaveLength(1)
  })

  test('takes an answer under a certificate that nobody lists for silence', async () => {
    const { port } = walletThat({ signer: second, body: told, list: { signer: first, certificates: [first] } })
    expect(await port.query(order)).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
  })

  test('believes no list that a stranger signed, be it sealed for this merchant or not', async () => {
    const forged = strangers.platform(1)
    const bySelf = walletThat({
      signer: forged,
      body: told,
      list: { signer: { ...second, privateKey: forged.privateKey }, certificates: [forged, second] },
    })
    expect(await bySelf.port.query(order)).toMatchObject({ outcome: 'no-reply' })
    const unlisted = walletThat({ signer: second, body: told, list: { signer: forged, certificates: [second] } })
    expect(await unlisted.port.query(order)).toMatchObject({ outcome: 'no-reply' })
  })
})

test.each([
  ['SUCCESS', 'done'],
  ['PROCESSING', 'under-way'],
  ['CLOSED', 'closed'],
  ['ABNORMAL', 'abnormal'],
] as const)('a refund of status %s is %s, when it is asked for and when it is asked about', async (status, state) => {
  const body = { ...(paymentMessages.refund.example.answer as object), status }
  const { port } = walletThat({ signer: first, body })
  const asked = { ...order, refund: 'R20201012000001' }
  expect(await port.refund({ ...asked, amountFen: 2000 as never, totalFen: 12_000 as never })).toEqual({
    outcome: 'refund',
    refund: { state },
  })
  expect(await port.queryRefund(asked)).toMatchObject({ outcome: 'refund', refund: { state } })
})
