/** The entries of the small town, side by side over sockets. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { identityOf } from '../people/identity.ts'
import type { Served } from '../serve.ts'
import { refusalsOf } from '../testing/refusals.ts'
import {
  bank,
  bill,
  control,
  identity,
  openings,
  payFromPhone,
  person,
  provision,
  seed,
  serveSmallWire,
  sessionToken,
  site,
} from '../testing/small-wire.ts'
import { type PhoneOptions, payByPhone } from './testing/pay-by-phone.ts'

const plan = planOf('small-town')
const entryNames = plan.city.parties.channels.map(({ name }) => `channel-${name}`)
const first = 'channel-main-entry'
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(plan, { only: ['bureau', 'his', bank, 'platform', ...entryNames] })
})
beforeEach(async () => {
  for (const { actor } of served.actors) await control(served, actor.name, 'POST', '/control/reset', {})
  await provision(served)
  for (const entry of entryNames) {
    if (entry !== first) await control(served, entry, 'POST', '/control/opening', openings.channel)
    await fails(entry, { does: 'none' })
  }
})
afterAll(() => served.stop())

/** Pauses of the city's rules, in milliseconds, that nobody waits for. */
let pauses: number[] = []
const phone = (timeoutMs = 20_000): PhoneOptions => ({
  entries: plan.city.parties.channels.map(({ name, backupOrder }) => ({
    name,
    backupOrder,
    origin: served.originOf(`channel-${name}`),
    token: sessionToken,
  })),
  retry: { ...plan.city.parties.retry, timeoutSeconds: { ...plan.city.parties.retry.timeoutSeconds, entry: timeoutMs / 1000 } },
  wait: async (ms) => pauses.push(ms),
  takesKiosk: false,
  hasOwnMoney: true,
})
const payment = { idempotencyKey: 'K1', site, bill, mode: 'credit', qr: identity.qr } as const
const ask = (path: string, body: object, token = '') =>
  fetch(served.originOf(first) + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
const fails = (entry: string, order: object) => control(served, entry, 'PUT', '/control/failure', order)
const captures = async () =>
  ((await control(served, bank, 'GET', '/control/books')) as { entries: { entry: { does: string } }[] }).entries.filter(
    ({ entry }) => entry.does === 'capture',
  )

test('an entry that refuses is tried as often as the city says, then left for the next in backup order, and the bill is paid once', async () => {
  pauses = []
  const { attempts, backoffSeconds, backoffFactor, jitterShare } = plan.city.parties.retry
  await fails(first, { does: 'refuse' })
  expect(await payByPhone(phone(), payment)).toMatchObject({
    outcome: 'answered',
    entry: 'second-entry',
    tried: ['main-entry', 'second-entry'],
    reply: { payment: { state: 'paid' } },
  })
  expect(await captures()).toHaveLength(1)
  expect(await control(served, first, 'GET', '/control/failure')).toMatchObject({
    failures: [{ does: 'refuse', touched: attempts }],
    touched: Array.from({ length: attempts }, () => ({ operation: 'entry/session', businessKey: bill })),
  })
  expect(pauses).toHaveLength(attempts - 1)
  for (const [tries, ms] of pauses.entries()) {
    const middle = 1000 * backoffSeconds * backoffFactor ** tries
    expect(ms).toBeGreaterThanOrEqual(middle * (1 - jitterShare))
    expect(ms).toBeLessThanOrEqual(middle * (1 + jitterShare))
  }
})

test('an entry that is silent is left when the phone’s patience ends; with every entry failing the patient goes to the window', async () => {
  for (const entry of entryNames) await fails(entry, entry === first ? { does: 'silent' } : { does: 'refuse' })
  expect(await payByPhone(phone(150), payment)).toEqual({
    outcome: 'onward',
    to: 'window',
    inDoubt: true,
    tried: plan.city.parties.channels.map(({ name }) => name),
  })
  expect(await captures()).toHaveLength(0)
  await fails(first, { does: 'refuse' })
  await fails('channel-third-entry', { does: 'none' })
  expect(await payByPhone(phone(), payment)).toMatchObject({
    outcome: 'answered',
    entry: 'third-entry',
    reply: { payment: { state: 'paid' } },
  })
})

test('a reply lost at one entry is found again through another: the same key, one payment', async () => {
  expect((await payFromPhone(served)).status).toBe(200)
  await fails(first, { does: 'silent' })
  expect(await payByPhone(phone(500), payment)).toMatchObject({
    outcome: 'answered',
    entry: 'second-entry',
    reply: { outcome: 'refused', reason: 'bill-paid' },
  })
  expect(await captures()).toHaveLength(1)
})

test('a failing entry still shows health, metrics and its switch, and heals', async () => {
  await fails(first, { does: 'refuse' })
  expect((await payFromPhone(served)).status).toBe(503)
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(served.originOf(first) + path)).status).toBe(200)
  await fails(first, { does: 'none' })
  expect((await payFromPhone(served)).status).toBe(200)
  await expect(fails(first, { does: 'refuse', lateMs: 5 })).rejects.toThrow('lateMs does not go with refuse')
})

