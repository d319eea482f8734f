import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { fenOf } from '../../../money/fen.ts'
import { timestampOf } from '../../dialects/mobile/envelope.ts'
import { type Sealed, seal, unseal } from '../../dialects/mobile/seal.ts'
import { uploadOrder } from '../../dialects/mobile/upload.ts'
import { identities, insuredNumber, people } from '../../dialects/national/example-messages.ts'
import { isSignature, signatureHeaders } from '../../signing/hmac.ts'
import { mobileKeys } from '../../signing/mobile-keys.ts'
import { usualUserId } from '../../signing/sm2.ts'
import { nationalBureau } from '../../testing/national-bureau.ts'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))))

const identity = identities[people.employee]

async function sealedBureau(own?: { readonly noticeUrl: string }) {
  const { bureau, keys, realNowMs, later, entries } = await nationalBureau({}, {}, own)
  const held = mobileKeys(keys)
  const post = async (path: string, body: object) => {
    const { statusCode, body: text } = await bureau.app.inject({ method: 'POST', url: path, payload: body })
    return { status: statusCode, body: JSON.parse(text) as Sealed }
  }
  const sealed = (data: object, site = 7) =>
    seal(held.appOf(site), held.keyOf(site), { timestamp: timestampOf(realNowMs()), version: '2.0.1' }, data, usualUserId)
  const opened = (body: Sealed, site = 7) => unseal(held.appOf(site), held.centre, body, usualUserId) as Record<string, never>
  const upload = async (change: object = {}) => {
    const authorized = await bureau.desk.authorizePayment({ qr: identity?.qr ?? '' })
    const payAuthNo = authorized.outcome === 'payment-authorized' ? authorized.authorization : ''
    const shown = { idNo: identity?.idNumber ?? '', userName: identity?.name ?? '', psnNo: insuredNumber(people.employee), payAuthNo }
    return { ...uploadOrder.example.request, ...shown, ...change }
  }
  return { bureau, keys, post, sealed, opened, upload, later, entries }
}

test('a sealed upload is opened, answered sealed, and neither bears a name or a number in the open', async () => {
  const { post, sealed, opened, upload } = await sealedBureau()
  const request = sealed(await upload())
  const answer = await post(uploadOrder.path, request)
  expect(answer).toMatchObject({ status: 200, body: { success: true, encType: 'SM4', signType: 'SM2' } })
  expect(opened(answer.body)['payOrdId']).toMatch(/^ORD/)
  for (const word of [identity?.idNumber, identity?.name, 'ORD']) expect(JSON.stringify([request, answer.body])).not.toContain(word)
  const refused = await post(uploadOrder.path, sealed(await upload({ medOrgOrd: 'DD2', iptOtpNo: 'MZ0002', medfeeSumamt: '1.00' })))
  expect(refused.body).toMatchObject({ success: false, message: expect.stringContaining('医疗费总额') })
  expect(opened(refused.body)).toEqual({})
})

test('a seal that is changed, late, repeated, of nobody or of another site leaves no trace', async () => {
  const { post, sealed, upload, later, entries } = await sealedBureau()
  const before = await entries()
  const request = sealed(await upload())
  const changed = { ...request, encData: `${request.encData?.slice(0, -2)}00` }
  expect(await post(uploadOrder.path, changed)).toMatchObject({ status: 401 })
  expect(await post(uploadOrder.path, { ...request, appId: 'MP000000007FFFFFFFFFFFFFFFFFFFFF' })).toMatchObject({ status: 401 })
  expect(await post(uploadOrder.path, { ...request, signType: '' })).toMatchObject({ status: 401 })
  expect(await post(uploadOrder.path, { ...request, data: await upload() })).toMatchObject({ status: 401 })
  // Site 8 signs for itself, and site 7 is none of its business.
  expect(await post(uploadOrder.path, sealed(await upload(), 8))).toMatchObject({ status: 403 })
  // What is sealed is validated like what is open.
  expect(await post(uploadOrder.path, sealed(await upload({ medfeeSumamt: '-1' })))).toMatchObject({ status: 400 })
  expect(await entries()).toBe(before)
  expect(await post(uploadOrder.path, request)).toMatchObject({ status: 200 })
  expect(await post(uploadOrder.path, request)).toMatchObject({ status: 401, body: { message: expect.stringContaining('重放') } })
  const old = sealed(await upload())
  later(301_000)
  expect(await post(uploadOrder.path, old)).toMatchObject({ status: 401, body: { message: expect.stringContaining('签名时间') } })
})

test('a payment is told to the site that asked to hear (6302), once and signed, where it says that it heard', async () => {
  const heard: { readonly headers: Record<string, unknown>; readonly body: Buffer; readonly url: string }[] = []
  let told: () => void = () => undefined
  const whenTold = new Promise<void>((resolve) => {
    told = resolve
  })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks), url: request.url ?? '' })
      response.end('{"success":true,"message":"ok"}', told)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { bureau, keys, post, sealed, opened, upload } = await sealedBureau({
    noticeUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices?from=centre`,
  })
  const data = await upload()
  const order = opened((await post(uploadOrder.path, sealed(data))).body) as unknown as {
    payOrdId: string
    payToken: string
    extData: { mdtrtId: string }
  }
  const placing = { payAuthNo: data.payAuthNo, payOrdId: order.payOrdId, payToken: order.payToken, orgCodg: data.orgCodg }
  const rest = { orgBizSer: 'YW1', chrgBchno: 'B1', feeType: '01', mdtrtId: order.extData.mdtrtId }
  expect((await post('/org/local/api/hos/pay_order', sealed({ ...placing, ...rest }))).status).toBe(200)
  const paying = { order: order.payOrdId, authorization: data.payAuthNo, totalFen: fenOf(12_000), fundFen: fenOf(3600) }
  const paid = await bureau.desk.payOrder({ ...paying, accountFen: fenOf(3000), cashFen: fenOf(5400) })
  await whenTold
  const [notice] = heard
  expect(heard).toHaveLength(1)
  expect(JSON.parse(notice?.body.toString() ?? '')).toMatchObject({
    data: { payOrdId: order.payOrdId, callType: '02', fundPay: '36.00', hiDocSn: paid.outcome === 'insurer-paid' ? paid.settlement : '' },
  })
  const parts = {
    ...{ caller: 'bureau', method: 'POST', path: '/notices?from=centre', body: notice?.body ?? Buffer.alloc(0) },
    timestamp: Number(notice?.headers[signatureHeaders.timestamp]),
    nonce: String(notice?.headers[signatureHeaders.nonce]),
  }
  expect(isSignature(keys.between('bureau', 'his'), parts, String(notice?.headers[signatureHeaders.signature]))).toBe(true)
  await bureau.stop()
})
