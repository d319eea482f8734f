/** What a phone asks about credentials and credit beside paying: its e-credential, a child's code, a higher limit, a digital card. */
import type { FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { entryMessages, entrySummary } from '../dialects/entry.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { EntryParts } from './entry-routes.ts'

/** Nobody does any of this for somebody else: the person is the one signed in, and a child's guardian shows its code. */
const asked = ['activate', 'familyCode', 'raiseLimit', 'issueCard'] as const
type Asked = (typeof asked)[number]

export function addCreditRoutes(app: ActorApp, { channel, platform, line, ask, sessionOf }: EntryParts): void {
  for (const name of asked) {
    const message = entryMessages[name]
    app.post(
      message.path,
      {
        config: { operation: 'entry/session' },
        schema: {
          summary: entrySummary(message),
          tags: ['入口'],
          body: message.body as TObject,
          response: { 200: message.reply },
          security: [{ session: [] }],
        },
      },
      async (request: FastifyRequest) => {
        const body = request.body as { readonly idempotencyKey: string }
        const { person } = await line.serve('entry/session', body.idempotencyKey, async () => sessionOf(request), request)
        const told = { ...body, channel, person } as never
        return (await ask<Awaited<ReturnType<SignUpDesk[Asked]>>>(() => platform[name](told))) as never
      },
    )
  }
}
