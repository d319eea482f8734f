/** The hospitals' cashier over sockets: windows and kiosks that settle with the bureau themselves, beside the platform. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { CashierDesk, CashierPayRequest } from '../desks/cashier-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { TerminalDesk } from '../desks/terminal-desk.ts'
import { cashierOperations } from '../dialects/cashier.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { plainPort } from '../dialects/plain.ts'
import { terminalOperations } from '../dialects/terminals.ts'
import type { Served } from '../serve.ts'
import {
  bank,
  bill,
  control,
  identity,
  keys,
  openings,
  ownAccount,
  payFromPhone,
  person,
  provision,
  serveSmallWire,
  site,
} from '../testing/small-wire.ts'

let served: Served
let transport: Transport
const terminals = [
  { terminal: 'window-1', kind: 'window', operator: 'C001' },
  { terminal: 'kiosk-1', kind: 'kiosk', operator: 'K001' },
]
const atWindow = { site, terminal: 'window-1', signIn: `QD${site}-20201012-000001` }
const atKiosk = { site, terminal: 'kiosk-1', signIn: `QD${site}-20201012-000002` }
const card = { kind: 'card', value: identity.cardNumber } as const
const qr = { kind: 'qr', value: identity.qr } as const
const byCard = { means: 'bank', bank, account: ownAccount } as const
const cash = { means: 'cash' } as const
/** For what comes by itself on a loaded machine. */
const patience = { timeout: 20_000 }

async function begin(options: Parameters<typeof serveSmallWire>[1] = {}): Promise<void> {
  served = await serveSmallWire(planOf('small-town'), options)
  transport = httpTransport({ origin: served.originOf('his'), timeoutMs: 30_000 })
}
async function end(): Promise<void> {
  await transport.close()
  await served.stop()
}
async function openBooks(): Promise<void> {
  await provision(served)
  await control(served, 'his', 'POST', '/control/opening', { bills: [], sites: [{ site, terminals }] })
}
beforeAll(() => begin())
afterAll(end)
beforeEach(async () => {
  for (const { actor } of served.actors) await control(served, actor.name, 'POST', '/control/reset', {})
  await openBooks()
})

const senderOf = (caller: string) => signedSender({ transport, caller, key: keys.between(caller, 'his'), nowMs: Date.now })
const cashier = (caller = `site-${site}`) => plainPort<CashierDesk>(cashierOperations, senderOf(caller))
const hospital = () => plainPort<HisDesk>(hospitalOperations, senderOf('platform'))
const pay = (request: Partial<CashierPayRequest> = {}) =>
  cashier().pay({ ...atWindow, idempotencyKey: 'S1', person, bill, credential: card, tender: cash, ...request })
const split = { fundFen: 3000, currentAccountFen: 0, historyAccountFen: 3000, cashFen: 6000, uncoveredFen: 2000, deductibleFen: 4000 }
const drawers = async () => {
  const said = await plainPort<TerminalDesk>(terminalOperations, senderOf(`site-${site}`)).dayTotals({ ...atWindow, date: '2020-10-12' })
  return 'drawers' in said ? said : undefined
}
const stateOfBill = async () => {
  const said = await hospital().bills({ site, visit: 'JZ0000000001' })
  return 'bills' in said ? said.bills.map(({ state }) => state) : said
}

test('a window takes card and cash: the insurer settles, the drawer holds the rest, the bill is paid, and the same key is the same payment', async () => {
  const reply = await pay()
  expect(reply).toMatchObject({ outcome: 'payment', payment: { mode: 'window', state: 'paid', totalFen: 12_000, split } })
  expect(await pay()).toEqual(reply)
  expect(await pay({ person: 43 })).toEqual({ outcome: 'refused', reason: 'key-reused' })
  expect(await pay({ idempotencyKey: 'S2' })).toEqual({ outcome: 'refused', reason: 'bill-paid' })
  expect(await stateOfBill()).toEqual(['paid'])
  await expect.poll(drawers, patience).toMatchObject({
    paidCount: 1,
    invoices: 1,
    cashFenBy: { cash: 6000, bank: 0 },
    drawers: [{ terminal: 'window-1', inFen: 6000, outFen: 0 }],
  })
})

test('a kiosk takes a code and a bank card and no cash, and a window gives it back by the card', async () => {
  expect(await pay({ ...atKiosk, credential: qr, tender: cash })).toEqual({ outcome: 'refused', reason: 'no-cash-here' })
  expect(await pay({ ...atKiosk, credential: qr, tender: { ...byCard, bank: 'no-bank' } })).toEqual({
    outcome: 'refused',
    reason: 'unknown-bank',
  })
  const reply = await pay({ ...atKiosk, credential: qr, tender: byCard })
  expect(reply).toMatchObject({ payment: { mode: 'kiosk', state: 'paid', split } })
  const payment = reply.outcome === 'payment' ? reply.payment.payment : ''
  await expect.poll(async () => (await drawers())?.invoices, patience).toBe(1)
  expect(await cashier().refund({ ...atKiosk, payment, idempotencyKey: 'T1' })).toEqual({
    outcome: 'refused',
    reason: 'not-at-this-terminal',
  })
  // The invoice's own write may still be on its way.
  await expect
    .poll(() => cashier().refund({ ...atWindow, payment, idempotencyKey: 'T1' }), patience)
    .toMatchObject({ outcome: 'payment', payment: { state: 'refunded' } })
  expect(await drawers()).toMatchObject({ cashFenBy: { bank: 0 }, refundedCount: 1, redInvoices: 1, drawers: [] })
  expect(await stateOfBill()).toEqual(['refunded'])
  const { entries } = (await control(served, bank, 'GET', '/control/books')) as {
    entries: { entry: { does: string; amountFen: number } }[]
  }
  expect(entries.map(({ entry }) => entry.does).filter((does) => does === 'debit' || does === 'refund')).toEqual(['debit', 'refund'])
})

