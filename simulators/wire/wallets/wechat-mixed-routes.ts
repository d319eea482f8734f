/** 医保自费混合收款 at the wallet: /v3/med-ins. */
import type { FastifyReply } from 'fastify'
import type { Static } from 'typebox'
import type { MixedRefused } from '../desks/mixed-payment-desk.ts'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { type mixedOrder, readMixed, readMixedRefund, writeMixed } from '../dialects/wechat/med-ins.ts'
import { mixedMessages } from '../dialects/wechat/mixed-messages.ts'
import { mixedErrors, paymentErrors, plainMixedErrors } from '../dialects/wechat/refusals.ts'
import { openField } from '../signing/rsa.ts'
import type { WalletParts } from './wallet-actor.ts'
import { refusedWith, type WechatDoor } from './wechat-door.ts'

export function addWechatMixedRoutes({ route, own }: WechatDoor, { desk, keys, state }: WalletParts): void {
  const refused = (reply: FastifyReply, { reason }: MixedRefused) => {
    const numbered = mixedErrors[reason]
    if (numbered === undefined) return refusedWith(reply, plainMixedErrors[reason] ?? paymentErrors[reason as WalletRefused['reason']])
    return reply.code(numbered.status).send({ code: numbered.code, message: `${numbered.message} (${numbered.number})` })
  }
  /** Sealed for a platform key that is still listed, or for the public key; opened, looked at, and let go. */
  const isSealed = ({ name, id_digest: digest }: Static<typeof mixedOrder>['payer']) => {
    const holders = [keys.publicKey(), ...Array.from({ length: state().keyNumber }, (_, index) => keys.platform(index + 1))]
    return [name, digest].every((field) => holders.some(({ privateKey }) => openField(privateKey, field) !== undefined))
  }
  route(mixedMessages.mix, async (request, reply) => {
    own(request, request.caller, request.body.appid)
    if (!isSealed(request.body.payer))
      return refusedWith(reply, { status: 400, code: 'PARAM_ERROR', message: '敏感字段未用微信支付公钥或平台证书加密' })
    const said = await desk.mix(readMixed(request.caller, request.body))
    return said.outcome === 'refused' ? refused(reply, said) : writeMixed(said.mixed)
  })
  route(mixedMessages.queryMixed, async (request, reply) => {
    const said = await desk.queryMixed({ merchant: request.caller, mixed: request.params['mixed'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : writeMixed(said.mixed)
  })
  route(mixedMessages.queryMixedOrder, async (request, reply) => {
    const said = await desk.queryMixed({ merchant: request.caller, order: request.params['order'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : writeMixed(said.mixed)
  })
  route(mixedMessages.noticeRefund, async (request, reply) => {
    const said = await desk.noticeMixedRefund(readMixedRefund(request.caller, request.query, request.body))
    return said.outcome === 'refused' ? refused(reply, said) : reply.code(204).send()
  })
}
