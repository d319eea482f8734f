import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import wechatpay from 'wechatpay-axios-plugin'
import { answerWords } from '../dialects/wechat/signature.ts'
import { type Served, serve } from '../serve.ts'
import { controlHeader } from '../server/control.ts'
import { openResource, type SealedResource } from '../signing/resource-cipher.ts'
import { isRsaSignature, sealField } from '../signing/rsa.ts'
import { walletKeys } from '../signing/wallet-keys.ts'
import { keys } from '../testing/small-wire.ts'
import { phone } from './testing/phone.ts'

const { Wechatpay } = wechatpay as unknown as { Wechatpay: new (config: object) => { v3: never; client: StockClient } }
interface StockClient {
  request(
    path: string,
    method: string,
    data?: object,
    config?: object,
  ): Promise<{ status: number; data: never; headers: Record<string, string> }>
}

const mchid = '1900000001'
const appid = 'wx-synthetic-app'
const openid = 'o-payer-42'
const wallet = walletKeys(keys, 'wechat')
let served: Served
let merchant: Server
let noticeUrl = ''
/** Callbacks as they came, with their headers. */
const heard: { readonly headers: Record<string, string>; readonly body: string }[] = []
const waiting: (() => void)[] = []
let origin = ''

beforeAll(async () => {
  served = await serve({
    city: { parties: { banks: [], channels: [] } as never, people: {} as never },
    policy: {} as never,
    date: '2020-10-12',
    version: 'test',
    keys,
    booksFolder: undefined,
    only: ['wechat'],
    host: '127.0.0.1',
    firstPort: 0,
  })
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
    payers: [openid],
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

/** A stock client: only base URL and keys are ours. It checks the signature of every answer itself and throws where one is wrong. */
const stock = (certs: Record<string, unknown> = { [wallet.platform(1).certificate.serial]: wallet.platform(1).certificate.pem }) =>
  new Wechatpay({
    mchid,
    serial: wallet.merchant(mchid).certificate.serial,
    privateKey: wallet.merchant(mchid).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certs,
    secret: wallet.merchant(mchid).apiV3Key,
    baseURL: `${origin}/`,
  }).client
const tokenOf = (address: string) => ({ token: new URL(address).searchParams.get('token') })
const refusal = async (call: Promise<unknown>) => {
  const { response } = (await call.then(
    () => ({ response: { status: 200, data: { code: 'NOT REFUSED' } } }),
    (error: unknown) => error,
  )) as { response: { status: number; data: { code: string; message: string } } }
  return { status: response.status, code: response.data.code, message: response.data.message }
}
const order = (number: string, total: number, more: object = {}) => ({
  appid,
  mchid,
  description: '门诊缴费',
  out_trade_no: number,
  notify_url: noticeUrl,
  amount: { total, currency: 'CNY' },
  payer: { openid },
  ...more,
})
const pays = (body: object) => phone(origin, keys.between('phone', 'wechat'), '/phone/payments', { payer: openid, ...body })
async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method,
    headers: { [controlHeader]: keys.controlToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
/** The callback about this order or refund, opened; its signature checked with the certificate it names. */
async function notice(word: string): Promise<{ event: string; contents: Record<string, unknown> }> {
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

test('a stock client orders, the payer pays, it hears the callback, queries, refunds and fetches the bill of the day', async () => {
  const client = stock()
  const { data: prepay } = await client.request('v3/pay/transactions/jsapi', 'POST', order('M20201012000001', 12_000))
  expect(await client.request('v3/pay/transactions/out-trade-no/M20201012000001', 'GET', undefined, { params: { mchid } })).toMatchObject({
    data: { trade_state: 'NOTPAY', amount: { total: 12_000 } },
  })
  expect(await pays({ prepay: (prepay as { prepay_id: string }).prepay_id, does: 'pay' })).toMatchObject({
    outcome: 'order',
    order: { state: 'paid' },
  })
  const paid = await client.request('v3/pay/transactions/out-trade-no/M20201012000001', 'GET', undefined, { params: { mchid } })
  expect(paid.data).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'JSAPI', payer: { openid } })
  const { transaction_id: number } = paid.data as { transaction_id: string }
  expect(number).toMatch(/^\d{28}$/)
  expect(await notice('M20201012000001')).toMatchObject({
    event: 'TRANSACTION.SUCCESS',
    contents: { transaction_id: number, trade_state: 'SUCCESS' },
  })

  const refund = {
    transaction_id: number,
    out_refund_no: 'R20201012000001',
    amount: { refund: 2000, total: 12_000, currency: 'CNY' },
    notify_url: noticeUrl,
  }
  const asked = await client.request('v3/refund/domestic/refunds', 'POST', refund)
  const again = await client.request('v3/refund/domestic/refunds', 'POST', refund)
  expect((again.data as { refund_id: string }).refund_id).toBe((asked.data as { refund_id: string }).refund_id)
  expect(await client.request('v3/refund/domestic/refunds/R20201012000001', 'GET')).toMatchObject({
    data: { status: 'SUCCESS', amount: { refund: 2000 } },
  })
  expect(await notice('R20201012000001')).toMatchObject({ event: 'REFUND.SUCCESS', contents: { refund_status: 'SUCCESS' } })
  expect(
    await refusal(
      client.request('v3/refund/domestic/refunds', 'POST', {
        ...refund,
        out_refund_no: 'R2',
        amount: { ...refund.amount, refund: 10_001 },
      }),
    ),
  ).toMatchObject({
    status: 400,
    code: 'INVALID_REQUEST',
  })

  const bill = { params: { bill_date: '2020-10-12', bill_type: 'ALL' } }
  expect(await refusal(client.request('v3/bill/tradebill', 'GET', undefined, bill))).toMatchObject({ code: 'STATEMENT_CREATING' })
  await control('PUT', '/control/clock', { now: '2020-10-13 10:00:00' })
  const { hash_value: hash, download_url: address } = (await client.request('v3/bill/tradebill', 'GET', undefined, bill)).data as {
    hash_value: string
    download_url: string
  }
  const { data: csv } = await client.request('v3/billdownload/file', 'GET', undefined, { params: tokenOf(address), responseType: 'text' })
  expect(
    createHash('sha1')
      .update(csv as string)
      .digest('hex'),
  ).toBe(hash)
  const lines = (csv as string).trimEnd().split('\r\n')
  expect(lines[1]).toContain('`M20201012000001')
  expect(lines[1]).toContain('`120.00')
  expect(lines[2]).toContain('`R20201012000001')
  expect(lines.at(-1)).toBe('`2,`120.00,`20.00,`0.00,`0.00000,`120.00,`20.00')
  const flow = (await client.request('v3/bill/fundflowbill', 'GET', undefined, { params: { bill_date: '2020-10-12' } })).data as {
    download_url: string
  }
  const { data: flowCsv } = await client.request('v3/billdownload/file', 'GET', undefined, {
    params: tokenOf(flow.download_url),
    responseType: 'text',
  })
  expect((flowCsv as string).trimEnd().split('\r\n').at(-1)).toBe('`2,`1,`120.00,`1,`20.00')
  await control('PUT', '/control/clock', { now: '2020-10-12 08:00:00' })
})

test('keys rotate: the client fetches both certificates and checks answers of the new one; a key of its own checks them too', async () => {
  await control('POST', '/control/opening', { merchants: [], payers: [], rotateKey: true })
  const [first, second] = [wallet.platform(1).certificate, wallet.platform(2).certificate]
  await expect(stock().request('v3/certificates', 'GET')).rejects.toThrow(second.serial)
  const client = stock({ [first.serial]: first.pem, [second.serial]: second.pem })
  const { data } = (await client.request('v3/certificates', 'GET')).data as {
    data: { serial_no: string; encrypt_certificate: SealedResource }[]
  }
  expect(data.map(({ serial_no }) => serial_no)).toEqual([first.serial, second.serial])
  expect(data.map((item) => openResource(wallet.merchant(mchid).apiV3KeyObject, item.encrypt_certificate))).toEqual([first.pem, second.pem])
  const byKey = stock({ [wallet.publicKeyId]: wallet.publicKey().publicKey.export({ type: 'spki', format: 'pem' }) })
  const headers = { 'Wechatpay-Serial': wallet.publicKeyId }
  expect((await byKey.request('v3/certificates', 'GET', undefined, { headers })).status).toBe(200)
})

const both = () => stock({ [wallet.platform(2).certificate.serial]: wallet.platform(2).certificate.pem })

test('a code payment above the limit waits for the password, is undone when it is revoked, and a code pays once', async () => {
  const client = both()
  const code = async () =>
    ((await phone(origin, keys.between('phone', 'wechat'), '/phone/codes', { payer: openid })) as { code: string }).code
  const first = await code()
  const { payer: _, ...body } = order('M20201012000010', 5000)
  const paid = await client.request('v3/pay/transactions/codepay', 'POST', { ...body, payer: { auth_code: first } })
  expect(paid.data).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'MICROPAY' })
  expect((await client.request('v3/pay/transactions/codepay', 'POST', { ...body, payer: { auth_code: first } })).data).toEqual(paid.data)
  expect(
    await refusal(
      client.request('v3/pay/transactions/codepay', 'POST', { ...body, out_trade_no: 'M20201012000011', payer: { auth_code: first } }),
    ),
  ).toMatchObject({
    code: 'AUTH_CODE_INVALID',
  })
  const large = {
    ...body,
    out_trade_no: 'M20201012000012',
    amount: { total: 200_000, currency: 'CNY' },
    payer: { auth_code: await code() },
  }
  expect(await client.request('v3/pay/transactions/codepay', 'POST', large)).toMatchObject({ status: 202, data: { code: 'USERPAYING' } })
  const query = () => client.request('v3/pay/transactions/out-trade-no/M20201012000012', 'GET', undefined, { params: { mchid } })
  expect((await query()).data).toMatchObject({ trade_state: 'USERPAYING' })
  expect(await client.request('v3/pay/transactions/out-trade-no/M20201012000012/reverse', 'POST', { mchid })).toMatchObject({ status: 204 })
  expect((await query()).data).toMatchObject({ trade_state: 'REVOKED' })
})

