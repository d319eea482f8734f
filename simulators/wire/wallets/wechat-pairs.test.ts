/** The worked pairs of WeChat Pay v3, played in their order against a wallet whose clocks stand still. All of it is synthetic. */
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleParties, type WechatMessage } from '../dialects/wechat/message.ts'
import { wechatMessages } from '../dialects/wechat/messages.ts'
import { sealedExample } from '../dialects/wechat/mixed-messages.ts'
import { answerWords, requestWords, scheme } from '../dialects/wechat/signature.ts'
import type { Actor } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { controlHeader } from '../server/control.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { isRsaSignature, sealField, signRsa } from '../signing/rsa.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { keys } from '../testing/small-wire.ts'
import { walletActor } from './wallet-actor.ts'
import type { WholeWalletDesk } from './wallet-desk-over-book.ts'
import { addWechatRoutes } from './wechat-routes.ts'
import { wechatWallet } from './wechat-wallet.ts'

const { mchid, appid, openid } = exampleParties
const nowMs = 1_602_460_800_000
const wallet = walletKeys(keys, 'wechat')
const clock = businessClock(nowMs, () => 0)
let actor: Actor<WholeWalletDesk>
beforeAll(async () => {
  actor = await walletActor(
    { version: 'test', ...clocksOf(clock, () => nowMs), keys, openBook: async () => memoryBookStore(), originOf: () => '' },
    { ...wechatWallet, addRoutes: addWechatRoutes },
  )
  const insurer = { authorization: 'AUTH-1', payer: openid, fundFen: 6000, accountFen: 1000, otherFen: 0, leftFen: 0 }
  const opened = await actor.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { [controlHeader]: keys.controlToken },
    payload: {
      merchants: [{ merchant: mchid, app: appid, checksBy: 'certificate' }],
      payers: [openid],
      insurerOrders: [{ payOrder: 'ORD310100202010120000000001', ...insurer }],
      settings: { refundTakesMs: 0 },
    },
  })
  expect(opened.statusCode).toBe(200)
})
afterAll(() => actor.stop())

let asked = 0
async function ask({ method, example }: WechatMessage, body: string) {
  asked += 1
  const [timestamp, nonce] = [String(nowMs / 1000), `nonce${asked}`]
  const { privateKey, certificate } = wallet.merchant(mchid)
  const signature = signRsa(privateKey, requestWords(method, example.path, timestamp, nonce, body))
  const words = { mchid, nonce_str: nonce, timestamp, serial_no: certificate.serial, signature }
  const authorization = `${scheme} ${Object.entries(words)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`
  return actor.app.inject({
    method,
    url: example.path,
    headers: { authorization, ...(body === '' ? {} : { 'content-type': 'application/json' }) },
    ...(body === '' ? {} : { payload: body }),
  })
}
/** What the payer does at the phone after a message, and what only the moment can give the request. */
const afterwards: Readonly<Record<string, () => Promise<unknown>>> = {
  JSAPI下单: () => actor.desk.confirm({ payer: openid, prepay: 'wx2020101200000000000000000000000001', does: 'pay' }),
  医保自费混合收款下单: () => actor.desk.confirmMixed({ payer: openid, mixed: '2020101200000000000000000001', does: 'pay' }),
  医保退款通知: async () => clock.set(nowMs + 7_200_000),
}
async function bodyOf({ example }: WechatMessage): Promise<string> {
  if (example.body === undefined) return ''
  const sealed = () => sealField(wallet.publicKey().publicKey, '张三')
  const code = await actor.desk.showCode({ payer: openid })
  return JSON.stringify(example.body)
    .replaceAll(sealedExample, sealed)
    .replace('130000000000000000', code.outcome === 'code' ? code.code : '')
}

test.each(wechatMessages.map((message) => [`${message.method} ${message.path} ${message.zh}`, message] as const))(
  '%s: its pair is in form, and the wallet answers so, signed',
  async (_, message) => {
    const { body, answer, example } = message
    if (body !== undefined) expect([...Value.Errors(body, example.body)]).toEqual([])
    if (answer !== undefined) expect([...Value.Errors(answer, example.answer)]).toEqual([])
    const said = await ask(message, await bodyOf(message))
    expect({ status: said.statusCode, body: said.body }).toMatchObject({ status: answer === undefined ? 204 : 200 })
    if (example.answer !== undefined) {
      const heard = said.json() as Record<string, unknown>
      expect([...Value.Errors(answer as never, heard)]).toEqual([])
      const byChance = Object.fromEntries((example.byChance ?? []).map((name) => [name, expect.anything()]))
      expect(heard).toEqual({ ...example.answer, ...byChance })
    }
    const header = (name: string) => String(said.headers[name] ?? '')
    const words = answerWords(header('wechatpay-timestamp'), header('wechatpay-nonce'), said.body)
    expect(isRsaSignature(wallet.platform(1).publicKey, words, header('wechatpay-signature'))).toBe(true)
    await afterwards[message.zh]?.()
  },
)
