/**
 * Every endpoint of every actor, by its own OpenAPI document: right bodies, spoiled ones and nonsense, signed as somebody who may call.
 * None may end in a 5xx or leave a trace in any book when it was wrong. Prints how many of each were sent.
 */
import { Ajv } from 'ajv'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { secondOf } from './desks/business-time.ts'
import { alipayMessages } from './dialects/alipay/messages.ts'
import { signedWords } from './dialects/alipay/notice.ts'
import { decimalsKeyword, hasDecimals, isYuan, yuanKeyword } from './dialects/field.ts'
import { requestWords, scheme } from './dialects/wechat/signature.ts'
import { type Served, serve } from './serve.ts'
import type { ActorApp } from './server/actor-app.ts'
import { controlHeader } from './server/control.ts'
import { signatureHeaders, signHmac } from './signing/hmac.ts'
import { keyRing } from './signing/key-ring.ts'
import { signRsa } from './signing/rsa.ts'
import { walletKeys } from './signing/wallet-keys.ts'
import { arbitraryOf, type JsonSchema } from './testing/fuzz/arbitrary-of.ts'
import { spoiled } from './testing/fuzz/bad-inputs.ts'
import { openings, sessionToken } from './testing/small-wire.ts'

const runsPerRoute = 40
const seed = 20_201_012
const keys = keyRing('the secret of a test')
const merchant = '1900000001'
/** Made once: an RSA key is dear. */
const wechat = walletKeys(keys, 'wechat')
const alipay = walletKeys(keys, 'alipay')
const plan = planOf('small-town')
const sent = { right: 0, spoiled: 0, refused: 0, routes: 0 }

let city: Served
beforeAll(async () => {
  const { city: town, policy } = plan
  city = await serve({
    city: town,
    policy,
    date: '2020-10-12',
    version: 'test',
    keys,
    booksFolder: undefined,
    host: '127.0.0.1',
    firstPort: 0,
  })
  const wallet = { merchants: [{ merchant, app: 'wx-synthetic-app', checksBy: 'certificate' }], payers: ['o-payer-42'] }
  const books: Readonly<Record<string, object>> = {
    bureau: openings.bureau,
    his: openings.his,
    'bank-a': openings.bank,
    platform: openings.platform,
    'channel-main-entry': openings.channel,
    wechat: wallet,
    alipay: wallet,
  }
  for (const [actor, book] of Object.entries(books)) {
    const { statusCode } = await appOf(actor).inject({
      method: 'POST',
      url: '/control/opening',
      headers: { [controlHeader]: keys.controlToken },
      payload: book,
    })
    expect({ actor, statusCode }).toEqual({ actor, statusCode: 200 })
  }
})
afterAll(async () => {
  await city.stop()
  console.log(`fuzz: ${sent.routes} routes, ${sent.right} right and ${sent.spoiled} spoiled requests, ${sent.refused} of them refused`)
})

const appOf = (name: string): ActorApp => city.actors.find(({ actor }) => actor.name === name)?.actor.app as ActorApp

/** Alipay has one address and a form; its messages are routes in all but name. */
const gateway = '/gateway.do'

interface Route {
  readonly actor: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body: JsonSchema | undefined
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: JsonSchema }[]
}

function routesOf(actor: string): Route[] {
  const document = (appOf(actor) as unknown as { swagger(): { paths: Record<string, Record<string, DocumentedRoute>> } }).swagger()
  if (actor === 'alipay') {
    const messages = alipayMessages.map(({ method, content }) => ({
      actor,
      method: 'POST' as const,
      path: `${gateway}?method=${method}`,
      body: content as unknown as JsonSchema,
      parameters: [],
    }))
    delete document.paths[gateway]
    return [...messages, ...documented(actor, document.paths)]
  }
  return documented(actor, document.paths)
}

function documented(actor: string, paths: Readonly<Record<string, Record<string, DocumentedRoute>>>): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, parameters = [] }]) => ({
      actor,
      method: method.toUpperCase() as Route['method'],
      path,
      body: requestBody?.content['application/json']?.schema,
      parameters,
    })),
  )
}

