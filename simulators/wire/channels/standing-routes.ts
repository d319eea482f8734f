/** What a phone asks about money that stands already: its refund, and holds of a visit that are settled on leaving (Tianjin). */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { aggregationOperations } from '../dialects/aggregation.ts'
import { fen, key, person, site, strict } from '../dialects/plain-fields.ts'
import type { ActorApp } from '../server/actor-app.ts'
import { isOf, type Session } from './channel-book.ts'
import { type EntryParts, personFor } from './entry-routes.ts'

const tags = ['入口']
const security = [{ session: [] }]
/** Absent: the person signed in. */
const forPerson = Type.Optional(person())

export function addStandingRoutes(app: ActorApp, { channel, platform, line, ask, sessionOf }: EntryParts): void {
  const inTurn = (request: FastifyRequest, businessKey: string): Promise<Session> =>
    line.serve('entry/session', businessKey, async () => sessionOf(request), request)

  app.post(
    '/entry/v1/payments/:payment/refunds',
    {
      config: { operation: 'entry/session' },
      schema: {
        summary: '申请退费 · Ask for a refund of what was not performed',
        tags,
        params: Type.Object({ payment: key('支付号') }, strict),
        body: Type.Object(
          {
            idempotencyKey: key('幂等键'),
            lines: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200 })),
          },
          strict,
        ),
        response: { 200: aggregationOperations.refund.reply },
        security,
      },
    },
    async (request) => {
      const { payment } = request.params
      const session = await inTurn(request, payment)
      const known = await ask(() => platform.query({ payment, channel }))
      // Somebody else's payment is as if there were none.
      if (known.outcome !== 'payment' || !isOf(session, known.payment.person)) return { outcome: 'unheard-of' } as never
      return (await ask(() => platform.refund({ payment, channel, ...request.body }))) as never
    },
  )
  app.post(
    '/entry/v1/holds',
    {
      config: { operation: 'entry/session' },
      schema: {
        summary: '先诊疗后付费：占用额度 · Hold an amount, to be settled on leaving',
        tags,
        body: Type.Object({ forPerson, site: site(), visit: key('就诊单元号'), bill: key('明细账单号'), amountFen: fen() }, strict),
        response: { 200: aggregationOperations.hold.reply },
        security,
      },
    },
    async (request) => {
      const { forPerson: named, ...body } = request.body
      const who = personFor(await inTurn(request, body.bill), named)
      return (await ask(() => platform.hold({ channel, person: who, ...(body as typeof body & { amountFen: never }) }))) as never
    },
  )
  app.post(
    '/entry/v1/visits/query',
    {
      config: { operation: 'entry/session' },
      schema: {
        summary: '查询就诊占用的额度 · What a visit holds',
        tags,
        body: Type.Object({ forPerson, site: site(), visit: key('就诊单元号') }, strict),
        response: { 200: aggregationOperations.visit.reply },
        security,
      },
    },
    async (request) => {
      const { forPerson: named, ...body } = request.body
      const who = personFor(await inTurn(request, body.visit), named)
      return (await ask(() => platform.visit({ channel, person: who, ...body }))) as never
    },
  )
}
