/**
 * Several platform processes on one PostgreSQL, real sockets, real deaths. kill -9 proves the crash of a process, not of the power: that
 * the disk keeps what was committed is the databases' own promise. The server is always one of our own, since it is restarted under load.
 */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { ownFolder } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../simulators/wire/banks/bank-entry.ts'
import type { BureauEntry } from '../simulators/wire/bureau/bureau-book.ts'
import type { ChannelEntry } from '../simulators/wire/channels/channel-book.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport, type Transport, type WireRequest } from '../simulators/wire/client/transport.ts'
import type { CashierDesk } from '../simulators/wire/desks/cashier-desk.ts'
import { platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { PaymentDesk, PayReply } from '../simulators/wire/desks/payment-desk.ts'
import type { NoReply, Port } from '../simulators/wire/desks/port.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { cashierOperations } from '../simulators/wire/dialects/cashier.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { callback } from '../simulators/wire/dialects/testing/wallet-callback.ts'
import type { HisEntry } from '../simulators/wire/his/his-book.ts'
import type { Served } from '../simulators/wire/serve.ts'
import type { Touched } from '../simulators/wire/server/failure-switch.ts'
import type { BookEntry } from '../simulators/wire/stores/kept-book.ts'
import type { Ledger } from '../simulators/wire/stores/ledger.ts'
import { openPostgresLedger } from '../simulators/wire/stores/postgres-ledger.ts'
import { freePort } from '../simulators/wire/testing/free-port.ts'
import { type ManyBills, manyBills } from '../simulators/wire/testing/many-bills.ts'
import { bank, channel, control, keys, openings, serveSmallWire, site } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'
import { wireTestsPage, withBlock } from '../tools/page-block.ts'
import { startOwnPostgres } from '../tools/postgres.ts'
import { endInGoodOrder, killHard, startActors, type WireProcess, whereabouts } from './testing/wire-process.ts'

const plan = planOf('small-town')
/** Processes of `medpay serve` begin on the scenario's day, so this one does, too. */
const { date } = plan.scenario
const parties = ['bureau', 'his', bank, 'wechat'] as const
const paymentsOf = { load: 60, frozen: 4, chain: 3, callback: 2 } as const
/** Payments paid by then. */
const disturbed = { killed: 15, frozen: 30, restarted: 45 } as const
let postgres: Awaited<ReturnType<typeof startOwnPostgres>>
let ledger: Ledger
let city: Served

beforeAll(async () => {
  postgres = await startOwnPostgres(await freePort())
  ledger = await openPostgresLedger(postgres.url)
  city = await serveSmallWire(plan, { only: parties, date })
})
afterAll(async () => {
  await city.stop()
  await ledger.close()
  await postgres.stop()
})

interface Platform extends WireProcess {
  readonly origin: string
  readonly port: Port<PaymentDesk>
  readonly transport: Transport
}

/** @param origins of actors that are not in this process's city, and perhaps its own */
async function startPlatform(
  origins: Readonly<Record<string, string>> = {},
  { leaseSeconds = 1, timeoutMs = 1000 }: { readonly leaseSeconds?: number; readonly timeoutMs?: number } = {},
): Promise<Platform> {
  const everybody = { ...Object.fromEntries(parties.map((name) => [name, city.originOf(name)])), ...origins }
  const started = await startActors(['platform'], '--lease', String(leaseSeconds), '--ledger', postgres.url, ...whereabouts(everybody))
  const origin = started.originOf('platform')
  const transport = httpTransport({ origin, timeoutMs })
  onTestFinished(() => transport.close())
  return { ...started, origin, port: portOf(transport), transport }
}

/** Where it matters who has the payment: on a loaded machine a living process must not be taken for dead. */
const unhurried = { leaseSeconds: 4, timeoutMs: 20_000 } as const

const portOf = (transport: Transport) => {
  const key = keys.between(channel, 'platform')
  return plainPort<PaymentDesk>(aggregationOperations, signedSender({ transport, caller: channel, key, nowMs: Date.now }))
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
beforeEach(async () => {
  for (const actor of parties) await control(city, actor, 'PUT', '/control/failure', { does: 'none' })
})

const fails = (actor: string, order: object, method = 'PUT') => control(city, actor, method, '/control/failure', order)
const touchedAt = async (actor: string, of: string) =>
  ((await control(city, actor, 'GET', '/control/failure')) as { touched: Touched[] }).touched.filter(({ operation }) => operation === of)
    .length
const entriesOf = async <Entry>(actor: string, of: Pick<Served, 'originOf'> = city) =>
  ((await control(of, actor, 'GET', '/control/books')) as { entries: BookEntry<Entry>[] }).entries.map(({ entry }) => entry)
/** Until every payment is over and paid, or has come to the ends that are named. */
const expectEnds = (states: readonly string[]) =>
  expect
    .poll(async () => (await ledger.books()).payments.map(({ state, isOpen }) => (isOpen ? `${state}, open` : state)), { timeout: 60_000 })
    .toEqual(states)
const creditOf = ({ person, bill, qr }: ManyBills['persons'][number], key = `${bill}-1`) =>
  ({ idempotencyKey: key, channel, person, site, bill, mode: 'credit', qr }) as const

/** A patient who tries until it is paid: the same key at another process after silence, a new key after a refusal that is known. */
async function payUntilPaid(platforms: readonly Platform[], of: ManyBills['persons'][number], first: number): Promise<number> {
  let key = 1
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const platform = platforms[(first + attempt) % platforms.length] as Platform
    const reply = await platform.port.pay(creditOf(of, `${of.bill}-${key}`))
    if (reply.outcome === 'payment') {
      if (reply.payment.state === 'paid') return attempt
      if (reply.payment.state === 'refused' || reply.payment.state === 'undone') key += 1
    } else if (reply.outcome === 'refused' && reply.reason === 'bill-paid') return attempt
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`bill ${of.bill} was never paid`)
}

/** Every bill paid once: at the hospital, by the insurer, by the bank, in the ledger; nothing held, nothing open. */
async function expectEachPaidOnce({ persons }: ManyBills): Promise<void> {
  await expect.poll(async () => (await ledger.books()).payments.filter(({ isOpen }) => isOpen).length, { timeout: 40_000 }).toBe(0)
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

// Deaths are waited out in real seconds (leases, a frozen process), so a loaded machine may take long; the limit catches a hang alone.
test('three processes share the work; one is killed, one frozen past its lease, PostgreSQL restarts: every bill is paid once', async () => {
  const bills = manyBills(paymentsOf.load)
  await provision(bills)
  const platforms = await Promise.all([startPlatform(), startPlatform(), startPlatform()])
  const [a, b, c] = platforms as [Platform, Platform, Platform]
  let paid = 0
  const disturb = async () => {
    if (paid === disturbed.killed) await killHard(a)
    if (paid === disturbed.frozen) {
      c.process.child.kill('SIGSTOP')
      setTimeout(() => c.process.child.kill('SIGCONT'), 1500)
    }
    if (paid === disturbed.restarted) await postgres.restart()
  }
  const waiting = [...bills.persons.entries()]
  const patient = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await payUntilPaid(platforms, next[1], next[0])
      paid += 1
      await disturb()
    }
  }
  await Promise.all(Array.from({ length: 16 }, patient))
  await expectEachPaidOnce(bills)
  for (const platform of [b, c]) expect(await endInGoodOrder(platform)).toBe(0)
}, 180_000)

