/** What a phone asks about credentials and credit beside paying: its e-credential, a child's code, a higher limit, a digital card. */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { entryMessages, entrySummary } from '../dialects/entry.ts'
import type { ActorApp } from '../server/actor-app.ts'
import { WireFailure } from '../server/failures.ts'
import type { EntryParts } from './entry-routes.ts'

/** Nobody does any of this for somebody else: the person is the one signed in, and a child's guardian shows its code. */
const asked = ['activate', 'familyCode', 'raiseLimit', 'issueCard'] as const
type Asked = (typeof asked)[number]

export function addCreditRoutes(app: ActorApp, { channel, platform, score, line, ask, sessionOf }: EntryParts): void {
  for (const name of asked) {
    const message = entryMessages[name]
    app.post(message.path, inSession(message), async (request: FastifyRequest) => {
      const body = request.body as { readonly idempotencyKey: string }
      const { person } = await line.serve('entry/session', body.idempotencyKey, async () => sessionOf(request), request)
      const told = { ...body, channel, person } as never
      return (await ask<Awaited<ReturnType<SignUpDesk[Asked]>>>(() => platform[name](told))) as never
    })
  }
  addLeaveRoute(app, { channel, score, line, sessionOf })
}

/** The score belongs to the person, so it is the phone that lets a bank ask for it: the entry tells the score service itself, under a key of the person's. */
function addLeaveRoute(
  app: ActorApp,
  { channel, score, line, sessionOf }: Pick<EntryParts, 'channel' | 'score' | 'line' | 'sessionOf'>,
): void {
  const message = entryMessages.grantLeave
  app.post(message.path, inSession(message), async (request: FastifyRequest) => {
    const { idempotencyKey, bank } = request.body as { readonly idempotencyKey: string; readonly bank: string }
    const { person } = await line.serve('entry/session', idempotencyKey, async () => sessionOf(request), request)
    const heard = await score().grantLeave({ key: leaveKey(channel, person, idempotencyKey), person, asker: bank })
    if (heard.outcome === 'no-reply') throw new WireFailure(heard.sent === 'no' ? 'party-unreachable' : 'party-silent')
    return heard as never
  })
}

/** How a door is told of that only a signed-in person may use. */
const inSession = (message: (typeof entryMessages)[Asked | 'grantLeave']) => ({
  config: { operation: 'entry/session' },
  schema: {
    summary: entrySummary(message),
    tags: ['入口'],
    body: message.body as TObject,
    response: { 200: message.reply },
    security: [{ session: [] }],
  },
})

const leaveKey = (...of: readonly (string | number)[]): string =>
  `L${createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 40)}`
