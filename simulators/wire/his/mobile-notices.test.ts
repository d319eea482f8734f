/** 6302 at the hospital: the centre says that an order of the mobile chain is paid. */
import { expect, test } from 'vitest'
import { fenOf, noMoney } from '../../money/fen.ts'
import { claimRefusals } from '../bureau/claims/refusals.ts'
import { signedSender } from '../client/signed-sender.ts'
import type { Transport } from '../client/transport.ts'
import { writeNotice } from '../dialects/mobile/notice.ts'
import type { KeyRing } from '../signing/key-ring.ts'
import { directTransport } from '../testing/direct-transport.ts'
import { loneHospital, silentCentre } from '../testing/lone-hospital.ts'
import { mobileBureau } from '../testing/mobile-bureau.ts'
import { bill, keys, person, site } from '../testing/small-wire.ts'
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

async function hospital(centre: Transport = silentCentre, at: KeyRing = keys, realNowMs = 0) {
  const actor = await loneHospital(centre, at, () => realNowMs)
  const tell = async (body: object = notice(), caller = 'bureau') => {
    const send = signedSender({ transport: directTransport(actor.app), caller, key: at.between(caller, 'his'), nowMs: () => realNowMs })
    const heard = await send('POST', mobileNoticePath, body)
    return heard.outcome === 'answered' ? { status: heard.status, ...(heard.body as object) } : heard
  }
  return { ...actor, tell }
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

test('an order for a bill that nobody knows is heard and noted, and the bill stays as it is', async () => {
  const { desk, tell, state, book } = await hospital()
  await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })
  expect(await tell(notice({ order: `${order}2`, siteOrder: 'MX-unknown' }))).toMatchObject(heard)
  expect(await tell(notice({ order: `${order}3`, split: { ...split, cashFen: fenOf(6001) } }))).toMatchObject(heard)
  expect(await state()).toBe('in-doubt')
  expect((await book()).flatMap(({ end }) => (end === undefined ? [] : [end]))).toEqual(['unknown-bill', 'unknown-bill'])
})

test('what was paid for a bill that somebody else is collecting for goes back whole by 6203, once, however silent the centre was', async () => {
  const { bureau: centre, paid, totals, send, keys: ring, realNowMs } = await mobileBureau()
  const before = await totals()
  const one = await paid()
  const view = (await send('6301', one.reference))['data'] as { payOrdId: string; revsToken: string; ordStas: string }
  expect(view.ordStas).toBe('3')
  let isSilent = true
  const direct = directTransport(centre.app)
  const { desk, tell, state, book } = await hospital(
    { ...direct, send: (request) => (isSilent ? silentCentre : direct).send(request) },
    ring,
    realNowMs(),
  )
  await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })
  const told = notice({
    ...{ order: view.payOrdId, reversalToken: view.revsToken },
    split: { ...split, fundFen: fenOf(3600), historyAccountFen: fenOf(3000), cashFen: fenOf(5400) },
  })
  // Unheard: the centre tells again, and brings the right again.
  expect(await tell(told)).toMatchObject({ status: 504 })
  isSilent = false
  for (const _ of [1, 2]) expect(await tell(told)).toMatchObject(heard)
  expect((await send('6301', one.reference))['data']).toMatchObject({ ordStas: '8' })
  expect(await totals()).toEqual(before)
  expect(await state()).toBe('in-doubt')
  const entries = await book()
  expect(entries.flatMap(({ does, end }) => (end === undefined ? [] : [`${does} ${end}`]))).toEqual([
    'mobile-told surplus',
    'surplus-end given-back',
  ])
  expect(JSON.stringify(entries)).not.toContain(view.revsToken)
})

test('a surplus that the centre does not give back is noted with its words, for people', async () => {
  const { bureau: centre, keys: ring, realNowMs } = await mobileBureau()
  const { desk, tell, book } = await hospital(directTransport(centre.app), ring, realNowMs())
  await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })
  for (const _ of [1, 2]) expect(await tell()).toMatchObject(heard)
  expect((await book()).filter(({ does }) => does === 'surplus-end')).toMatchObject([
    { end: 'refused', why: claimRefusals['unknown-order'] },
  ])
})

test('only the bureau tells a hospital', async () => {
  const { tell, state } = await hospital()
  for (const caller of ['platform', 'site-7']) expect(await tell(notice(), caller)).toMatchObject({ status: 401 })
  expect(await state()).toBe('unpaid')
})