test('what is closed, revoked or refunded before it came is refused when it comes', async () => {
  const client = both()
  expect(await refusal(client.request('v3/pay/transactions/out-trade-no/M20201012000020/close', 'POST', { mchid }))).toMatchObject({
    status: 404,
    code: 'ORDER_NOT_EXIST',
  })
  expect(await refusal(client.request('v3/pay/transactions/jsapi', 'POST', order('M20201012000020', 100)))).toMatchObject({
    code: 'ORDER_CLOSED',
  })
  const refund = { out_trade_no: 'M20201012000021', out_refund_no: 'R20201012000021', amount: { refund: 1, total: 1, currency: 'CNY' } }
  expect(await refusal(client.request('v3/refund/domestic/refunds', 'POST', refund))).toMatchObject({
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
  })
  expect(await refusal(client.request('v3/pay/transactions/native', 'POST', order('M20201012000021', 100)))).toMatchObject({
    code: 'ORDER_CLOSED',
  })
  await client.request('v3/pay/transactions/native', 'POST', order('M20201012000022', 100))
  expect(await refusal(client.request('v3/pay/transactions/native', 'POST', order('M20201012000022', 101)))).toMatchObject({
    code: 'OUT_TRADE_NO_USED',
  })
})

test('an order is refunded at most fifty times', async () => {
  const client = both()
  const { prepay_id: prepay } = (await client.request('v3/pay/transactions/jsapi', 'POST', order('M20201012000030', 100))).data as {
    prepay_id: string
  }
  await pays({ prepay, does: 'pay' })
  const back = (number: number) =>
    client.request('v3/refund/domestic/refunds', 'POST', {
      out_trade_no: 'M20201012000030',
      out_refund_no: `R30-${number}`,
      amount: { refund: 1, total: 100, currency: 'CNY' },
    })
  for (let number = 1; number <= 50; number++) await back(number)
  expect(await refusal(back(51))).toMatchObject({ code: 'INVALID_REQUEST', message: expect.stringContaining('50') })
})

