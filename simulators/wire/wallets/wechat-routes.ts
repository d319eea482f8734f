/** WeChat Pay v3 at the wallet: requests are checked by the merchant's certificate, every answer is signed. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { MixedRefused } from '../desks/mixed-payment-desk.ts'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { coded, fields, optional, text } from '../dialects/field.ts'
import { fundFlowBill, fundFlowTypes, tradeBill, tradeBillTypes } from '../dialects/wechat/bills.ts'
import {
  mixedAnswer,
  mixedOrder,
  mixedQuery,
  mixedRefundNotice,
  readMixed,
  readMixedRefund,
  writeMixed,
} from '../dialects/wechat/med-ins.ts'
import {
  businessKeyOf,
  closing,
  codeOrder,
  jsapiOrder,
  nativeOrder,
  orderNumber,
  orderOfRefund,
  prepaid,
  readCodeOrder,
  readOrder,
  readRefund,
  refundAnswer,
  refundOrder,
  reversing,
  shownCode,
  timeOf,
  transaction,
  writeRefund,
  writeTransaction,
} from '../dialects/wechat/payments.ts'
import {
  interfaceErrors,
  mixedErrors,
  paymentErrors,
  plainMixedErrors,
  refundErrors,
  type WechatError,
} from '../dialects/wechat/refusals.ts'
import { readAuthorization, requestWords, signedHeaders, windowSeconds } from '../dialects/wechat/signature.ts'
import type { ActorApp, FailureForm } from '../server/actor-app.ts'
import { type FailureCode, WireFailure } from '../server/failures.ts'
import { NonceWindow } from '../server/nonce-window.ts'
import { sealResource } from '../signing/resource-cipher.ts'
import { isRsaSignature, openField } from '../signing/rsa.ts'
import { certificateLife } from '../signing/wallet-keys.ts'
import type { WalletParts } from './wallet-actor.ts'
import { signerFor } from './wechat-wallet.ts'

/** A bill may be downloaded so long after it was asked for. */
const downloadMs = 300_000

const failureForm: FailureForm = (failure) => ({
  status: failure.status,
  body: { code: interfaceErrors[failure.code] ?? 'PARAM_ERROR', message: failure.zh.slice(0, 256) },
})

