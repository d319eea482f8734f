/** Alipay's open gateway at the wallet: RSA2 form posts, answers signed over the exact bytes of their node. Its app is its merchant. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { momentMs } from '../desks/business-time.ts'
import { alipayBill, type alipayBillTypes } from '../dialects/alipay/bills.ts'
import { alipayFailure } from '../dialects/alipay/message.ts'
import { alipayMessages, businessKeyOf, wrongAmounts } from '../dialects/alipay/messages.ts'
import { alipayNotice, signedWords } from '../dialects/alipay/notice.ts'
import type { ActorApp } from '../server/actor-app.ts'
import { WireFailure } from '../server/failures.ts'
import { isRsaSignature, signRsa } from '../signing/rsa.ts'
import type { WalletDialect, WalletParts } from './wallet-actor.ts'
import { keyOf } from './wallet-book.ts'

/** 4m/10m/10m/1h/2h/6h/15h; the domain notes hold none, so the ladder is an assumption from common knowledge. */
const ladderSeconds = [240, 600, 600, 3600, 7200, 21_600, 54_000]

export const alipayWallet: WalletDialect = {
  name: 'alipay',
  title: { zh: '支付宝', en: 'Wallet in the shape of Alipay’s open gateway' },
  codePrefix: '28',
  settings: { refundTakesMs: 0 },
  addRoutes: addAlipayRoutes,
  courier: ({ state, keys, businessMs }) => ({
    ladderMs: () => ladderSeconds.map((seconds) => seconds * 1000),
    isHeard: (status, body) => status === 200 && body.trim() === 'success',
    pack({ notice, subject }) {
      const order = subject.about === 'payment' ? state().orders.get(keyOf(subject.merchant, subject.order)) : undefined
      if (order === undefined) throw new Error('Alipay tells of payments')
      const form = alipayNotice(order, notice, businessMs())
      const sign = signRsa(keys.publicKey().privateKey, signedWords(form, ['sign', 'sign_type']))
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: new URLSearchParams({ ...form, sign }).toString(),
      }
    },
  }),
}

function addAlipayRoutes(root: ActorApp, { desk, keys, state, line, protocolMs, refused }: WalletParts): void {
  const downloadKey = randomBytes(32)
  const seal = (words: string) => createHmac('sha256', downloadKey).update(words).digest('base64url')
  const answered = (method: string, contents: object) => {
    const node = JSON.stringify(contents)
    return `{"${method.replaceAll('.', '_')}_response":${node},"sign":"${signRsa(keys.publicKey().privateKey, node)}"}`
  }
  root.register(async (app) => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)))
    })
    app.post(
      '/gateway.do',
      { config: { operation: 'alipay/gateway' }, schema: { summary: '开放平台网关 · Open gateway', tags: ['支付宝'] } },
      async (request, reply) => {
        reply.type('application/json; charset=utf-8')
        const params = { ...(request.query as Record<string, string>), ...(request.body as Record<string, string> | undefined) }
        const { app_id: caller = '', method = '', sign = '', biz_content: text = '{}', notify_url: noticeUrl } = params
        const message = alipayMessages.find((one) => one.method === method)
        const fail = (code: string, sub: string, said: string) => answered(message?.method ?? 'error', alipayFailure(code, sub, said))
        if (!state().merchants.has(caller)) {
          refused(request, 'unknown-caller')
          return fail('40002', 'isv.invalid-app-id', '无效的AppID参数')
        }
        if (params['sign_type'] !== 'RSA2' || !isRsaSignature(keys.merchant(caller).publicKey, signedWords(params), sign)) {
          refused(request, 'wrong-signature')
          return fail('40002', 'isv.invalid-signature', '无效签名')
        }
        request.caller = caller
        if (!isOfNow(params['timestamp'] ?? '', protocolMs())) {
          refused(request, 'expired-signature')
          return fail('40002', 'isv.invalid-timestamp', '非法的时间戳参数')
        }
        if (message === undefined) return fail('40002', 'isv.invalid-method', '不存在的方法名')
        const content = objectOf(text)
        if (content === undefined || !Value.Check(message.content, content) || wrongAmounts(message, content).length > 0) {
          return fail('40004', 'ACQ.INVALID_PARAMETER', '参数无效')
        }
        const billUrl = async (date: string, type: string) => {
          const said = await desk.movements({ merchant: caller, date })
          if (said.outcome === 'refused') return said
          const words = [caller, date, type, String(protocolMs() + 30_000)].join('~')
          return `${request.protocol}://${request.host}/bills?token=${Buffer.from(words).toString('base64url')}.${seal(words)}`
        }
        const asked = { desk, app: caller, noticeUrl: noticeUrl === '' ? undefined : noticeUrl, billUrl }
        return answered(
          method,
          await line.serve(method, businessKeyOf(content), () => message.answer(content as never, asked), request, content),
        )
      },
    )
    app.get(
      '/bills',
      {
        config: { operation: 'alipay/bill' },
        schema: {
          summary: '下载账单 · Download a bill',
          tags: ['支付宝'],
          querystring: Type.Object({ token: Type.String({ maxLength: 1000 }) }),
        },
      },
      async (request, reply) => {
        const [words64 = '', given = ''] = (request.query as { token: string }).token.split('.')
        const words = Buffer.from(words64, 'base64url').toString('utf8')
        const [merchant = '', date = '', type = '', untilMs = ''] = words.split('~')
        const wanted = seal(words)
        const isSound = wanted.length === given.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(given))
        if (!isSound || Number(untilMs) < protocolMs()) throw new WireFailure('forbidden')
        const file = async () => {
          const said = await desk.movements({ merchant, date })
          if (said.outcome === 'refused') throw new WireFailure('unknown-object')
          return alipayBill(said.movements, type as keyof typeof alipayBillTypes)
        }
        const text = await line.beside('alipay/bill', date, file, request)
        return reply.type('text/csv; charset=utf-8').send(text)
      },
    )
  })
}

/**
 * ASSUMPTION: a request is good for a day. Stock clients write their machine's own time without a zone, so nothing narrower can be told
 * from a clock that is right; the merchant's order and refund numbers guard against repeats.
 */
function isOfNow(timestamp: string, nowMs: number): boolean {
  const atMs = momentMs(timestamp)
  return timestamp.length === 19 && atMs !== undefined && Math.abs(nowMs - atMs) <= 86_400_000
}

/** JSON of an object, or undefined. */
function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
