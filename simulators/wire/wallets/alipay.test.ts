import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AlipaySdk } from 'alipay-sdk'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { wireTestsPage, withBlock } from '../../../tools/page-block.ts'
import { secondOf } from '../desks/business-time.ts'
import { signedWords } from '../dialects/alipay/notice.ts'
import { type Served, serve } from '../serve.ts'
import { controlHeader } from '../server/control.ts'
import { signRsa } from '../signing/rsa.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { refusalsOf } from '../testing/refusals.ts'
import { keys } from '../testing/small-wire.ts'
import { phone } from './testing/phone.ts'

const appId = '2021000000000001'
const payer = '2088000000000042'
const wallet = walletKeys(keys, 'alipay')
let served: Served
let origin = ''

beforeAll(async () => {
  served = await serve({
    city: { parties: { banks: [], channels: [] } as never, people: {} as never },
    policy: {} as never,
    date: '2020-10-12',
    version: 'test',
    keys,
    booksFolder: undefined,
    only: ['alipay'],
    host: '127.0.0.1',
    firstPort: 0,
  })
  origin = served.originOf('alipay')
  await control('POST', '/control/opening', { merchants: [{ merchant: appId, app: appId, checksBy: 'public-key' }], payers: [payer] })
})
afterAll(() => served.stop())

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method,
    headers: { [controlHeader]: keys.controlToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
/** Methods that a stock client had answered well, for the page. */
const could = new Set<string>()
/** A stock client: gateway and keys alone are ours. With validateSign it throws on a wrong signature of an answer. */
function stock(keyOf = appId): AlipaySdk {
  const client = new AlipaySdk({
    appId,
    privateKey: wallet.merchant(keyOf).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    keyType: 'PKCS8',
    alipayPublicKey: wallet.publicKey().publicKey.export({ type: 'spki', format: 'pem' }) as string,
    gateway: `${origin}/gateway.do`,
    camelcase: true,
  })
  const exec = client.exec.bind(client)
  client.exec = async (method, ...rest) => {
    const answer = await exec(method, ...rest)
    if (answer.code === '10000') could.add(method)
    return answer
  }
  return client
}
const ask = (method: string, bizContent: object) => stock().exec(method, { bizContent }, { validateSign: true })
const code = async () => ((await phone(origin, keys.between('phone', 'alipay'), '/phone/codes', { payer })) as { code: string }).code

test('a stock client takes a code payment, queries, refunds twice alike and fetches the bill of the day', async () => {
  const body = { out_trade_no: 'A20201012000001', total_amount: '88.88', subject: '门诊缴费', auth_code: await code(), scene: 'bar_code' }
  const paid = await ask('alipay.trade.pay', body)
  expect(paid).toMatchObject({ code: '10000', totalAmount: '88.88', buyerUserId: payer })
  expect(await ask('alipay.trade.query', { out_trade_no: 'A20201012000001' })).toMatchObject({
    tradeStatus: 'TRADE_SUCCESS',
    tradeNo: paid['tradeNo'],
  })
  const refund = { trade_no: paid['tradeNo'], refund_amount: '8.88', out_request_no: 'AR1' }
  for (const _ of [1, 2])
    expect(await ask('alipay.trade.refund', refund)).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '8.88' })
  expect(await ask('alipay.trade.fastpay.refund.query', { ...refund, refund_amount: undefined })).toMatchObject({
    refundStatus: 'REFUND_SUCCESS',
  })
  expect(await ask('alipay.trade.refund', { ...refund, out_request_no: 'AR2', refund_amount: '80.01' })).toMatchObject({ code: '40004' })
  const bill = { bill_type: 'trade', bill_date: '2020-10-12' }
  expect(await ask('alipay.data.dataservice.bill.downloadurl.query', bill)).toMatchObject({ code: '40004', subCode: 'isp.bill_not_exist' })
  await control('PUT', '/control/clock', { now: '2020-10-13 10:00:00' })
  const { billDownloadUrl } = await ask('alipay.data.dataservice.bill.downloadurl.query', bill)
  const csv = await (await fetch(billDownloadUrl as string)).text()
  expect(
    csv
      .split('\r\n')
      .filter((line) => line.includes('A20201012000001'))
      .map((line) => line.split(',')[5]),
  ).toEqual(['88.88', '-8.88'])
  const account = await ask('alipay.data.dataservice.bill.downloadurl.query', { ...bill, bill_type: 'signcustomer' })
  expect((await (await fetch(account['billDownloadUrl'] as string)).text()).split('\r\n').slice(-3)).toEqual([
    '#收入合计：1笔，88.88元',
    '#支出合计：1笔，-8.88元',
    '',
  ])
})

test('a large payment waits for the password and a cancel undoes it; a cancel before the order buries it', async () => {
  const body = { out_trade_no: 'A20201012000002', total_amount: '2000.00', subject: '住院押金', auth_code: await code(), scene: 'bar_code' }
  expect(await ask('alipay.trade.pay', body)).toMatchObject({ code: '10003' })
  expect(await ask('alipay.trade.query', { out_trade_no: body.out_trade_no })).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' })
  expect(await ask('alipay.trade.cancel', { out_trade_no: body.out_trade_no })).toMatchObject({ code: '10000', action: 'close' })
  expect(await ask('alipay.trade.query', { out_trade_no: body.out_trade_no })).toMatchObject({ tradeStatus: 'TRADE_CLOSED' })
  expect(await ask('alipay.trade.cancel', { out_trade_no: 'A20201012000003' })).toMatchObject({ code: '10000' })
  const late = { out_trade_no: 'A20201012000003', total_amount: '1.00', subject: '挂号' }
  expect(await ask('alipay.trade.precreate', late)).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_HAS_CLOSE' })
})