test('a retry at another process while the first is in flight is the same payment; what a process frozen past its lease still writes is refused by its fence; its signed requests, played again at the other, by their nonce', async () => {
  const bills = manyBills(paymentsOf.frozen)
  await provision(bills)
  const [first, second] = await Promise.all([startPlatform({}, unhurried), startPlatform({}, unhurried)])
  await fails('bureau', { does: 'slow', lateMs: 60_000, only: ['bureau/settle'] })
  const recorded: WireRequest[] = []
  const recording = portOf({
    ...first.transport,
    send: (request) => {
      recorded.push(request)
      return first.transport.send(request)
    },
  })
  for (const of of bills.persons) void recording.pay(creditOf(of))
  await expect.poll(() => touchedAt('bureau', 'bureau/settle'), { timeout: 40_000 }).toBe(4)
  const before = await ledger.books()
  const numbers = Object.fromEntries(before.payments.map(({ bill, number }) => [bill, number]))

  for (const of of bills.persons) {
    expect(await second.port.pay(creditOf(of))).toMatchObject({ payment: { payment: numbers[of.bill], state: 'under-way' } })
    expect(await second.port.pay({ ...creditOf(of), bill: 'MX-other' })).toEqual({ outcome: 'refused', reason: 'key-reused' })
    expect(await second.port.pay(creditOf(of, 'another'))).toEqual({ outcome: 'refused', reason: 'bill-in-doubt' })
  }
  const replayed = await Promise.all(recorded.map((request) => second.transport.send(request)))
  expect(replayed.map((answer) => answer.outcome === 'answered' && JSON.parse(answer.body.toString()).error.code)).toEqual(
    recorded.map(() => 'replayed'),
  )
  expect(await ledger.books()).toEqual(before)

  first.process.child.kill('SIGSTOP')
  // The first one's questions are answered now, while it is frozen; the second one's, asked when the lease has ended, wait on.
  await fails('bureau', { does: 'slow', lateMs: 60_000, only: ['bureau/settle'] })
  const heldBySecond = before.payments.map((payment) => ({ ...payment, fence: 2 }))
  await expect.poll(async () => (await ledger.books()).payments, { timeout: 40_000 }).toEqual(heldBySecond)
  await expect.poll(() => touchedAt('bureau', 'bureau/settle'), { timeout: 40_000 }).toBe(8)
  first.process.child.kill('SIGCONT')
  const refusedWrites = async () =>
    /medpay_fenced_off_total\{[^}]*\} (\d+)/.exec(await (await fetch(`${first.origin}/metrics`)).text())?.[1]
  await expect.poll(refusedWrites, { timeout: 40_000 }).toBe('4')
  expect(await ledger.books()).toEqual({ ...before, payments: heldBySecond })

  await fails('bureau', { does: 'none' })
  await expectEnds(bills.persons.map(() => 'paid'))
  await expectEachPaidOnce(bills)
  const { events } = await ledger.books()
  for (const number of Object.values(numbers)) {
    const written = events.filter(({ payment }) => payment === number).map(({ event }) => event)
    expect(new Set(written).size).toBe(written.length)
  }
  for (const platform of [first, second]) expect(await endInGoodOrder(platform)).toBe(0)
}, 240_000)

