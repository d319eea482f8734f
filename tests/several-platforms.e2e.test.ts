/**
 * Three platform processes on one PostgreSQL, real sockets, real deaths. kill -9 proves the crash of a process, not of the power: that
 * the disk keeps what was committed is the databases' own promise.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Started, startMedpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../simulators/wire/banks/bank-book.ts'
import type { BureauEntry } from '../simulators/wire/bureau/bureau-book.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport, type Transport } from '../simulators/wire/client/transport.ts'
import type { HisDesk } from '../simulators/wire/desks/his-desk.ts'
import { platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { PaymentDesk } from '../simulators/wire/desks/payment-desk.ts'
import type { Port } from '../simulators/wire/desks/port.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { callback } from '../simulators/wire/dialects/testing/wallet-callback.ts'
import type { HisEntry } from '../simulators/wire/his/his-book.ts'
import type { Served } from '../simulators/wire/serve.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import type { BookEntry } from '../simulators/wire/stores/kept-book.ts'
import type { Ledger } from '../simulators/wire/stores/ledger.ts'
import { openPostgresLedger } from '../simulators/wire/stores/postgres-ledger.ts'
import { freePort } from '../simulators/wire/testing/free-port.ts'
import { type ManyBills, manyBills } from '../simulators/wire/testing/many-bills.ts'
import { bank, channel, control, openings, serveSmallWire, site } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'
import { type RunningPostgres, startPostgres } from '../tools/postgres.ts'

const secret = 'the secret of a test'
let postgres: RunningPostgres
let ledger: Ledger
let city: Served

beforeAll(async () => {
  postgres = await startPostgres(await freePort())
  ledger = await openPostgresLedger(postgres.url)
  city = await serveSmallWire(planOf('small-town'), { only: ['bureau', 'his', bank, 'wechat'] })
})
afterAll(async () => {
  await city.stop()
  await ledger.close()
  await postgres.stop()
})

interface Platform {
  readonly process: Started
  readonly origin: string
  readonly port: Port<PaymentDesk>
  readonly transport: Transport
}

async function startPlatform(): Promise<Platform> {
  const at = ['bureau', 'his', bank, 'wechat'].map((name) => `${name}=${city.originOf(name)}`)
  const process = startMedpay(
    ['serve', 'small-town', '--actor', 'platform', '--port', '0', '--lease', '1', '--ledger', postgres.url, '--at', ...at],
    { env: { MEDPAY_WIRE_SECRET: secret } },
  )
  const [, origin = ''] = /platform +(http:\S+)/.exec(await process.says(/platform +http:\S+ /)) ?? []
  const transport = httpTransport({ origin, timeoutMs: 1000 })
  const key = keyRing(secret).between(channel, 'platform')
  const port = plainPort<PaymentDesk>(aggregationOperations, signedSender({ transport, caller: channel, key, nowMs: Date.now }))
  return { process, origin, port, transport }
}

async function provision(bills: ManyBills): Promise<void> {
  await ledger.clear()
  await ledger.sign((bills.platform as { agreements: Parameters<Ledger['sign']>[0] }).agreements)
  for (const [actor, book] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
  ] as const) {
    await control(city, actor, 'POST', '/control/reset')
    await control(city, actor, 'POST', '/control/opening', book)
  }
}

/** A patient who tries until it is paid: the same key at another process after silence, a new key after a refusal that is known. */
async function payUntilPaid(platforms: readonly Platform[], of: ManyBills['persons'][number], first: number): Promise<number> {
  let key = 1
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const platform = platforms[(first + attempt) % platforms.length] as Platform
    const { person, bill, qr } = of
    const reply = await platform.port.pay({ idempotencyKey: `${bill}-${key}`, channel, person, site, bill, mode: 'credit', qr })
    if (reply.outcome === 'payment') {
      if (reply.payment.state === 'paid') return attempt
      if (reply.payment.state === 'refused' || reply.payment.state === 'undone') key += 1
    } else if (reply.outcome === 'refused' && reply.reason === 'bill-paid') return attempt
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`bill ${of.bill} was never paid`)
}

const entriesOf = async <Entry>(actor: string) =>
  ((await control(city, actor, 'GET', '/control/books')) as { entries: BookEntry<Entry>[] }).entries.map(({ entry }) => entry)

