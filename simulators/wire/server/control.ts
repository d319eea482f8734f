/**
 * The control endpoints every actor has: opening book, business clock, planned service times, spans, export, reset. They answer this
 * machine only, and only to whoever holds the run's token. Nothing of a dialect goes through them.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { dateOf, momentMs, secondOf } from '../desks/business-time.ts'
import type { ActorApp } from './actor-app.ts'
import type { ActorLog } from './actor-log.ts'
import type { BusinessClock } from './business-clock.ts'
import { type FailureOrder, failureOrder, mistakesOf } from './failure-order.ts'
import type { FailureSwitch } from './failure-switch.ts'
import { WireFailure } from './failures.ts'
import type { ServiceLine } from './service-line.ts'

export interface ControlPanel {
  readonly clock: BusinessClock
  readonly line: ServiceLine
  /** What the actor must know before the first request; the schema is the actor's own. */
  readonly openingSchema: TSchema
  /** Adds it to the book. Refuses with WireFailure('conflict') what is there already with other contents. */
  open(opening: never): Promise<void>
  readonly failureSwitch: FailureSwitch
  /** Everything in the actor's books, numbered. */
  export(): Promise<object>
  reset(): Promise<void>
}

export const controlHeader = 'x-medpay-control'

export function addControl(app: ActorApp, token: string, panel: ControlPanel, log: ActorLog): void {
  /** The second it is, and when it began: whoever passes it on sets another clock to the millisecond. */
  const clockTold = () => {
    const nowMs = panel.clock.nowMs()
    return { now: secondOf(nowMs), atMs: panel.failureSwitch.realNowMs() - (nowMs % 1000) }
  }
  const wanted = digest(token)
  const guard = async (request: FastifyRequest) => {
    if (!/^(?:127\.|::1$|::ffff:127\.)/.test(request.ip)) throw new WireFailure('not-from-here')
    const given = request.headers[controlHeader]
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), wanted)) throw new WireFailure('wrong-token')
  }
  const tags = ['control']
  const done = Type.Object({ done: Type.Boolean() })

  app.register(async (control) => {
    control.addHook('onRequest', guard)
    control.post(
      '/control/opening',
      { bodyLimit: 256 << 20, schema: { summary: 'The opening book', tags, body: panel.openingSchema, response: { 200: openedSchema } } },
      async ({ body }) => {
        await panel.open(body as never)
        return { sha256: openingHash(body) }
      },
    )
    control.get('/control/clock', { schema: { summary: 'The business clock', tags, response: { 200: clockSchema } } }, async () =>
      clockTold(),
    )
    control.put(
      '/control/clock',
      { schema: { summary: 'Sets the business clock', tags, body: setClockSchema, response: { 200: clockSchema } } },
      async ({ body }) => {
        const { now, atMs, standsStill } = body as { now: string; atMs?: number; standsStill?: boolean }
        const ms = momentMs(now)
        if (ms === undefined) throw new WireFailure('bad-request', { en: `no such moment: ${now}`, zh: `没有这个时刻：${now}` })
        const day = dateOf(panel.clock.nowMs())
        panel.clock.set(ms, atMs, standsStill)
        if (dateOf(ms) > day) log.tell('day-ended', { day })
        return clockTold()
      },
    )
    control.put(
      '/control/service-plan',
      {
        bodyLimit: 256 << 20,
        schema: { summary: 'Servers and planned service times', tags, body: servicePlanSchema, response: { 200: done } },
      },
      async ({ body }) => {
        panel.line.plan(body as never)
        return { done: true }
      },
    )
    control.post(
      '/control/spans/take',
      { schema: { summary: 'Arrival, start and end of service since the last call', tags } },
      async () => ({ spans: panel.line.takeSpans() }),
    )
    control.get('/control/books', { schema: { summary: 'The books, numbered', tags } }, async () => panel.export())
    addFailureControl(control as unknown as ActorApp, panel.failureSwitch, tags, log)
    control.post('/control/reset', { schema: { summary: 'Empty books', tags, response: { 200: done } } }, async () => {
      await panel.reset()
      return { done: true }
    })
  })
}

/** PUT: this failure and no other. POST: one more. Both answer what stands now. */
function addFailureControl(control: ActorApp, failureSwitch: FailureSwitch, tags: string[], log: ActorLog): void {
  control.get('/control/failure', { schema: { summary: 'The failures that stand, and everybody they met', tags } }, async () =>
    failureSwitch.told(),
  )
  const take = (body: unknown, put: (order: FailureOrder) => void) => {
    const order = body as FailureOrder
    const mistakes = mistakesOf(order)
    if (mistakes !== undefined) throw new WireFailure('bad-request', mistakes)
    put(order)
    const { failures } = failureSwitch.told()
    log.tell('failures-ordered', { failures: failures.map(({ does, name = does }) => name) })
    return { failures }
  }
  control.put('/control/failure', { schema: { summary: 'Fails so from now on, or heals', tags, body: failureOrder } }, async ({ body }) =>
    take(body, (order) => failureSwitch.set(order)),
  )
  control.post('/control/failure', { schema: { summary: 'Fails so, too', tags, body: failureOrder } }, async ({ body }) =>
    take(body, (order) => failureSwitch.add(order)),
  )
}

/** SHA-256 over the opening book with keys in order, so that sender and actor can compare what they hold. */
export function openingHash(opening: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(opening)))
    .digest('hex')
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, inOrder(item)]),
  )
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const openedSchema = Type.Object({ sha256: Type.String() })
const moment = {
  now: Type.String({ description: 'yyyy-MM-dd HH:mm:ss, Chinese calendar' }),
  atMs: Type.Optional(
    Type.Integer({ description: 'When that second begins, milliseconds since 1970 of this machine; absent: as the request comes' }),
  ),
}
const clockSchema = Type.Object(moment, { additionalProperties: false })
const setClockSchema = Type.Object(
  { ...moment, standsStill: Type.Optional(Type.Boolean({ description: 'It stays there until it is set again' })) },
  { additionalProperties: false },
)
const servicePlanSchema = Type.Object(
  {
    servers: Type.Optional(Type.Integer({ minimum: 1 })),
    mostWaiting: Type.Optional(Type.Integer({ minimum: 0 })),
    stations: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1 }))),
    times: Type.Array(
      Type.Object(
        { operation: Type.String(), businessKey: Type.String(), serviceMs: Type.Number({ minimum: 0 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
