/** Movements are asked about soon after they happened: what agrees, what does not, and what nobody answers. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import { momentMs } from '../desks/business-time.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import { directPort, type NoReply, type Port } from '../desks/port.ts'
import { type ReconciliationEntry, type ReconciliationState, reconciliationRules } from '../reconciliation/reconciliation-book.ts'
import { SharedBook } from '../stores/shared-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity } from '../testing/direct-city.ts'
import { manyBills } from '../testing/many-bills.ts'
import { bank, site } from '../testing/small-wire.ts'
import type { Tampering } from '../testing/tampering.ts'
import { matchLive, usualLiveTimes } from './live-matcher.ts'
import { moneyOnTheWay } from './reconciliation-views.ts'

const city = await directCity(planOf('small-town'))
const ledger = await openSqliteLedger(':memory:')
const bills = manyBills(6)
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const on = (moment: string) => city.clock.set(momentMs(moment) ?? Number.NaN)
const silence: NoReply = { outcome: 'no-reply', sent: 'maybe', why: 'silence' }
beforeEach(async () => {
  await city.reset(bills)
  await ledger.clear()
  await ledger.sign((bills.platform as { agreements: Parameters<typeof ledger.sign>[0] }).agreements)
  on('2020-10-12 10:00:00')
  const platform = city.platform(ledger)
  for (const [n, { person, bill, qr }] of bills.persons.entries()) {
    const mode = n % 2 === 0 ? 'credit' : 'phone'
    await platform.pay({ idempotencyKey: `K${n}`, channel: 'channel-a', person, site, bill, mode, qr })
  }
  await platform.drain()
})

function matcher() {
  const book = new SharedBook<ReconciliationState, ReconciliationEntry>(ledger, 'reconciliation', reconciliationRules, city.clock.nowMs)
  const clearingDesk = city.bureau.desk as unknown as ClearingDesk
  const look = ({ bank: atBank, clearing, his, underWay = 0 }: Tampering & { readonly underWay?: number } = {}) =>
    matchLive({
      ledger,
      book,
      ports: {
        bureau: directPort(city.bureau.desk),
        his: { bills: city.his.desk.bills, ...his } as Port<HisDesk>,
        bankOf: () => ({ query: city.bank.desk.query, ...atBank }) as Port<BankDesk>,
        walletOf: () => undefined,
      },
      clearing: { settlement: clearingDesk.settlement, ...clearing } as Port<ClearingDesk>,
      nowMs: city.clock.nowMs,
      times: usualLiveTimes,
      underWay: () => underWay,
    })
  const money = async () => moneyOnTheWay(await book.read(), await ledger.books(), city.clock.nowMs())
  return { look, money }
}
const numbers = async () => (await ledger.books()).payments.map(({ number }) => number)

test('a minute later all agree: every movement is matched once, and the age of money says when', async () => {
  const { look, money } = matcher()
  expect(await look()).toBe(0)
  on('2020-10-12 10:01:01')
  expect(await look({ underWay: 65 })).toBe(0)
  expect(await look()).toBe(6)
  expect(await look()).toBe(0)
  const { stages, live } = await money()
  expect(live).toEqual({ matched: 6, differing: [], until: '2020-10-12 10:00:01' })
  expect(stages.map(({ stage, count }) => `${stage} ${count}`)).toEqual([
    ...['intended 12', 'authorised 12', 'settled 12', 'confirmed 12', 'matched 12', 'reconciled 0', 'paid-out 0'],
  ])
  expect(stages.find(({ stage }) => stage === 'matched')).toMatchObject({ meanAgeSeconds: 61, standingFen: 6 * 12_000 })
})

test('what a party has otherwise is told at once, what it does not know yet only after its time, and silence never', async () => {
  const { look, money } = matcher()
  const [first, second, third, fourth] = (await numbers()) as [string, string, string, string]
  const books = await ledger.books()
  const settlementOf = (number: string) =>
    (JSON.parse(books.payments.find((one) => one.number === number)?.memory ?? '') as { settlement: string }).settlement
  const billOf = (number: string) => books.payments.find((one) => one.number === number)?.bill
  const tampered: Tampering = {
    bank: {
      query: async (request) => {
        if (request.key === `${fourth}-C`) return silence
        const said = await city.bank.desk.query(request)
        return request.key === `${first}-C` && said.outcome === 'captured' ? { ...said, paidFen: fenOf(6001) } : said
      },
    },
    clearing: {
      settlement: async (request) => {
        const said = await (city.bureau.desk as unknown as ClearingDesk).settlement(request)
        if (request.settlement !== settlementOf(second) || said.outcome !== 'settlement') return said
        // The sum is right and its parts are not.
        const { fundFen, historyAccountFen } = said.line
        return { ...said, line: { ...said.line, fundFen: fenOf(fundFen + 1), historyAccountFen: fenOf(historyAccountFen - 1) } }
      },
    },
    his: {
      bills: async (request) => {
        const said = await city.his.desk.bills(request)
        if (said.outcome !== 'bills') return said
        return { ...said, bills: said.bills.map((one) => (one.bill === billOf(third) ? { ...one, state: 'in-doubt' as const } : one)) }
      },
    },
  }
  on('2020-10-12 10:01:01')
  expect(await look(tampered)).toBe(4)
  expect((await money()).live.differing).toEqual([
    { movement: `${first} pay`, parties: [bank] },
    { movement: `${second} pay`, parties: ['bureau'] },
  ])
  on('2020-10-12 10:15:01')
  expect(await look(tampered)).toBe(1)
  expect((await money()).live).toMatchObject({ matched: 2, differing: [{}, {}, { movement: `${third} pay`, parties: ['his'] }] })
  // The one nobody answers for is left to the day-end file and asked about no more.
  expect(await look()).toBe(0)
  on('2020-10-13 10:00:00')
  expect(await look()).toBe(0)
  expect((await money()).live.matched).toBe(2)
})