interface DocumentedRoute {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly parameters?: Route['parameters']
}

type Signer = (method: string, url: string, body: string) => Record<string, string>

let nonces = 0
const nowSeconds = () => Math.floor(Date.now() / 1000)
const hmacAs =
  (caller: string, actor: string): Signer =>
  (method, path, body) => {
    nonces += 1
    const parts = { caller, method, path, body: Buffer.from(body), timestamp: nowSeconds(), nonce: `n${nonces}` }
    return {
      [signatureHeaders.caller]: caller,
      [signatureHeaders.timestamp]: String(parts.timestamp),
      [signatureHeaders.nonce]: parts.nonce,
      [signatureHeaders.signature]: signHmac(keys.between(caller, actor), parts),
    }
  }
const asMerchant: Signer = (method, url, body) => {
  nonces += 1
  const { certificate, privateKey } = wechat.merchant(merchant)
  const [timestamp, nonce] = [String(nowSeconds()), `n${nonces}`]
  const signature = signRsa(privateKey, requestWords(method, url, timestamp, nonce, body))
  return {
    authorization: `${scheme} mchid="${merchant}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${certificate.serial}",signature="${signature}"`,
  }
}
const asOwner: Signer = () => ({ [controlHeader]: keys.controlToken })
/** A wallet signs what it tells, so whatever is made up here is disbelieved. */
const asNobody: Signer = () => ({})
const asPerson: Signer = () => ({ authorization: `Bearer ${sessionToken}` })

/** Whoever the route lets in: the first signer that its gate does not turn away. */
async function signerOf(route: Route): Promise<Signer> {
  if (route.path.startsWith('/control/')) return asOwner
  if (route.path.startsWith('/entry/')) return asPerson
  if (route.path.startsWith('/v1/wallet-callbacks/')) return asNobody
  const callers = ['platform', 'his', 'site-7', 'phone', 'operator', 'channel-main-entry', ...city.actors.map(({ actor }) => actor.name)]
  const signers = [asMerchant, ...new Set(callers).values().map((caller) => hmacAs(caller, route.actor))]
  for (const signer of signers) {
    const before = await turnedAway(route.actor)
    const { statusCode } = await send(route, signer, '{}', {})
    if (statusCode !== 401 && (await turnedAway(route.actor)) === before) return signer
  }
  throw new Error(`nobody may call ${route.actor} ${route.method} ${route.path}`)
}

/** How many requests the actor's gates have turned away, by its own count. */
async function turnedAway(actor: string): Promise<string> {
  const { body } = await appOf(actor).inject({ method: 'GET', url: '/metrics' })
  return body
    .split('\n')
    .filter((line) => line.startsWith('medpay_refusals_total{') && !line.includes('"forbidden"'))
    .join('\n')
}

async function send({ actor, method, path, parameters }: Route, signer: Signer, body: string, values: Readonly<Record<string, unknown>>) {
  const text = (name: string) => encodeURIComponent(String(values[name] ?? 'x'))
  const query = parameters.filter((one) => one.in === 'query').map(({ name }) => `${encodeURIComponent(name)}=${text(name)}`)
  const url = `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(name))}${query.length === 0 ? '' : `?${query.join('&')}`}`
  if (path.startsWith(gateway)) return sendForm(actor, path.slice(path.indexOf('=') + 1), body)
  const payload = method === 'GET' ? '' : body
  return appOf(actor).inject({
    method,
    url,
    headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...signer(method, url, payload) },
    ...(method === 'GET' ? {} : { payload }),
  } satisfies InjectOptions)
}

async function sendForm(actor: string, method: string, content: string) {
  const form = { app_id: merchant, method, sign_type: 'RSA2', charset: 'utf-8', timestamp: secondOf(Date.now()), biz_content: content }
  const sign = signRsa(alipay.merchant(merchant).privateKey, signedWords(form))
  const answer = await appOf(actor).inject({
    method: 'POST',
    url: gateway,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...form, sign }).toString(),
  })
  // Its refusals come with status 200 and a code of their own.
  const [said] = Object.values(answer.json() as Readonly<Record<string, { code?: string }>>)
  return { statusCode: said?.code === '20000' ? 500 : said?.code === '10000' ? 200 : 400, body: answer.body }
}

