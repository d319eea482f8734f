/** WeChat Pay v3 at the wallet: JSAPI, Native and 付款码 orders, queries and refunds; the other families have files of their own. */
import type { Static } from 'typebox'
import { paymentMessages } from '../dialects/wechat/payment-messages.ts'
import {
  type jsapiOrder,
  orderOfRefund,
  readCodeOrder,
  readOrder,
  readRefund,
  writeRefund,
  writeTransaction,
} from '../dialects/wechat/payments.ts'
import { paymentErrors, refundErrors } from '../dialects/wechat/refusals.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { WalletParts } from './wallet-actor.ts'
import { addWechatBillRoutes } from './wechat-bill-routes.ts'
import { refused, refusedWith, type WechatDoor, wechatDoor } from './wechat-door.ts'
import { addWechatMixedRoutes } from './wechat-mixed-routes.ts'

export function addWechatRoutes(root: ActorApp, parts: WalletParts): void {
  root.register(async (app) => {
    const door = wechatDoor(app as ActorApp, parts)
    addPaymentRoutes(door, parts)
    addWechatMixedRoutes(door, parts)
    addWechatBillRoutes(door, parts)
  })
}

function addPaymentRoutes({ route, own }: WechatDoor, { desk }: WalletParts): void {
  const messages = paymentMessages
  route(messages.jsapi, async (request, reply) => {
    own(request, request.body.mchid, request.body.appid)
    const said = await desk.order(readOrder(request.body))
    return said.outcome === 'refused' ? refused(reply, said) : { prepay_id: said.order.prepay }
  })
  route(messages.native, async (request, reply) => {
    own(request, request.body.mchid, request.body.appid)
    // A payer in the body belongs to JSAPI and is ignored here.
    const { payer: _, ...body } = request.body as Static<typeof jsapiOrder>
    const said = await desk.order(readOrder(body))
    return said.outcome === 'refused' ? refused(reply, said) : { code_url: `weixin://wxpay/bizpayurl?pr=${said.order.prepay}` }
  })
  route(messages.codePay, async (request, reply) => {
    own(request, request.body.mchid, request.body.appid)
    const said = await desk.codePay(readCodeOrder(request.body))
    if (said.outcome === 'refused') return refused(reply, said)
    return said.order.state === 'paying' ? refusedWith(reply, paymentErrors.paying) : writeTransaction(said.order)
  })
  route(messages.query, async (request, reply) => {
    own(request, request.query['mchid'])
    const said = await desk.query({ merchant: request.caller, order: request.params['order'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : writeTransaction(said.order)
  })
  route(messages.queryTransaction, async (request, reply) => {
    own(request, request.query['mchid'])
    const said = await desk.queryTransaction({ merchant: request.caller, transaction: request.params['transaction_id'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : writeTransaction(said.order)
  })
  route(messages.close, async (request, reply) => {
    own(request, request.body.mchid)
    const said = await desk.close({ merchant: request.caller, order: request.params['order'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : reply.code(204).send()
  })
  route(messages.reverse, async (request, reply) => {
    own(request, request.body.mchid, request.body.appid)
    const said = await desk.revoke({ merchant: request.caller, order: request.params['order'] ?? '' })
    return said.outcome === 'refused' ? refused(reply, said) : reply.code(204).send()
  })
  const orderOf = async (merchant: string, number: string) => {
    const said = await desk.queryTransaction({ merchant, transaction: number })
    return said.outcome === 'refused' ? undefined : said.order.order
  }
  route(messages.refund, async (request, reply) => {
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
  })
  route(messages.queryRefund, async (request, reply) => {
    const said = await desk.queryRefund({ merchant: request.caller, refund: request.params['out_refund_no'] ?? '' })
    return said.outcome === 'refused'
      ? refusedWith(reply, refundErrors[said.reason] ?? paymentErrors[said.reason])
      : writeRefund(said.refund)
  })
}
