/** Every failure that can be ordered, at a real socket: what the caller hears, what the book says, and who was met. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { fenOf } from '../money/fen.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { BankDesk } from './desks/bank-desk.ts'
import type { Port } from './desks/port.ts'
import { readStatement } from './dialects/bank-statement.ts'
import { gatewayOperations } from './dialects/gateway.ts'
import { plainPort } from './dialects/plain.ts'
import { actorNames, type Served } from './serve.ts'
import type { FailureOrder } from './server/failure-order.ts'
import type { Touched } from './server/failure-switch.ts'
import { bank, control, identity, keys, openings, payFromPhone, provision, serveSmallWire, site } from './testing/small-wire.ts'

const plan = hurried(planOf('small-town'))
/** How long a try waits for the next is the city's affair; that there is a next is this file's. */
function hurried({ city, ...plan }: Plan): Plan {
  const { retry, ...parties } = city.parties
  return { ...plan, city: { ...city, parties: { ...parties, retry: { ...retry, backoffSeconds: 0.05 } } } }
}
let served: Served
let transport: Transport
let gateway: Port<BankDesk>
beforeAll(async () => {
  served = await serveSmallWire(plan)
  transport = httpTransport({ origin: served.originOf(bank), timeoutMs: 400 })
  const send = signedSender({ transport, caller: 'platform', key: keys.between('platform', bank), nowMs: Date.now })
  gateway = plainPort<BankDesk>(gatewayOperations, send)
})
beforeEach(async () => {
  await control(served, bank, 'POST', '/control/reset', {})
  await control(served, bank, 'POST', '/control/opening', openings.bank)
})
afterAll(async () => {
  await transport.close()
  await served.stop()
})

const fails = (order: FailureOrder, method = 'PUT', actor = bank) => control(served, actor, method, '/control/failure', order)
const told = async (actor = bank) =>
  (await control(served, actor, 'GET', '/control/failure')) as { touched: Touched[]; failures: (FailureOrder & { touched: number })[] }
const met = async () => (await told()).touched.map(({ does, businessKey }) => `${does} ${businessKey}`)
const debit = (key: string) => gateway.debit({ key, agreement: identity.agreement, site, amountFen: fenOf(1000) })
const booked = async (actor = bank) =>
  (
    (await control(served, actor, 'GET', '/control/books')) as { entries: { entry: { does: string; key?: string; amountFen?: number } }[] }
  ).entries
    .map(({ entry }) => entry)
    .filter(({ does }) => does === 'debit')

test.each([
  ['refuse', { outcome: 'no-reply', sent: 'maybe', why: 'status 503: out-of-order' }],
  ['error-burst', { outcome: 'no-reply', sent: 'maybe', why: 'status 500: error-burst' }],
  ['quota', { outcome: 'no-reply', sent: 'no', retryAfterSeconds: 7 }],
  ['reset', { outcome: 'no-reply', sent: 'maybe', why: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) }],
  ['silent', { outcome: 'no-reply', sent: 'maybe', why: expect.stringContaining('400 ms') }],
] as const)('%s: the caller hears so, nothing is booked, and whoever was met is told', async (does, heard) => {
  await fails({ does, ...(does === 'quota' ? { retryAfterSeconds: 7 } : {}) })
  expect(await debit('D1')).toMatchObject(heard)
  await fails({ does: 'none' })
  expect(await booked()).toEqual([])
  expect(await met()).toEqual([`${does} D1`])
  expect(await debit('D1')).toEqual({ outcome: 'debited', paidFen: 1000 })
})

test('a lost reply: the work is done, the connection breaks, and the same request finds it done', async () => {
  await fails({ does: 'lost-reply', mostPerKey: 1 })
  expect(await debit('D1')).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
  expect(await booked()).toHaveLength(1)
  expect(await debit('D1')).toEqual({ outcome: 'debited', paidFen: 1000 })
  expect(await booked()).toHaveLength(1)
  expect(await met()).toEqual(['lost-reply D1'])
})

test('slow: the answer comes later than the caller’s patience, and the work is done', async () => {
  await fails({ does: 'slow', lateMs: 500, keys: ['D1'] })
  const [late, other] = await Promise.all([debit('D1'), debit('D2')])
  expect(late).toMatchObject({ outcome: 'no-reply', sent: 'maybe' })
  expect(other).toMatchObject({ outcome: 'debited' })
  // Healing ends the wait.
  await fails({ does: 'none' })
  expect(await debit('D1')).toMatchObject({ outcome: 'debited' })
  expect(await booked()).toHaveLength(2)
})

test('slow by a factor and a brown-out strain planned service: longer times, fewer servers', async () => {
  const times = [{ operation: 'bank/debit', businessKey: '*', serviceMs: 20 }]
  await control(served, bank, 'PUT', '/control/service-plan', { servers: 4, times })
  await fails({ does: 'slow', factor: 3 })
  await fails({ does: 'brown-out', servers: 0.3 }, 'POST')
  expect((await told()).failures).toMatchObject([{ does: 'slow' }, { does: 'brown-out' }])
  await control(served, bank, 'POST', '/control/spans/take', {})
  await Promise.all(['D1', 'D2', 'D3'].map(debit))
  const { spans } = (await control(served, bank, 'POST', '/control/spans/take', {})) as { spans: { startedMs: number; endedMs: number }[] }
  // One of four servers is left: each begins when the one before it has ended.
  expect(spans).toHaveLength(3)
  for (const [index, { startedMs, endedMs }] of spans.entries()) {
    expect(endedMs - startedMs).toBeGreaterThanOrEqual(59)
    expect(startedMs).toBeGreaterThanOrEqual(spans[index - 1]?.endedMs ?? 0)
  }
  await control(served, bank, 'PUT', '/control/service-plan', { times: [] })
})

