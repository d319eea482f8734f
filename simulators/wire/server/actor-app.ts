/**
 * The one way to build an actor's HTTP app: schema for every route, one list of failures, OpenAPI, health, metrics, control
 * endpoints. Building is not listening: only serve.ts listens, tests inject.
 *
 * An actor's file registers its dialects' routes on what this returns. A route without a schema is refused at start.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import { Type } from 'typebox'
import { traceParentHeader } from '../../trace/trace-parent.ts'
import { underTrace } from '../client/trace-context.ts'
import { signatureHeaders } from '../signing/hmac.ts'
import type { ServerIdentity } from '../signing/local-authority.ts'
import { type SignatureKind, signatureKinds } from '../signing/signature-kinds.ts'
import { type ActorEvents, type ActorLog, mistakeOf } from './actor-log.ts'
import { addControl, type ControlPanel, controlHeader } from './control.ts'
import type { FailureSwitch } from './failure-switch.ts'
import { type FailureCode, isRefusal, plainFailure, WireFailure } from './failures.ts'
import { type ActorMetrics, actorMetrics } from './metrics.ts'
import { sharedCompilers } from './shared-compilers.ts'
import { wireFailureOf } from './wire-failure-of.ts'

export type ActorApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

/** How a dialect writes a failure into its own envelope. `request` lets it quote the message number. */
export type FailureForm = (failure: WireFailure, request: FastifyRequest) => { readonly status: number; readonly body: object }

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for signatures. Empty for a request without one. */
    rawBody: Buffer
    /** Who signed the request; empty where the route asks for no signature. */
    caller: string
    /** Counted among what is under way. */
    isTaken: boolean
  }
  interface FastifyContextConfig {
    /** Absent: the testbed's own form. */
    failureForm?: FailureForm
    /** Name in metrics and service times; absent for routes that are not counted. */
    operation?: string
    /** What a request is about, before its desk has seen it and whatever its body is. Absent: nothing can be said. */
    businessKey?: (request: FastifyRequest) => string
  }
}

export interface ActorOptions {
  /** Name on the wire and in metrics. */
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly version: string
  readonly controlToken: string
  readonly control: ControlPanel
  /** False while it warms up and from the moment it stops. */
  readonly isReady: () => boolean
  /** Kinds of signatures of which none is made or checked; absent: every kind is. */
  readonly signaturesOff?: readonly SignatureKind[]
  /** Largest body accepted, bytes; absent: 1 MiB. */
  readonly bodyLimitBytes?: number
  /** Absent: plain HTTP. */
  readonly tls?: ServerIdentity
  readonly log: ActorLog
}

export interface BareActor {
  readonly app: ActorApp
  readonly metrics: ActorMetrics
  /** Counts and tells a refusal that its route writes into its own form; what is thrown as a WireFailure is told by itself. */
  refused(request: FastifyRequest, why: FailureCode): void
}

/** The app without the actor's own routes. */
export async function actorApp(options: ActorOptions): Promise<BareActor> {
  const app: ActorApp = fastify({
    bodyLimit: options.bodyLimitBytes ?? 1 << 20,
    ...(options.tls === undefined ? {} : { https: { key: options.tls.privateKey, cert: options.tls.certificate } }),
    // Its lines have no home for their names, quote what came, and cost 0.4 of a bare request (measured): see actor-log.ts.
    logger: false,
    schemaController: { compilersFactory: sharedCompilers },
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
  } as Parameters<typeof fastify>[0]).withTypeProvider<TypeBoxTypeProvider>() as unknown as ActorApp
  const metrics = actorMetrics(options.name)

  const refused: BareActor['refused'] = (request, why) => {
    metrics.refused(why)
    options.log.tell('request-refused', refusalOf(request, why))
  }

  keepRawBody(app)
  app.decorateRequest('caller', '')
  app.setErrorHandler((error, request, reply) => {
    const failure = wireFailureOf(error)
    const { operation } = request.routeOptions.config
    if (isRefusal(failure.code)) refused(request, failure.code)
    if (failure.code === 'internal')
      options.log.tell('own-mistake', { ...mistakeOf(error), ...(operation === undefined ? {} : { operation }) })
    return sendFailure(failure, request, reply)
  })
  app.setNotFoundHandler((request, reply) => sendFailure(new WireFailure('not-found'), request, reply))
  // Once the body is there: its bytes come in the socket's own time, outside of any request's.
  app.addHook('preValidation', (request, _reply, next) => underTrace(request.headers[traceParentHeader], next))
  app.addHook('onResponse', (request, reply, next) => {
    const { operation } = request.routeOptions.config
    if (operation !== undefined) {
      metrics.answered(operation, reply.statusCode, reply.elapsedTime / 1000)
      if (options.control.failureSwitch.skewMs !== 0) noteSkewed(options.control.failureSwitch, operation, request)
    }
    next()
  })
  app.addHook('onRoute', ({ url, schema, method }) => {
    if (schema === undefined) throw new Error(`${options.name} ${String(method)} ${url} has no schema`)
  })

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      components: { securitySchemes },
      info: { title: `${options.title.en} · ${options.title.zh}`, version: options.version, description: descriptionOf(options) },
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  // The page for people: everything it loads comes from here, so it opens without a network.
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', validatorUrl: null },
    theme: { title: options.name },
  })
  const { signaturesOff = [] } = options
  const signatures = Object.fromEntries(signatureKinds.map((kind) => [kind, signaturesOff.includes(kind) ? 'off' : 'on']))
  app.get('/healthz', { schema: { summary: 'The process answers', tags: ['operations'], response: { 200: aliveSchema } } }, async () => ({
    status: 'alive',
    signatures,
  }))
  app.get('/readyz', { schema: { summary: 'The actor takes work', tags: ['operations'], response: { 200: healthSchema } } }, async () => {
    if (!options.isReady()) throw new WireFailure('not-ready')
    return { status: 'ready' }
  })
  app.get('/metrics', { schema: { summary: 'Prometheus text', tags: ['operations'] } }, async (_request, reply) => {
    reply.type(metrics.contentType)
    return metrics.text()
  })
  addControl(app, options.controlToken, options.control, options.log)
  return { app, metrics, refused }
}

