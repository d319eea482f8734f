/** The worked pairs of Alipay's open gateway, played in their order against a wallet whose clocks stand still. All of it is synthetic. */
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alipayMessages } from '../dialects/alipay/messages.ts'
import { signedWords } from '../dialects/alipay/notice.ts'
import type { Actor } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { controlHeader } from '../server/control.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { isRsaSignature, signRsa } from '../signing/rsa.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { keys } from '../testing/small-wire.ts'
import { alipayWallet } from './alipay-wallet.ts'
import { walletActor } from './wallet-actor.ts'
import type { WholeWalletDesk } from './wallet-desk-over-book.ts'

const app = '2021000000000001'
const payer = '2088000000000042'
const nowMs = 1_602_460_800_000
const wallet = walletKeys(keys, 'alipay')
const clock = businessClock(nowMs, () => 0)
let actor: Actor<WholeWalletDesk>
beforeAll(async () => {
  actor = await walletActor(
    { version: 'test', ...clocksOf(clock, () => nowMs), keys, openBook: async () => memoryBookStore(), originOf: () => '' },
    alipayWallet,
  )
  const opened = await control('POST', '/control/opening', { merchants: [{ merchant: app, app, checksBy: 'public-key' }], payers: [payer] })
  expect(opened.statusCode).toBe(200)
})
afterAll(() => actor.stop())

const control = (method: 'GET' | 'POST', url: string, payload?: object) =>
  actor.app.inject({ method, url, headers: { [controlHeader]: keys.controlToken }, ...(payload === undefined ? {} : { payload }) })
async function ask(method: string, content: object, change: Readonly<Record<string, string>> = {}) {
  const form: Record<string, string> = {
    app_id: app,
    method,
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    timestamp: '2020-10-12 08:00:00',
    biz_content: JSON.stringify(content),
    ...change,
  }
  const sign = signRsa(wallet.merchant(app).privateKey, signedWords(form))
  const said = await actor.app.inject({
    method: 'POST',
    url: '/gateway.do',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...form, sign }).toString(),
  })
  const [, node = '', signature = ''] = /^\{"\w+_response":(\{.*\}),"sign":"([^"]+)"\}$/.exec(said.body) ?? []
  expect(isRsaSignature(wallet.publicKey().publicKey, node, signature)).toBe(true)
  return JSON.parse(node) as Record<string, unknown>
}

test.each(alipayMessages.map((message) => [message.method, message] as const))(
  '%s: its pair is in form, and the wallet answers so, signed',
  async (method, { content, reply, example }) => {
    expect([...Value.Errors(content, example.content)]).toEqual([])
    expect([...Value.Errors(reply, example.reply)]).toEqual([])
    const isBill = method.includes('bill')
    // The bill of the day before is there from nine o'clock.
    if (isBill) clock.set(nowMs + 7_200_000)
    const shown = await actor.desk.showCode({ payer })
    const code = shown.outcome === 'code' ? shown.code : ''
    const words = JSON.parse(JSON.stringify(example.content).replace('280000000000000000', code)) as object
    const heard = await ask(method, words)
    expect([...Value.Errors(reply, heard)]).toEqual([])
    expect(heard).toEqual({ ...example.reply, ...(isBill ? { bill_download_url: expect.stringContaining('/bills?token=') } : {}) })
  },
)

test.each(['', 'yesterday', '2020-10-12', '2020-10-10 07:59:59', '2020-10-14 08:00:01'])(
  'a request of the time “%s” is refused and leaves nothing in the book',
  async (timestamp) => {
    const entries = async () => ((await control('GET', '/control/books')).json() as { entries: unknown[] }).entries.length
    const before = await entries()
    const order = { out_trade_no: 'A20201012000009', total_amount: '1.00', subject: '挂号' }
    expect(await ask('alipay.trade.precreate', order, { timestamp })).toMatchObject({ sub_code: 'isv.invalid-timestamp' })
    expect(await entries()).toBe(before)
  },
)
