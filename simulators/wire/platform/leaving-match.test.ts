/** 离院结算 is matched with hospital, insurer and bank in its own transaction: before the patient is told, or not yet. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import { momentMs } from '../desks/business-time.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import { directPort, type NoReply, type Port } from '../desks/port.ts'
import { type ReconciliationEntry, type ReconciliationState, reconciliationRules } from '../reconciliation/reconciliation-book.ts'
import type { PaymentOptions } from '../sagas/payments.ts'
import { SharedBook } from '../stores/shared-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity } from '../testing/direct-city.ts'
import { bank, bill, identity, openings, person, site } from '../testing/small-wire.ts'
import type { Tampering } from '../testing/tampering.ts'
import { type LiveMatching, matchLive, matchLiveEvery, usualLiveTimes } from './live-matcher.ts'
import { paymentReconciliation } from './reconciliation-views.ts'

const city = await directCity(planOf('small-town'))
const ledger = await openSqliteLedger(':memory:')
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const on = (moment: string) => city.clock.set(momentMs(moment) ?? Number.NaN)
const silence: NoReply = { outcome: 'no-reply', sent: 'maybe', why: 'silence' }
beforeEach(async () => {
  await city.reset()
  await ledger.clear()
  await ledger.sign(openings.platform.agreements)
  on('2020-10-12 10:00:00')
})

const clearingDesk = city.bureau.desk as unknown as ClearingDesk

/** @param mostMs so long the patient waits for the parties */
function leaving(tampering: Tampering, mostMs?: number) {
  const book = new SharedBook<ReconciliationState, ReconciliationEntry>(ledger, 'reconciliation', reconciliationRules, city.clock.nowMs)
  const asked: string[] = []
  const noted = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(of, name: string) {
        asked.push(name)
        return Reflect.get(of, name) as unknown
      },
    })
  const parts = (how: Tampering) => ({
    ledger,
    book,
    ports: {
      bureau: directPort(city.bureau.desk),
      his: noted({ bills: city.his.desk.bills, ...how.his } as Port<HisDesk>),
      bankOf: () => noted({ query: city.bank.desk.query, ...how.bank } as Port<BankDesk>),
      walletOf: () => undefined,
    },
    clearing: noted({ settlement: clearingDesk.settlement, ...how.clearing } as Port<ClearingDesk>),
    nowMs: city.clock.nowMs,
    times: usualLiveTimes,
    underWay: () => 0,
  })
  const matching: LiveMatching = matchLiveEvery(3_600_000, parts(tampering))
  const live = async (payment: string) => paymentReconciliation(await book.read(), payment).live
  const toldWith: unknown[] = []
  const options: Partial<PaymentOptions> = {
    beforePaid: ({ number }, { sentAtMs }) => matching.atOnce(number, sentAtMs, mostMs),
    news: ({ number }, state) => toldWith.push(state, live(number)),
  }
  const platform = (others: Partial<PaymentOptions> = {}) => city.platform(ledger, { options: { ...options, ...others } })
  const pay = async (of = platform()) => {
    const said = await of.pay({ idempotencyKey: 'K1', channel: 'channel-a', person, site, bill, mode: 'leaving', qr: identity.qr })
    if (said.outcome !== 'payment') throw new Error(JSON.stringify(said))
    return said.payment
  }
  return {
    platform,
    options,
    pay,
    live,
    asked,
    told: () => Promise.all(toldWith),
    stop: matching.stop,
    round: (how: Tampering) => matchLive(parts(how)),
  }
}

test('bureau, bank and hospital are asked within the payment, and all agree before the patient is told', async () => {
  const { pay, asked, told, stop, round } = leaving({})
  expect(await pay()).toMatchObject({ state: 'paid' })
  expect(asked.toSorted()).toEqual(['bills', 'query', 'settlement'])
  expect(await told()).toEqual(['paid', { state: 'matched', differing: [], matchedAt: '2020-10-12 10:00:00' }])
  // Nobody is asked twice.
  on('2020-10-12 10:01:01')
  expect(await round({})).toBe(0)
  await stop()
})

const offByOne: readonly (readonly [string, Tampering])[] = [
  [
    'bureau',
    {
      clearing: {
        settlement: async (request) => {
          const said = await clearingDesk.settlement(request)
          return said.outcome === 'settlement' ? { ...said, line: { ...said.line, fundFen: fenOf(said.line.fundFen + 1) } } : said
        },
      },
    },
  ],
  [
    bank,
    {
      bank: {
        query: async (request) => {
          const said = await city.bank.desk.query(request)
          return said.outcome === 'captured' ? { ...said, paidFen: fenOf(said.paidFen + 1) } : said
        },
      },
    },
  ],
  [
    'his',
    {
      his: {
        bills: async (request) => {
          const said = await city.his.desk.bills(request)
          return said.outcome === 'bills'
            ? { ...said, bills: said.bills.map((one) => ({ ...one, totalFen: fenOf(one.totalFen - 1) })) }
            : said
        },
      },
    },
  ],
]
test.each(offByOne)('one fen off at %s is told as a difference at once, within the payment', async (party, tampering) => {
  const { pay, told, stop } = leaving(tampering)
  expect(await pay()).toMatchObject({ state: 'paid' })
  expect(await told()).toEqual(['paid', { state: 'differs', differing: [party] }])
  await stop()
})

test('a hospital that is silent leaves the payment paid and its matching not yet; the next round finds it', async () => {
  const { pay, live, told, stop, round } = leaving({ his: { bills: async () => silence } })
  const { state, payment } = await pay()
  expect(state).toBe('paid')
  expect(await told()).toEqual(['paid', { state: 'not-yet', differing: [] }])
  on('2020-10-12 10:01:01')
  expect(await round({})).toBe(1)
  expect(await live(payment)).toEqual({ state: 'matched', differing: [], matchedAt: '2020-10-12 10:01:01' })
  await stop()
})

test('a hospital that hangs keeps nobody: the patient is told, and what it says later is kept', async () => {
  const hanging = Promise.withResolvers<void>()
  const bills: Port<HisDesk>['bills'] = async (request) => {
    await hanging.promise
    return city.his.desk.bills(request)
  }
  const { pay, live, told, stop } = leaving({ his: { bills } }, 0)
  const { state, payment } = await pay()
  expect(state).toBe('paid')
  expect(await told()).toEqual(['paid', { state: 'not-yet', differing: [] }])
  hanging.resolve()
  await stop()
  expect(await live(payment)).toMatchObject({ state: 'matched' })
})

test('a process that dies between matching and telling is followed by one that tells, and nobody is asked twice', async () => {
  const { platform, options, pay, live, asked, told, stop } = leaving({})
  const dying = platform({
    async beforePaid(...of) {
      await options.beforePaid?.(...of)
      throw new Crash()
    },
  })
  const { payment } = await pay(dying)
  await dying.drain()
  expect((await ledger.payment(payment))?.state).toBe('under-way')
  const matched = { state: 'matched', differing: [], matchedAt: '2020-10-12 10:00:00' }
  expect(await live(payment)).toEqual(matched)
  expect(await told()).toEqual([])
  const next = platform()
  await next.resume(Number.MAX_SAFE_INTEGER)
  await next.drain()
  expect(await told()).toEqual(['paid', matched])
  expect(asked).toHaveLength(3)
  await stop()
})
