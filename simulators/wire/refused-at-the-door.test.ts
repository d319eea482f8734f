/** Whoever may not ask is refused before any work, and every book says afterwards what it said before. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { codeOf } from './dialects/shanghai/codes.ts'
import { inEnvelope, shanghaiPath } from './dialects/shanghai/envelope.ts'
import type { Served } from './serve.ts'
import { signatureHeaders, signHmac } from './signing/hmac.ts'
import { keyRing } from './signing/key-ring.ts'
import { refusalsOf } from './testing/refusals.ts'
import {
  bank,
  bill,
  channel,
  control,
  identity,
  keys,
  payFromPhone,
  person,
  provision,
  serveSmallWire,
  site,
} from './testing/small-wire.ts'

const parentToken = 'a-session-of-the-parent'
const strangerToken = 'a-session-of-a-stranger'
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { booksFolder: undefined })
  await provision(served)
  await control(served, channel, 'POST', '/control/opening', {
    sessions: [
      { token: parentToken, person: 40, children: [person] },
      { token: strangerToken, person: 41, children: [] },
    ],
  })
})
afterAll(() => served.stop())

interface Asked {
  readonly callee: string
  readonly caller: string
  readonly path: string
  readonly body: object
  /** Signs for another body, path or time than it sends. */
  readonly signs?: Partial<Parameters<typeof signHmac>[1]>
  readonly keyOf?: typeof keys
  readonly nonce?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
}

let nonces = 0
async function ask({ callee, caller, path, body, signs, keyOf = keys, nonce, headers = {} }: Asked) {
  nonces += 1
  const bytes = Buffer.from(JSON.stringify(body))
  const timestamp = Math.floor(Date.now() / 1000)
  const parts = { caller, method: 'POST', path, body: bytes, timestamp, nonce: nonce ?? `n${nonces}`, ...signs }
  const all: Readonly<Record<string, string | undefined>> = {
    'content-type': 'application/json',
    [signatureHeaders.caller]: caller,
    [signatureHeaders.timestamp]: String(parts.timestamp),
    [signatureHeaders.nonce]: parts.nonce,
    [signatureHeaders.signature]: signHmac(keyOf.between(caller, callee), parts),
    ...headers,
  }
  const answer = await fetch(served.originOf(callee) + path, {
    method: 'POST',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>,
    body: bytes,
  })
  return { status: answer.status, body: (await answer.json()) as { error?: { code: string } } & Record<string, unknown> }
}

const books = async () =>
  JSON.stringify(
    await Promise.all(['bureau', 'his', bank, 'platform', channel].map((actor) => control(served, actor, 'GET', '/control/books'))),
  )

const pay = { idempotencyKey: 'K9', channel, person, site, bill, mode: 'credit', qr: identity.qr }
const toPlatform = { callee: 'platform', caller: channel, path: '/v1/payments', body: pay }
const toBank = {
  callee: bank,
  caller: 'platform',
  path: '/gateway/v1/authorizations',
  body: { key: 'H1', agreement: identity.agreement, site, amountFen: 100 },
}
const toHis = {
  callee: 'his',
  caller: 'platform',
  path: '/his/v1/attempts/open',
  body: { site, bill, attempt: 'A1', person, by: 'platform' },
}
const atWindow = {
  callee: 'his',
  caller: 'site-7',
  path: '/his/v1/window-payments',
  body: { site, terminal: 'window-1', signIn: 'QD7-20201012-000001', idempotencyKey: 'W1', person, bill, tender: { means: 'cash' } },
}
const toldOfOrder = { callee: 'his', caller: 'platform', path: '/his/v1/mobile-notices', body: {} }
const fromAnotherSite = { site: 8, message: { sequence: 1, atMs: Date.parse('2020-10-12T01:00:00Z') } }
const toBureau = {
  callee: 'bureau',
  caller: 'site-7',
  path: `${shanghaiPath}/SN02`,
  body: inEnvelope('SN02', fromAnotherSite, { mxzdh: bill }),
}

const refusals: Readonly<Record<string, { readonly asked: Asked; readonly status: number; readonly code?: string }>> = {
  'no signature': { asked: { ...toPlatform, headers: { [signatureHeaders.signature]: undefined } }, status: 401, code: 'unsigned' },
  'a key of another run': { asked: { ...toPlatform, keyOf: keyRing('another secret') }, status: 401, code: 'wrong-signature' },
  'a changed body': { asked: { ...toPlatform, signs: { body: Buffer.from('{}') } }, status: 401, code: 'wrong-signature' },
  'the signature of another path': { asked: { ...toBank, signs: { path: '/gateway/v1/captures' } }, status: 401, code: 'wrong-signature' },
  'a signature of yesterday': {
    asked: { ...toBank, signs: { timestamp: Math.floor(Date.now() / 1000) - 86_400 } },
    status: 401,
    code: 'expired-signature',
  },
  'a signature from the future': {
    asked: { ...toHis, signs: { timestamp: Math.floor(Date.now() / 1000) + 86_400 } },
    status: 401,
    code: 'expired-signature',
  },
  'a party of the run with no business here': { asked: { ...toBank, caller: channel }, status: 401, code: 'unknown-caller' },
  'an entry at the hospital': { asked: { ...toHis, caller: channel }, status: 401, code: 'unknown-caller' },
  'a bank at the platform': {
    asked: { ...toPlatform, caller: bank, body: { ...pay, channel: bank } },
    status: 401,
    code: 'unknown-caller',
  },
  'a name that only begins like a site': {
    asked: { ...toPlatform, caller: 'site-', body: { ...pay, channel: 'site-' } },
    status: 401,
    code: 'unknown-caller',
  },
  'an entry in the name of another': {
    asked: { ...toPlatform, body: { ...pay, channel: 'channel-other' } },
    status: 403,
    code: 'forbidden',
  },
  'a site that pays another site’s bill': {
    asked: { ...toPlatform, caller: 'site-8', body: { ...pay, channel: 'site-8' } },
    status: 403,
    code: 'forbidden',
  },
  'a site that is no number': {
    asked: { ...toPlatform, caller: 'site-7x', body: { ...pay, channel: 'site-7x' } },
    status: 403,
    code: 'forbidden',
  },
  'a site at the window of another': { asked: { ...atWindow, caller: 'site-8' }, status: 403, code: 'forbidden' },
  'an entry at a window': { asked: { ...atWindow, caller: channel }, status: 401, code: 'unknown-caller' },
  'what only the bureau tells a hospital': { asked: toldOfOrder, status: 401, code: 'unknown-caller' },
  'an entry that asks for the operators’ desk': {
    asked: { ...toPlatform, path: '/v1/operator/money', body: {} },
    status: 401,
    code: 'unknown-caller',
  },
  'a site that speaks for another at the bureau': { asked: toBureau, status: 403 },
}

