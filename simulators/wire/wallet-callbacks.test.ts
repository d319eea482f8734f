/** Wallets tell the platform of their orders. It never polls here, so a payment ends by the wallet's word alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { platformMerchant } from './desks/merchant-desk.ts'
import { callback } from './dialects/testing/wallet-callback.ts'
import type { Served } from './serve.ts'
import { keyRing } from './signing/key-ring.ts'
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
    expect(await Promise.all(Array.from({ length: 5 }, () => send(wallet, told)))).toEqual(Array.from({ length: 5 }, () => heard))
    expect(await send(wallet, callback(wallet, 'P0nobody', keys))).toBe(heard)
    expect(await ledger()).toBe(before)
  })

  test('forged ones are refused', async () => {
    expect(await send(wallet, callback(wallet, 'P1', keyRing('another secret')))).toBe(401)
    const told = callback(wallet, 'P1', keys)
    expect(await send(wallet, { ...told, body: told.body.replace(/[A-Z]/, 'x') })).toBe(401)
    if (wallet === 'wechat') expect(await send(wallet, callback(wallet, 'P1', keys, 86_400))).toBe(401)
  })
})