test('a wrong amount: booked otherwise than asked and not said so; or said otherwise than booked', async () => {
  await fails({ does: 'wrong-amount', at: 'book', field: 'amountFen', by: 1, keys: ['D1'] })
  await fails({ does: 'wrong-amount', at: 'answer', field: 'paidFen', by: -2, keys: ['D2'] }, 'POST')
  expect(await debit('D1')).toEqual({ outcome: 'debited', paidFen: 1000 })
  expect(await debit('D2')).toEqual({ outcome: 'debited', paidFen: 998 })
  expect((await booked()).map(({ key, amountFen }) => [key, amountFen])).toEqual([
    ['D1', 1001],
    ['D2', 1000],
  ])
  expect(await met()).toEqual(['wrong-amount D1', 'wrong-amount D2'])
})

test('an amount or a text that is not there is not made wrong: nobody was met', async () => {
  await fails({ does: 'wrong-amount', at: 'book', field: 'deductiblePaidFen', by: 1 })
  await fails({ does: 'wrong-amount', at: 'answer', field: 'deductiblePaidFen', by: 1, name: 'said' }, 'POST')
  await fails({ does: 'truncated', field: 'csv' }, 'POST')
  expect(await debit('D1')).toEqual({ outcome: 'debited', paidFen: 1000 })
  expect(await met()).toEqual([])
})

test('a truncated day-end file: its digest no longer fits', async () => {
  const date = '2020-10-11'
  const whole = await gateway.statement({ date })
  if (whole.outcome !== 'statement') throw new Error(JSON.stringify(whole))
  await fails({ does: 'truncated', field: 'csv', only: ['bank/statement'] })
  expect(await gateway.statement({ date })).toEqual({ ...whole, csv: whole.csv.slice(0, Math.floor(whole.csv.length / 2)) })
  expect(await met()).toHaveLength(1)
})

test('a lost row of a day-end file: the file is whole without it, the book still has it, and the row is told by its key', async () => {
  const clock = (now: string) => control(served, bank, 'PUT', '/control/clock', { now })
  const { now } = (await control(served, bank, 'GET', '/control/clock')) as { now: string }
  const [date = ''] = now.split(' ')
  await clock(`${date} 10:00:00`)
  for (const key of ['D1', 'D2', 'D3']) await debit(key)
  await clock(`${date.slice(0, 8)}${String(Number(date.slice(8)) + 1).padStart(2, '0')} 10:00:00`)
  await fails({ does: 'lost-row', only: ['bank/statement'], keys: ['D2'] })
  const heard = await gateway.statement({ date })
  await clock(now)
  if (heard.outcome !== 'statement') throw new Error(JSON.stringify(heard))
  expect(readStatement(heard.csv)).toMatchObject({ lines: [{ key: 'D1' }, { key: 'D3' }] })
  expect(createHash('sha256').update(heard.csv).digest('hex')).toBe(heard.sha256)
  expect((await booked()).map(({ key }) => key)).toEqual(['D1', 'D2', 'D3'])
  expect(await met()).toEqual(['lost-row D2'])
})

test('a clock beyond the signature window: right signatures are refused, and the refused are told by their keys', async () => {
  await fails({ does: 'clock-skew', skewMs: 600_000 })
  expect(await debit('D1')).toMatchObject({ outcome: 'no-reply', sent: 'no', why: 'status 401: expired-signature' })
  expect(await met()).toEqual(['clock-skew D1'])
  await fails({ does: 'none' })
  expect(await debit('D1')).toMatchObject({ outcome: 'debited' })
})

test('a lost reply of every party on the way still makes one payment', async () => {
  await control(served, bank, 'POST', '/control/reset', {})
  await provision(served)
  // The trial's five messages are sent three times together, so it is spared.
  const lost = { bureau: ['bureau/settle'], his: ['his/*'], [bank]: ['bank/*'] } as const
  for (const [actor, only] of Object.entries(lost)) await fails({ does: 'lost-reply', mostPerKey: 1, only: [...only] }, 'PUT', actor)
  expect(await payFromPhone(served)).toMatchObject({ status: 200, body: { payment: { state: 'paid' } } })
  for (const actor of Object.keys(lost)) {
    expect((await told(actor)).touched.length).toBeGreaterThan(0)
    await fails({ does: 'none' }, 'PUT', actor)
  }
  const captures = (await control(served, bank, 'GET', '/control/books')) as { entries: { entry: { does: string } }[] }
  expect(captures.entries.filter(({ entry }) => entry.does === 'capture')).toHaveLength(1)
})

test('every actor of a city has the switch, and an order that makes no sense is refused with all that is wrong', async () => {
  await expect(fails({ does: 'slow', by: 1 })).rejects.toThrow('slow needs lateMs or factor')
  await expect(fails({ does: 'lost' } as never)).rejects.toThrow('400')
  const all = await serveSmallWire(plan, { only: actorNames(plan.city) })
  try {
    for (const { actor } of all.actors) {
      expect(await control(all, actor.name, 'PUT', '/control/failure', { does: 'refuse' })).toEqual({
        failures: [{ does: 'refuse', touched: 0 }],
      })
      const open = await fetch(`${all.originOf(actor.name)}/control/failure`)
      expect(open.status).toBe(401)
    }
  } finally {
    await all.stop()
  }
})
