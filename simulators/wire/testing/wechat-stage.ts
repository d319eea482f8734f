/** A WeChat Pay wallet over sockets, a stock client for it, and a merchant that hears its callbacks. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Plan } from '../../../scenarios/plan.ts'
import { exampleParties } from '../dialects/wechat/message.ts'
import { exampleOrder } from '../dialects/wechat/payment-messages.ts'
import { answerWords } from '../dialects/wechat/signature.ts'
import type { Served } from '../serve.ts'
import { controlHeader } from '../server/control.ts'
import { openResource, type SealedResource } from '../signing/resource-cipher.ts'
import { isRsaSignature } from '../signing/rsa.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { phone } from '../wallets/testing/phone.ts'
import { keys, serveSmallWire } from './small-wire.ts'
import { type StockClient, stockWechat } from './stock-wechat.ts'

export const { mchid, appid, openid } = exampleParties
/** Another payer of the wallet. */
export const otherOpenid = 'o-payer-43'
export const wallet = walletKeys(keys, 'wechat')
let served: Served
let merchant: Server
export let noticeUrl = ''
/** Callbacks as they came, with their headers. */
const heard: { readonly headers: Record<string, string>; readonly body: string }[] = []
const waiting: (() => void)[] = []
export let origin = ''

/** Before the tests of a file, and after them. @param plan of the scenario small-town */
export function onWechatStage(plan: Plan): void {
  beforeAll(async () => {
    // What the file before heard and could is its own.
    heard.length = 0
    could.clear()
    served = await serveSmallWire(plan, { only: ['wechat'] })
    origin = served.originOf('wechat')
    merchant = createServer((request, reply) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        heard.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString('utf8') })
        reply.writeHead(204).end()
        for (const wake of waiting.splice(0)) wake()
      })
    })
    await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve))
    noticeUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notices`
    await control('POST', '/control/opening', {
      merchants: [{ merchant: mchid, app: appid, checksBy: 'certificate' }],
      payers: [openid, otherOpenid],
      holders: [
        { payer: openid, is: 'payer', name: '张三', idDigest: '0'.repeat(64) },
        { payer: openid, is: 'relative', name: '张小宝', idDigest: '1'.repeat(64) },
      ],
      insurerOrders: [
        {
          payOrder: 'ORD310100202010120000000001',
          authorization: 'AUTH-1',
          payer: openid,
          fundFen: 6000,
          accountFen: 1000,
          otherFen: 0,
          leftFen: 3000,
        },
        {
          payOrder: 'ORD310100202010120000000002',
          authorization: 'AUTH-2',
          payer: openid,
          fundFen: 5000,
          accountFen: 0,
          otherFen: 0,
          leftFen: 3000,
          refuses: '单边账',
        },
        {
          payOrder: 'ORD310100202010120000000003',
          authorization: 'AUTH-3',
          payer: openid,
          fundFen: 5000,
          accountFen: 0,
          otherFen: 0,
          leftFen: 0,
        },
      ],
      settings: { refundTakesMs: 0 },
    })
  })
  afterAll(async () => {
    await served.stop()
    await new Promise((resolve) => merchant.close(resolve))
  })
}

/** Calls that a stock client had answered, for the page: numbers left out of their paths. */
export const could = new Set<string>()

/** The stock client, with what it had answered noted. */
export function stock(certs?: Record<string, unknown>): StockClient {
  const client = stockWechat(origin, wallet, mchid, certs)
  const request = client.request.bind(client)
  client.request = async (path, method, ...rest) => {
    const answer = await request(path, method, ...rest)
    could.add(`${method} ${`/${path}`.replaceAll(/\/(?!v3\/)[^/]*\d[^/]*/g, '/…')}`)
    return answer
  }
  return client
}
export const tokenOf = (address: string) => ({ token: new URL(address).searchParams.get('token') })
export const refusal = async (call: Promise<unknown>) => {
  const { response } = (await call.then(
    () => ({ response: { status: 200, data: { code: 'NOT REFUSED' } } }),
    (error: unknown) => error,
  )) as { response: { status: number; data: { code: string; message: string } } }
  return { status: response.status, code: response.data.code, message: response.data.message }
}
export const order = (number: string, total: number, more: object = {}) => ({
  ...exampleOrder(number, total),
  notify_url: noticeUrl,
  payer: { openid },
  ...more,
})
export const pays = (body: object) => phone(origin, keys.between('phone', 'wechat'), '/phone/payments', { payer: openid, ...body })
export async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method,
    headers: { [controlHeader]: keys.controlToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
/** The callback about this order or refund, opened; its signature checked with the certificate it names. */
export async function notice(word: string): Promise<{ event: string; contents: Record<string, unknown> }> {
  for (;;) {
    for (const { headers, body } of heard) {
      const { event_type: event, resource } = JSON.parse(body) as { event_type: string; resource: SealedResource }
      const opened = openResource(wallet.merchant(mchid).apiV3KeyObject, resource)
      if (opened === undefined) throw new Error('a callback opens with the APIv3 key')
      if (!opened.includes(`"${word}"`)) continue
      const words = answerWords(headers['wechatpay-timestamp'] ?? '', headers['wechatpay-nonce'] ?? '', body)
      const platform = [1, 2]
        .map((number) => wallet.platform(number))
        .find(({ certificate }) => certificate.serial === headers['wechatpay-serial'])
      expect(platform !== undefined && isRsaSignature(platform.publicKey, words, headers['wechatpay-signature'] ?? '')).toBe(true)
      return { event, contents: JSON.parse(opened) as Record<string, unknown> }
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
}