export function addWechatRoutes(root: ActorApp, parts: WalletParts): void {
  const { desk, line, keys, state, protocolMs } = parts
  const seen = new NonceWindow(2 * windowSeconds * 1000)
  const downloadKey = randomBytes(32)

  const gate = async (request: FastifyRequest) => {
    const refuse = (code: FailureCode): never => {
      parts.refusedSignature(code)
      throw new WireFailure(code)
    }
    const header = request.headers.authorization ?? refuse('unsigned')
    const given = readAuthorization(header) ?? refuse('unsigned')
    if (Math.abs(protocolMs() / 1000 - Number(given.timestamp)) > windowSeconds) refuse('expired-signature')
    if (!state().merchants.has(given.merchant)) refuse('unknown-caller')
    const merchant = keys.merchant(given.merchant)
    if (given.serial.toUpperCase() !== merchant.certificate.serial) refuse('wrong-signature')
    const words = requestWords(request.method, request.url, given.timestamp, given.nonce, request.rawBody.toString('utf8'))
    if (!isRsaSignature(merchant.publicKey, words, given.signature)) refuse('wrong-signature')
    if (!seen.take(`${given.merchant}\n${given.nonce}`, protocolMs())) refuse('replayed')
    request.caller = given.merchant
  }
  /** A merchant speaks for itself and its own app alone. */
  const own = (request: FastifyRequest, merchant: string | undefined, app?: string) => {
    if (merchant !== request.caller || (app !== undefined && state().merchants.get(request.caller)?.app !== app))
      throw new WireFailure('forbidden')
  }

  root.register(async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (request.routeOptions.config.operation === 'wechat/download') return payload
      const body = typeof payload === 'string' ? payload : ''
      const asked = request.headers['wechatpay-serial']
      const signer = signerFor(parts, request.caller, typeof asked === 'string' ? asked : undefined)
      reply.headers(signedHeaders(signer, String(Math.floor(protocolMs() / 1000)), randomBytes(16).toString('hex'), body))
      return payload
    })
    const route = <Body, Reply>(
      method: 'GET' | 'POST',
      url: string,
      operation: string,
      summary: string,
      schema: object,
      work: (
        request: FastifyRequest<{ Body: Body; Params: Readonly<Record<string, string>>; Querystring: Readonly<Record<string, string>> }>,
        reply: FastifyReply,
      ) => Promise<Reply>,
    ) =>
      app.route({
        method,
        url,
        preValidation: gate,
        config: { failureForm, operation: `wechat/${operation}` },
        schema: { summary, tags: ['微信支付 v3'], ...schema },
        handler: async (request: FastifyRequest, reply: FastifyReply) => {
          const params = request.params as Readonly<Record<string, string>>
          const key = businessKeyOf(request.body) ?? Object.values(params)[0] ?? request.caller
          return line.serve(`wechat/${operation}`, key, () => work(request as never, reply)) as never
        },
      } as never)
    const refusedWith = (reply: FastifyReply, { status, code, message }: WechatError) => reply.code(status).send({ code, message })
    const refused = (reply: FastifyReply, { reason }: WalletRefused) => refusedWith(reply, paymentErrors[reason])
    const byMerchant = Type.Object({ mchid: text('商户号', 32) })
    const orderParams = Type.Object({ order: orderNumber('商户订单号') })

    route<Static<typeof jsapiOrder>, unknown>(
      'POST',
      '/v3/pay/transactions/jsapi',
      'order',
      'JSAPI下单',
      { body: jsapiOrder, response: { 200: prepaid } },
      async (request, reply) => {
        own(request, request.body.mchid, request.body.appid)
        const said = await desk.order(readOrder(request.body))
        return said.outcome === 'refused' ? refused(reply, said) : { prepay_id: said.order.prepay }
      },
    )
    route<Static<typeof nativeOrder>, unknown>(
      'POST',
      '/v3/pay/transactions/native',
      'order',
      'Native下单',
      { body: nativeOrder, response: { 200: shownCode } },
      async (request, reply) => {
        own(request, request.body.mchid, request.body.appid)
        // A payer in the body belongs to JSAPI and is ignored here.
        const { payer: _, ...body } = request.body as Static<typeof jsapiOrder>
        const said = await desk.order(readOrder(body))
        return said.outcome === 'refused' ? refused(reply, said) : { code_url: `weixin://wxpay/bizpayurl?pr=${said.order.prepay}` }
      },
    )
    route<Static<typeof codeOrder>, unknown>(
      'POST',
      '/v3/pay/transactions/codepay',
      'code-pay',
      '付款码支付',
      { body: codeOrder, response: { 200: transaction } },
      async (request, reply) => {
        own(request, request.body.mchid, request.body.appid)
        const said = await desk.codePay(readCodeOrder(request.body))
        if (said.outcome === 'refused') return refused(reply, said)
        return said.order.state === 'paying' ? refusedWith(reply, paymentErrors.paying) : writeTransaction(said.order)
      },
    )
    route(
      'GET',
      '/v3/pay/transactions/out-trade-no/:order',
      'query',
      '商户订单号查询订单',
      { params: orderParams, querystring: byMerchant, response: { 200: transaction } },
      async (request, reply) => {
        own(request, request.query['mchid'])
        const said = await desk.query({ merchant: request.caller, order: request.params['order'] ?? '' })
        return said.outcome === 'refused' ? refused(reply, said) : writeTransaction(said.order)
      },
    )
    route(
      'GET',
      '/v3/pay/transactions/id/:transaction_id',
      'query',
      '微信支付订单号查询订单',
      { querystring: byMerchant, response: { 200: transaction } },
      async (request, reply) => {
        own(request, request.query['mchid'])
        const said = await desk.queryTransaction({ merchant: request.caller, transaction: request.params['transaction_id'] ?? '' })
        return said.outcome === 'refused' ? refused(reply, said) : writeTransaction(said.order)
      },
    )
    route<Static<typeof closing>, unknown>(
      'POST',
      '/v3/pay/transactions/out-trade-no/:order/close',
      'close',
      '关闭订单',
      { params: orderParams, body: closing },
      async (request, reply) => {
        own(request, request.body.mchid)
        const said = await desk.close({ merchant: request.caller, order: request.params['order'] ?? '' })
        return said.outcome === 'refused' ? refused(reply, said) : reply.code(204).send()
      },
    )
    route<Static<typeof reversing>, unknown>(
      'POST',
      '/v3/pay/transactions/out-trade-no/:order/reverse',
      'revoke',
      '撤销订单',
      { params: orderParams, body: reversing },
      async (request, reply) => {
        own(request, request.body.mchid)
        const said = await desk.revoke({ merchant: request.caller, order: request.params['order'] ?? '' })
        return said.outcome === 'refused' ? refused(reply, said) : reply.code(204).send()
      },
    )
    route<Static<typeof refundOrder>, unknown>(
      'POST',
      '/v3/refund/domestic/refunds',
      'refund',
      '申请退款',
      { body: refundOrder, response: { 200: refundAnswer } },
      async (request, reply) => {
        const { transaction: number, order } = orderOfRefund(request.body)
        const found = order ?? (number === undefined ? undefined : await orderOf(request.caller, number))
        if (found === undefined) {
          return refusedWith(
            reply,
            number === undefined
              ? { status: 400, code: 'PARAM_ERROR', message: '微信支付订单号与商户订单号二选一' }
              : (refundErrors['unknown-order'] ?? paymentErrors['unknown-order']),
          )
        }
        const said = await desk.refund(readRefund(request.caller, found, request.body))
        return said.outcome === 'refused'
          ? refusedWith(reply, refundErrors[said.reason] ?? paymentErrors[said.reason])
          : writeRefund(said.refund)
      },
    )
    const orderOf = async (merchant: string, number: string) => {
      const said = await desk.queryTransaction({ merchant, transaction: number })
      return said.outcome === 'refused' ? undefined : said.order.order
    }
    route(
      'GET',
      '/v3/refund/domestic/refunds/:out_refund_no',
      'query-refund',
      '查询单笔退款',
      { response: { 200: refundAnswer } },
      async (request, reply) => {
        const said = await desk.queryRefund({ merchant: request.caller, refund: request.params['out_refund_no'] ?? '' })
        return said.outcome === 'refused'
          ? refusedWith(reply, refundErrors[said.reason] ?? paymentErrors[said.reason])
          : writeRefund(said.refund)
      },
    )

    const mixedRefused = (reply: FastifyReply, { reason }: MixedRefused) => {
      const numbered = mixedErrors[reason]
      if (numbered === undefined) return refusedWith(reply, plainMixedErrors[reason] ?? paymentErrors[reason as WalletRefused['reason']])
      return reply.code(numbered.status).send({ code: numbered.code, message: `${numbered.message} (${numbered.number})` })
    }
    route<Static<typeof mixedOrder>, unknown>(
      'POST',
      '/v3/med-ins/orders',
      'mixed-order',
      '医保自费混合收款下单',
      { body: mixedOrder, response: { 200: mixedAnswer } },
      async (request, reply) => {
        own(request, request.caller, request.body.appid)
        // Sealed for a platform key that is still listed, or for the public key; opened, looked at, and let go.
        const holders = [keys.publicKey(), ...Array.from({ length: state().keyNumber }, (_, index) => keys.platform(index + 1))]
        const isSealed = ({ name, id_digest: digest }: Static<typeof mixedOrder>['payer']) =>
          [name, digest].every((field) => holders.some(({ privateKey }) => openField(privateKey, field) !== undefined))
        if (!isSealed(request.body.payer))
          return refusedWith(reply, { status: 400, code: 'PARAM_ERROR', message: '敏感字段未用微信支付公钥或平台证书加密' })
        const said = await desk.mix(readMixed(request.caller, request.body))
        return said.outcome === 'refused' ? mixedRefused(reply, said) : writeMixed(said.mixed)
      },
    )
    route(
      'GET',
      '/v3/med-ins/orders/mix-trade-no/:mixed',
      'query-mixed',
      '混合订单号查询',
      { response: { 200: mixedAnswer } },
      async (request, reply) => {
        const said = await desk.queryMixed({ merchant: request.caller, mixed: request.params['mixed'] ?? '' })
        return said.outcome === 'refused' ? mixedRefused(reply, said) : writeMixed(said.mixed)
      },
    )
    route(
      'GET',
      '/v3/med-ins/orders/out-trade-no/:order',
      'query-mixed',
      '商户订单号查询混合订单',
      { response: { 200: mixedAnswer } },
      async (request, reply) => {
        const said = await desk.queryMixed({ merchant: request.caller, order: request.params['order'] ?? '' })
        return said.outcome === 'refused' ? mixedRefused(reply, said) : writeMixed(said.mixed)
      },
    )
    route<Static<typeof mixedRefundNotice>, unknown>(
      'POST',
      '/v3/med-ins/refunds/notify',
      'mixed-refund-notice',
      '医保退款通知',
      {
        body: mixedRefundNotice,
        querystring: mixedQuery,
      },
      async (request, reply) => {
        const said = await desk.noticeMixedRefund(readMixedRefund(request.caller, request.query, request.body))
        return said.outcome === 'refused' ? mixedRefused(reply, said) : reply.code(204).send()
      },
    )

    route('GET', '/v3/certificates', 'certificates', '下载平台证书', {}, async (request) => ({
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

    const billQuery = <Types extends Readonly<Record<string, string>>>(name: string, types: Types) =>
      Type.Object({
        bill_date: text('账单日期', 10, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        [name]: optional(coded('账单类型', types, { standing: 'enforced' })),
        tar_type: optional(coded('压缩类型', { GZIP: 'GZIP' }, { standing: 'enforced' })),
      })
    const billAnswer = fields({ hash_type: text('哈希类型', 32), hash_value: text('哈希值', 1024), download_url: text('下载地址', 2048) })
    const bill = async (
      request: FastifyRequest<{ Querystring: Readonly<Record<string, string>> }>,
      reply: FastifyReply,
      kind: 'trade' | 'fund',
    ) => {
      const { bill_date: date = '', tar_type: packed = '' } = request.query
      const type = request.query[kind === 'trade' ? 'bill_type' : 'account_type'] ?? (kind === 'trade' ? 'ALL' : 'BASIC')
      const text = await billText(request.caller, date, kind, type)
      if (typeof text !== 'string') return refused(reply, text)
      const words = [request.caller, date, kind, type, packed, String(protocolMs() + downloadMs)].join('~')
      const token = `${Buffer.from(words).toString('base64url')}.${downloadSeal(words)}`
      return {
        hash_type: 'SHA1',
        hash_value: createHash('sha1').update(text).digest('hex'),
        download_url: `${request.protocol}://${request.host}/v3/billdownload/file?token=${token}`,
      }
    }
    const billText = async (merchant: string, date: string, kind: string, type: string): Promise<string | WalletRefused> => {
      const said = await desk.movements({ merchant, date })
      if (said.outcome === 'refused') return said
      if (kind === 'trade') return tradeBill(said.movements, type as keyof typeof tradeBillTypes)
      // Everything of a merchant moves over its basic account.
      return fundFlowBill(type === 'BASIC' ? said.movements : [])
    }
    const downloadSeal = (words: string) => createHmac('sha256', downloadKey).update(words).digest('base64url')
    route(
      'GET',
      '/v3/bill/tradebill',
      'trade-bill',
      '申请交易账单',
      { querystring: billQuery('bill_type', tradeBillTypes), response: { 200: billAnswer } },
      (request: FastifyRequest, reply: FastifyReply) => bill(request as never, reply, 'trade'),
    )
    route(
      'GET',
      '/v3/bill/fundflowbill',
      'fund-flow-bill',
      '申请资金账单',
      { querystring: billQuery('account_type', fundFlowTypes), response: { 200: billAnswer } },
      (request: FastifyRequest, reply: FastifyReply) => bill(request as never, reply, 'fund'),
    )
    route(
      'GET',
      '/v3/billdownload/file',
      'download',
      '下载账单',
      { querystring: Type.Object({ token: Type.String({ maxLength: 1000 }) }) },
      async (request, reply) => {
        const [words64 = '', seal = ''] = (request.query['token'] ?? '').split('.')
        const words = Buffer.from(words64, 'base64url').toString('utf8')
        const [wanted, given] = [Buffer.from(downloadSeal(words)), Buffer.from(seal)]
        const [merchant = '', date = '', kind = '', type = '', packed = '', untilMs = ''] = words.split('~')
        const isSound = wanted.length === given.length && timingSafeEqual(wanted, given)
        if (!isSound || merchant !== request.caller || Number(untilMs) < protocolMs())
          throw new WireFailure('forbidden', { zh: '下载地址无效或已过期', en: 'the address is none, or too old' })
        const text = await billText(merchant, date, kind, type)
        if (typeof text !== 'string') return refused(reply, text)
        return packed === 'GZIP' ? reply.type('application/gzip').send(gzipSync(text)) : reply.type('text/plain; charset=utf-8').send(text)
      },
    )
  })
}
