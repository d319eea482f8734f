/** Platform certificates, and bills of the day before with their files. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { billMessages, downloadQuery } from '../dialects/wechat/bill-messages.ts'
import { fundFlowBill, tradeBill, type tradeBillTypes } from '../dialects/wechat/bills.ts'
import { timeOf } from '../dialects/wechat/payments.ts'
import { WireFailure } from '../server/failures.ts'
import { sealResource } from '../signing/resource-cipher.ts'
import { certificateLife } from '../signing/wallet-keys.ts'
import type { WalletParts } from './wallet-actor.ts'
import { refused, type WechatDoor, type WechatRequest } from './wechat-door.ts'

/** A bill may be downloaded so long after it was asked for. */
const downloadMs = 300_000

export function addWechatBillRoutes({ route }: WechatDoor, { desk, keys, state, protocolMs }: WalletParts): void {
  const downloadKey = randomBytes(32)
  const seal = (words: string) => createHmac('sha256', downloadKey).update(words).digest('base64url')

  route(billMessages.certificates, async (request) => ({
    data: Array.from({ length: state().keyNumber }, (_, index) => {
      const { certificate } = keys.platform(index + 1)
      const { algorithm, ciphertext, associated_data, nonce } = sealResource(
        keys.merchant(request.caller).apiV3KeyObject,
        certificate.pem,
        randomBytes(6).toString('hex'),
        'certificate',
      )
      return {
        serial_no: certificate.serial,
        effective_time: timeOf(certificateLife.validFrom.getTime()),
        expire_time: timeOf(certificateLife.validTo.getTime()),
        encrypt_certificate: { algorithm, nonce, associated_data, ciphertext },
      }
    }),
  }))

  const billText = async (merchant: string, date: string, kind: string, type: string): Promise<string | WalletRefused> => {
    const said = await desk.movements({ merchant, date })
    if (said.outcome === 'refused') return said
    if (kind === 'trade') return tradeBill(said.movements, type as keyof typeof tradeBillTypes)
    // Everything of a merchant moves over its basic account.
    return fundFlowBill(type === 'BASIC' ? said.movements : [])
  }
  const bill = async (request: WechatRequest<undefined>, reply: FastifyReply, kind: 'trade' | 'fund') => {
    const { bill_date: date = '', tar_type: packed = '' } = request.query
    const type = request.query[kind === 'trade' ? 'bill_type' : 'account_type'] ?? (kind === 'trade' ? 'ALL' : 'BASIC')
    const text = await billText(request.caller, date, kind, type)
    if (typeof text !== 'string') return refused(reply, text)
    const words = [request.caller, date, kind, type, packed, String(protocolMs() + downloadMs)].join('~')
    const token = `${Buffer.from(words).toString('base64url')}.${seal(words)}`
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(text).digest('hex'),
      download_url: `${request.protocol}://${request.host}/v3/billdownload/file?token=${token}`,
    }
  }
  route(billMessages.tradeBill, (request, reply) => bill(request, reply, 'trade'))
  route(billMessages.fundFlowBill, (request, reply) => bill(request, reply, 'fund'))
  route(
    {
      method: 'GET',
      path: '/v3/billdownload/file',
      operation: 'download',
      zh: '下载账单',
      en: 'The file of a bill',
      query: downloadQuery,
      body: undefined,
      example: { path: '/v3/billdownload/file' },
    },
    async (request, reply) => {
      const [words64 = '', given64 = ''] = (request.query['token'] ?? '').split('.')
      const words = Buffer.from(words64, 'base64url').toString('utf8')
      const [wanted, given] = [Buffer.from(seal(words)), Buffer.from(given64)]
      const [merchant = '', date = '', kind = '', type = '', packed = '', untilMs = ''] = words.split('~')
      const isSound = wanted.length === given.length && timingSafeEqual(wanted, given)
      if (!isSound || merchant !== request.caller || Number(untilMs) < protocolMs())
        throw new WireFailure('forbidden', { zh: '下载地址无效或已过期', en: 'the address is none, or too old' })
      const text = await billText(merchant, date, kind, type)
      if (typeof text !== 'string') return refused(reply, text)
      reply.type(packed === 'GZIP' ? 'application/gzip' : 'text/plain; charset=utf-8')
      return packed === 'GZIP' ? gzipSync(text) : text
    },
  )
}