/** The parts of a mixed order; the payer's name and ID digest sealed for the wallet's public key. */
const mixed = (number: string, payOrder: string, prepay: string, more: object = {}) => ({
  mix_pay_type: 'CASH_AND_INSURANCE',
  order_type: 'DIAG_PAY',
  appid,
  openid,
  payer: {
    name: sealField(wallet.publicKey().publicKey, '张三'),
    id_digest: sealField(wallet.publicKey().publicKey, '0'.repeat(64)),
    card_type: 'ID_CARD',
  },
  out_trade_no: number,
  serial_no: 'HIS0001',
  pay_order_id: payOrder,
  pay_auth_no: 'AUTH-1',
  city_id: '310100',
  med_inst_name: '合成医院',
  med_inst_no: 'H31010000007',
  total_fee: 10_500,
  med_ins_gov_fee: 6000,
  med_ins_self_fee: 1000,
  med_ins_other_fee: 0,
  med_ins_cash_fee: 3000,
  wechat_pay_cash_fee: 3300,
  cash_add_detail: [{ cash_add_fee: 500, cash_add_type: 'FREIGHT' }],
  cash_reduce_detail: [{ cash_reduce_fee: 200, cash_reduce_type: 'DEFAULT_REDUCE_TYPE' }],
  callback_url: noticeUrl,
  prepay_id: prepay,
  ...more,
})
const prepayOf = async (number: string, total: number) =>
  ((await both().request('v3/pay/transactions/jsapi', 'POST', order(number, total))).data as { prepay_id: string }).prepay_id
