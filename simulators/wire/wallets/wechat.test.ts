import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { wireTestsPage, withBlock } from '../../../tools/page-block.ts'
import { readWechatCallback } from '../dialects/wallet-callbacks.ts'
import { requestWords, scheme, signedHeaders } from '../dialects/wechat/signature.ts'
import { openResource, type SealedResource, sealResource } from '../signing/resource-cipher.ts'
import { signRsa } from '../signing/rsa.ts'
import { refusalsOf } from '../testing/refusals.ts'
import { keys } from '../testing/small-wire.ts'
import { Wechatpay } from '../testing/stock-wechat.ts'
import {
  control,
  could,
  mchid,
  notice,
  noticeUrl,
  onWechatStage,
  openid,
  order,
  origin,
  pays,
  refusal,
  stock,
  tokenOf,
  wallet,
} from '../testing/wechat-stage.ts'
import { phone } from './testing/phone.ts'
import { signerFor } from './wechat-wallet.ts'

onWechatStage(planOf('small-town'))

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

test('the public key changes with its id: who asks for either is answered under it, and callbacks come under the latest', async () => {
  const spki = (number: number) => wallet.publicKey(number).publicKey.export({ type: 'spki', format: 'pem' })
  const answeredUnder = async (asked: number, holds: number) => {
    const client = stock({ [wallet.publicKeyIdOf(holds)]: spki(holds) })
    const headers = { 'Wechatpay-Serial': wallet.publicKeyIdOf(asked) }
    const answer = await client.request('v3/certificates', 'GET', undefined, { headers })
    return answer.headers['wechatpay-serial']
  }
  // Before the change nobody is signed to under the second key.
  await expect(answeredUnder(2, 2)).rejects.toThrow(wallet.publicKeyIdOf(1))
  const byKey = { merchant: '1900000118', app: 'wx-by-key', checksBy: 'public-key' }
  await control('POST', '/control/opening', { merchants: [byKey], payers: [], rotatePublicKey: true })
  expect(wallet.publicKeyIdOf(2)).not.toBe(wallet.publicKeyIdOf(1))
  expect(await answeredUnder(1, 1)).toBe(wallet.publicKeyIdOf(1))
  expect(await answeredUnder(2, 2)).toBe(wallet.publicKeyIdOf(2))
  const state = () => ({ merchants: new Map([[byKey.merchant, byKey]]), publicKeyNumber: 2, keyNumber: 1 }) as never
  const signer = signerFor({ state, keys: wallet }, byKey.merchant, undefined)
  expect(signer.serial).toBe(wallet.publicKeyIdOf(2))
  const resource = sealResource(wallet.merchant(byKey.merchant).apiV3KeyObject, '{"out_trade_no":"M1"}', 'nonce-of-12-', 'transaction')
  const body = JSON.stringify({ resource })
  const told = { headers: signedHeaders(signer, '1800000000', 'N1', body), body, nowMs: 1_800_000_000_000 }
  expect(readWechatCallback(told, wallet, byKey.merchant)).toMatchObject({ outcome: 'news', order: 'M1' })
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

/** A request of the merchant as it stands on the wire, signed now or at another time. */
function signedOrder(ageSeconds: number, nonce: string) {
  const { certificate, privateKey } = wallet.merchant(mchid)
  const body = JSON.stringify(order('M20201012000060', 100))
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
  const signature = signRsa(privateKey, requestWords('POST', '/v3/pay/transactions/jsapi', timestamp, nonce, body))
  const authorization = `${scheme} mchid="${mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${certificate.serial}",signature="${signature}"`
  const send = async () =>
    (
      await fetch(`${origin}/v3/pay/transactions/jsapi`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body,
      })
    ).status
  return { send }
}

test('a request of yesterday or from the future, and one that was recorded, are refused, leave no trace and are counted', async () => {
  const books = async () => JSON.stringify(await control('GET', '/control/books'))
  const countedBefore = await Promise.all([refusalsOf(origin, 'expired-signature'), refusalsOf(origin, 'replayed')])
  const before = await books()
  expect([await signedOrder(86_400, 'n1').send(), await signedOrder(-600, 'n2').send()]).toEqual([401, 401])
  expect(await books()).toBe(before)
  const recorded = signedOrder(0, 'n3')
  expect(await recorded.send()).toBe(200)
  const once = await books()
  expect(await recorded.send()).toBe(401)
  expect(await books()).toBe(once)
  expect(await Promise.all([refusalsOf(origin, 'expired-signature'), refusalsOf(origin, 'replayed')])).toEqual([
    (countedBefore[0] ?? 0) + 2,
    (countedBefore[1] ?? 0) + 1,
  ])
})

test('forged and foreign requests are refused and leave nothing in the books', async () => {
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

test('docs/wire-tests.md says what the stock client could do; renew it with npx vitest run wechat.test -u', async () => {
  await expect(
    withBlock(
      'wechat-client',
      [...could]
        .sort()
        .map((call) => `- \`${call}\``)
        .join('\n'),
    ),
  ).toMatchFileSnapshot(wireTestsPage)
})