/** A phone at one of two entries, each in front of a platform process of its own. */
const otherChannel = 'channel-second-entry'
const tokenOf = (person: number) => `a-session-of-person-${person}`
async function startEntry(name: string, origins: Readonly<Record<string, string>>, persons: ManyBills['persons']) {
  const entry = await serveSmallWire(plan, { only: [name], date, elsewhere: origins })
  onTestFinished(() => entry.stop())
  const sessions = persons.map(({ person }) => ({ token: tokenOf(person), person, children: [] }))
  await control(entry, name, 'POST', '/control/opening', { sessions })
  const pay = async ({ person, bill, qr }: ManyBills['persons'][number], mode: 'credit' | 'phone', idempotencyKey: string) => {
    const answer = await fetch(`${entry.originOf(name)}/entry/v1/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(person)}` },
      body: JSON.stringify({ idempotencyKey, site, bill, mode, qr }),
    })
    return { status: answer.status, said: (await answer.json()) as PayReply & { readonly error?: { readonly code: string } } }
  }
  return { entry, pay }
}

test('lost reply at entry A, then entry B, then the window: nobody collects before the doubt has lasted its time, then the window does, and what A’s payment turns out to have moved goes back by the original route', async () => {
  const bills = manyBills(paymentsOf.chain)
  await provision(bills)
  const [credit, own, unsettled] = bills.persons as [
    ManyBills['persons'][number],
    ManyBills['persons'][number],
    ManyBills['persons'][number],
  ]
  const port = async () => `http://127.0.0.1:${await freePort()}`
  const [platformA, platformB, his] = [await port(), await port(), await port()]
  // The hospital is a process of its own, with its own books: bill, lock and window are there.
  const atHis = { his, bureau: city.originOf('bureau'), [bank]: city.originOf(bank), wechat: city.originOf('wechat') }
  const [entryA, entryB] = await Promise.all([
    startEntry(channel, { platform: platformA }, bills.persons),
    startEntry(otherChannel, { platform: platformB }, bills.persons),
  ])
  const entries = { [channel]: entryA.entry.originOf(channel), [otherChannel]: entryB.entry.originOf(otherChannel) }
  const [hospital, a, b] = await Promise.all([
    startActors(['his'], '--books', ownFolder(), ...whereabouts(atHis)),
    startPlatform({ platform: platformA, his, ...entries }, unhurried),
    startPlatform({ platform: platformB, his, ...entries }, unhurried),
  ])
  const terminals = [{ terminal: 'window-1', kind: 'window', operator: 'C001' }]
  await hospital.control('his', 'POST', '/control/opening', { ...bills.his, sites: [{ site, terminals }] })
  const caller = `site-${site}`
  const transport = httpTransport({ origin: his, timeoutMs: 30_000 })
  onTestFinished(() => transport.close())
  const window = plainPort<CashierDesk>(
    cashierOperations,
    signedSender({ transport, caller, key: keys.between(caller, 'his'), nowMs: Date.now }),
  )
  const collect = ({ person, bill }: ManyBills['persons'][number], idempotencyKey: string) =>
    window.pay({
      site,
      terminal: 'window-1',
      signIn: `QD${site}-${date.replaceAll('-', '')}-000001`,
      idempotencyKey,
      person,
      bill,
      tender: { means: 'cash' },
    })

  // The bank's answers are lost for two of them, the insurer's for the third; then process A dies.
  await fails(bank, { does: 'lost-reply', only: ['bank/capture'] })
  await fails(bank, { does: 'silent', only: ['bank/query'] }, 'POST')
  const lost = [entryA.pay(credit, 'credit', 'A1'), entryA.pay(own, 'phone', 'A2')]
  await expect.poll(() => touchedAt(bank, 'bank/capture'), { timeout: 40_000 }).toBe(2)
  await fails('bureau', { does: 'lost-reply', only: ['bureau/settle'] })
  lost.push(entryA.pay(unsettled, 'credit', 'A3'))
  await expect.poll(() => touchedAt('bureau', 'bureau/settle'), { timeout: 40_000 }).toBeGreaterThanOrEqual(1)
  await killHard(a)
  expect((await Promise.all(lost)).map(({ status, said }) => [status, said.error?.code])).toEqual(lost.map(() => [504, 'party-silent']))

  const refused = (reason: string) => ({ outcome: 'refused', reason })
  for (const of of bills.persons) {
    expect((await entryB.pay(of, 'credit', `B-${of.bill}`)).said).toEqual(refused('bill-in-doubt'))
    expect(await collect(of, `W1-${of.bill}`)).toMatchObject({ payment: { state: 'refused', reason: 'in-doubt' } })
  }
  await hospital.control('his', 'PUT', '/control/clock', { now: `${date} 12:00:00` })
  for (const of of bills.persons) expect(await collect(of, `W2-${of.bill}`)).toMatchObject({ payment: { state: 'paid' } })

  // Everybody answers again: process B finds out what A's payments did, and takes it back.
  for (const party of [bank, 'bureau']) await fails(party, { does: 'none' })
  await expectEnds(['undone', 'undone', 'undone'])
  for (const of of bills.persons) {
    expect((await entryB.pay(of, 'credit', `C-${of.bill}`)).said).toMatchObject({ payment: { state: 'refused', reason: 'already-paid' } })
  }

  const hisBook = await entriesOf<HisEntry>('his', hospital)
  const paid = hisBook.flatMap((entry) => (entry.does === 'paid' ? [{ bill: entry.bill, by: entry.attempt.charAt(0) }] : []))
  expect(paid).toEqual(bills.persons.map(({ bill }) => ({ bill, by: 'C' })))
  const bankBook = await entriesOf<BankEntry>(bank)
  const captured = bankBook.flatMap((entry) => (entry.does === 'capture' ? [{ capture: entry.key, amountFen: entry.amountFen }] : []))
  const refunded = bankBook.flatMap((entry) => (entry.does === 'refund' ? [{ capture: entry.capture, amountFen: entry.amountFen }] : []))
  // The third was captured once its settlement was known: the hospital says no when it is told.
  expect(captured).toHaveLength(3)
  expect(refunded.toSorted(byCapture)).toEqual(captured.toSorted(byCapture))
  const gone = new Set(bankBook.flatMap((entry) => (entry.does === 'release' || entry.does === 'capture' ? [entry.hold] : [])))
  expect(bankBook.filter((entry) => entry.does === 'authorize' && !gone.has(entry.key))).toEqual([])
  const bureau = await entriesOf<BureauEntry>('bureau')
  const settled = bureau.flatMap((entry) => (entry.does === 'settle' ? [entry.settlement] : []))
  expect(settled).toHaveLength(3)
  expect(bureau.flatMap((entry) => (entry.does === 'reverse' ? [entry.original] : [])).sort()).toEqual(settled.sort())
  const { postings } = await ledger.books()
  expect(postings.reduce((sum, { account, amountFen }) => sum + (account === 'due-to-site' ? amountFen : 0), 0)).toBe(0)
  // The entry that never had an answer is told the end by the process that found it out.
  const told = async () =>
    (await entriesOf<ChannelEntry>(channel, entryA.entry)).flatMap((entry) =>
      entry.does === 'notice' && entry.state === 'undone' ? [entry.person] : [],
    )
  await expect.poll(async () => (await told()).sort(), { timeout: 40_000 }).toEqual(bills.persons.map(({ person }) => person))
  for (const process of [b, hospital]) expect(await endInGoodOrder(process)).toBe(0)
}, 240_000)

