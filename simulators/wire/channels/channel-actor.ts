/**
 * One entry (随申办 or one of the 19 others) in front of the platform: knows who is signed in, and passes on what that person asks, for
 * that person only. It has servers of its own, an end to its line, a failure of its own, and its own view of the platform's health.
 * Accounts and sessions lie in its book as digests; the credential a phone shows passes through.
 */
import type { FastifyRequest } from 'fastify'
import type { HealthPlan } from '../../../scenarios/plan-parties.ts'
import { signedSender } from '../client/signed-sender.ts'
import { spreadSender } from '../client/spread-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { PaymentDesk } from '../desks/payment-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { aggregationOperations } from '../dialects/aggregation.ts'
import { scoreOperations } from '../dialects/credit-score.ts'
import { plainPort } from '../dialects/plain.ts'
import { signUpOperations } from '../dialects/sign-up.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { WireFailure } from '../server/failures.ts'
import { signedBy } from '../server/signed-by.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { type ChannelEntry, type ChannelState, channelRules, digestOf, type Session } from './channel-book.ts'
import { type ChannelOpening, channelOpeningSchema, openingEntries } from './channel-opening.ts'
import { addCreditRoutes } from './credit-routes.ts'
import { addEntryRoutes, type EntryParts } from './entry-routes.ts'
import { partyHealth } from './party-health.ts'
import { addStandingRoutes } from './standing-routes.ts'

export interface ChannelParts {
  readonly title: { readonly zh: string; readonly en: string }
  /** Of the city's plan: an entry's own servers. */
  readonly servers: number
  readonly health: HealthPlan
  readonly timeoutMs?: number
  readonly mostUnderWay?: number
}

/** ASSUMPTION: as many wait at an entry as fit into its own timeout of 8 s at some 30 ms each (cities: entry-session); tried 64–1024. */
const mostWaiting = 256
/** ASSUMPTION: connections of one entry to the platform that wait for an answer; more is refused. Tried 128–2048. */
const mostUnderWayUsually = 512
const retryAfterSeconds = 1

export async function channelActor(surroundings: ActorSurroundings, name: string, parts: ChannelParts): Promise<Actor> {
  const { clock, keys, originOf, originsOf = (actor: string) => [originOf(actor)], realNowMs } = surroundings
  const { title, servers, health: healthPlan, timeoutMs = 30_000, mostUnderWay = mostUnderWayUsually } = parts
  const book = new KeptBook<ChannelState, ChannelEntry>(await surroundings.openBook(name), channelRules, clock.nowMs)
  const transports = originsOf('platform').map((origin) => httpTransport({ origin, timeoutMs, connections: mostUnderWay }))
  const key = keys.between(name, 'platform')
  const send = spreadSender(
    transports.map((transport) => signedSender({ transport, caller: name, key, nowMs: realNowMs })),
    visitOf,
  )
  const platform: Port<PaymentDesk & SignUpDesk> = {
    ...plainPort<PaymentDesk>(aggregationOperations, send),
    ...plainPort<SignUpDesk>(signUpOperations, send),
  }
  let score: Port<ScoreDesk> | undefined
  const scorePort = (): Port<ScoreDesk> => {
    if (score !== undefined) return score
    const transport = httpTransport({ origin: originOf('credit-score'), timeoutMs, connections: 16 })
    transports.push(transport)
    score = plainPort<ScoreDesk>(
      scoreOperations,
      signedSender({ transport, caller: name, key: keys.between(name, 'credit-score'), nowMs: realNowMs }),
    )
    return score
  }
  const health = partyHealth(healthPlan, realNowMs)
  let underWay = 0

  /** The platform's answer, or the plain truth that there was none: a patient is never told "failed" for "unknown". */
  async function ask<Reply extends { readonly outcome: string }>(work: () => Promise<Reply | NoReply>): Promise<Reply> {
    if (underWay >= mostUnderWay) throw new WireFailure('too-busy', { retryAfterSeconds })
    // Who is known to be down is not waited for: one call in each probe interval finds out whether it is back.
    if (!health.mayCall()) throw new WireFailure('party-unreachable')
    underWay += 1
    try {
      const reply = await work()
      const silence = reply.outcome === 'no-reply' ? (reply as NoReply) : undefined
      health.note(silence !== undefined && silence.retryAfterSeconds === undefined)
      if (silence === undefined) return reply as Reply
      if (silence.retryAfterSeconds !== undefined) throw new WireFailure('platform-busy', { retryAfterSeconds: silence.retryAfterSeconds })
      throw new WireFailure(silence.sent === 'no' ? 'party-unreachable' : 'party-silent')
    } finally {
      underWay -= 1
    }
  }
  const sessionOf = (request: FastifyRequest): Session & { readonly tokenSha256: string } => {
    const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    const tokenSha256 = token === undefined ? '' : digestOf(token)
    const session = book.state.sessions.get(tokenSha256)
    if (session === undefined) throw new WireFailure('unsigned', { en: 'no such session', zh: '会话不存在' })
    if (session.untilMs !== undefined && session.untilMs <= realNowMs())
      throw new WireFailure('unsigned', { en: 'the session has ended', zh: '会话已过期' })
    return { ...session, tokenSha256 }
  }

  return startActor(surroundings, {
    name,
    kind: 'channel',
    title,
    desk: {},
    books: [book],
    openingSchema: channelOpeningSchema,
    open: (opening: ChannelOpening) => book.answer(() => ({ entries: openingEntries(opening), reply: undefined })),
    addRoutes(app, { line }) {
      line.plan({ servers, mostWaiting, times: [] })
      const parts: EntryParts = {
        channel: name,
        platform,
        score: scorePort,
        line,
        book,
        health,
        ask,
        sessionOf,
        protocolMs: realNowMs,
        ownOrigin: () => originOf(name),
        gate: signedBy({ callers: ['platform'], keyOf: (caller) => keys.between(caller, name), nowMs: realNowMs }),
      }
      addEntryRoutes(app, parts)
      addStandingRoutes(app, parts)
      addCreditRoutes(app, parts)
    },
    async drain() {
      await Promise.all(transports.map((transport) => transport.close()))
    },
  })
}

/**
 * A person comes to a site at most once a day, so the two name the visit in what its bills, its hold and its payment are asked with; what
 * is asked of a payment names that, and of a credit line the person.
 */
function visitOf(body: object): string {
  const { site, person, payment } = body as { readonly site?: number; readonly person?: number; readonly payment?: string }
  return JSON.stringify([site, person, payment])
}