test.each(Object.entries(refusals))('%s is refused, leaves no trace and is counted', async (_, { asked, status, code }) => {
  const before = await books()
  const counted = () => refusalsOf(served.originOf(asked.callee), code ?? 'forbidden')
  const countedBefore = await counted()
  const answer = await ask(asked)
  expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code })
  expect(await books()).toBe(before)
  expect(await counted()).toBe(countedBefore + 1)
})

test('a request recorded and sent again is refused and leaves no second trace', async () => {
  const recorded = { ...toBank, body: { ...toBank.body, key: 'H2' }, nonce: 'recorded' }
  expect((await ask(recorded)).status).toBe(200)
  const [before, counted] = [await books(), await refusalsOf(served.originOf(bank), 'replayed')]
  expect(await ask(recorded)).toMatchObject({ status: 401, body: { error: { code: 'replayed' } } })
  expect(await books()).toBe(before)
  expect(await refusalsOf(served.originOf(bank), 'replayed')).toBe(counted + 1)
})

test('a site that speaks for itself is heard at the bureau', async () => {
  const answer = await ask({ ...toBureau, body: inEnvelope('SN02', { ...fromAnotherSite, site }, { mxzdh: bill }) })
  expect(answer).toMatchObject({ status: 200, body: { xxfhm: codeOf('bill-not-uploaded').code } })
})

test('a session pays and sees its own person and registered children, and nobody else', async () => {
  const before = await books()
  expect((await payFromPhone(served, { forPerson: person }, strangerToken)).status).toBe(403)
  expect((await payFromPhone(served, {}, 'no-session-at-all-here')).status).toBe(401)
  expect(await books()).toBe(before)
  const paid = await payFromPhone(served, { forPerson: person }, parentToken)
  const { payment } = (paid.body as { payment: { payment: string; state: string } }).payment
  expect(paid.body).toMatchObject({ payment: { state: 'paid' } })
  const look = async (token: string) =>
    (await fetch(`${served.originOf(channel)}/entry/v1/payments/${payment}`, { headers: { authorization: `Bearer ${token}` } })).json()
  expect(await look(parentToken)).toMatchObject({ outcome: 'payment' })
  expect(await look(strangerToken)).toEqual({ outcome: 'unheard-of' })
})

test('a site sees the payments of its own bills, whoever paid them, and no others', async () => {
  const { payments } = ((await control(served, 'platform', 'GET', '/control/books')) as { ledger: { payments: { number: string }[] } })
    .ledger
  const look = async (caller: string) =>
    (await ask({ callee: 'platform', caller, path: '/v1/payments/query', body: { payment: payments[0]?.number, channel: caller } })).body
  expect(await look('site-7')).toMatchObject({ outcome: 'payment', payment: { bill } })
  expect(await look('site-8')).toEqual({ outcome: 'unheard-of' })
  expect(await look('channel-other')).toEqual({ outcome: 'unheard-of' })
})

const signaturesChecked = async (origin: string): Promise<number> =>
  [...(await (await fetch(`${origin}/metrics`)).text()).matchAll(/^medpay_process_signatures_checked_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )

test.each([
  ['an oversize body', 'application/json', `{"a":"${'x'.repeat(1 << 20)}"}`, 413, 'body-too-large'],
  ['a body that is no JSON', 'application/json', '{"a":', 400, 'bad-json'],
  ['a body of another type', 'text/xml', '<a/>', 415, 'bad-content-type'],
] as const)('%s is refused before anybody looks at a signature, and counted, signed or not', async (_, type, body, status, code) => {
  for (const { callee, path } of [toPlatform, toBank, toHis]) {
    const origin = served.originOf(callee)
    const [before, counted, checked] = [await books(), await refusalsOf(origin, code), await signaturesChecked(origin)]
    // The second claims to be signed, so that its signature would have to be checked.
    const claims = {
      [signatureHeaders.nonce]: 'n',
      [signatureHeaders.signature]: 'AAAA',
      [signatureHeaders.timestamp]: String(Math.floor(Date.now() / 1000)),
    }
    for (const headers of [{}, { [signatureHeaders.caller]: callee === 'platform' ? channel : 'platform', ...claims }]) {
      const answer = await fetch(origin + path, { method: 'POST', headers: { 'content-type': type, ...headers }, body })
      const said = (await answer.json()) as { error?: { code: string } }
      expect({ callee, status: answer.status, code: said.error?.code }).toEqual({ callee, status, code })
    }
    expect(await signaturesChecked(origin)).toBe(checked)
    expect(await refusalsOf(origin, code)).toBe(counted + 2)
    expect(await books()).toBe(before)
  }
})
