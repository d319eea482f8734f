/** The door of WeChat Pay v3: requests are checked by the merchant's certificate, every answer is signed, failures have its form. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TObject } from 'typebox'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import type { WechatMessage } from '../dialects/wechat/message.ts'
import { businessKeyOf } from '../dialects/wechat/payments.ts'
import { interfaceErrors, paymentErrors, type WechatError } from '../dialects/wechat/refusals.ts'
import { readAuthorization, requestWords, signedHeaders, windowSeconds } from '../dialects/wechat/signature.ts'
import type { ActorApp, FailureForm } from '../server/actor-app.ts'
import { type FailureCode, WireFailure } from '../server/failures.ts'
import { NonceWindow } from '../server/nonce-window.ts'
import { isRsaSignature } from '../signing/rsa.ts'
import type { WalletParts } from './wallet-actor.ts'
import { signerFor } from './wechat-wallet.ts'

type Words = Readonly<Record<string, string>>
export type WechatRequest<Body = unknown> = FastifyRequest<{ Body: Body; Params: Words; Querystring: Words }>

export interface WechatDoor {
  /** The route of a message; its schemas come from there. */
  route<Body extends TObject | undefined>(
    message: WechatMessage<Body>,
    work: (request: WechatRequest<Body extends TObject ? Static<Body> : undefined>, reply: FastifyReply) => Promise<unknown>,
  ): void
  /** A merchant speaks for itself and its own app alone. */
  own(request: FastifyRequest, merchant: string | undefined, app?: string): void
}

export const refusedWith = (reply: FastifyReply, { status, code, message }: WechatError) => reply.code(status).send({ code, message })
export const refused = (reply: FastifyReply, { reason }: WalletRefused) => refusedWith(reply, paymentErrors[reason])

const failureForm: FailureForm = (failure) => ({
  status: failure.status,
  body: { code: interfaceErrors[failure.code] ?? 'PARAM_ERROR', message: failure.zh.slice(0, 256) },
})

export function wechatDoor(app: ActorApp, parts: WalletParts): WechatDoor {
  const { keys, state, line, protocolMs } = parts
  const seen = new NonceWindow(2 * windowSeconds * 1000)
  const gate = async (request: FastifyRequest) => {
    const refuse = (code: FailureCode): never => {
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
    request.caller = given.merchant
    if (!seen.take(`${given.merchant}\n${given.nonce}`, protocolMs())) refuse('replayed')
  }
  app.addHook('onSend', async (request, reply, payload) => {
    // A bill's file carries no signature: its digest stands in the signed answer that named it.
    if (request.routeOptions.config.operation === 'wechat/download') return payload
    const body = typeof payload === 'string' ? payload : ''
    const asked = request.headers['wechatpay-serial']
    const signer = signerFor(parts, request.caller, typeof asked === 'string' ? asked : undefined)
    if (signer.isNew) parts.underNewKey({ operation: request.routeOptions.config.operation ?? '', alias: [], businessKey: keyOf(request) })
    reply.headers(signedHeaders(signer, String(Math.floor(protocolMs() / 1000)), randomBytes(16).toString('hex'), body))
    return payload
  })
  return {
    route({ method, path, operation, zh, en, params, query, body, answer, example }, work) {
      const schema = {
        summary: `${zh} · ${en}`,
        tags: ['微信支付 v3'],
        ...(params === undefined ? {} : { params }),
        ...(query === undefined ? {} : { querystring: query }),
        ...(body === undefined ? {} : { body: { ...body, examples: [example.body] } }),
        ...(answer === undefined ? {} : { response: { 200: answer } }),
      }
      app.route({
        method,
        url: path,
        preValidation: gate,
        config: { failureForm, operation: `wechat/${operation}`, businessKey: keyOf },
        schema,
        handler: async (request: FastifyRequest, reply: FastifyReply) => {
          return line.serve(`wechat/${operation}`, keyOf(request), () => work(request as never, reply), request) as never
        },
      } as never)
    },
    own(request, merchant, appId) {
      if (merchant !== request.caller || (appId !== undefined && state().merchants.get(request.caller)?.app !== appId))
        throw new WireFailure('forbidden')
    },
  }
}

/** An order or refund of the merchant, or the merchant itself. */
const keyOf = ({ body, params, caller }: FastifyRequest): string => businessKeyOf(body) ?? Object.values(params as Words)[0] ?? caller
