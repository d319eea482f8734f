/** 诊间移动支付 and 扫码 over sockets: the platform as a merchant of both wallets, each in its own dialect with its own signatures. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { fenOf } from '../money/fen.ts'
import { httpTransport } from './client/transport.ts'
import { type MerchantDesk, platformMerchant } from './desks/merchant-desk.ts'
import type { Port } from './desks/port.ts'
import { alipayMerchantPort } from './dialects/alipay/merchant-port.ts'
import { wechatMerchantPort } from './dialects/wechat/merchant-port.ts'
import type { Served } from './serve.ts'
import { keyRing } from './signing/key-ring.ts'
import { walletKeys } from './signing/wallet-keys.ts'
import { bank, channel, control, keys, openings, payFromPhone, provision, serveSmallWire, totalFen } from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'
import type { WalletEntry } from './wallets/wallet-book.ts'

const { merchant } = platformMerchant
const appOf = { wechat: platformMerchant.app, alipay: merchant } as const
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), {
    only: ['bureau', 'his', bank, 'platform', channel, 'wechat', 'alipay'],
    platform: { payerPollMs: 50 },
  })
})
afterAll(() => served.stop())
beforeEach(async () => {
  for (const actor of ['bureau', 'his', bank, 'platform', channel, 'wechat', 'alipay'])
    await control(served, actor, 'POST', '/control/reset')
  await provision(served)
})

describe.each(['wechat', 'alipay'] as const)('by %s', (wallet) => {
  const { payer } = openings
  const onPhone = async (path: string, body: object) =>
    (await phone(served.originOf(wallet), keys.between('phone', wallet), path, body)) as never
  const showCode = async () => ((await onPhone('/phone/codes', { payer })) as { code: string }).code
  const entries = async () =>
    ((await control(served, wallet, 'GET', '/control/books')) as { entries: { entry: WalletEntry }[] }).entries.map(({ entry }) => entry)
  const answerOrder = async (does: 'pay' | 'give-up') => {
    const order = (await entries()).find((entry) => entry.does === 'order')
    if (order?.does !== 'order') throw new Error('no order waits')
    return onPhone('/phone/payments', { payer, prepay: order.prepay, does })
  }
  const open = async () => {
    const settings = { refundTakesMs: 0, passwordAboveFen: 0 }
    await control(served, wallet, 'POST', '/control/opening', {
      ...openings.wallet,
      merchants: [{ merchant, app: appOf[wallet], checksBy: 'public-key' }],
      settings,
    })
  }
  const portWith = (ring = keys) => {
    const transport = httpTransport({ origin: served.originOf(wallet), timeoutMs: 5000, connections: 1 })
    const own = walletKeys(ring, wallet)
    const port: Port<MerchantDesk> =
      wallet === 'wechat'
        ? wechatMerchantPort({ transport, keys: own, merchant, nowMs: Date.now })
        : alipayMerchantPort({ transport, keys: own, app: merchant, nowMs: Date.now })
    return { port, close: () => transport.close() }
  }

  test('a 付款码 is collected through the platform once the patient has entered the password', async () => {
    await open()
    const asked = { mode: 'scan', payCode: await showCode() }
    expect((await payFromPhone(served, asked)).body).toMatchObject({ payment: { state: 'under-way' } })
    await answerOrder('pay')
    await expect
      .poll(async () => (await payFromPhone(served, asked)).body, { timeout: 10_000 })
      .toMatchObject({
        payment: { mode: 'scan', state: 'paid', totalFen },
      })
    const { ledger } = (await control(served, 'platform', 'GET', '/control/books')) as {
      ledger: { postings: { account: string; amountFen: number }[] }
    }
    expect(ledger.postings).toContainEqual(expect.objectContaining({ account: 'wallets', amountFen: 6000 }))
  })

  test('the port is told in the house’s words what the wallet says in its own: waiting, paid, refunded, unknown, buried', async () => {
    await open()
    const { port, close } = portWith()
    const order = { merchant, app: appOf[wallet], order: 'PORT000001', amountFen: fenOf(8800), description: '医疗费' }
    expect(await port.codePay({ ...order, code: wallet === 'wechat' ? '130000000000000000' : '280000000000000000' })).toEqual({
      outcome: 'refused',
      reason: 'unknown-code',
    })
    expect(await port.query({ merchant, order: order.order })).toEqual({ outcome: 'refused', reason: 'unknown-order' })
    expect(await port.codePay({ ...order, code: await showCode() })).toMatchObject({ order: { state: 'paying' } })
    await answerOrder('pay')
    expect(await port.query({ merchant, order: order.order })).toMatchObject({ order: { state: 'paid', transaction: expect.any(String) } })
    const refund = { merchant, order: order.order, refund: 'PORT000001-R', amountFen: fenOf(3000), totalFen: order.amountFen }
    const askedAbout = { merchant, order: order.order, refund: refund.refund }
    expect(await port.queryRefund(askedAbout)).toEqual({ outcome: 'refused', reason: 'unknown-refund' })
    expect(await port.refund(refund)).toEqual({ outcome: 'refund', refund: { state: 'done' } })
    expect(await port.queryRefund(askedAbout)).toEqual({ outcome: 'refund', refund: { state: 'done', amountFen: 3000 } })
    expect(await port.refund({ ...refund, refund: 'PORT000001-S', amountFen: fenOf(6000) })).toMatchObject({ reason: 'over-refund' })
    await port.revoke({ merchant, order: 'PORT000002' })
    expect(await port.codePay({ ...order, order: 'PORT000002', code: await showCode() })).toEqual({ outcome: 'refused', reason: 'closed' })
    await port.order({ ...order, order: 'PORT000003', way: 'in-app', payer })
    expect(await port.close({ merchant, order: 'PORT000003' })).toMatchObject({ order: { state: 'closed' } })
    await close()
  })

  test('an answer under another key says nothing', async () => {
    await open()
    const { port, close } = portWith({
      ...keyRing('another secret'),
      own: (actor, purpose) => (/public key/.test(purpose) ? keyRing('another secret') : keys).own(actor, purpose),
    })
    expect(await port.query({ merchant, order: 'PORT000001' })).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
    await close()
  })
})

test('诊间移动支付: the phone is told at once which order waits, and the payment goes on when it is confirmed', async () => {
  await control(served, 'wechat', 'POST', '/control/opening', openings.wallet)
  const { payer } = openings
  const { body } = await payFromPhone(served, { mode: 'in-consult' })
  expect(body).toMatchObject({ payment: { state: 'under-way', confirm: { wallet: 'wechat', prepay: expect.any(String) } } })
  const { prepay } = (body as { payment: { confirm: { prepay: string } } }).payment.confirm
  await phone(served.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/payments', { payer, prepay, does: 'pay' })
  await expect
    .poll(async () => (await payFromPhone(served, { mode: 'in-consult' })).body, { timeout: 10_000 })
    .toMatchObject({ payment: { state: 'paid' } })
})