const confirms = (number: string) =>
  phone(origin, keys.between('phone', 'wechat'), '/phone/mixed-payments', { payer: openid, mixed: number, does: 'pay' })

test('a mixed order keeps its formulas, is paid in both parts at once, and both go back by their own ways', async () => {
  const client = both()
  const prepay = await prepayOf('M20201012000040', 3300)
  const body = mixed('X1', 'ORD310100202010120000000001', prepay)
  const wrong = [
    [{ total_fee: 10_501 }, '268529477'],
    [{ wechat_pay_cash_fee: 3301, total_fee: 10_501 }, '268529477'],
    [{ mix_pay_type: 'INSURANCE_ONLY' }, '268529481'],
    [{ pay_auth_no: 'AUTH-9' }, '268547120'],
    [{ med_ins_gov_fee: 5900, med_ins_self_fee: 1100 }, '268510610'],
  ] as const
  for (const [change, number] of wrong) {
    expect(await refusal(client.request('v3/med-ins/orders', 'POST', { ...body, ...change }))).toMatchObject({
      status: 400,
      message: expect.stringContaining(number),
    })
  }
  expect(await refusal(client.request('v3/med-ins/orders/out-trade-no/X1', 'GET'))).toMatchObject({
    status: 404,
    message: expect.stringContaining('268529515'),
  })
  const { mix_trade_no: number } = (await client.request('v3/med-ins/orders', 'POST', body)).data as { mix_trade_no: string }
  expect(
    await refusal(client.request('v3/med-ins/orders', 'POST', { ...body, out_trade_no: 'X1', total_fee: 10_500, order_type: 'REG_PAY' })),
  ).toMatchObject({ code: 'NOT REFUSED' })
  const state = async () => (await client.request(`v3/med-ins/orders/mix-trade-no/${number}`, 'GET')).data as Record<string, unknown>
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_CREATED',
    self_pay_status: 'SELF_PAY_CREATED',
    med_ins_pay_status: 'MED_INS_PAY_CREATED',
  })
  await confirms(number)
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_SUCCESS',
    self_pay_status: 'SELF_PAY_SUCCESS',
    med_ins_pay_status: 'MED_INS_PAY_SUCCESS',
  })
  expect(await notice('X1')).toMatchObject({ event: 'MEDICAL_INSURANCE.SUCCESS', contents: { total_fee: 10_500 } })
  const back = { out_trade_no: 'M20201012000040', out_refund_no: 'RX1', amount: { refund: 3300, total: 3300, currency: 'CNY' } }
  await client.request('v3/refund/domestic/refunds', 'POST', back)
  const told = {
    med_refund_total_fee: 7000,
    med_refund_gov_fee: 6000,
    med_refund_self_fee: 1000,
    med_refund_other_fee: 0,
    refund_time: '2020-10-12T09:00:00+08:00',
    out_refund_no: 'RX1',
  }
  const notify = (body: object) => client.request('v3/med-ins/refunds/notify', 'POST', body, { params: { mix_trade_no: number } })
  expect(await refusal(notify({ ...told, med_refund_gov_fee: 5999 }))).toMatchObject({ message: expect.stringContaining('268529477') })
  expect(await notify(told)).toMatchObject({ status: 204 })
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_REFUND',
    self_pay_status: 'SELF_PAY_REFUND',
    med_ins_pay_status: 'MED_INS_PAY_REFUND',
  })
})