/** Every bill paid once: at the hospital, by the insurer, by the bank, in the ledger; nothing held, nothing open. */
async function expectEachPaidOnce({ persons }: ManyBills): Promise<void> {
  await expect.poll(async () => (await ledger.books()).payments.filter(({ isOpen }) => isOpen).length, { timeout: 20_000 }).toBe(0)
  const bureau = await entriesOf<BureauEntry>('bureau')
  const reversed = new Set(bureau.flatMap((entry) => (entry.does === 'reverse' ? [entry.original] : [])))
  const standing = bureau.flatMap((entry) =>
    entry.does === 'settle' && !reversed.has(entry.settlement) ? [entry.bills[0]?.bill ?? ''] : [],
  )
  const paid = (await entriesOf<HisEntry>('his')).flatMap((entry) => (entry.does === 'paid' ? [entry.bill] : []))
  const bankBook = await entriesOf<BankEntry>(bank)
  const captured = bankBook.flatMap((entry) => (entry.does === 'capture' ? [entry.key] : []))
  const refunded = bankBook.flatMap((entry) => (entry.does === 'refund' ? [entry.capture] : []))
  const gone = new Set(bankBook.flatMap((entry) => (entry.does === 'release' || entry.does === 'capture' ? [entry.hold] : [])))
  const held = bankBook.filter((entry) => entry.does === 'authorize' && !gone.has(entry.key))
  const { payments, postings } = await ledger.books()
  const bills = persons.map(({ bill }) => bill).sort()
  expect(paid.sort()).toEqual(bills)
  expect(standing.sort()).toEqual(bills)
  expect({ advances: captured.length - refunded.length, held: held.length }).toEqual({ advances: bills.length, held: 0 })
  expect(payments.flatMap(({ state, bill }) => (state === 'paid' ? [bill] : [])).sort()).toEqual(bills)
  const dueFen = postings.reduce((sum, { account, amountFen }) => sum + (account === 'due-to-site' ? amountFen : 0), 0)
  expect(dueFen).toBe(-12_000 * bills.length)
}

/** Entry B, then the window, want to collect while nobody knows what became of A's payment: not before the doubt has lasted its time. */
async function collectElsewhere(b: Platform, { person, bill, qr }: ManyBills['persons'][number]): Promise<void> {
  const asked = { idempotencyKey: `${bill}-B`, channel, person, site, bill, mode: 'credit', qr } as const
  expect(await b.port.pay(asked)).toEqual({ outcome: 'refused', reason: 'bill-in-doubt' })
  const [his] = city.actors.filter(({ actor }) => actor.name === 'his')
  const desk = his?.actor.desk as HisDesk
  const atWindow = { site, bill, attempt: `${bill}-window`, person, by: 'window' } as const
  expect(await desk.open(atWindow)).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  await control(city, 'his', 'PUT', '/control/clock', { now: '2020-10-12 12:00:00' })
  expect(await desk.open(atWindow)).toMatchObject({ outcome: 'open' })
}

// Deaths are waited out in real seconds (leases, a frozen process), so a loaded machine may take long; the limit catches a hang alone.
test('three processes share the work; one is killed, one frozen past its lease, PostgreSQL restarts: every bill is paid once, and a late success is refunded', async () => {
  const all = manyBills(61)
  const [doubtful, ...persons] = all.persons as [ManyBills['persons'][number], ...ManyBills['persons']]
  const bills = { ...all, persons }
  await provision(all)
  // The insurer takes so long over this one bill that its payment is in the air when process A dies.
  const times = [{ operation: 'bureau/settle', businessKey: doubtful.bill, serviceMs: 2500 }]
  await control(city, 'bureau', 'PUT', '/control/service-plan', { times })
  const platforms = await Promise.all([startPlatform(), startPlatform(), startPlatform()])
  const [a, b, c] = platforms as [Platform, Platform, Platform]
  let paid = 0
  const disturb = async () => {
    if (paid === 15) {
      const { person, bill: number, qr } = doubtful
      void a.port.pay({ idempotencyKey: 'A', channel, person, site, bill: number, mode: 'credit', qr })
      const isSent = async () => {
        const { payments, events } = await ledger.books()
        const number = payments.find(({ bill }) => bill === doubtful.bill)?.number
        return events.some(({ payment, event }) => payment === number && event === 'bank/authorize')
      }
      await expect.poll(isSent, { timeout: 20_000 }).toBe(true)
      a.process.child.kill('SIGKILL')
      await collectElsewhere(b, doubtful)
    }
    if (paid === 30) {
      c.process.child.kill('SIGSTOP')
      setTimeout(() => c.process.child.kill('SIGCONT'), 1500)
    }
    if (paid === 45) await postgres.restart?.()
  }
  const waiting = [...persons.entries()]
  const patient = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await payUntilPaid(platforms, next[1], next[0])
      paid += 1
      await disturb()
    }
  }
  await Promise.all(Array.from({ length: 16 }, patient))
  await expectEachPaidOnce(bills)
  const { payments } = await ledger.books()
  expect(payments.filter(({ bill }) => bill === doubtful.bill).map(({ state }) => state)).toEqual(['undone'])
  for (const { process, transport } of [b, c]) {
    process.child.kill('SIGTERM')
    expect((await process.ended).code).toBe(0)
    await transport.close()
  }
  await a.transport.close()
}, 180_000)

