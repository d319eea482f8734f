/**
 * Every endpoint of every actor, by its own OpenAPI document: right requests, and requests with one thing spoiled, body, path, query or
 * header, signed as somebody who may call. Nothing may end in a 5xx; what was wrong is refused and leaves no trace in any book. Prints how
 * many of each were sent; docs/wire-tests.md says the least.
 */
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { wireTestsPage, withBlock } from '../../tools/page-block.ts'
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
import { type Addressed, badHeaders, badParameters, badPaths, type Parameter } from './testing/fuzz/bad-addresses.ts'
import { spoiled } from './testing/fuzz/bad-inputs.ts'
import { openings, sessionToken } from './testing/small-wire.ts'

/** Spoiled bodies of a route, of so many that were made: some are right by chance. */
const badBodies = 24
const madeBodies = 60
const rightBodies = 8
const seed = 20_201_012
const keys = keyRing('the secret of a test')
const merchant = '1900000001'
/** Made once: an RSA key is dear. */
const wechat = walletKeys(keys, 'wechat')
const alipay = walletKeys(keys, 'alipay')
const plan = planOf('small-town')
/** Right requests with a 2xx: what their desk did, or a refusal that its dialect writes with 200. The rest name what is not there. */
let answeredWell = 0
const sent = { routes: 0, right: 0, body: 0, path: 0, parameter: 0, header: 0 }
/** What every run sends at the least, as the page says it. */
const atLeast: typeof sent = { routes: 350, right: 2000, body: 5500, path: 2000, parameter: 100, header: 4500 }

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
  const { routes, right, body, path, parameter, header } = sent
  console.log(
    `fuzz: ${routes} routes, ${right} right requests, ${((100 * answeredWell) / right).toFixed(1)} % answered 2xx; spoiled and refused: ${body} bodies, ${path} paths, ${parameter} values of path and query, ${header} headers`,
  )
})

const appOf = (name: string): ActorApp => city.actors.find(({ actor }) => actor.name === name)?.actor.app as ActorApp

/** Alipay has one address and a form; its messages are routes in all but name. */
const gateway = '/gateway.do'

interface Route {
  readonly actor: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body: JsonSchema | undefined
  readonly parameters: readonly Parameter[]
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

type Values = Readonly<Record<string, unknown>>

/** Its address with these values; a query may be missing or there twice. */
function urlOf({ path, parameters }: Route, values: Values): string {
  const text = (value: unknown) => encodeURIComponent(String(value ?? 'x'))
  const query = parameters
    .filter((one) => one.in === 'query' && one.name in values)
    .flatMap(({ name }) => [values[name]].flat().map((value) => `${encodeURIComponent(name)}=${text(value)}`))
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(values[name]))}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

function addressed(route: Route, signer: Signer, body: string, values: Values): Addressed {
  const { method } = route
  const url = urlOf(route, values)
  const payload = method === 'GET' ? '' : body
  return { method, url, headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...signer(method, url, payload) } }
}

const deliver = (actor: string, { method, url, headers }: Addressed, body: string) =>
  appOf(actor).inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: body }) })

const isGateway = ({ path }: Route) => path.startsWith(gateway)

const send = (route: Route, signer: Signer, body: string, values: Values) =>
  isGateway(route)
    ? sendForm(route.actor, route.path.slice(route.path.indexOf('=') + 1), body)
    : deliver(route.actor, addressed(route, signer, body, values), body)

async function sendForm(actor: string, method: string, content: string, spoil: (form: Form) => Form = (form) => form) {
  const form = { app_id: merchant, method, sign_type: 'RSA2', charset: 'utf-8', timestamp: secondOf(Date.now()), biz_content: content }
  const sign = signRsa(alipay.merchant(merchant).privateKey, signedWords(form))
  const answer = await appOf(actor).inject({
    method: 'POST',
    url: gateway,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(spoil({ ...form, sign })).toString(),
  })
  // Its refusals come with status 200 and a code of their own.
  const [said] = Object.values(answer.json() as Readonly<Record<string, { code?: string }>>)
  return { statusCode: said?.code === '20000' ? 500 : said?.code === '10000' ? 200 : 400, body: answer.body }
}

type Form = Readonly<Record<string, string>>

