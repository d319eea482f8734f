/**
 * One entry (随申办 or one of the 19 others) in front of the platform: knows who is signed in, and passes on what that person asks, for
 * that person only. Sessions lie in its book as digests; the credential a phone shows passes through.
 */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import { type PaymentDesk, type PayReply, platformModes } from '../desks/payment-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import { aggregationOperations } from '../dialects/aggregation.ts'
import { plainPort } from '../dialects/plain.ts'
import { key, person, site, strict } from '../dialects/plain-fields.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { WireFailure } from '../server/failures.ts'
import { choice } from '../server/opening-schema.ts'
import { type BookRules, KeptBook } from '../stores/kept-book.ts'

export interface ChannelOpening {
  /** Who is signed in, by the token their phone holds, and which children's bills they may pay (亲属随申码). */
  readonly sessions: readonly { readonly token: string; readonly person: number; readonly children: readonly number[] }[]
}

interface Session {
  readonly person: number
  readonly children: readonly number[]
}
type ChannelEntry = { readonly does: 'sign-in'; readonly tokenSha256: string } & Session
type ChannelState = Map<string, Session>

const rules: BookRules<ChannelState, ChannelEntry> = {
  empty: () => new Map(),
  apply: (sessions, { tokenSha256, person: who, children }) => sessions.set(tokenSha256, { person: who, children }),
}

/** What a phone sends: who it is stands in the session, not in the body. */
const payBody = Type.Object(
  {
    idempotencyKey: key('幂等键'),
    /** Absent: the bill of the person signed in. */
    forPerson: Type.Optional(person()),
    site: site(),
    bill: key('明细账单号'),
    mode: choice(platformModes),
    qr: Type.String({ minLength: 1, maxLength: 64, title: '电子凭证二维码' }),
  },
  strict,
)

export async function channelActor(
  surroundings: ActorSurroundings,
  name: string,
  title: { readonly zh: string; readonly en: string },
  timeoutMs = 30_000,
): Promise<Actor> {
  const { clock, keys, originOf, realNowMs } = surroundings
  const book = new KeptBook<ChannelState, ChannelEntry>(await surroundings.openBook(name), rules, clock.nowMs)
  const transport = httpTransport({ origin: originOf('platform'), timeoutMs })
  const platform: Port<PaymentDesk> = plainPort<PaymentDesk>(
    aggregationOperations,
    signedSender({ transport, caller: name, key: keys.between(name, 'platform'), nowMs: realNowMs }),
  )
  const sessionOf = (request: FastifyRequest): Session => {
    const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    const session = token === undefined ? undefined : book.state.get(digestOf(token))
    if (session === undefined) throw new WireFailure('unsigned', { en: 'no such session', zh: '会话不存在' })
    return session
  }

  return startActor(surroundings, {
    name,
    title,
    desk: {},
    books: [book],
    openingSchema,
    open: async ({ sessions }: ChannelOpening) => {
      await book.answer(() => ({
        entries: sessions.map(({ token, ...session }) => ({ does: 'sign-in', tokenSha256: digestOf(token), ...session }) as const),
        reply: undefined,
      }))
    },
    addRoutes(app, { line }) {
      app.post(
        '/entry/v1/payments',
        {
          config: { operation: 'entry/session' },
          schema: {
            summary: '支付 · Pay a bill',
            tags: ['入口'],
            body: payBody,
            response: { 200: aggregationOperations.pay.reply },
            security: [{ session: [] }],
          },
        },
        async (request) => {
          const session = sessionOf(request)
          const { forPerson = session.person, ...body } = request.body
          if (!isOf(session, forPerson)) throw new WireFailure('forbidden')
          const reply = await line.serve('entry/session', body.bill, () => platform.pay({ ...body, channel: name, person: forPerson }))
          return passedOn(reply) as never
        },
      )
      app.get(
        '/entry/v1/payments/:payment',
        {
          config: { operation: 'entry/query' },
          schema: {
            summary: '查询支付 · What became of a payment',
            tags: ['入口'],
            params: Type.Object({ payment: key('支付号') }, strict),
            response: { 200: aggregationOperations.query.reply },
            security: [{ session: [] }],
          },
        },
        async (request) => {
          const session = sessionOf(request)
          const reply = passedOn(await platform.query({ payment: request.params.payment, channel: name }))
          // Somebody else's payment is as if there were none.
          return (reply.outcome === 'payment' && !isOf(session, reply.payment.person) ? { outcome: 'unheard-of' } : reply) as never
        },
      )
    },
    drain: () => transport.close(),
  })
}

/** The platform's answer, or the plain truth that there was none: a patient is never told "failed" for "unknown". */
function passedOn<Reply extends PayReply | { readonly outcome: 'unheard-of' }>(reply: Reply | NoReply): Reply {
  if (reply.outcome !== 'no-reply') return reply
  const { sent, retryAfterSeconds } = reply as NoReply
  if (retryAfterSeconds !== undefined) throw new WireFailure('too-busy', { retryAfterSeconds })
  throw new WireFailure(sent === 'no' ? 'party-unreachable' : 'party-silent')
}

/** The person signed in, or a child registered to them. */
const isOf = (session: Session, who: number) => who === session.person || session.children.includes(who)
const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')
const openingSchema = Type.Object(
  {
    sessions: Type.Array(
      Type.Object({ token: Type.String({ minLength: 16, maxLength: 200 }), person: person(), children: Type.Array(person()) }, strict),
    ),
  },
  strict,
)
