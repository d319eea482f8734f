/** Where wallets tell of their orders. Word of an order wakes the payment that waits for its payer; it is asked about before its time. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { platformMerchant } from '../desks/merchant-desk.ts'
import { type CallbackHeard, readAlipayCallback, readWechatCallback } from '../dialects/wallet-callbacks.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { WireFailure } from '../server/failures.ts'
import { NonceWindow } from '../server/nonce-window.ts'
import { signatureWindowSeconds } from '../signing/hmac.ts'
import type { KeyRing } from '../signing/key-ring.ts'
import { walletKeys } from '../signing/wallet-keys.ts'

const callbackPath = '/v1/wallet-callbacks'
/** The address to give a wallet with an order. */
export const callbackUrl = (ownOrigin: string, wallet: string): string => `${ownOrigin}${callbackPath}/${wallet}`

export interface CallbackParts {
  readonly keys: KeyRing
  /** Protocol clock. */
  readonly nowMs: () => number
  readonly wake: (payment: string) => void
  readonly line: FailingLine
}

export function addWalletCallbacks(root: ActorApp, { keys, nowMs, wake, line }: CallbackParts): void {
  const [wechat, alipay] = [walletKeys(keys, 'wechat'), walletKeys(keys, 'alipay')]
  const tags = ['钱包通知']
  const seen = new NonceWindow(2 * signatureWindowSeconds * 1000)
  const take = async (request: FastifyRequest, heard: CallbackHeard) => {
    if (heard.outcome === 'disbelieved') throw new WireFailure(heard.why)
    if (heard.nonce !== undefined && !seen.take(heard.nonce, nowMs())) throw new WireFailure('replayed')
    await line.beside('platform/wallet-callback', heard.order, async () => wake(heard.order), request)
  }
  root.post(
    `${callbackPath}/wechat`,
    {
      config: { operation: 'platform/wallet-callback' },
      schema: { summary: '微信支付结果通知 · WeChat Pay tells of an order', tags, body: Type.Object({ resource: Type.Object({}) }) },
    },
    async (request, reply) => {
      const told = { headers: request.headers, body: request.rawBody.toString('utf8'), nowMs: nowMs() }
      await take(request, readWechatCallback(told, wechat, platformMerchant.merchant))
      return reply.code(204).send()
    },
  )
  // A form, which no other interface of the platform takes.
  root.register(async (scope) => {
    const app = scope as ActorApp
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => done(null, body))
    app.post(
      `${callbackPath}/alipay`,
      {
        config: { operation: 'platform/wallet-callback' },
        schema: { summary: '支付宝异步通知 · Alipay tells of an order', tags, consumes: ['application/x-www-form-urlencoded'] },
      },
      async (request, reply) => {
        const body = typeof request.body === 'string' ? request.body : ''
        await take(request, readAlipayCallback({ headers: request.headers, body, nowMs: nowMs() }, alipay, platformMerchant.merchant))
        return reply.type('text/plain').send('success')
      },
    )
  })
}