test('a stock client shows an order, hears of its payment under a signature it accepts, and closes another that nobody paid', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const merchant = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      reply.end('success')
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
  await new Promise<void>((listening) => merchant.listen(0, '127.0.0.1', listening))
  onTestFinished(() => new Promise((closed) => merchant.close(() => closed())))
  const notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notices`
  const order = { out_trade_no: 'A20201012000004', total_amount: '12.34', subject: '门诊缴费' }
  const { qrCode } = await stock().exec('alipay.trade.precreate', { notifyUrl, bizContent: order }, { validateSign: true })
  const prepay = (qrCode as string).split('/').at(-1)
  await phone(origin, keys.between('phone', 'alipay'), '/phone/payments', { payer, prepay, does: 'pay' })
  const form = Object.fromEntries(new URLSearchParams(await promise))
  expect(form).toMatchObject({ out_trade_no: 'A20201012000004', trade_status: 'TRADE_SUCCESS', total_amount: '12.34' })
  expect(stock().checkNotifySignV2(form)).toBe(true)
  expect(stock().checkNotifySignV2({ ...form, total_amount: '0.01' })).toBe(false)

  await ask('alipay.trade.precreate', { ...order, out_trade_no: 'A20201012000005' })
  expect(await ask('alipay.trade.close', { out_trade_no: 'A20201012000005' })).toMatchObject({ code: '10000' })
  expect(await ask('alipay.trade.query', { out_trade_no: 'A20201012000005' })).toMatchObject({ tradeStatus: 'TRADE_CLOSED' })
  expect(await ask('alipay.trade.close', { out_trade_no: 'A20201012000004' })).toMatchObject({ subCode: 'ACQ.TRADE_HAS_SUCCESS' })
})

/** A request of the app as it stands on the wire, signed at this second of the Chinese calendar. */
async function sendSigned(method: string, content: object, atMs: number, sentFor = content): Promise<Record<string, string>> {
  const form = {
    app_id: appId,
    method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: secondOf(atMs),
    version: '1.0',
    biz_content: JSON.stringify(content),
  }
  const sign = signRsa(wallet.merchant(appId).privateKey, signedWords(form))
  const sent = new URLSearchParams({ ...form, biz_content: JSON.stringify(sentFor), sign })
  const answer = (await (await fetch(`${origin}/gateway.do`, { method: 'POST', body: sent })).json()) as Record<
    string,
    Record<string, string>
  >
  return answer[`${method.replaceAll('.', '_')}_response`] ?? {}
}

test('a request outside of its day and a changed one are refused, leave no trace and are counted', async () => {
  const books = async () => JSON.stringify(await control('GET', '/control/books'))
  const before = await books()
  const counted = () => Promise.all([refusalsOf(origin, 'expired-signature'), refusalsOf(origin, 'wrong-signature')])
  const [expired = 0, wrong = 0] = await counted()
  const content = { out_trade_no: 'A20201012000020', total_amount: '1.00', subject: '挂号', auth_code: await code(), scene: 'bar_code' }
  for (const days of [-2, 2]) {
    const answer = await sendSigned('alipay.trade.pay', content, Date.now() + days * 86_400_000)
    expect(answer).toMatchObject({ code: '40002', sub_code: 'isv.invalid-timestamp' })
  }
  expect(await sendSigned('alipay.trade.pay', content, Date.now(), { ...content, total_amount: '0.01' })).toMatchObject({
    sub_code: 'isv.invalid-signature',
  })
  expect(await books()).toBe(before)
  expect(await counted()).toEqual([expired + 2, wrong + 1])
})

test('a recorded request sent again within its day has no second effect: the number of the order stands for it', async () => {
  const content = { out_trade_no: 'A20201012000021', total_amount: '1.00', subject: '挂号', auth_code: await code(), scene: 'bar_code' }
  const atMs = Date.now()
  const first = await sendSigned('alipay.trade.pay', content, atMs)
  expect(first).toMatchObject({ code: '10000', total_amount: '1.00' })
  const books = async () => JSON.stringify(await control('GET', '/control/books'))
  const once = await books()
  expect(await sendSigned('alipay.trade.pay', content, atMs)).toEqual(first)
  expect(await books()).toBe(once)
})

test('a wrong signature, an unknown method and an amount with three decimals are refused and leave nothing in the books', async () => {
  const entries = async () => ((await control('GET', '/control/books')) as { entries: unknown[] }).entries.length
  const before = await entries()
  const order = { out_trade_no: 'A20201012000009', total_amount: '1.00', subject: '挂号' }
  expect(await stock('another').exec('alipay.trade.precreate', { bizContent: order }, { validateSign: true })).toMatchObject({
    subCode: 'isv.invalid-signature',
  })
  expect(await stock().exec('alipay.trade.nothing', { bizContent: order })).toMatchObject({ subCode: 'isv.invalid-method' })
  for (const amount of ['1.001', '-1', 'x']) {
    expect(await ask('alipay.trade.precreate', { ...order, total_amount: amount })).toMatchObject({ subCode: 'ACQ.INVALID_PARAMETER' })
  }
  expect(await entries()).toBe(before)
})

test('docs/wire-tests.md says what the stock client could do; renew it with npx vitest run alipay.test -u', async () => {
  await expect(
    withBlock(
      'alipay-client',
      [...could]
        .sort()
        .map((method) => `- \`${method}\``)
        .join('\n'),
    ),
  ).toMatchFileSnapshot(wireTestsPage)
})
