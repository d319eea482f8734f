/**
 * The mobile chain whole, over sockets: a consulting room has its hospital upload and place an order, sealed with SM2 and SM4 (6201, 6202), the
 * mixed payment is ordered at the wallet by a stock client, the payer confirms, the wallet asks the bureau, the bureau tells the hospital (6302),
 * and the bill is paid and invoiced.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { HisDesk } from './desks/his-desk.ts'
import type { MobileOrderDesk } from './desks/mobile-order-desk.ts'
import { mobileOrderOperations } from './dialects/mobile-orders.ts'
import { mobilePayerOperations } from './dialects/mobile-payer.ts'
import { insuredNumber } from './dialects/national/example-messages.ts'
import { plainPort } from './dialects/plain.ts'
import { exampleParties } from './dialects/wechat/message.ts'
import { exampleOrder } from './dialects/wechat/payment-messages.ts'
import type { Served } from './serve.ts'
import { callerOfSite } from './server/callers.ts'
import { sealField } from './signing/rsa.ts'
import { walletKeys } from './signing/wallet-keys.ts'
import { twoSites } from './testing/national-bureau.ts'
import { bill, control, identity, keys, openings, person, serveSmallWire, site } from './testing/small-wire.ts'
import { stockWechat } from './testing/stock-wechat.ts'
import { phone } from './wallets/testing/phone.ts'
import { askBooks } from './why/ask-books.ts'
import { storyOfBill } from './why/story-of-bill.ts'

const { mchid, appid, openid } = exampleParties
const actors = ['bureau', 'his', 'wechat'] as const
const holder = { payer: openid, is: 'payer', name: identity.name, idDigest: 'a'.repeat(64) }
const wallet = walletKeys(keys, 'wechat')

let served: Served
/** Stands between bureau and hospital, so that the test knows when the hospital has heard. */
let between: Server
let hospitalHeard: Promise<{ readonly status: number; readonly body: string }>
let merchant: Server
const toBureau: Transport[] = []

beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { only: actors })
  const { promise, resolve } = Promise.withResolvers<Awaited<typeof hospitalHeard>>()
  hospitalHeard = promise
  between = createServer(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers as Record<string, string>
    const answer = await fetch(served.originOf('his') + request.url, { method: 'POST', headers, body: Buffer.concat(chunks) })
    const body = await answer.text()
    reply.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
    resolve({ status: answer.status, body })
  })
  merchant = createServer((request, reply) => {
    request.resume()
    reply.writeHead(204).end()
  })
  const noticeUrl = `${await listening(between)}/his/v1/mobile-notices`
  for (const [actor, opening] of [
    ['bureau', twoSites(noticeUrl)],
    [
      'his',
      {
        ...openings.his,
        settings: { mobileChain: 'sealed' },
        sites: [{ site, terminals: [{ terminal: 'consult-1', kind: 'consult', operator: 'D001' }] }],
      },
    ],
    ['wechat', { merchants: [{ merchant: mchid, app: appid, checksBy: 'certificate' }], payers: [openid], holders: [holder] }],
  ] as const)
    await control(served, actor, 'POST', '/control/opening', opening)
})
afterAll(async () => {
  for (const transport of toBureau) await transport.close()
  await served.stop()
  for (const server of [between, merchant]) await new Promise((closed) => server.close(closed))
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** 支付授权 of the person, as the wallet asks for it. */
async function authorized(): Promise<string> {
  const transport = httpTransport({ origin: served.originOf('bureau'), timeoutMs: 5000, connections: 1 })
  toBureau.push(transport)
  const send = signedSender({ transport, caller: 'wechat', key: keys.between('wechat', 'bureau'), nowMs: Date.now })
  const heard = await send('POST', mobilePayerOperations.authorizePayment.path, { qr: identity.qr })
  return (heard as unknown as { body: { authorization: string } }).body.authorization
}

test('an order uploaded sealed is paid through the wallet by insurer and payer, and the hospital’s bill is paid and invoiced', async () => {
  const payAuthNo = await authorized()
  const toHospital = httpTransport({ origin: served.originOf('his'), timeoutMs: 10_000, connections: 1 })
  toBureau.push(toHospital)
  const caller = callerOfSite(site)
  const send = signedSender({ transport: toHospital, caller, key: keys.between(caller, 'his'), nowMs: Date.now })
  const placed = await plainPort<MobileOrderDesk>(mobileOrderOperations, send).place({
    ...{ site, terminal: 'consult-1', signIn: 'QD7-20201012-000001', bill, person, authorization: payAuthNo },
    insured: {
      ...{ insuredNumber: insuredNumber(person), insurance: '310', insuredPlace: '310000' },
      ...{ name: identity.name, idNumber: identity.idNumber },
    },
  })
  if (placed.outcome !== 'order-placed') throw new Error(JSON.stringify(placed))
  expect(placed).toMatchObject({ totalFen: 12_000, fundFen: 3000, accountFen: 3000, cashFen: 6000 })

  const client = stockWechat(served.originOf('wechat'), wallet, mchid)
  const notify_url = `${await listening(merchant)}/notices`
  const cash = { ...exampleOrder('M20201012000001', 6000), notify_url, payer: { openid } }
  const { prepay_id } = (await client.request('v3/pay/transactions/jsapi', 'POST', cash)).data as { prepay_id: string }
  const publicKey = wallet.publicKey().publicKey
  const mixed = (
    await client.request('v3/med-ins/orders', 'POST', {
      ...{ mix_pay_type: 'CASH_AND_INSURANCE', order_type: 'DIAG_PAY', appid, openid, out_trade_no: 'X1', serial_no: bill, prepay_id },
      payer: { name: sealField(publicKey, holder.name), id_digest: sealField(publicKey, holder.idDigest), card_type: 'ID_CARD' },
      ...{
        pay_order_id: placed.order,
        pay_auth_no: payAuthNo,
        city_id: '310100',
        med_inst_name: '合成医院',
        med_inst_no: 'H31000000007',
      },
      ...{ total_fee: 12_000, med_ins_gov_fee: 3000, med_ins_self_fee: 3000, med_ins_other_fee: 0 },
      ...{ med_ins_cash_fee: 6000, wechat_pay_cash_fee: 6000, callback_url: notify_url },
    })
  ).data as { mix_trade_no: string }
  const confirms = { payer: openid, mixed: mixed.mix_trade_no, does: 'pay' }
  await phone(served.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/mixed-payments', confirms)
  expect((await client.request(`v3/med-ins/orders/mix-trade-no/${mixed.mix_trade_no}`, 'GET')).data).toMatchObject({
    mix_pay_status: 'MIX_PAY_SUCCESS',
    self_pay_status: 'SELF_PAY_SUCCESS',
    med_ins_pay_status: 'MED_INS_PAY_SUCCESS',
  })
  expect(await hospitalHeard).toMatchObject({ status: 200, body: expect.stringContaining('"success":true') })
  const his = served.actors.find(({ actor }) => actor.name === 'his')?.actor.desk as HisDesk
  expect(await his.bills({ site, visit: 'JZ0000000001' })).toMatchObject({ bills: [{ bill, state: 'paid' }] })

  const { shown, unheard } = await askBooks(actors.map(served.originOf), keys.controlToken)
  expect(unheard).toEqual([])
  const story = storyOfBill(bill, shown)
  // Of each book in its own order; the clocks of two actors may tie.
  const told = (of: string) => story?.rows.flatMap(({ actor, does }) => (actor === of ? [does] : []))
  expect(told('bureau')).toEqual(['put-order', 'put-order', 'settle', 'put-order', 'tell-site'])
  expect(told('wechat')).toEqual(['mix', 'ask-insurer', 'insurer-said', 'mix-state', 'notice'])
  expect(told('his')).toEqual(['open-bill', 'open-attempt', 'paid', 'mobile-told', 'invoice'])
  // No secret of the way stands in any book, and nothing of the person in the hospital's.
  expect(JSON.stringify(shown)).not.toContain(payAuthNo)
  expect(JSON.stringify(shown.filter(({ actor }) => actor === 'his'))).not.toContain(identity.idNumber)
})