const byCapture = (a: { readonly capture: string }, b: { readonly capture: string }) => (a.capture < b.capture ? -1 : 1)

test('a wallet’s word wakes the payment that waits in another process; the same callback at both at once has one effect', async () => {
  const bills = manyBills(paymentsOf.callback)
  await provision(bills)
  await control(city, 'wechat', 'POST', '/control/reset')
  const { payer, wallet } = openings
  await control(city, 'wechat', 'POST', '/control/opening', { ...wallet, merchants: [{ ...platformMerchant, checksBy: 'public-key' }] })
  await ledger.sign(bills.persons.map(({ person }) => ({ person, mode: 'in-consult' as const, bank: 'wechat', agreement: payer })))
  // The wallet's own callbacks are lost, and the first platform never asks: only a callback at the other one can end its wait.
  await fails('wechat', { does: 'callback-lost' })
  const elsewhere = Object.fromEntries(parties.map((name) => [name, city.originOf(name)]))
  const first = await serveSmallWire(plan, {
    only: ['platform'],
    date,
    ledgerUrl: postgres.url,
    elsewhere,
    platform: { payerPollMs: 3_600_000 },
  })
  const second = await startPlatform()
  const transport = httpTransport({ origin: first.originOf('platform'), timeoutMs: 10_000 })
  const { pay } = portOf(transport)
  const stateOf = (reply: PayReply | NoReply) => (reply.outcome === 'payment' ? reply.payment.state : undefined)
  try {
    for (const [index, of] of bills.persons.entries()) {
      const asked = { ...creditOf(of), mode: 'in-consult' } as const
      const begun = await pay(asked)
      if (begun.outcome !== 'payment' || begun.payment.confirm === undefined) throw new Error(JSON.stringify(begun))
      const { payment, confirm } = begun.payment
      await phone(city.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/payments', {
        payer,
        prepay: confirm.prepay,
        does: 'pay',
      })
      const told = callback('wechat', payment, keys)
      const to = index === 0 ? [second.origin] : [first.originOf('platform'), second.origin]
      const heard = await Promise.all(to.map((origin) => fetch(`${origin}/v1/wallet-callbacks/wechat`, { method: 'POST', ...told })))
      expect(heard.map(({ status }) => status)).toEqual(to.map(() => 204))
      await expect.poll(async () => stateOf(await pay(asked)), { timeout: 10_000 }).toBe('paid')
    }
    await expectEnds(['paid', 'paid'])
    const { events } = await ledger.books()
    expect(events.filter(({ event }) => event === 'bureau/settle')).toHaveLength(2)
    const settled = (await entriesOf<BureauEntry>('bureau')).filter(({ does }) => does === 'settle')
    const paid = (await entriesOf<HisEntry>('his')).filter(({ does }) => does === 'paid')
    expect({ settled: settled.length, paid: paid.length }).toEqual({ settled: 2, paid: 2 })
  } finally {
    await endInGoodOrder(second)
    await transport.close()
    await first.stop()
  }
}, 60_000)

