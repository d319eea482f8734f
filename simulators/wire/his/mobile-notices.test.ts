/** 6302 at the hospital: the centre says that an order of the mobile chain is paid. */
import { expect, test } from 'vitest'
import { fenOf, noMoney } from '../../money/fen.ts'
import { signedSender } from '../client/signed-sender.ts'
import { writeNotice } from '../dialects/mobile/notice.ts'
import { calendarDay } from '../reconciliation/accounting-day.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { directTransport } from '../testing/direct-transport.ts'
import { bill, keys, openings, person, site } from '../testing/small-wire.ts'
import { hisActor } from './his-actor.ts'
import { mobileNoticePath } from './mobile-routes.ts'

const order = 'ORD3101002020101209000000001'
const split = {
  ...{ fundFen: fenOf(3000), currentAccountFen: fenOf(0), historyAccountFen: fenOf(3000) },
  ...{ cashFen: fenOf(6000), uncoveredFen: fenOf(2000), deductibleFen: fenOf(4000) },
}
const notice = (change: object = {}) => ({
  timestamp: '20201012090000',
  version: '2.0.1',
  data: writeNotice({
    ...{ order, site, siteOrder: bill, visit: 'V1', state: 'paid', split, settlement: 'YB00000000000001' },
    ...{ cashRefundedFen: noMoney, paidAtMs: 0, reversalToken: 'the right to take it back' },
    ...change,
  }),
})

async function hospital() {
  const clock = businessClock(Date.parse('2020-10-12T00:00:00Z'), () => 0)
  const store = memoryBookStore()
  const surroundings = { version: 'test', ...clocksOf(clock, () => 0), keys, openBook: async () => store, originOf: () => '' }
  const actor = await hisActor(surroundings, calendarDay)
  await actor.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { 'x-medpay-control': keys.controlToken },
    payload: openings.his,
  })
  const tell = async (body: object = notice(), caller = 'bureau') => {
    const send = signedSender({ transport: directTransport(actor.app), caller, key: keys.between(caller, 'his'), nowMs: () => 0 })
    const heard = await send('POST', mobileNoticePath, body)
    return heard.outcome === 'answered' ? { status: heard.status, ...(heard.body as object) } : heard
  }
  const state = async () => {
    const said = await actor.desk.bills({ site, visit: 'JZ0000000001' })
    return said.outcome === 'bills' ? said.bills.map((one) => one.state).join() : said.reason
  }
  const book = async () => (await store.export()).map(({ text }) => JSON.parse(text) as { does: string; end?: string })
  return { ...actor, tell, state, book }
}
const heard = { status: 200, success: true }

test('a free bill is paid by its order, once however often it is told, with the invoice, and the right to take it back is not kept', async () => {
  const { desk, tell, state, book } = await hospital()
  for (const _ of [1, 2]) expect(await tell()).toMatchObject(heard)
  expect(await state()).toBe('paid')
  const entries = await book()
  expect(entries.map(({ does }) => does)).toEqual(['open-bill', 'open-attempt', 'paid', 'mobile-told', 'invoice'])
  expect(JSON.stringify(entries)).not.toContain('the right to take it back')
  expect(await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })).toEqual({ outcome: 'refused', reason: 'already-paid' })
})

test('an order for a bill that somebody else is collecting for, or that nobody knows, is heard and noted, and the bill stays as it is', async () => {
  const { desk, tell, state, book } = await hospital()
  await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })
  expect(await tell()).toMatchObject(heard)
  expect(await tell(notice({ order: `${order}2`, siteOrder: 'MX-unknown' }))).toMatchObject(heard)
  expect(await tell(notice({ order: `${order}3`, split: { ...split, cashFen: fenOf(6001) } }))).toMatchObject(heard)
  expect(await state()).toBe('in-doubt')
  expect((await book()).flatMap(({ end }) => (end === undefined ? [] : [end]))).toEqual(['surplus', 'unknown-bill', 'unknown-bill'])
})

test('only the bureau tells a hospital', async () => {
  const { tell, state } = await hospital()
  for (const caller of ['platform', 'site-7']) expect(await tell(notice(), caller)).toMatchObject({ status: 401 })
  expect(await state()).toBe('unpaid')
})