/** Everything that stands in the books of the whole city. */
async function books(): Promise<string> {
  const shown = city.actors.map(async ({ actor }) => {
    const { body } = await actor.app.inject({ method: 'GET', url: '/control/books', headers: asOwner('', '', '') })
    return body
  })
  return (await Promise.all(shown)).join('\n')
}

async function quietBooks(): Promise<string> {
  let last = await books()
  let alike = 0
  const isQuiet = async () => {
    const now = await books()
    alike = now === last ? alike + 1 : 0
    last = now
    return alike >= 3
  }
  await expect.poll(isQuiet, { interval: 40, timeout: 10_000 }).toBe(true)
  return last
}

const ajv = new Ajv({ strict: false, allErrors: false, logger: false })
ajv.addKeyword({ keyword: decimalsKeyword, validate: (most: number, value: unknown) => hasDecimals(most, value), errors: false })
ajv.addKeyword({ keyword: yuanKeyword, validate: (sign: 'signed' | true, value: unknown) => isYuan(value, sign), errors: false })

/** Right calls of these would end the test itself: books emptied, a failure switched on, the session over. Wrong ones are sent. */
const endsTheTest = (path: string) => (path.startsWith('/control/') && path !== '/control/books') || path === '/entry/v1/sessions/end'

describe('every endpoint, by its own document', () => {
  test('bears whatever is sent to it, and what is wrong leaves no trace', async () => {
    // Entries are alike: one stands for all.
    const actors = city.actors.filter(({ actor }) => !actor.name.startsWith('channel-') || actor.name === 'channel-main-entry')
    for (const { actor } of actors) {
      for (const route of routesOf(actor.name)) {
        const told = `${route.actor} ${route.method} ${route.path}`
        sent.routes += 1
        const signer = await signerOf(route)
        const mayWork = !endsTheTest(route.path)
        const values = fc.record(Object.fromEntries(route.parameters.map(({ name, schema }) => [name, arbitraryOf(schema)])))
        const right = route.body === undefined ? fc.constant({}) : arbitraryOf(route.body)
        const isRight = route.body === undefined ? () => true : ajv.compile(route.body)
        // The platform tells an entry of its payments at a time of its own, and another request would be blamed for it.
        let before = await (actor.name.startsWith('channel-') ? quietBooks() : books())
        const wrongs: string[] = []
        for (const { how, bytes } of fc.sample(spoiled(right), { numRuns: runsPerRoute, seed })) {
          const [params] = fc.sample(values, { numRuns: 1, seed })
          const isWrong = route.body !== undefined && !isRight(parsed(bytes))
          if (!isWrong) continue
          sent.spoiled += 1
          const { statusCode, body } = await send(route, signer, bytes, params ?? {})
          expect({ told, how, statusCode: statusCode < 500, body: statusCode < 500 || body }).toMatchObject({ statusCode: true })
          if (statusCode >= 400) sent.refused += 1
          wrongs.push(how)
        }
        const after = await books()
        if (after !== before) throw new Error(`${told}: one of these left a trace: ${wrongs.join(' | ')}`)
        before = after
        for (const [body, params] of fc.sample(fc.tuple(right, values), { numRuns: mayWork ? runsPerRoute / 4 : 0, seed })) {
          sent.right += 1
          const { statusCode, body: said } = await send(route, signer, JSON.stringify(body), params)
          expect({ told, body, statusCode: statusCode < 500, said: statusCode < 500 || said }).toMatchObject({ statusCode: true })
        }
      }
    }
    expect(sent.routes).toBeGreaterThan(100)
    expect(sent.spoiled).toBeGreaterThan(2000)
  })
})

function parsed(bytes: string): unknown {
  try {
    return JSON.parse(bytes) as unknown
  } catch {
    return undefined
  }
}