test('docs/wire-tests.md says what is done to them; renew it with npx vitest run several-platforms -t docs -u', async () => {
  const { load, frozen, chain, callback: called } = paymentsOf
  const rows = [
    `| load on three | ${load} | kill -9 of one after ${disturbed.killed} paid, SIGSTOP of another past its lease after ${disturbed.frozen} and SIGCONT, PostgreSQL restarted after ${disturbed.restarted} | each bill paid once at hospital, insurer, bank and ledger; nothing held or open |`,
    `| a retry while the first is in flight | ${frozen} | the same key, the key with another bill, another key, at the other process | the same payment under way; \`key-reused\`; \`bill-in-doubt\` |`,
    `| a recorded request | ${frozen} | sent again, signature and all, to the other process | \`replayed\`; the ledger as it was |`,
    `| frozen past its lease | ${frozen} | SIGSTOP, taken over, answers for the frozen one, SIGCONT | its writes are refused by their fence (\`medpay_fenced_off_total\` ${frozen}); the ledger as it was; then paid once by the other |`,
    `| lost reply at entry A → entry B → window | ${chain} | two entries, each before a process of its own, the hospital a third; answers of bank and insurer lost, kill -9 of process A | B and window refused while in doubt; the window collects after it; captures refunded, settlements reversed; entry A told by process B |`,
    `| a wallet’s callback | ${called} | to the process that does not have the payment; to both at once | it wakes the one that has it; one effect |`,
  ]
  const table = ['| | payments | what is done | what holds |', '| --- | --- | --- | --- |', ...rows]
  await expect(withBlock('processes', table.join('\n'))).toMatchFileSnapshot(wireTestsPage)
})