/** What the form says beside its content, left out or said otherwise. */
const badForms = ['app_id', 'method', 'sign_type', 'charset', 'timestamp', 'sign'].flatMap((name) => [
  { how: `no ${name}`, spoil: ({ [name]: _, ...form }: Form) => form },
  { how: `another ${name}`, spoil: (form: Form) => ({ ...form, [name]: `${form[name]}x` }) },
])

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
        // The platform tells an entry of its payments at a time of its own, and another request would be blamed for it.
        const before = await (actor.name.startsWith('channel-') ? quietBooks() : books())
        const wrongs: string[] = []
        const refused = (how: string, { statusCode, body }: { readonly statusCode: number; readonly body: string }) => {
          const isRefused = statusCode >= 400 && statusCode < 500
          expect({ told, how, isRefused, answer: isRefused || `${statusCode} ${body}` }).toMatchObject({ isRefused: true })
          wrongs.push(how)
        }
        const [rightValues = {}] = fc.sample(values, { numRuns: 1, seed })
        if (route.body !== undefined) {
          const isRight = ajv.compile(route.body)
          const made = fc.sample(spoiled(right), { numRuns: madeBodies, seed }).filter(({ bytes }) => !isRight(parsed(bytes)))
          for (const { how, bytes } of made.slice(0, badBodies)) {
            sent.body += 1
            refused(how, await send(route, signer, bytes, rightValues))
          }
        }
        const body = JSON.stringify(fc.sample(right, { numRuns: 1, seed })[0])
        if (isGateway(route)) {
          for (const { how, spoil } of badForms) {
            sent.header += 1
            refused(how, await sendForm(route.actor, route.path.slice(route.path.indexOf('=') + 1), body, spoil))
          }
        } else {
          const whole = addressed(route, signer, body, rightValues)
          const sign = (method: string, url: string) => ({ ...whole.headers, ...signer(method, url, method === 'GET' ? '' : body) })
          const ofAnother = { ...whole.headers, ...signer(route.method, whole.url, '{"another":1}') }
          const kinds = {
            path: badPaths(whole, sign),
            parameter: badParameters(route.parameters, isValue, (some) => addressed(route, signer, body, some), seed),
            // Where no header says who it is there is none to spoil.
            header: isAnybodys(route) ? [] : badHeaders(whole, route.method === 'GET' || !isSigned(whole) ? {} : ofAnother),
          }
          for (const [kind, bad] of Object.entries(kinds) as [keyof typeof kinds, (typeof kinds)['path']][]) {
            for (const { how, request } of bad) {
              sent[kind] += 1
              refused(how, await deliver(route.actor, request, body))
            }
          }
        }
        const after = await books()
        if (after !== before) throw new Error(`${told}: one of these left a trace: ${wrongs.join(' | ')}`)
        for (const [body, params] of fc.sample(fc.tuple(right, values), { numRuns: mayWork ? rightBodies : 0, seed })) {
          sent.right += 1
          const { statusCode, body: said } = await send(route, signer, JSON.stringify(body), params)
          if (statusCode >= 200 && statusCode < 300) answeredWell += 1
          expect({ told, body, statusCode: statusCode < 500, said: statusCode < 500 || said }).toMatchObject({ statusCode: true })
        }
      }
    }
    for (const [what, least] of Object.entries(atLeast))
      expect({ what, sent: sent[what as keyof typeof sent] >= least }).toEqual({ what, sent: true })
    expect(answeredWell / sent.right).toBeGreaterThan(0.4)
    // A loaded machine takes long; the limit catches a hang alone.
  }, 600_000)
})

test('docs/wire-tests.md says the least that is sent; renew it with npx vitest run fuzz -u', async () => {
  const { routes, right, body, path, parameter, header } = atLeast
  const table = [
    '| | sent |',
    '| --- | --- |',
    `| endpoints (entries are alike: one stands for all) | ${routes} |`,
    `| right requests | ${right} |`,
    `| spoiled bodies: a value of another kind, a field left out or too many, no JSON | ${body} |`,
    `| spoiled paths: a part too many, a zero byte, \`..\`, another case, another method | ${path} |`,
    `| spoiled values of path and query: not as the document says, missing, twice | ${parameter} |`,
    `| spoiled headers and form fields: each left out and changed; signed for another body | ${header} |`,
  ]
  await expect(withBlock('fuzz', table.join('\n'))).toMatchFileSnapshot(wireTestsPage)
})

/** What is open to everybody. */
const isAnybodys = ({ path }: Route) => ['/healthz', '/readyz', '/metrics', '/entry/v1/health'].includes(path)
const isSigned = ({ headers }: Addressed) => signatureHeaders.signature in headers || headers['authorization']?.startsWith(scheme) === true

const validators = new Map<JsonSchema, (value: unknown) => boolean>()
function isValue(schema: JsonSchema, value: unknown): boolean {
  const known = validators.get(schema) ?? ajv.compile(schema)
  validators.set(schema, known)
  return known(value)
}

function parsed(bytes: string): unknown {
  try {
    return JSON.parse(bytes) as unknown
  } catch {
    return undefined
  }
}
