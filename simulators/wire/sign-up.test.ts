/** From the phone: who somebody is, what the banks offer, one tap, and the first credit payment, all through the entry. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { identityOf } from './people/identity.ts'
import type { Served } from './serve.ts'
import {
  bank,
  bill,
  channel,
  control,
  identity,
  openings,
  payFromPhone,
  person,
  seed,
  serveSmallWire,
  sessionToken,
  site,
} from './testing/small-wire.ts'

const actors = ['identity', 'bureau', 'his', bank, 'bank-b', 'platform', channel] as const
const stranger = { token: 'a-session-of-a-stranger', person: 43, children: [] }
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), {
    only: actors,
    platform: { banks: [bank, 'bank-b', 'bank-away'].map((name) => ({ name, cutOffMinute: 1380 })) },
    elsewhere: { 'bank-away': 'http://127.0.0.1:1' },
  })
})
afterAll(() => served.stop())
beforeEach(async () => {
  for (const actor of actors) await control(served, actor, 'POST', '/control/reset')
  const credit = (assessedFen: number) => ({ customers: [{ person, assessedFen }], agreements: [] })
  const active = [{ person, ageGroup: 'young-adult', isActive: true }]
  for (const [actor, opening] of [
    ['identity', { seed, year: 2020, persons: active, families: [] }],
    ['bureau', openings.bureau],
    ['his', openings.his],
    [bank, credit(300_000)],
    ['bank-b', credit(0)],
    ['platform', { agreements: [] }],
    [channel, { sessions: [...openings.channel.sessions, stranger] }],
  ] as const) {
    await control(served, actor, 'POST', '/control/opening', opening)
  }
})

async function ask(path: string, body: object, token = sessionToken): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(served.originOf(channel) + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}
const papers = { name: identity.name, idNumber: identity.idNumber }
const assess = (body: object = {}, token?: string) =>
  ask('/entry/v1/credit/assessments', { idempotencyKey: 'A1', ...papers, ...body }, token)
const signUp = (body: object = {}, token?: string) => ask('/entry/v1/credit/agreements', { assessment: 'A1', bank, ...body }, token)

test('assessment at every bank, one of them away, the choice of one, one tap, and the first credit payment; each step answered alike when asked again', async () => {
  expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'refused', reason: 'no-agreement' } })
  const offered = await assess()
  expect(offered).toMatchObject({
    status: 200,
    body: {
      outcome: 'offers',
      offers: [{ bank, limitFen: 300_000 }],
      without: [
        { bank: 'bank-b', reason: 'not-granted' },
        { bank: 'bank-away', reason: 'no-reply' },
      ],
    },
  })
  expect(await assess()).toEqual(offered)
  const signed = await signUp()
  expect(signed).toEqual({ status: 200, body: { outcome: 'signed-up', bank, limitFen: 300_000 } })
  expect(await signUp()).toEqual(signed)
  expect((await payFromPhone(served, { idempotencyKey: 'K2' })).body).toMatchObject({ payment: { state: 'paid', mode: 'credit' } })
})

test('nobody signs up on another’s papers, or takes another’s offer', async () => {
  expect((await assess({}, stranger.token)).body).toEqual({ outcome: 'refused', reason: 'not-verified' })
  expect((await assess({ name: '别人' })).body).toEqual({ outcome: 'refused', reason: 'not-verified' })
  await assess()
  expect((await signUp({}, stranger.token)).body).toEqual({ outcome: 'refused', reason: 'unknown-offer' })
  expect((await signUp({ assessment: 'A2' })).body).toEqual({ outcome: 'refused', reason: 'unknown-offer' })
  expect((await signUp({ bank: 'bank-c' })).body).toEqual({ outcome: 'refused', reason: 'unknown-bank' })
})

test('a person sees their own bills of a visit, and of another’s visit nothing', async () => {
  const of = (body: object, token?: string) => ask('/entry/v1/bills/query', { site, visit: 'JZ0000000001', ...body }, token)
  expect((await of({})).body).toMatchObject({ outcome: 'bills', bills: [{ bill, state: 'unpaid', totalFen: 12_000 }] })
  expect((await of({}, stranger.token)).body).toEqual({ outcome: 'bills', bills: [] })
  expect((await of({ site: 8 })).body).toEqual({ outcome: 'bills', bills: [] })
  expect((await of({ forPerson: person }, stranger.token)).status).toBe(403)
})

test('the e-credential is activated once under its key, and by nobody under another name', async () => {
  await control(served, 'identity', 'POST', '/control/reset')
  const asleep = { seed, year: 2020, persons: [{ person, ageGroup: 'young-adult', isActive: false }], families: [] }
  await control(served, 'identity', 'POST', '/control/opening', asleep)
  const activate = (body: object = {}) => ask('/entry/v1/credentials', { idempotencyKey: 'J1', ...papers, ...body })
  expect(await activate({ name: '别人' })).toEqual({ status: 200, body: { outcome: 'refused', reason: 'not-matched' } })
  expect(await activate()).toEqual({ status: 200, body: { outcome: 'activated' } })
  expect(await activate()).toEqual({ status: 200, body: { outcome: 'activated' } })
})

test('a guardian’s phone shows the code of a child that is registered as theirs, a fresh one each time, and nobody else’s phone does', async () => {
  const child = identityOf({ seed, year: 2020 }, 44, 'child')
  await control(served, 'identity', 'POST', '/control/reset')
  const persons = [
    { person, ageGroup: 'young-adult', isActive: true },
    { person: 43, ageGroup: 'young-adult', isActive: true },
    { person: 44, ageGroup: 'child', isActive: false },
  ]
  await control(served, 'identity', 'POST', '/control/opening', { seed, year: 2020, persons, families: [{ guardian: person, child: 44 }] })
  const show = (token?: string) =>
    ask('/entry/v1/family-codes', { idempotencyKey: 'B1', name: child.name, idNumber: child.idNumber }, token)
  const first = await show()
  expect(first).toMatchObject({ status: 200, body: { outcome: 'code', child: 44, code: expect.stringMatching(/^\d{28}$/) } })
  expect((await show()).body).not.toEqual(first.body)
  expect(await show(stranger.token)).toEqual({ status: 200, body: { outcome: 'refused', reason: 'not-their-child' } })
})

test('a digital card opens the line, the signature finds it, and a higher limit is had once and under its key again', async () => {
  await control(served, bank, 'POST', '/control/reset')
  const customers = [{ person, assessedFen: 300_000, cardFen: 300_000, raisedFen: 600_000 }]
  await control(served, bank, 'POST', '/control/opening', { customers, agreements: [] })
  const raise = (idempotencyKey: string) => ask('/entry/v1/credit/raises', { idempotencyKey })
  expect((await raise('T0')).body).toEqual({ outcome: 'refused', reason: 'no-agreement' })
  await assess()
  const card = () => ask('/entry/v1/credit/cards', { idempotencyKey: 'S1', bank })
  expect((await card()).body).toEqual({ outcome: 'card', bank, limitFen: 300_000 })
  expect((await card()).body).toEqual({ outcome: 'card', bank, limitFen: 300_000 })
  expect((await signUp()).body).toEqual({ outcome: 'signed-up', bank, limitFen: 300_000 })
  expect((await raise('T1')).body).toEqual({ outcome: 'raised', bank, limitFen: 600_000 })
  expect((await raise('T1')).body).toEqual({ outcome: 'raised', bank, limitFen: 600_000 })
  expect((await raise('T2')).body).toEqual({ outcome: 'refused', reason: 'not-granted' })
  expect((await payFromPhone(served, { idempotencyKey: 'K3' })).body).toMatchObject({ payment: { state: 'paid', mode: 'credit' } })
})
