/** Wallets tell the platform of their orders. It never polls here, so a payment ends by the wallet's word alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { platformMerchant } from './desks/merchant-desk.ts'
import { callback } from './dialects/testing/wallet-callback.ts'
import type { Served } from './serve.ts'
import { keyRing } from './signing/key-ring.ts'
import { refusalsOf } from './testing/refusals.ts'
import { bank, channel, control, keys, openings, payFromPhone, provision, serveSmallWire } from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'

const actors = ['bureau', 'his', bank, 'platform', channel, 'wechat', 'alipay'] as const
const { merchant } = platformMerchant
const { payer } = openings
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { only: actors, platform: { payerPollMs: 3_600_000 } })
})
afterAll(() => served.stop())
beforeEach(async () => {
  for (const actor of actors) await control(served, actor, 'POST', '/control/reset')
  await provision(served)
})

const send = async (wallet: string, told: { headers: Record<string, string>; body: string }) =>
  (await fetch(`${served.originOf('platform')}/v1/wallet-callbacks/${wallet}`, { method: 'POST', ...told })).status
const books = async () => JSON.stringify(await Promise.all(actors.map((actor) => control(served, actor, 'GET', '/control/books'))))
const refusals = (why: string) => refusalsOf(served.originOf('platform'), why)
const ledger = async () => JSON.stringify(await control(served, 'platform', 'GET', '/control/books'))

describe.each(['wechat', 'alipay'] as const)('%s', (wallet) => {
  const onPhone = (path: string, body: object) => phone(served.originOf(wallet), keys.between('phone', wallet), path, body)
  const scan = async () => {
    await control(served, wallet, 'POST', '/control/opening', {
      ...openings.wallet,
      merchants: [{ merchant, app: wallet === 'alipay' ? merchant : platformMerchant.app, checksBy: 'public-key' }],
      settings: { refundTakesMs: 0, passwordAboveFen: 0 },
    })
    const { code } = (await onPhone('/phone/codes', { payer })) as { code: string }
    const asked = { mode: 'scan', payCode: code }
    expect((await payFromPhone(served, asked)).body).toMatchObject({ payment: { state: 'under-way' } })
    return asked
  }
  const orderOf = async () => {
    const { entries } = (await control(served, wallet, 'GET', '/control/books')) as {
      entries: { entry: { does: string; order?: string; prepay?: string } }[]
    }
    return entries.find(({ entry }) => entry.does === 'order')?.entry
  }

  test('its word ends the payment that waits for the payer', async () => {
    const asked = await scan()
    await onPhone('/phone/payments', { payer, prepay: (await orderOf())?.prepay, does: 'pay' })
    await expect
      .poll(async () => (await payFromPhone(served, asked)).body, { timeout: 10_000 })
      .toMatchObject({ payment: { state: 'paid' } })
  })

  test('one callback that comes to many at once, or of an order nobody has, changes nothing', async () => {
    const asked = await scan()
    await onPhone('/phone/payments', { payer, prepay: (await orderOf())?.prepay, does: 'pay' })
    await expect
      .poll(async () => (await payFromPhone(served, asked)).body, { timeout: 10_000 })
      .toMatchObject({ payment: { state: 'paid' } })
    const order = (JSON.parse(await ledger()) as { ledger: { payments: { number: string }[] } }).ledger.payments[0]?.number ?? ''
    await expect.poll(async () => (await ledger()).includes('"his/invoice"')).toBe(true)
    const before = await ledger()
    const heard = wallet === 'wechat' ? 204 : 200
    const told = callback(wallet, order, keys)
    // A repeat of WeChat Pay's is signed anew; Alipay's is the same form.
    const copies = Array.from({ length: 5 }, () => (wallet === 'wechat' ? callback(wallet, order, keys) : told))
    expect(await Promise.all(copies.map((copy) => send(wallet, copy)))).toEqual(copies.map(() => heard))
    expect(await send(wallet, callback(wallet, 'P0nobody', keys))).toBe(heard)
    expect(await ledger()).toBe(before)
  })

  const own = () => callback(wallet, 'P1', keys)
  const doubtful: Readonly<Record<string, readonly [why: string, told: () => ReturnType<typeof callback>]>> = {
    'under keys of another run': ['wrong-signature', () => callback(wallet, 'P1', keyRing('another secret'))],
    'of another order than was signed': [
      'wrong-signature',
      () => ({ ...own(), body: wallet === 'wechat' ? callback(wallet, 'P2', keys).body : own().body.replace('P1', 'P2') }),
    ],
    ...(wallet === 'wechat'
      ? {
          'of yesterday': ['expired-signature', () => callback(wallet, 'P1', keys, { ageSeconds: 86_400 })],
          'from the future': ['expired-signature', () => callback(wallet, 'P1', keys, { ageSeconds: -600 })],
        }
      : { 'for the app of another merchant': ['unknown-caller', () => callback(wallet, 'P1', keys, { app: 'another-app' })] }),
  }
  test.each(Object.entries(doubtful))('one %s is refused, leaves no trace and is counted', async (_, [why, told]) => {
    const [before, counted] = [await books(), await refusals(why)]
    expect(await send(wallet, told())).toBe(401)
    expect(await books()).toBe(before)
    expect(await refusals(why)).toBe(counted + 1)
  })
})

test('a recorded callback of WeChat Pay is refused the second time, leaves no trace and is counted', async () => {
  const told = callback('wechat', 'P1', keys)
  const [before, counted] = [await books(), await refusals('replayed')]
  expect([await send('wechat', told), await send('wechat', told)]).toEqual([204, 401])
  expect(await books()).toBe(before)
  expect(await refusals('replayed')).toBe(counted + 1)
})