test('a wallet’s word wakes the payment that waits in another process; the same callback at both at once has one effect', async () => {
  const bills = manyBills(2)
  await provision(bills)
  await control(city, 'wechat', 'POST', '/control/reset')
  const { payer, wallet } = openings
  await control(city, 'wechat', 'POST', '/control/opening', { ...wallet, merchants: [{ ...platformMerchant, checksBy: 'public-key' }] })
  await ledger.sign(bills.persons.map(({ person }) => ({ person, mode: 'in-consult' as const, bank: 'wechat', agreement: payer })))
  // The wallet's own callbacks are lost, and the first platform never asks: only a callback at the other one can end its wait.
  await control(city, 'wechat', 'PUT', '/control/failure', { does: 'callback-lost' })
  const elsewhere = Object.fromEntries(['bureau', 'his', bank, 'wechat'].map((name) => [name, city.originOf(name)]))
  const first = await serveSmallWire(planOf('small-town'), {
    only: ['platform'],
    ledgerUrl: postgres.url,
    elsewhere,
    platform: { payerPollMs: 3_600_000 },
  })
  const second = await startPlatform()
  const transport = httpTransport({ origin: first.originOf('platform'), timeoutMs: 10_000 })
  const key = keyRing(secret).between(channel, 'platform')
  const { pay } = plainPort<PaymentDesk>(aggregationOperations, signedSender({ transport, caller: channel, key, nowMs: Date.now }))
  try {
    for (const [index, { person, bill, qr }] of bills.persons.entries()) {
      const asked = { idempotencyKey: `K-${bill}`, channel, person, site, bill, mode: 'in-consult', qr } as const
      const begun = await pay(asked)
      if (begun.outcome !== 'payment' || begun.payment.confirm === undefined) throw new Error(JSON.stringify(begun))
      const { payment, confirm } = begun.payment
      await phone(city.originOf('wechat'), keyRing(secret).between('phone', 'wechat'), '/phone/payments', {
        payer,
        prepay: confirm.prepay,
        does: 'pay',
      })
      const told = callback('wechat', payment, keyRing(secret))
      const to = index === 0 ? [second.origin] : [first.originOf('platform'), second.origin]
      const heard = await Promise.all(to.map((origin) => fetch(`${origin}/v1/wallet-callbacks/wechat`, { method: 'POST', ...told })))
      expect(heard.map(({ status }) => status)).toEqual(to.map(() => 204))
      await expect
        .poll(async () => ((await pay(asked)) as { payment?: { state: string } }).payment?.state, { timeout: 10_000 })
        .toBe('paid')
    }
    await expect.poll(async () => (await ledger.books()).payments.filter(({ isOpen }) => isOpen).length, { timeout: 10_000 }).toBe(0)
    const { payments, events } = await ledger.books()
    expect(payments.map(({ state }) => state)).toEqual(['paid', 'paid'])
    expect(events.filter(({ event }) => event === 'bureau/settle')).toHaveLength(2)
    const settled = (await entriesOf<BureauEntry>('bureau')).filter(({ does }) => does === 'settle')
    const paid = (await entriesOf<HisEntry>('his')).filter(({ does }) => does === 'paid')
    expect({ settled: settled.length, paid: paid.length }).toEqual({ settled: 2, paid: 2 })
  } finally {
    second.process.child.kill('SIGTERM')
    await second.process.ended
    await transport.close()
    await second.transport.close()
    await first.stop()
  }
}, 60_000)
