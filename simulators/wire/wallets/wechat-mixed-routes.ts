/** 医保自费混合收款 at the wallet: /v3/med-ins. */
import type { FastifyReply } from 'fastify'
import type { Static } from 'typebox'
import type { MixedRefused, ShownPerson } from '../desks/mixed-payment-desk.ts'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { type mixedOrder, readMixed, readMixedRefund, writeMixed } from '../dialects/wechat/med-ins.ts'
import { mixedMessages } from '../dialects/wechat/mixed-messages.ts'
import { mixedErrors, paymentErrors, plainMixedErrors } from '../dialects/wechat/refusals.ts'
import { openField } from '../signing/rsa.ts'
import { holderHash } from './mixed-decisions.ts'
import type { WalletParts } from './wallet-actor.ts'
import { refusedWith, type WechatDoor } from './wechat-door.ts'

export function addWechatMixedRoutes({ route, own }: WechatDoor, { desk, keys, state }: WalletParts): void {
  const refused = (reply: FastifyReply, { reason }: MixedRefused) => {
    const numbered = mixedErrors[reason]
    if (numbered === undefined) return refusedWith(reply, plainMixedErrors[reason] ?? paymentErrors[reason as WalletRefused['reason']])
    return reply.code(numbered.status).send({ code: numbered.code, message: `${numbered.message} (${numbered.number})` })
  }
  /** Sealed for a platform key that is still listed, or for a public key; opened, hashed, and let go. Undefined: sealed for nobody here. */
  const opened = (payer: string, { name, id_digest: digest }: Static<typeof mixedOrder>['payer']): ShownPerson | undefined => {
    const numbered = <Key>(count: number, key: (number: number) => Key) => Array.from({ length: count }, (_, index) => key(index + 1))
    const holders = [...numbered(state().publicKeyNumber, keys.publicKey), ...numbered(state().keyNumber, keys.platform)]
    const wordOf = (sealed: string) => {
      for (const { privateKey } of holders) {
        const word = openField(privateKey, sealed)
        if (word !== undefined) return word
      }
      return undefined
    }
    const [nameWord, idWord] = [wordOf(name), wordOf(digest)]
    if (nameWord === undefined || idWord === undefined) return undefined
    return { nameHash: holderHash(payer, nameWord), idHash: holderHash(payer, idWord) }
  }
  route(mixedMessages.mix, async (request, reply) => {
    own(request, request.caller, request.body.appid)
    const { openid, payer, relative, pay_for_relatives: isForRelative = false } = request.body
    if (isForRelative && relative === undefined)
      return refusedWith(reply, { status: 400, code: 'PARAM_ERROR', message: '代亲属支付时必须填写 relative' })
    const shown = opened(openid, payer)
    // A relative that is not paid for may stand there, and is not looked at.
    const paidFor = isForRelative && relative !== undefined ? opened(openid, relative) : undefined
    if (shown === undefined || (isForRelative && paidFor === undefined))
      return refusedWith(reply, { status: 400, code: 'PARAM_ERROR', message: '敏感字段未用微信支付公钥或平台证书加密' })
    const persons = { shown, ...(paidFor === undefined ? {} : { relative: paidFor }) }
    const said = await desk.mix(readMixed(request.caller, request.body, persons))
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