test('when the insurer does not settle, the cash part goes back by itself', async () => {
  const client = both()
  const prepay = await prepayOf('M20201012000041', 3000)
  const amounts = {
    total_fee: 8000,
    med_ins_gov_fee: 5000,
    med_ins_self_fee: 0,
    med_ins_cash_fee: 3000,
    wechat_pay_cash_fee: 3000,
    cash_add_detail: [],
    cash_reduce_detail: [],
  }
  const body = mixed('X2', 'ORD310100202010120000000002', prepay, { ...amounts, pay_auth_no: 'AUTH-2' })
  const { mix_trade_no: number } = (await client.request('v3/med-ins/orders', 'POST', body)).data as { mix_trade_no: string }
  await confirms(number)
  expect((await client.request('v3/med-ins/orders/out-trade-no/X2', 'GET')).data).toMatchObject({
    mix_pay_status: 'MIX_PAY_FAIL',
    self_pay_status: 'SELF_PAY_REFUND',
    med_ins_pay_status: 'MED_INS_PAY_FAIL',
    med_ins_fail_reason: '单边账',
  })
  expect(
    (await client.request('v3/pay/transactions/out-trade-no/M20201012000041', 'GET', undefined, { params: { mchid } })).data,
  ).toMatchObject({ trade_state: 'REFUND' })
})

test('an order of the insurer alone and one of cash alone have no other part', async () => {
  const client = both()
  const amounts = {
    total_fee: 5000,
    med_ins_gov_fee: 5000,
    med_ins_self_fee: 0,
    med_ins_cash_fee: 0,
    wechat_pay_cash_fee: 0,
    cash_add_detail: [],
    cash_reduce_detail: [],
  }
  const { prepay_id: _, ...insured } = mixed('X3', 'ORD310100202010120000000003', '', {
    ...amounts,
    mix_pay_type: 'INSURANCE_ONLY',
    pay_auth_no: 'AUTH-3',
  })
  expect((await client.request('v3/med-ins/orders', 'POST', insured)).data).toMatchObject({
    self_pay_status: 'NO_SELF_PAY',
    med_ins_pay_status: 'MED_INS_PAY_CREATED',
  })
  const {
    pay_order_id: __,
    pay_auth_no: ___,
    ...cash
  } = mixed('X4', '', await prepayOf('M20201012000044', 800), {
    ...amounts,
    mix_pay_type: 'CASH_ONLY',
    total_fee: 800,
    med_ins_gov_fee: 0,
    med_ins_cash_fee: 800,
    wechat_pay_cash_fee: 800,
  })
  expect((await client.request('v3/med-ins/orders', 'POST', cash)).data).toMatchObject({
    self_pay_status: 'SELF_PAY_CREATED',
    med_ins_pay_status: 'NO_MED_INS_PAY',
  })
})

test('forged, expired, replayed and foreign requests are refused and leave nothing in the books', async () => {
  const before = ((await control('GET', '/control/books')) as { entries: unknown[] }).entries.length
  const forged = new Wechatpay({
    mchid,
    serial: wallet.merchant(mchid).certificate.serial,
    privateKey: wallet.merchant('1900000099').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certs: { [wallet.platform(2).certificate.serial]: wallet.platform(2).certificate.pem },
    baseURL: `${origin}/`,
  }).client
  expect(await refusal(forged.request('v3/pay/transactions/jsapi', 'POST', order('M20201012000050', 100)))).toMatchObject({
    status: 401,
    code: 'SIGN_ERROR',
  })
  expect(
    await refusal(both().request('v3/pay/transactions/jsapi', 'POST', order('M20201012000050', 100, { mchid: '1900000099' }))),
  ).toMatchObject({ status: 403, code: 'NO_AUTH' })
  const unsigned = await fetch(`${origin}/v3/pay/transactions/jsapi`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order('M20201012000050', 100)),
  })
  expect(unsigned.status).toBe(401)
  for (const total of [0, -1, 1.5]) {
    expect(await refusal(both().request('v3/pay/transactions/jsapi', 'POST', order('M20201012000050', total)))).toMatchObject({
      status: 400,
      code: 'PARAM_ERROR',
    })
  }
  expect(((await control('GET', '/control/books')) as { entries: unknown[] }).entries).toHaveLength(before)
  expect(JSON.stringify(await control('GET', '/control/books'))).not.toMatch(/AUTH-\d|张三/)
})