/** How routes that name one are guarded. */
const securitySchemes = {
  session: { type: 'http', scheme: 'bearer', description: '入口会话令牌 · token of a session with the entry' },
  control: { type: 'apiKey', in: 'header', name: controlHeader, description: '控制令牌，仅限本机 · control token, this machine only' },
} as const
const healthSchema = Type.Object({ status: Type.String() })
const aliveSchema = Type.Object({
  status: Type.String(),
  signatures: Type.Record(Type.String(), Type.String(), {
    description: '各类签名是否启用 · kinds of signatures: on, or off where the run does without them',
  }),
})

const descriptionOf = ({ name }: ActorOptions) =>
  `Actor ${name} of medpay-testbed. Everything it knows is synthetic. Dialect fields carry x-standing (enforced, accepted, ignored) and x-source.`

/** Who it was, as far as that is proven; what it was about, only where somebody known says so. */
function refusalOf(request: FastifyRequest, why: FailureCode): ActorEvents['request-refused'] {
  const { operation = 'none' } = request.routeOptions.config
  const claimed = request.headers[signatureHeaders.caller]
  const isProven = request.caller !== ''
  const caller = isProven ? request.caller : typeof claimed === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(claimed) ? claimed : undefined
  const about = isProven ? aboutOf(request) : ''
  return { why, operation, isProven, ...(caller === undefined ? {} : { caller }), ...(about === '' ? {} : { about }) }
}

/** What a request says it is about, before any desk has seen it. */
function aboutOf(request: FastifyRequest): string {
  try {
    return request.routeOptions.config.businessKey?.(request) ?? ''
  } catch {
    // A body that is not in form is about nothing.
    return ''
  }
}

/** With a wrong clock most are refused at the door, where no desk has said what they are about: the route says it. */
function noteSkewed(failureSwitch: FailureSwitch, operation: string, request: FastifyRequest): void {
  failureSwitch.meetWhole('clock-skew', { operation, alias: [], businessKey: aboutOf(request) })
}

/** JSON is parsed here, so that the bytes that were signed are the bytes that are checked. */
function keepRawBody(app: ActorApp): void {
  const empty = Buffer.alloc(0)
  app.decorateRequest('rawBody')
  app.addHook('onRequest', (request, _reply, next) => {
    request.rawBody = empty
    next()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer
    try {
      done(null, parseJson((body as Buffer).toString('utf8')))
    } catch {
      done(new WireFailure('bad-json'), undefined)
    }
  })
}

/** A reviver makes parsing several times slower, so it is there only for a text that may hold the key, written out or escaped. */
const parseJson = (text: string): unknown =>
  JSON.parse(text, text.includes('__proto__') || text.includes('\\u') ? refusePrototype : undefined)

/** A key that would reach the prototype is refused, as fastify's own parser refuses it. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('a key that would reach the prototype')
  return value
}

function sendFailure(failure: WireFailure, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(failure.retryAfterSeconds)))
  const form = request.routeOptions.config.failureForm
  if (form === undefined) return reply.code(failure.status).send(plainFailure(failure))
  const { status, body } = form(failure, request)
  return reply.code(status).send(body)
}
