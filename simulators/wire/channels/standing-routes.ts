/** What a phone asks about money that stands already: its refund, and holds of a visit that are settled on leaving (Tianjin). */
import type { FastifyRequest } from 'fastify'
import { entryMessages, entrySummary } from '../dialects/entry.ts'
import type { ActorApp } from '../server/actor-app.ts'
import { isOf, type Session } from './channel-book.ts'
import { type EntryParts, personFor } from './entry-routes.ts'

const tags = ['入口']
const security = [{ session: [] }]
const { refund, hold, visit } = entryMessages

export function addStandingRoutes(app: ActorApp, { channel, platform, line, ask, sessionOf }: EntryParts): void {
  const inTurn = (request: FastifyRequest, businessKey: string): Promise<Session> =>
    line.serve('entry/session', businessKey, async () => sessionOf(request), request)

  app.post(
    refund.path,
    {
      config: { operation: 'entry/session' },
      schema: {
        summary: entrySummary(refund),
        tags,
        params: refund.params,
        body: refund.body,
        response: { 200: refund.reply },
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
    hold.path,
    {
      config: { operation: 'entry/session' },
      schema: { summary: entrySummary(hold), tags, body: hold.body, response: { 200: hold.reply }, security },
    },
    async (request) => {
      const { forPerson: named, ...body } = request.body
      const who = personFor(await inTurn(request, body.bill), named)
      return (await ask(() => platform.hold({ channel, person: who, ...(body as typeof body & { amountFen: never }) }))) as never
    },
  )
  app.post(
    visit.path,
    {
      config: { operation: 'entry/session' },
      schema: { summary: entrySummary(visit), tags, body: visit.body, response: { 200: visit.reply }, security },
    },
    async (request) => {
      const { forPerson: named, ...body } = request.body
      const who = personFor(await inTurn(request, body.visit), named)
      return (await ask(() => platform.visit({ channel, person: who, ...body }))) as never
    },
  )
}