test('more than an entry’s line holds is told when to come back, and nothing of it reaches the platform', async () => {
  // The first stays in service until the others were answered: its planned time is longer than they need.
  await control(served, first, 'PUT', '/control/service-plan', {
    servers: 1,
    mostWaiting: 0,
    times: [{ operation: 'entry/session', businessKey: bill, serviceMs: 600 }],
  })
  const asked = Array.from({ length: 5 }, (_, index) =>
    fetch(`${served.originOf(first)}/entry/v1/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sessionToken}` },
      body: JSON.stringify({ ...payment, idempotencyKey: `K${index}` }),
    }),
  )
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429, 429])
  expect(answers.filter(({ status }) => status === 429).map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1', '1'])
})

test('a platform that is down is noticed by its callers’ failures, and then refused without a call until a probe finds it back', async () => {
  let calls = 0
  const broken = createServer((request) => {
    calls += 1
    request.socket.destroy()
  })
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
  const platform = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`
  const alone = await serveSmallWire(plan, { only: [first], elsewhere: { platform } })
  onTestFinished(async () => {
    await alone.stop()
    await new Promise((resolve) => broken.close(resolve))
  })
  await control(alone, first, 'POST', '/control/opening', openings.channel)
  const health = async () => (await fetch(`${alone.originOf(first)}/entry/v1/health`)).json()
  expect(await health()).toEqual({ entry: 'open', platform: 'up' })
  const { minimumCalls } = plan.city.parties.health
  for (let call = 1; call <= minimumCalls; call++) expect((await payFromPhone(alone)).status).toBe(504)
  expect(await health()).toEqual({ entry: 'open', platform: 'down' })
  const entries = phone()
    .entries.slice(0, 1)
    .map((entry) => ({ ...entry, origin: alone.originOf(first) }))
  expect(await payByPhone({ ...phone(), entries }, payment)).toMatchObject({ outcome: 'onward', to: 'window', inDoubt: false })
  expect(calls).toBe(minimumCalls)
})

test('a session is asked for with the account’s secret, ends when it is ended, and pays for its own person and registered children alone', async () => {
  const parent = { person: 7001, secret: 'the secret of person 7001', children: [person] }
  await control(served, first, 'POST', '/control/opening', { sessions: [], accounts: [parent] })
  expect((await ask('/entry/v1/sessions', { person: 7001, secret: 'another secret' })).status).toBe(401)
  const { token } = (await (await ask('/entry/v1/sessions', { person: 7001, secret: parent.secret })).json()) as { token: string }
  expect((await payFromPhone(served, { forPerson: 43 }, token)).status).toBe(403)
  // The bill is the child's: without saying so it is another person's, and refused by the hospital.
  expect((await payFromPhone(served, { idempotencyKey: 'own' }, token)).body).toMatchObject({ payment: { state: 'refused' } })
  expect(
    (
      await payFromPhone(
        served,
        { idempotencyKey: 'child', forPerson: person, qr: identityOf({ seed, year: 2020 }, person, 'young-adult').qr },
        token,
      )
    ).body,
  ).toMatchObject({
    payment: { state: 'paid' },
  })
  expect((await ask('/entry/v1/sessions/end', {}, token)).status).toBe(204)
  expect((await payFromPhone(served, {}, token)).status).toBe(401)
  expect(JSON.stringify(await control(served, first, 'GET', '/control/books'))).not.toMatch(new RegExp(`${token}|${parent.secret}`))
})

test('two hours after signing in a session is over: 401 and counted, whatever it asks for, and no book has a word more', async () => {
  const account = { person, secret: 'the secret of person 42' }
  await control(served, first, 'POST', '/control/opening', { sessions: [], accounts: [{ ...account, children: [] }] })
  const origin = served.originOf(first)
  const { token, expiresInSeconds } = (await (await ask('/entry/v1/sessions', account)).json()) as {
    token: string
    expiresInSeconds: number
  }
  expect(expiresInSeconds).toBe(7200)
  // Everybody's protocol clock, so that the entry's own signatures stay good and only the session grows old.
  const later = async (skewMs: number) => {
    for (const { actor } of served.actors) await fails(actor.name, { does: 'clock-skew', skewMs })
  }
  onTestFinished(async () => {
    for (const { actor } of served.actors) await fails(actor.name, { does: 'none' })
  })
  const visit = { site, visit: 'JZ0000000001' }
  await later(3_600_000)
  expect((await ask('/entry/v1/visits/query', visit, token)).status).toBe(200)

  const books = () => Promise.all(served.actors.map(({ actor }) => control(served, actor.name, 'GET', '/control/books')))
  await later(7_200_001)
  const before = [await books(), await refusalsOf(origin, 'unsigned')] as const
  const answer = await payFromPhone(served, {}, token)
  expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unsigned' } } })
  expect((await ask('/entry/v1/visits/query', visit, token)).status).toBe(401)
  expect((await ask('/entry/v1/sessions/end', {}, token)).status).toBe(401)
  expect([await books(), await refusalsOf(origin, 'unsigned')]).toEqual([before[0], before[1] + 3])
})

test('a refund is asked for by whoever paid, and goes back once; of another’s payment a phone hears nothing', async () => {
  const { payment: paid } = (await payFromPhone(served)).body as { payment: { payment: string } }
  const stranger = { person: 7002, token: 'the-token-of-person-7002', children: [] }
  await control(served, first, 'POST', '/control/opening', { sessions: [stranger] })
  const ask = async (path: string, body: object, token: string = sessionToken) => {
    const answer = await fetch(served.originOf(first) + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as object }
  }
  const refunds = `/entry/v1/payments/${paid.payment}/refunds`
  expect((await ask(refunds, { idempotencyKey: 'R1' }, stranger.token)).body).toEqual({ outcome: 'unheard-of' })
  for (const _ of [1, 2]) expect((await ask(refunds, { idempotencyKey: 'R1' })).body).toMatchObject({ payment: { state: 'refunded' } })
  const visit = { site, visit: 'JZ0000000001' }
  expect((await ask('/entry/v1/visits/query', { ...visit, forPerson: person }, stranger.token)).status).toBe(403)
  expect((await ask('/entry/v1/visits/query', visit)).body).toMatchObject({ outcome: 'visit' })
  const hold = { ...visit, bill: 'MX9', amountFen: 100 }
  expect((await ask('/entry/v1/holds', { ...hold, forPerson: person }, stranger.token)).status).toBe(403)
})
