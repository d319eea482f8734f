/** Callbacks: their ladders, their survival of a restart, and where they may not go. The merchant is a real server; the clock is the test's. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import type { Actor } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { controlHeader } from '../server/control.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { openBookStore } from '../stores/book-store.ts'
import { keys } from '../testing/small-wire.ts'
import { alipayWallet } from './alipay-wallet.ts'
import { isNoticeHost } from './notice-hosts.ts'
import { type WalletDialect, type WalletParts, walletActor } from './wallet-actor.ts'
import type { Notice } from './wallet-book.ts'
import type { WholeWalletDesk } from './wallet-desk-over-book.ts'
import { addWechatRoutes } from './wechat-routes.ts'
import { wechatWallet } from './wechat-wallet.ts'

const [merchant, payer] = ['1900000001', 'o-payer-42']
const wechat: WalletDialect = { ...wechatWallet, addRoutes: addWechatRoutes }

/** A merchant that answers with these statuses, one after another, then with the last. */
async function merchantWith(statuses: readonly number[]) {
  let calls = 0
  const server = createServer((request, reply) => {
    request.resume()
    request.on('end', () => {
      reply.writeHead(statuses[Math.min(calls, statuses.length - 1)] as number).end(statuses.at(-1) === 200 ? 'success' : '')
      calls += 1
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`, calls: () => calls }
}

/** A wallet on a folder's book; the protocol clock is moved by hand. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-notices-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const clock = { protocolMs: 1_602_460_800_000 }
  const logged: { event: string }[] = []
  const start = async (dialect: WalletDialect) => {
    const actor = await walletActor(
      {
        version: 'test',
        ...clocksOf(
          businessClock(1_602_460_800_000, () => 0),
          () => clock.protocolMs,
        ),
        keys,
        openBook: (name) => openBookStore(join(folder, `${name}.sqlite`)),
        originOf: () => '',
        logStream: { write: (line: string) => void logged.push(JSON.parse(line) as { event: string }) },
      },
      dialect,
    )
    onTestFinished(() => actor.stop())
    return actor
  }
  return { clock, start, givenUp: () => logged.filter(({ event }) => event === 'callback-given-up') }
}
type Wallet = Actor<WholeWalletDesk>
const control = async (actor: Wallet, method: 'GET' | 'POST', url: string, payload?: object) =>
  (
    await actor.app.inject({ method, url, headers: { [controlHeader]: keys.controlToken }, ...(payload === undefined ? {} : { payload }) })
  ).json() as {
    settings: { noticeLadderDivisor: number }
    entries: { entry: { does: string; tries?: number; end?: string } }[]
  }
const opening = (settings: object) => ({ merchants: [{ merchant, app: 'app', checksBy: 'public-key' }], payers: [payer], settings })
async function paidOrder(actor: Wallet, order: string, noticeUrl: string): Promise<void> {
  const request = { merchant, app: 'app', order, way: 'in-app', amountFen: fenOf(100), description: '挂号', payer, noticeUrl } as const
  const said = await actor.desk.order(request)
  if (said.outcome !== 'order') throw new Error(JSON.stringify(said))
  await actor.desk.confirm({ payer, prepay: said.order.prepay, does: 'pay' })
}
const told = async (actor: Wallet) =>
  (await control(actor, 'GET', '/control/books')).entries.flatMap(({ entry }) =>
    entry.does.startsWith('notice') && entry.does !== 'notice' ? [entry] : [],
  )

test.each([
  ['wechat', 16, wechat],
  ['alipay', 8, alipayWallet],
] as const)(
  'a merchant that never hears is told along the whole ladder of %s and no further: %d times',
  async (actorName, times, dialect) => {
    const { start, clock, givenUp } = place()
    const { url, calls } = await merchantWith([500])
    const actor = await start(dialect)
    // So short that the next turn has come when it is looked at.
    await control(actor, 'POST', '/control/opening', opening({ noticeLadderDivisor: 1e12 }))
    clock.protocolMs += 1
    await paidOrder(actor, 'M20201012000001', url)
    await expect
      .poll(async () => (await told(actor)).at(-1), { timeout: 20_000 })
      .toMatchObject({ does: 'noticed', end: 'given-up', tries: times })
    expect(calls()).toBe(times)
    expect(givenUp()).toMatchObject([{ level: 'warn', actor: actorName, about: 'M20201012000001', why: 'given-up', tries: times }])
    expect((await control(actor, 'GET', '/control/books')).settings.noticeLadderDivisor).toBe(1e12)
  },
)

test.each([
  // 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h.
  ['wechat', 'payment', [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600], '24:04:00'],
  ['wechat', 'refund', [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600], '24:04:00'],
  ['wechat', 'mixed', [5, 10, 15], '00:00:30'],
  // 4m/10m/10m/1h/2h/6h/15h.
  ['alipay', 'payment', [240, 600, 600, 3600, 7200, 21_600, 54_000], '24:24:00'],
] as const)('%s waits between its callbacks (%s) exactly %j seconds, %s in all', (name, about, seconds, whole) => {
  const { ladderMs } = (name === 'wechat' ? wechat : alipayWallet).courier({} as WalletParts)
  const waits = ladderMs({ subject: { about } } as Notice).map((ms) => ms / 1000)
  expect(waits).toEqual(seconds)
  const sum = waits.reduce((all, one) => all + one, 0)
  expect([sum / 3600, (sum / 60) % 60, sum % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')).toBe(whole)
})

test('a mixed order of insurance and cash has a ladder of its own: told four times', async () => {
  const { start, clock } = place()
  const { url, calls } = await merchantWith([500])
  const actor = await start(wechat)
  const insurer = { payOrder: 'ORD1', authorization: 'AUTH-1', payer, fundFen: 6000, accountFen: 1000, otherFen: 0, leftFen: 0 }
  await control(actor, 'POST', '/control/opening', { ...opening({ noticeLadderDivisor: 1e12 }), insurerOrders: [insurer] })
  clock.protocolMs += 1
  const amounts = { totalFen: 7000, fundFen: 6000, accountFen: 1000, otherFen: 0, leftFen: 0, addedFen: 0, reducedFen: 0, collectedFen: 0 }
  const institution = { code: 'H1', name: '合成医院', orderNumber: 'HIS1', city: '310100' }
  const order = {
    merchant,
    app: 'app',
    order: 'X1',
    type: 'insurance',
    orderKind: 'DIAG_PAY',
    payer,
    payOrder: 'ORD1',
    authorization: 'AUTH-1',
  } as const
  const said = await actor.desk.mix({ ...order, institution, amounts: amounts as never, noticeUrl: url })
  if (said.outcome !== 'mixed') throw new Error(JSON.stringify(said))
  await actor.desk.confirmMixed({ payer, mixed: said.mixed.mixed, does: 'pay' })
  await expect
    .poll(async () => (await told(actor)).at(-1), { timeout: 20_000 })
    .toMatchObject({ does: 'noticed', end: 'given-up', tries: 4 })
  expect(calls()).toBe(4)
})

test('a wallet that was restarted goes on with the ladder where it stopped, and not before the next turn has come', async () => {
  const { start, clock } = place()
  const { url, calls } = await merchantWith([503, 503, 200])
  const first = await start(wechat)
  await control(first, 'POST', '/control/opening', opening({}))
  await paidOrder(first, 'M20201012000001', url)
  await expect.poll(() => told(first)).toMatchObject([{ does: 'notice-tried', tries: 1, nextAtMs: clock.protocolMs + 15_000 }])
  await first.stop()

  clock.protocolMs += 14_999
  const early = await start(wechat)
  await paidOrder(early, 'M20201012000002', 'http://127.0.0.1:9/nobody')
  expect(calls()).toBe(1)
  await early.stop()

  clock.protocolMs += 1
  const second = await start(wechat)
  await expect.poll(calls).toBe(2)
  await expect.poll(async () => (await told(second)).filter(({ tries }) => tries === 2)).toHaveLength(1)
  await second.stop()

  clock.protocolMs += 15_000
  const third = await start(wechat)
  await expect.poll(async () => (await told(third)).find(({ does }) => does === 'noticed')).toMatchObject({ end: 'heard', tries: 3 })
  expect(calls()).toBe(3)
})

test('a callback goes to this machine and to listed hosts; of any other the book says that it was not sent', async () => {
  const { start, givenUp } = place()
  const actor = await start(wechat)
  await control(actor, 'POST', '/control/opening', opening({ noticeHosts: ['merchant.example'] }))
  await paidOrder(actor, 'M20201012000001', 'http://192.0.2.1/notices')
  await expect.poll(() => told(actor)).toMatchObject([{ does: 'noticed', end: 'not-allowed', tries: 0 }])
  expect(givenUp()).toMatchObject([{ why: 'not-allowed', tries: 0 }])
  const allowed = [
    'http://127.0.0.1:1/x',
    'http://127.9.9.9/',
    'http://localhost/x',
    'http://[::1]:8/',
    'https://merchant.example/x',
    'http://0x7f000001/',
  ]
  const forbidden = [
    'http://127.0.0.1.example/',
    'http://localhost@192.0.2.1/',
    'http://merchant.example.org/',
    'file:///etc/passwd',
    'http://[::2]/',
    'no address',
  ]
  expect(allowed.filter((url) => !isNoticeHost(url, ['merchant.example']))).toEqual([])
  expect(forbidden.filter((url) => isNoticeHost(url, ['merchant.example']))).toEqual([])
})

test('a code payment whose password has not come after 45 s is revoked, also by a wallet that was down meanwhile', async () => {
  const { start, clock } = place()
  const first = await start(wechat)
  await control(first, 'POST', '/control/opening', opening({}))
  const pay = async (order: string) => {
    const shown = await first.desk.showCode({ payer })
    const code = shown.outcome === 'code' ? shown.code : ''
    return first.desk.codePay({ merchant, app: 'app', order, amountFen: fenOf(200_000), description: '住院押金', code })
  }
  const stateOf = async (actor: Wallet, order: string) => {
    const said = await actor.desk.query({ merchant, order })
    return said.outcome === 'order' ? said.order.state : said.reason
  }
  expect(await pay('M20201012000001')).toMatchObject({ order: { state: 'paying' } })
  clock.protocolMs += 44_999
  expect(await stateOf(first, 'M20201012000001')).toBe('paying')
  expect(await pay('M20201012000002')).toMatchObject({ order: { state: 'paying' } })
  clock.protocolMs += 1
  expect([await stateOf(first, 'M20201012000001'), await stateOf(first, 'M20201012000002')]).toEqual(['revoked', 'paying'])
  await first.stop()
  clock.protocolMs += 45_000
  const second = await start(wechat)
  expect(await stateOf(second, 'M20201012000002')).toBe('revoked')
})