test('who shows no credential pays all of it and no insurer hears of it; cash goes back from the drawer', async () => {
  const reply = await pay({ credential: undefined } as never)
  expect(reply).toMatchObject({ payment: { state: 'paid', split: { fundFen: 0, cashFen: 12_000 } } })
  const { entries } = (await control(served, 'bureau', 'GET', '/control/books')) as { entries: { entry: { does: string } }[] }
  expect(entries.filter(({ entry }) => entry.does === 'settle' || entry.does === 'upload')).toEqual([])
  const payment = reply.outcome === 'payment' ? reply.payment.payment : ''
  await expect
    .poll(() => cashier().refund({ ...atWindow, payment, idempotencyKey: 'T1' }), patience)
    .toMatchObject({ payment: { state: 'refunded' } })
  expect(await drawers()).toMatchObject({ cashFenBy: { cash: 0 }, drawers: [{ inFen: 12_000, outFen: 12_000 }] })
})

test('platform and window never both collect: whoever comes second hears that it is in doubt or paid', async () => {
  await hospital().open({ site, bill, attempt: 'P1', person, by: 'platform' })
  expect(await pay()).toMatchObject({ payment: { state: 'refused', reason: 'in-doubt' } })
  expect(await drawers()).toMatchObject({ drawers: [] })
  await hospital().close({ site, bill, attempt: 'P1' })
  expect(await pay({ idempotencyKey: 'S2' })).toMatchObject({ payment: { state: 'paid' } })
  const phone = await payFromPhone(served, { mode: 'phone' })
  expect(phone.body).toMatchObject({ payment: { state: 'refused', reason: 'already-paid' } })
})

test('only a signed-in terminal of its own site takes money, whatever name signs', async () => {
  expect(await pay({ signIn: 'QD7-20201012-000009' })).toEqual({ outcome: 'refused', reason: 'not-signed-in' })
  for (const caller of ['site-8', 'platform', 'channel-main-entry']) {
    const request = { ...atWindow, idempotencyKey: 'S1', person, bill, credential: card, tender: cash }
    expect(await cashier(caller).pay(request)).toMatchObject({ outcome: 'no-reply', why: expect.stringMatching(/status 40[13]/) })
  }
  expect(await stateOfBill()).toEqual(['unpaid'])
})

test('a site serves as many at once as it has windows, each for its planned time', async () => {
  const others = ['MX0000000002', 'MX0000000003'].map((number) => ({ ...openings.his.bills[0], bill: number, visit: number }))
  await control(served, 'his', 'POST', '/control/opening', { bills: others })
  await control(served, 'his', 'PUT', '/control/service-plan', {
    times: [{ operation: 'his/window-payment', businessKey: '*', serviceMs: 40 }],
  })
  await control(served, 'his', 'POST', '/control/spans/take', {})
  const replies = await Promise.all([bill, 'MX0000000002', 'MX0000000003'].map((one) => pay({ idempotencyKey: one, bill: one })))
  expect(replies.map((reply) => reply.outcome === 'payment' && reply.payment.state)).toEqual(['paid', 'paid', 'paid'])
  const { spans } = (await control(served, 'his', 'POST', '/control/spans/take', {})) as {
    spans: { operation: string; startedMs: number; endedMs: number }[]
  }
  const atIt = spans.filter(({ operation }) => operation === 'his/window-payment').toSorted((a, b) => a.startedMs - b.startedMs)
  expect(atIt).toHaveLength(3)
  for (const [index, { startedMs }] of atIt.entries())
    if (index > 0) expect(startedMs).toBeGreaterThanOrEqual(atIt[index - 1]?.endedMs ?? 0)
})

test('a hospital that is started again still knows its payments, and answers the key as before', async () => {
  await end()
  const booksFolder = mkdtempSync(join(tmpdir(), 'medpay-cashier-'))
  onTestFinished(() => rmSync(booksFolder, { recursive: true }))
  await begin({ booksFolder })
  await openBooks()
  const reply = await pay({ tender: byCard })
  expect(reply).toMatchObject({ payment: { state: 'paid', split: { cashFen: fenOf(6000) } } })
  await end()
  await begin({ booksFolder })
  expect(await pay({ tender: byCard })).toEqual(reply)
})
